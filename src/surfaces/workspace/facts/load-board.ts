import { casesByIds, openRequiredItems, type RequiredItem, writtenEvents } from '../../../modules/cases/index.ts';
import { documentsByIds } from '../../../modules/documents/index.ts';
import { type BoardCases, boardFacts, type Fact } from '../../../modules/facts/index.ts';
import { type PlacedField, placementFor } from '../../../modules/fields/index.ts';
import { type DocumentFacts, factsOfDocuments } from '../../../modules/files/index.ts';
import { caseOfDocument, findSubmission } from '../../../modules/intake/index.ts';
import { type Household, householdById } from '../../../modules/people/index.ts';
import { itemsOfCases } from '../../../modules/twice/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { paths, withQuery } from '../paths.ts';

/** Where the source of a fact is looked at, and what it is called; without a link it lies where the reader may not look. */
export type SourceLink = { readonly href: string; readonly name: string };

/** A document somebody said how long it holds. */
export type ValidPaper = {
  readonly id: string;
  readonly name: string;
  /** When it came in; this is its day where it has none of its own. */
  readonly arrivedAt: Date;
  readonly facts: DocumentFacts;
};

export type BoardData = {
  /** The case whose page the verbs of the board lead to. */
  readonly caseId: string;
  readonly facts: readonly Fact[];
  readonly sources: ReadonlyMap<string, SourceLink>;
  readonly household: Household | undefined;
  /** What is missing, of the cases the reader may see, the most urgent first. */
  readonly missing: readonly (RequiredItem & { readonly number: string })[];
  readonly papers: readonly ValidPaper[];
  /** In which order the house and the team of the case want it, and what they hide. */
  readonly placed: readonly PlacedField[];
};

/** What the board shows, read from where each thing is kept. The look at the case or the file is recorded already. */
export async function loadBoard(tx: Tx, cases: BoardCases, caseId: string): Promise<BoardData> {
  const facts = await boardFacts(tx, cases);
  const open = (await casesByIds(tx, cases.visible)).filter((each) => each.closedAt === null || each.id === caseId);
  const missing = [];
  for (const each of open)
    for (const item of await openRequiredItems(tx, each.id)) missing.push({ ...item, number: each.number });
  const [here] = await casesByIds(tx, [caseId]);
  const householdId = here?.householdId ?? null;
  return {
    caseId,
    facts,
    sources: await sourceLinks(tx, cases, facts),
    household: householdId === null ? undefined : await householdById(tx, householdId),
    missing: missing.sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1)),
    papers: await validPapers(tx, cases),
    placed: (await placementFor(tx, here?.teamId ?? null))('board'),
  };
}

/** Links to the sources of facts, as far as they lie in cases the reader may see. */
export async function sourceLinks(
  tx: Tx,
  { visible }: BoardCases,
  facts: readonly Fact[],
): Promise<Map<string, SourceLink>> {
  const links = new Map<string, SourceLink>();
  for (const { id, source, places } of facts) {
    if (source.id === null) continue;
    if (source.kind === 'document') {
      const caseId = await caseOfDocument(tx, source.id);
      const [document] = caseId !== undefined && visible.includes(caseId) ? await documentsByIds(tx, [source.id]) : [];
      if (document === undefined || document.erasedAt !== null) continue;
      const page = source.page === null ? undefined : String(source.page);
      // The fact leads to its place: the words that stand there are in no address.
      const place = places.length === 0 ? undefined : id;
      const href = withQuery(paths.document(document.id), { seite: page, stelle: place });
      links.set(id, { href, name: document.name });
      continue;
    }
    const [caseId, anchor] =
      source.kind === 'submission'
        ? [(await findSubmission(tx, source.id))?.caseId, 'answers']
        : [(await writtenEvents(tx, [source.id]))[0]?.caseId, 'history'];
    if (caseId !== undefined && visible.includes(caseId))
      links.set(id, { href: `${paths.case(caseId)}#${anchor}`, name: '' });
  }
  return links;
}

/** The newest versions of documents of which a person said until when they hold. */
async function validPapers(tx: Tx, { visible }: BoardCases): Promise<ValidPaper[]> {
  const items = (await itemsOfCases(tx, visible)).filter((item) => item.newer.length === 0 && !item.replaced);
  const arrived = new Map(
    items.flatMap(({ document, ways }) => (document && ways[0] ? [[document.id, ways[0].at] as const] : [])),
  );
  const documents = items.flatMap(({ document }) => (document === undefined || document.erasedAt ? [] : [document]));
  const known = await factsOfDocuments(
    tx,
    documents.map((each) => each.id),
  );
  return documents
    .flatMap(({ id, name, createdAt }) => {
      const facts = known.get(id);
      return facts?.byPerson && facts.validUntil !== null && facts.state !== 'unusable'
        ? [{ id, name, facts, arrivedAt: arrived.get(id) ?? createdAt }]
        : [];
    })
    .sort((a, b) => ((a.facts.validUntil ?? '') < (b.facts.validUntil ?? '') ? -1 : 1));
}
