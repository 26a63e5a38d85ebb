import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { FileTables } from './tables.ts';

/** Whether somebody has looked at a document: `unusable` ones stay, and prove nothing. */
export const documentStates = ['open', 'checked', 'unusable'] as const;
export type DocumentState = (typeof documentStates)[number];

/** What is known of a document in its file; what nobody has said is null. */
export type DocumentFacts = {
  readonly part: string | null;
  readonly kind: string | null;
  readonly sender: string | null;
  readonly datedOn: Day | null;
  readonly validFrom: Day | null;
  readonly validUntil: Day | null;
  readonly state: DocumentState;
  /** Class of retention, where somebody chose another one than that of its kind. */
  readonly retention: string | null;
  /** A person has looked at kind and sender; otherwise a machine suggests them. */
  readonly byPerson: boolean;
  /** The document of which this is a blackened copy. */
  readonly copyOf: string | null;
};

export const noFacts: DocumentFacts = {
  part: null,
  kind: null,
  sender: null,
  datedOn: null,
  validFrom: null,
  validUntil: null,
  state: 'open',
  retention: null,
  byPerson: false,
  copyOf: null,
};

const columns = [
  'part',
  'kind',
  'sender',
  'dated_on as datedOn',
  'valid_from as validFrom',
  'valid_until as validUntil',
  'state',
  'retention',
  'by_person as byPerson',
  'copy_of as copyOf',
] as const;

/** What is known of the given documents; those nobody and nothing has described are left out. */
export async function factsOfDocuments(tx: Tx, ids: readonly string[]): Promise<Map<string, DocumentFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .tables<FileTables>()
    .selectFrom('file_document')
    .select(['document_id as documentId', ...columns])
    .where('document_id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ documentId, ...facts }) => [documentId, facts]));
}

type Said = Omit<DocumentFacts, 'byPerson' | 'copyOf' | 'part'>;

const unsaid = {
  part: null,
  kind: null,
  sender: null,
  dated_on: null,
  valid_from: null,
  valid_until: null,
  state: 'open' as const,
  retention: null,
  by_person: false,
  copy_of: null,
};

/**
 * Writes the given columns in one statement, so that whoever comes second waits for the first one's row, sees it, and loses nothing: a
 * machine (`suggestion`) leaves a row alone about which a person has said something meanwhile.
 */
async function write(
  tx: Tx,
  documentId: string,
  by: string,
  facts: Partial<FileTables['file_document']>,
  suggestion = false,
): Promise<void> {
  const changed = { changed_at: tx.now, changed_by: by };
  await tx
    .tables<FileTables>()
    .insertInto('file_document')
    .values({ ...unsaid, ...facts, document_id: documentId, ...changed })
    .onConflict((c) => {
      const update = c.columns(['jobcenter_id', 'document_id'] as never).doUpdateSet({ ...facts, ...changed });
      return suggestion ? update.where('file_document.by_person', '=', false) : update;
    })
    .execute();
}

/** Keeps what a person says about a document: what they leave out stays as it is. */
export const describeDocument = (tx: Tx, documentId: string, by: string, said: Partial<Said>): Promise<void> =>
  write(tx, documentId, by, {
    ...(said.kind === undefined ? {} : { kind: said.kind }),
    ...(said.sender === undefined ? {} : { sender: said.sender }),
    ...(said.datedOn === undefined ? {} : { dated_on: said.datedOn }),
    ...(said.validFrom === undefined ? {} : { valid_from: said.validFrom }),
    ...(said.validUntil === undefined ? {} : { valid_until: said.validUntil }),
    ...(said.state === undefined ? {} : { state: said.state }),
    ...(said.retention === undefined ? {} : { retention: said.retention }),
    by_person: true,
  });

/** Puts a document into a part. */
export const putIntoPart = (tx: Tx, documentId: string, by: string, part: string): Promise<void> =>
  write(tx, documentId, by, { part });

/** Keeps what was read on a document as a suggestion; what a person said stays. */
export async function suggestFacts(
  tx: Tx,
  documentId: string,
  read: Pick<DocumentFacts, 'kind' | 'sender' | 'datedOn'>,
): Promise<void> {
  const facts = { kind: read.kind, sender: read.sender, dated_on: read.datedOn };
  await write(tx, documentId, 'reading', facts, true);
}

/** Notes that a document is a blackened copy of another one; it has its kind, sender and days, and lies beside it. */
export async function noteCopy(tx: Tx, documentId: string, originalId: string, by: string): Promise<void> {
  const original = (await factsOfDocuments(tx, [originalId])).get(originalId) ?? noFacts;
  await write(tx, documentId, by, {
    part: original.part,
    kind: original.kind,
    sender: original.sender,
    dated_on: original.datedOn,
    valid_from: original.validFrom,
    valid_until: original.validUntil,
    state: 'checked',
    retention: original.retention,
    by_person: true,
    copy_of: originalId,
  });
}

/** Blackened copies of the given documents, the oldest first. */
export async function copiesOf(tx: Tx, ids: readonly string[]): Promise<{ documentId: string; copyOf: string }[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .tables<FileTables>()
    .selectFrom('file_document')
    .select(['document_id as documentId', 'copy_of as copyOf'])
    .where('copy_of', 'in', [...ids])
    .orderBy('document_id')
    .execute();
  return rows.flatMap(({ documentId, copyOf }) => (copyOf === null ? [] : [{ documentId, copyOf }]));
}
