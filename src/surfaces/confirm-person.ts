import { actorName } from '../kernel/actor.ts';
import { type CaseAct, casesByIds, confirmPerson, type VerbOutcome } from '../modules/cases/index.ts';
import { stayHeld } from '../modules/files/index.ts';
import { arrivalsOfCases } from '../modules/intake/index.ts';
import { returnedPapers, sentLetters } from '../modules/notices/index.ts';
import type { Tx } from '../platform/database/index.ts';

/** More papers than this no case has. */
const mostPapers = 10_000;

/** Says whose case this is. It may go into the file of another household by that: what must be kept stays kept there, the case and paper by paper. */
export async function confirmWithHolds(
  tx: Tx,
  act: CaseAct,
  person: Parameters<typeof confirmPerson>[2],
): Promise<VerbOutcome> {
  const fileOf = async (): Promise<string | null> => (await casesByIds(tx, [act.caseId]))[0]?.fileId ?? null;
  const from = await fileOf();
  const outcome = await confirmPerson(tx, act, person);
  const to = outcome.kind === 'done' ? await fileOf() : from;
  if (to === from) return outcome;
  const papers = (await arrivalsOfCases(tx, [act.caseId], mostPapers)).map((each) => each.documentId);
  const letters = (await sentLetters(tx, [act.caseId])).flatMap(({ documentId }) => documentId ?? []);
  const returned = (await returnedPapers(tx, { caseIds: [act.caseId] })).map((each) => each.documentId);
  const move = { from: { id: act.caseId, fileId: from }, to: { id: act.caseId, fileId: to }, whole: true };
  await stayHeld(tx, actorName(act.actor), [...papers, ...letters, ...returned], move);
  return outcome;
}
