import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { addNote, findCase, searchCases } from '../../../modules/cases/index.ts';
import { keptPageWords, letterKinds } from '../../../modules/documents/index.ts';
import {
  addMark,
  describeDocument,
  documentStates,
  factsOfDocuments,
  fileParts,
  noFacts,
  noteMoves,
  type PageTurn,
  type Place,
  putIntoPart,
  removeMark,
  retentionClasses,
  turnPage,
  turnsOf,
  usualPart,
} from '../../../modules/files/index.ts';
import { moveSubmission, submissionDocuments, submissionOfDocument } from '../../../modules/intake/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { fieldId } from '../../../ui/index.ts';
import { teamOfConcern } from '../../file-contents.ts';
import { one } from '../../request.ts';
import type { Outcome } from '../command.ts';
import type { ReadablePaper } from '../documents/readable.ts';
import { parseDay } from '../parse.ts';
import type { StaffVisit } from '../visit.ts';
import { pageLines } from './lines.ts';

export type DocumentTry = (tx: Tx, visit: StaffVisit, paper: ReadablePaper) => Promise<Outcome>;

/** Problems as field and key of the sentence; undefined when there is none. */
function wrong(visit: StaffVisit, problems: Readonly<Record<string, string | undefined>>): Outcome | undefined {
  const list = Object.entries(problems).flatMap(([name, key]) =>
    key === undefined ? [] : [{ id: fieldId(name), text: visit.t(`file:problem.${key}`) }],
  );
  return list.length === 0 ? undefined : { kind: 'wrong', problems: list };
}

const textOf = (visit: StaffVisit, name: string, most: number): string => one(visit.input, name).slice(0, most);
const all = (visit: StaffVisit, name: string): string[] => [visit.input[name] ?? []].flat();

const record = (tx: Tx, visit: StaffVisit, paper: ReadablePaper, action: string): Promise<void> =>
  recordAudit(tx, visit.actor, {
    action,
    subjectType: 'document',
    subjectId: paper.document.id,
    caseId: paper.case.id,
  });

/** What a person says about a document. */
export const describe: DocumentTry = async (tx, visit, paper) => {
  const day = (name: string): string | undefined | null => {
    const text = textOf(visit, name, 20);
    return text === '' ? null : parseDay(text);
  };
  const [datedOn, validFrom, validUntil] = [day('vom'), day('gueltigAb'), day('gueltigBis')];
  const order = validFrom && validUntil && validFrom > validUntil ? 'order' : undefined;
  const problem = wrong(visit, {
    vom: datedOn === undefined ? 'day' : undefined,
    gueltigAb: validFrom === undefined ? 'day' : undefined,
    gueltigBis: validUntil === undefined ? 'day' : order,
  });
  if (problem !== undefined) return problem;
  await describeDocument(tx, paper.document.id, visit.staff.name, {
    kind: letterKinds.find((each) => each === one(visit.input, 'art')) ?? null,
    sender: textOf(visit, 'absender', 100) || null,
    datedOn: datedOn ?? null,
    validFrom: validFrom ?? null,
    validUntil: validUntil ?? null,
    state: documentStates.find((each) => each === one(visit.input, 'stand')) ?? 'open',
    retention: retentionClasses.find((each) => each === one(visit.input, 'frist')) ?? null,
  });
  await record(tx, visit, paper, 'document.described');
  return { kind: 'done' };
};

const turns: readonly PageTurn[] = [0, 90, 180, 270];

/** Turns a page for everybody; the original stays as it is. */
export const turn: DocumentTry = async (tx, visit, paper) => {
  const page = Number(one(visit.input, 'seite'));
  const asked = turns.find((each) => String(each) === one(visit.input, 'drehung'));
  if (asked === undefined || !Number.isInteger(page) || page < 1 || page > paper.document.pages)
    return { kind: 'not-found' };
  if (((await turnsOf(tx, paper.document.id)).get(page) ?? 0) === asked) return { kind: 'unchanged' };
  await turnPage(tx, paper.document.id, page, asked, visit.staff.id);
  await record(tx, visit, paper, 'document.turned');
  return { kind: 'done' };
};

/** Places drawn over a page: `x,y,width,height` as parts of it; what is none is left out. */
export function drawnPlaces(texts: readonly string[]): Place[] {
  return texts.flatMap((text) => {
    const [x = -1, y = -1, width = 0, height = 0] = text.split(',').map(Number);
    const whole = [x, y, width, height].every((each) => Number.isFinite(each) && each >= 0 && each <= 1);
    return whole && width > 0 && height > 0 && x + width <= 1.001 && y + height <= 1.001
      ? [{ x, y, width, height }]
      : [];
  });
}

/** So many places one mark may have: more than a page has lines of worth. */
const mostPlaces = 200;

/** Marks lines, or a drawn frame, with a note; where asked for, the note stands in the case as well. */
export const mark: DocumentTry = async (tx, visit, paper) => {
  const page = Number(one(visit.input, 'seite'));
  if (!Number.isInteger(page) || page < 1 || page > paper.document.pages) return { kind: 'not-found' };
  const words = await keptPageWords(tx, visit.services.vault, paper.document.id, page);
  const lines = words === undefined ? [] : pageLines(words);
  const ticked = all(visit, 'zeile').flatMap((text) => lines[Number(text)]?.place ?? []);
  const places = [...ticked, ...drawnPlaces(all(visit, 'ort'))].slice(0, mostPlaces);
  const note = textOf(visit, 'notiz', 2_000);
  const problem = wrong(visit, {
    zeile: places.length === 0 && lines.length > 0 ? 'place' : undefined,
    notiz: note === '' ? 'note' : undefined,
  });
  if (problem !== undefined) return problem;
  await addMark(tx, visit.staff, { documentId: paper.document.id, page, places, note });
  if (one(visit.input, 'vermerk') === 'ja') {
    const about = visit.t('file:mark.noteAbout', { name: paper.document.name, page });
    await addNote(tx, { actor: visit.actor, reader: visit.reader, caseId: paper.case.id }, `${note}\n${about}`);
  }
  await record(tx, visit, paper, 'document.marked');
  return { kind: 'done' };
};

export const unmark: DocumentTry = async (tx, visit, paper) => {
  const id = visit.c.req.param('mark');
  if (!isId(id)) return { kind: 'not-found' };
  if (!(await removeMark(tx, paper.document.id, id, visit.staff.name))) return { kind: 'unchanged' };
  await record(tx, visit, paper, 'document.unmarked');
  return { kind: 'done' };
};

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

/** Puts a document where it belongs: into another part, or with what came with it into another case, of this file or another one. */
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
  if (part !== fromPart) {
    await putIntoPart(tx, id, visit.staff.name, part);
    const trace = { fromPart, toPart: part, fromCase: null, toCase: null, reason };
    await noteMoves(tx, visit.actor, [id], trace);
  }
  if (moves && !(await moveToCase(tx, visit, paper, to, reason))) return { kind: 'not-found' };
  await record(tx, visit, paper, 'document.moved');
  return { kind: 'done' };
};

async function moveToCase(
  tx: Tx,
  visit: StaffVisit,
  paper: ReadablePaper,
  toCaseId: string,
  reason: string,
): Promise<boolean> {
  const submissionId = await submissionOfDocument(tx, paper.document.id);
  if (submissionId === undefined) return false;
  const papers = (await submissionDocuments(tx, submissionId)).map((each) => each.documentId);
  if ((await moveSubmission(tx, visit.actor, { submissionId, toCaseId })) !== 'moved') return false;
  const trace = { fromPart: null, toPart: null, fromCase: paper.case.id, toCase: toCaseId, reason };
  await noteMoves(tx, visit.actor, papers, trace);
  return true;
}
