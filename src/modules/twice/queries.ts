import type { Selectable } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { type CaseReader, visibleCases } from '../cases/index.ts';
import { arrivalsOfCases, arrivalsOfDocuments, casesOfSubmissions, submissionsOfCase } from '../intake/index.ts';
import type { Pair, Side } from './pair.ts';
import { pairs, shownPairs, type TwiceTables, withDecisions } from './store.ts';

/** A pair with the cases in which its two sides lie now: a paper may lie in another one than what came with it. */
export type SeenPair = Pair & { readonly earlierCase: string; readonly laterCase: string };

/** Keeps the pairs of which the reader may see both cases: from the one case nothing is learned about the other. */
async function seenBy(
  tx: Tx,
  reader: CaseReader,
  rows: readonly Selectable<TwiceTables['twice_pair']>[],
): Promise<SeenPair[]> {
  const found = await withDecisions(tx, rows);
  const cases = await casesOfSubmissions(
    tx,
    found.flatMap((pair) => [pair.earlier.submissionId, pair.later.submissionId]),
  );
  const papers = found.flatMap((pair) => [pair.earlier.documentId ?? [], pair.later.documentId ?? []].flat());
  const lying = new Map((await arrivalsOfDocuments(tx, papers)).map((each) => [each.documentId, each.caseId]));
  const placeOf = ({ submissionId, documentId }: Side): string | undefined =>
    (documentId === null ? undefined : lying.get(documentId)) ?? cases.get(submissionId);
  const visible = await visibleCases(tx, reader, [...cases.values(), ...lying.values()]);
  return found.flatMap((pair) => {
    const [earlierCase, laterCase] = [placeOf(pair.earlier), placeOf(pair.later)];
    if (earlierCase === undefined || laterCase === undefined) return [];
    return visible.has(earlierCase) && visible.has(laterCase) ? [{ ...pair, earlierCase, laterCase }] : [];
  });
}

/** A pair by its id, if the reader may see both cases. Callers record the read. */
export async function findPair(tx: Tx, reader: CaseReader, id: string): Promise<SeenPair | undefined> {
  return (await seenBy(tx, reader, await pairs(tx).where('id', '=', id).execute()))[0];
}

/** Pairs with a side among the given submissions, the newest first. */
export const pairsOfSubmissions = async (tx: Tx, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : shownPairs(tx)
        .where((eb) => eb.or([eb('earlier_submission', 'in', [...ids]), eb('later_submission', 'in', [...ids])]))
        .orderBy('id', 'desc')
        .limit(500)
        .execute();

/** Pairs that touch a case, as far as the reader may see the other side. */
export async function pairsOfCase(tx: Tx, reader: CaseReader, caseId: string): Promise<SeenPair[]> {
  const ids = (await submissionsOfCase(tx, caseId)).map((each) => each.id);
  const alone = (await arrivalsOfCases(tx, [caseId], mostPapers)).filter((each) => !ids.includes(each.submissionId));
  const rows = await pairsOfSubmissions(tx, [...ids, ...alone.map((each) => each.submissionId)]);
  const seen = await seenBy(tx, reader, rows);
  return seen.filter((pair) => pair.earlierCase === caseId || pair.laterCase === caseId);
}

/** More papers than this no case has. */
const mostPapers = 2_000;

export type PairCursor = { readonly foundAt: Date; readonly id: string };
/** So many pairs of others are passed over for one page; the link to the next page goes on from there. */
const mostWalked = 1_000;
const portion = 100;

/** Pairs nobody has decided, the newest first, of cases the reader may see; `next` when there may be more. */
export async function openPairs(
  tx: Tx,
  reader: CaseReader,
  after: PairCursor | undefined,
  size = 25,
): Promise<{ rows: SeenPair[]; next: PairCursor | undefined }> {
  const found: SeenPair[] = [];
  let cursor = after;
  for (let walked = 0; walked < mostWalked; walked += portion) {
    let query = pairs(tx)
      .where('settled_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .orderBy('found_at', 'desc')
      .orderBy('id', 'desc')
      .limit(portion);
    const from = cursor;
    if (from !== undefined)
      query = query.where((eb) => eb(eb.refTuple('found_at', 'id'), '<', eb.tuple(from.foundAt, from.id)));
    const rows = await query.execute();
    for (const pair of await seenBy(tx, reader, rows)) {
      if (found.length === size) return { rows: found, next: cursorOf(found.at(-1)) };
      found.push(pair);
    }
    if (rows.length < portion) return { rows: found, next: undefined };
    const last = rows.at(-1);
    cursor = last === undefined ? undefined : { foundAt: last.found_at, id: last.id };
  }
  return { rows: found, next: cursor };
}

const cursorOf = (pair: SeenPair | undefined): PairCursor | undefined =>
  pair === undefined ? undefined : { foundAt: pair.foundAt, id: pair.id };

/** Everything that was ever decided about a pair, the oldest first. */
export const decisionsOf = (tx: Tx, pairId: string) =>
  tx
    .tables<TwiceTables>()
    .selectFrom('twice_decision')
    .select(['decision', 'at', 'actor_name as by'])
    .where('pair_id', '=', pairId)
    .orderBy('at')
    .orderBy('id')
    .execute();
