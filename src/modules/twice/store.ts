import type { Selectable } from 'kysely';
import type { Jsonb, Tx } from '../../platform/database/index.ts';
import { arrivalsOfDocuments, type Channel, casesOfSubmissions } from '../intake/index.ts';
import { type Decision, inOrder, type Level, method, type PageMarks, type Pair, type Side } from './pair.ts';

export type TwiceTables = {
  twice_pair: {
    id: string;
    earlier_submission: string;
    later_submission: string;
    earlier_document: string | null;
    later_document: string | null;
    level: Level;
    score: number;
    reason: string;
    marks: Jsonb<readonly PageMarks[]>;
    method: number;
    found_at: Date;
    earlier_channel: Channel;
    later_channel: Channel;
    earlier_at: Date;
    later_at: Date;
    asked_at: Date | null;
    /** When the decision that counts was made; null while nobody decided. The decisions themselves are rows of their own. */
    settled_at: Date | null;
    /** When a newer method did not find any more what nobody had decided about. */
    withdrawn_at: Date | null;
  };
  twice_decision: {
    id: string;
    pair_id: string;
    decision: Decision | 'undone';
    at: Date;
    actor_kind: string;
    actor_id: string;
    actor_name: string;
    /** Submissions that went into the other case with this decision, and from which. */
    moved: string[];
    moved_from: string | null;
  };
  twice_check: { subject_id: string; method: number; at: Date };
};

export type NewPair = {
  readonly level: Level;
  readonly score: number;
  readonly reason: string;
  readonly marks?: readonly PageMarks[];
  readonly askedAt?: Date | null;
};

/** Open pages of the cases in which the sides lie show their pairs. */
export async function touchSides(tx: Tx, sides: readonly Pick<Side, 'submissionId' | 'documentId'>[]): Promise<void> {
  const cases = await casesOfSubmissions(
    tx,
    sides.map((side) => side.submissionId),
  );
  const papers = await arrivalsOfDocuments(
    tx,
    sides.flatMap((side) => side.documentId ?? []),
  );
  for (const caseId of [...cases.values(), ...papers.map((paper) => paper.caseId)]) tx.touch(caseId);
}

/** Notes that two things may be one; the same two stand there once, however often they are found. */
export async function notePair(tx: Tx, one: Side, other: Side, found: NewPair): Promise<void> {
  const { earlier, later } = inOrder(one, other);
  const row = {
    id: tx.newId(),
    earlier_submission: earlier.submissionId,
    later_submission: later.submissionId,
    earlier_document: earlier.documentId,
    later_document: later.documentId,
    level: found.level,
    score: found.score,
    reason: found.reason,
    marks: JSON.stringify(found.marks ?? []),
    method,
    found_at: tx.now,
    earlier_channel: earlier.channel,
    later_channel: later.channel,
    earlier_at: earlier.at,
    later_at: later.at,
    asked_at: found.askedAt ?? null,
    settled_at: null,
    withdrawn_at: null,
  };
  const noted = await tx
    .tables<TwiceTables>()
    .insertInto('twice_pair')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (noted !== undefined) await touchSides(tx, [earlier, later]);
}

/** Documents that stand in a pair with this one already. */
export async function pairedWith(tx: Tx, documentId: string): Promise<Set<string>> {
  const rows = await tx
    .tables<TwiceTables>()
    .selectFrom('twice_pair')
    .select(['earlier_document', 'later_document'])
    .where((eb) => eb.or([eb('earlier_document', '=', documentId), eb('later_document', '=', documentId)]))
    .execute();
  return new Set(rows.flatMap((row) => [row.earlier_document ?? '', row.later_document ?? '']));
}

/** What the lists say of documents, two by two, by keys of both ids: whether they are shown as the same document in another shape. */
export async function suggestedAmong(
  tx: Tx,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, 'shown' | 'withdrawn' | 'settled'>> {
  if (documentIds.length === 0) return new Map();
  const rows = await tx
    .tables<TwiceTables>()
    .selectFrom('twice_pair')
    .select(['earlier_document', 'later_document', 'level', 'settled_at', 'withdrawn_at'])
    .where('earlier_document', 'in', [...documentIds])
    .where('later_document', 'in', [...documentIds])
    .execute();
  const found = new Map<string, 'shown' | 'withdrawn' | 'settled'>();
  for (const { earlier_document: one, later_document: other, ...row } of rows)
    for (const key of [`${one} ${other}`, `${other} ${one}`])
      found.set(
        key,
        row.level !== 'same-document' || row.settled_at !== null
          ? 'settled'
          : row.withdrawn_at === null
            ? 'shown'
            : 'withdrawn',
      );
  return found;
}

/** Notes that a submission or a document was looked at with this version of the method. */
export async function noteCheck(tx: Tx, subjectId: string): Promise<void> {
  await tx
    .tables<TwiceTables>()
    .insertInto('twice_check')
    .values({ subject_id: subjectId, method, at: tx.now })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Of the given submissions or documents, those that this version of the method has looked at. */
export async function checked(tx: Tx, subjectIds: readonly string[]): Promise<Set<string>> {
  if (subjectIds.length === 0) return new Set();
  const rows = await tx
    .tables<TwiceTables>()
    .selectFrom('twice_check')
    .select('subject_id')
    .where('subject_id', 'in', [...subjectIds])
    .where('method', '=', method)
    .execute();
  return new Set(rows.map((row) => row.subject_id));
}

export const pairs = (tx: Tx) => tx.tables<TwiceTables>().selectFrom('twice_pair').selectAll();

/** Pairs that are shown in lists: not those that a newer method took back before anybody decided. */
export const shownPairs = (tx: Tx) =>
  pairs(tx).where((eb) => eb.or([eb('withdrawn_at', 'is', null), eb('settled_at', 'is not', null)]));

/**
 * Pairs of one document in another shape that nobody decided about, by the other document: those that an older method found or that were
 * withdrawn, and with `all` the others as well.
 */
export async function openPairsOf(
  tx: Tx,
  documentId: string,
  all: boolean,
): Promise<Map<string, { id: string; reason: string }>> {
  const rows = await tx
    .tables<TwiceTables>()
    .selectFrom('twice_pair')
    .select(['id', 'reason', 'earlier_document', 'later_document'])
    .where('level', '=', 'same-document')
    .where('settled_at', 'is', null)
    .where((eb) => eb.or([eb('earlier_document', '=', documentId), eb('later_document', '=', documentId)]))
    .$if(!all, (query) => query.where((eb) => eb.or([eb('method', '<', method), eb('withdrawn_at', 'is not', null)])))
    .execute();
  return new Map(
    rows.map((row) => [(row.earlier_document === documentId ? row.later_document : row.earlier_document) ?? '', row]),
  );
}

/** Writes into a pair nobody decided about what the present method says of it; without `found` the pair is withdrawn. */
export async function renewPair(tx: Tx, pairId: string, found: Omit<NewPair, 'level'> | undefined): Promise<void> {
  const now =
    found === undefined
      ? { withdrawn_at: tx.now }
      : { score: found.score, reason: found.reason, marks: JSON.stringify(found.marks ?? []), withdrawn_at: null };
  const renewed = await tx
    .tables<TwiceTables>()
    .updateTable('twice_pair')
    .set({ ...now, method })
    .where('id', '=', pairId)
    .where('settled_at', 'is', null)
    .returningAll()
    .execute();
  for (const { earlier, later } of renewed.map(asPair)) await touchSides(tx, [earlier, later]);
}

/** Rows as pairs, each with the decision that counts now. */
export async function withDecisions(tx: Tx, rows: readonly Selectable<TwiceTables['twice_pair']>[]): Promise<Pair[]> {
  const settled = rows.filter((row) => row.settled_at !== null).map((row) => row.id);
  const made =
    settled.length === 0
      ? []
      : await tx
          .tables<TwiceTables>()
          .selectFrom('twice_decision')
          .selectAll()
          .where('pair_id', 'in', settled)
          .orderBy('at')
          .orderBy('id')
          .execute();
  const newest = new Map(made.map((row) => [row.pair_id, row]));
  return rows.map((row) => {
    const last = newest.get(row.id);
    const decided =
      last === undefined || last.decision === 'undone'
        ? undefined
        : { decision: last.decision, at: last.at, by: last.actor_name };
    return { ...asPair(row), decided };
  });
}

const asPair = (row: Selectable<TwiceTables['twice_pair']>): Omit<Pair, 'decided'> => ({
  id: row.id,
  level: row.level,
  score: row.score,
  reason: row.reason,
  marks: row.marks,
  method: row.method,
  withdrawn: row.withdrawn_at !== null && row.settled_at === null,
  foundAt: row.found_at,
  earlier: {
    submissionId: row.earlier_submission,
    documentId: row.earlier_document,
    channel: row.earlier_channel,
    at: row.earlier_at,
  },
  later: {
    submissionId: row.later_submission,
    documentId: row.later_document,
    channel: row.later_channel,
    at: row.later_at,
  },
  askedAt: row.asked_at,
});

/** Forgets what stood on a document that is deleted: its pairs stay as what was decided, without the words that agreed or differed. */
export async function forgetDocumentMarks(tx: Tx, documentId: string): Promise<void> {
  await tx
    .tables<TwiceTables>()
    .updateTable('twice_pair')
    .set({ marks: '[]' })
    .where((eb) => eb.or([eb('earlier_document', '=', documentId), eb('later_document', '=', documentId)]))
    .execute();
}
