import { isId } from '../../../kernel/ids.ts';
import { takeAppointmentsAlong } from '../../../modules/appointments/index.ts';
import { findCase, searchCases } from '../../../modules/cases/index.ts';
import {
  type FileMove,
  factsOfDocuments,
  fileParts,
  movesOfDocument,
  noFacts,
  noteMoves,
  putIntoPart,
  usualPart,
} from '../../../modules/files/index.ts';
import {
  arrivalsOfSubmissions,
  movePaper,
  moveSubmission,
  submissionOfDocument,
} from '../../../modules/intake/index.ts';
import { enqueueCompare } from '../../../modules/twice/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { teamOfConcern } from '../../file-contents.ts';
import { one } from '../../request.ts';
import type { Outcome } from '../command.ts';
import type { ReadablePaper } from '../documents/readable.ts';
import type { StaffVisit } from '../visit.ts';
import { liesAlone } from './alone.ts';
import { type DocumentTry, record, textOf, wrong } from './verbs.ts';

/** The case somebody names by its number, or chooses among those of the file; only one they may see. */
async function targetCase(tx: Tx, visit: StaffVisit, paper: ReadablePaper): Promise<string | undefined> {
  const number = one(visit.input, 'nummer').toUpperCase();
  if (number !== '') {
    const plain = /^V[- ]?([0-9A-Z]{4})[- ]?([0-9A-Z]{4})$/.exec(number);
    if (plain === null) return undefined;
    return (await searchCases(tx, visit.reader, { number: `V-${plain[1]}-${plain[2]}` }))[0]?.id;
  }
  const chosen = one(visit.input, 'vorgang');
  if (chosen === '' || chosen === paper.case.id) return paper.case.id;
  return isId(chosen) ? (await findCase(tx, visit.reader, chosen))?.id : undefined;
}

/**
 * Puts a document where it belongs: into another part; or into another case, of this file or another one, alone or with all that came
 * with it. What lies apart from its submission already is always moved alone.
 */
export const move: DocumentTry = async (tx, visit, paper) => {
  const { id } = paper.document;
  const reason = textOf(visit, 'grund', 1_000);
  const facts = (await factsOfDocuments(tx, [id])).get(id) ?? noFacts;
  const team = await teamOfConcern(visit.services, visit.jobcenter.id);
  const fromPart = facts.part ?? usualPart(team(paper.case.concern));
  const part = one(visit.input, 'teil');
  const parts = (await fileParts(tx)).map((each) => each.key);
  const to = facts.copyOf === null ? await targetCase(tx, visit, paper) : paper.case.id;
  const problem = wrong(visit, {
    teil: part === fromPart || parts.includes(part) ? undefined : 'part',
    [one(visit.input, 'nummer') === '' ? 'vorgang' : 'nummer']: to === undefined ? 'case' : undefined,
    grund: reason === '' ? 'reason' : undefined,
  });
  if (problem !== undefined || to === undefined) return problem ?? { kind: 'not-found' };
  const moves = to !== paper.case.id;
  if (part === fromPart && !moves) return { kind: 'unchanged' };
  if (moves) {
    const alone = one(visit.input, 'umfang') === 'allein' || (await liesAlone(tx, paper));
    const outcome = await toCase(tx, visit, paper, { toCaseId: to, reason, alone });
    if (outcome.kind !== 'done') return outcome; // somebody else was first: then nothing of it is done
  }
  if (part !== fromPart) await toPart(tx, visit, id, { fromPart, toPart: part, reason });
  await record(tx, visit, paper, 'document.moved');
  return { kind: 'done' };
};

/**
 * Takes the newest move of a document back, with a trace of its own. Only while it lies where that move put it, and only to a case the
 * reader may see.
 */
export const moveBack: DocumentTry = async (tx, visit, paper) => {
  const { id } = paper.document;
  const [last] = await movesOfDocument(tx, id);
  if (last === undefined || one(visit.input, 'zug') !== last.id) return { kind: 'unchanged' };
  const reason = visit.t('file:move.backReason');
  const outcome = await undo(tx, visit, paper, last, reason);
  if (outcome.kind === 'done') await record(tx, visit, paper, 'document.moved');
  return outcome;
};

async function undo(tx: Tx, visit: StaffVisit, paper: ReadablePaper, last: FileMove, reason: string): Promise<Outcome> {
  const { fromPart, toPart: nowIn, fromCase, toCase: now, alone } = last;
  if (fromPart !== null) {
    await toPart(tx, visit, paper.document.id, { fromPart: nowIn, toPart: fromPart, reason });
    return { kind: 'done' };
  }
  if (fromCase === null || now !== paper.case.id) return { kind: 'unchanged' };
  if ((await findCase(tx, visit.reader, fromCase)) === undefined) return { kind: 'not-found' };
  return toCase(tx, visit, paper, { toCaseId: fromCase, reason, alone: alone || (await liesAlone(tx, paper)) });
}

async function toPart(
  tx: Tx,
  visit: StaffVisit,
  id: string,
  move: { readonly fromPart: string | null; readonly toPart: string; readonly reason: string },
): Promise<void> {
  await putIntoPart(tx, id, visit.staff.name, move.toPart);
  await noteMoves(tx, visit.actor, [id], { ...move, fromCase: null, toCase: null, alone: true });
}

type ToCase = { readonly toCaseId: string; readonly reason: string; readonly alone: boolean };

async function toCase(tx: Tx, visit: StaffVisit, paper: ReadablePaper, move: ToCase): Promise<Outcome> {
  const { id: documentId } = paper.document;
  const { toCaseId, alone, reason } = move;
  const submissionId = await submissionOfDocument(tx, documentId);
  if (submissionId === undefined) return { kind: 'not-found' };
  const papers = alone
    ? [documentId]
    : (await arrivalsOfSubmissions(tx, [submissionId])).flatMap((each) => (each.alone ? [] : [each.documentId]));
  const outcome = alone
    ? await movePaper(tx, visit.actor, { documentId, toCaseId })
    : await moveSubmission(tx, visit.actor, { submissionId, toCaseId });
  if (outcome !== 'moved') return { kind: outcome };
  await takeAppointmentsAlong(tx, visit.actor, { fromCaseId: paper.case.id, toCaseId });
  const trace = { fromPart: null, toPart: null, fromCase: paper.case.id, toCase: toCaseId, reason, alone };
  await noteMoves(tx, visit.actor, papers, trace);
  // Beside other papers now: what is here twice can be seen.
  if (alone) await enqueueCompare(tx, documentId);
  return { kind: 'done' };
}
