import { type CaseReader, casesOfFile, type FiledCase } from '../modules/cases/index.ts';
import { type Document, documentsByIds } from '../modules/documents/index.ts';
import {
  copiesOf,
  type DocumentFacts,
  factsOfDocuments,
  fileById,
  noFacts,
  type OfficeFile,
  usualPart,
} from '../modules/files/index.ts';
import { arrivalsOfDocuments } from '../modules/intake/index.ts';
import { type Way as LetterWay, type Notice, returnedPapers, sentLetters } from '../modules/notices/index.ts';
import { type Household, householdById } from '../modules/people/index.ts';
import { type CaseItem, itemsOfCases, type Way } from '../modules/twice/index.ts';
import type { Tx } from '../platform/database/index.ts';
import type { Services } from './services.ts';

/** A document at its place in a file: once, with the ways it came, its older versions and its blackened copies. */
export type FiledDocument = {
  readonly document: Document;
  readonly facts: DocumentFacts;
  readonly part: string;
  readonly case: FiledCase;
  readonly ways: readonly Way[];
  readonly at: Date;
  /** What this one replaced, the newest first; each shown below it. */
  readonly versions: readonly FiledDocument[];
  readonly copies: readonly FiledDocument[];
  /** For a letter of the office: the way it went. */
  readonly letter?: { readonly id: string; readonly way: LetterWay };
};

export type FileContents = {
  readonly file: OfficeFile;
  readonly household: Household | undefined;
  /** Cases the reader may see, the newest first. */
  readonly cases: readonly FiledCase[];
  readonly documents: readonly FiledDocument[];
};

/** Team that answers for a concern, for the part in which its papers usually lie. */
export type TeamOf = (concern: string) => string | undefined;

export async function teamOfConcern(services: Pick<Services, 'catalogue'>, jobcenterId: string): Promise<TeamOf> {
  const forms = await services.catalogue.all(jobcenterId);
  return (concern) => forms.get(concern)?.team;
}

/**
 * Everything in a file that the reader may see, the newest document first; undefined where they may see nothing of it. Callers record
 * the read in the same transaction.
 */
export async function contentsOfFile(
  tx: Tx,
  reader: CaseReader,
  fileId: string,
  teamOf: TeamOf,
): Promise<FileContents | undefined> {
  const cases = await casesOfFile(tx, reader, fileId);
  const file = cases.length === 0 ? undefined : await fileById(tx, fileId);
  if (file === undefined) return undefined;
  const household = file.householdId === null ? undefined : await householdById(tx, file.householdId);
  const ids = cases.map((each) => each.id);
  const arrived = await documentsOf(tx, cases, await itemsOfCases(tx, ids), teamOf);
  const documents = [...arrived, ...(await lettersOf(tx, cases, teamOf))].sort(newestFirst);
  return { file, household, cases, documents };
}

async function documentsOf(
  tx: Tx,
  cases: readonly FiledCase[],
  items: readonly CaseItem[],
  teamOf: TeamOf,
): Promise<FiledDocument[]> {
  const own = items.filter((item) => item.document !== undefined);
  const ids = own.flatMap((item) => item.ways.flatMap(({ documentId }) => documentId ?? []));
  const copies = await copiesOf(tx, ids);
  const copied = await documentsByIds(
    tx,
    copies.map((each) => each.documentId),
  );
  const facts = await factsOfDocuments(tx, [...ids, ...copies.map((each) => each.documentId)]);
  const placeOf = new Map((await arrivalsOfDocuments(tx, ids)).map((each) => [each.documentId, each.caseId]));
  const byCase = new Map(cases.map((each) => [each.id, each]));
  const filed: { entry: FiledDocument; item: CaseItem }[] = [];
  for (const item of own) {
    const { document } = item;
    const first = item.ways.find((way) => way.documentId === document?.id);
    const place = byCase.get(placeOf.get(first?.documentId ?? '') ?? '');
    if (document === undefined || first === undefined || place === undefined) continue;
    const one = (each: Document, versions: readonly FiledDocument[] = []): FiledDocument => {
      const known = facts.get(each.id) ?? noFacts;
      const part = known.part ?? facts.get(document.id)?.part ?? usualPart(teamOf(place.concern));
      return { document: each, facts: known, part, case: place, ways: item.ways, at: first.at, versions, copies: [] };
    };
    const keys = new Set(item.ways.map((way) => way.documentId));
    const own = copied.filter(({ id }) => keys.has(copies.find((each) => each.documentId === id)?.copyOf ?? ''));
    filed.push({ item, entry: { ...one(document), copies: own.map((each) => one(each)) } });
  }
  return withVersions(filed);
}

const newestFirst = (a: FiledDocument, b: FiledDocument): number =>
  b.at.getTime() - a.at.getTime() || (a.document.id < b.document.id ? 1 : -1);

/** Letters of the office lie in the file as they were sent: nothing came with them, so they have no ways and no versions. */
async function lettersOf(tx: Tx, cases: readonly FiledCase[], teamOf: TeamOf): Promise<FiledDocument[]> {
  const letters = await sentLetters(
    tx,
    cases.map((each) => each.id),
  );
  const returned = await returnedPapers(tx, { caseIds: cases.map((each) => each.id) });
  const ids = [...letters.flatMap(({ documentId }) => documentId ?? []), ...returned.map((each) => each.documentId)];
  const copies = await copiesOf(tx, ids);
  const documents = await documentsByIds(tx, [...ids, ...copies.map((each) => each.documentId)]);
  const facts = await factsOfDocuments(
    tx,
    documents.map((each) => each.id),
  );
  const byId = new Map(documents.map((each) => [each.id, each]));
  const entry = (
    of: Notice,
    documentId: string | null,
    at: Date | null,
    more: Pick<FiledDocument, 'letter'>,
  ): FiledDocument[] => {
    const document = byId.get(documentId ?? '');
    const place = cases.find((each) => each.id === of.caseId);
    if (document === undefined || place === undefined || at === null) return [];
    const one = (each: Document): FiledDocument => {
      const known = facts.get(each.id) ?? noFacts;
      const part = known.part ?? usualPart(teamOf(place.concern));
      return { document: each, facts: known, part, case: place, ways: [], at, versions: [], copies: [] };
    };
    const own = copies.filter((each) => each.copyOf === document.id).flatMap((each) => byId.get(each.documentId) ?? []);
    return [{ ...one(document), copies: own.map(one), ...more }];
  };
  return [
    ...letters.flatMap((each) =>
      each.way === null
        ? []
        : entry(each, each.documentId, each.releasedAt, { letter: { id: each.id, way: each.way } }),
    ),
    ...returned.flatMap((each) => entry(each.notice, each.documentId, each.at, {})),
  ];
}

/** Puts older versions below the newest one of them. */
function withVersions(filed: readonly { entry: FiledDocument; item: CaseItem }[]): FiledDocument[] {
  const keyOf = (item: CaseItem): string => item.document?.id ?? '';
  const holds = (item: CaseItem, id: string): boolean => item.ways.some((way) => way.documentId === id);
  const above = new Map<string, string>();
  for (const { item } of filed) {
    const newer = filed.find((each) => each.item !== item && item.newer.some((id) => holds(each.item, id)));
    if (newer !== undefined) above.set(keyOf(item), keyOf(newer.item));
  }
  const newest = (key: string): string => {
    const seen = new Set([key]);
    for (let next = above.get(key); next !== undefined && !seen.has(next); next = above.get(next)) {
      seen.add(next);
      key = next;
    }
    return key;
  };
  return filed
    .filter(({ item }) => newest(keyOf(item)) === keyOf(item))
    .map(({ item, entry }) => ({
      ...entry,
      versions: filed
        .filter((each) => each.item !== item && newest(keyOf(each.item)) === keyOf(item))
        .map((each) => each.entry)
        .sort((a, b) => b.at.getTime() - a.at.getTime()),
    }));
}

/** All documents of a file one by one: each, then its older versions, then its copies. */
export const everyDocument = (documents: readonly FiledDocument[]): FiledDocument[] =>
  documents.flatMap((each) => [each, ...each.copies, ...everyDocument(each.versions)]);
