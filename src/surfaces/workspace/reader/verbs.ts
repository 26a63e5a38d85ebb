import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { noteTopics, writeNote } from '../../../modules/contacts/index.ts';
import { keptPageWords } from '../../../modules/documents/index.ts';
import { addMark, type PageTurn, type Place, removeMark, turnPage, turnsOf } from '../../../modules/files/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { fieldId } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { Outcome } from '../command.ts';
import type { ReadablePaper } from '../documents/readable.ts';
import type { StaffVisit } from '../visit.ts';
import { pageLines } from './lines.ts';

export type DocumentTry = (tx: Tx, visit: StaffVisit, paper: ReadablePaper) => Promise<Outcome>;

/** Problems as field and key of the sentence; undefined when there is none. */
export function wrong(visit: StaffVisit, problems: Readonly<Record<string, string | undefined>>): Outcome | undefined {
  const list = Object.entries(problems).flatMap(([name, key]) =>
    key === undefined ? [] : [{ id: fieldId(name), text: visit.t(`file:problem.${key}`) }],
  );
  return list.length === 0 ? undefined : { kind: 'wrong', problems: list };
}

export const textOf = (visit: StaffVisit, name: string, most: number): string => one(visit.input, name).slice(0, most);
const all = (visit: StaffVisit, name: string): string[] => [visit.input[name] ?? []].flat();

export const record = (tx: Tx, visit: StaffVisit, paper: ReadablePaper, action: string): Promise<void> =>
  recordAudit(tx, visit.actor, {
    action,
    subjectType: 'document',
    subjectId: paper.document.id,
    caseId: paper.case.id,
  });

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

/** A paper is found by the notes of its marks, too. */
const findAgain = (tx: Tx, { document }: ReadablePaper): Promise<void> =>
  tx.enqueue('make-findable', { jobcenterId: tx.jobcenterId, documentId: document.id });

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
  const said = one(visit.input, 'thema');
  const topic = (await noteTopics(tx)).find((each) => each.key === said && !each.closed)?.key;
  const problem = wrong(visit, {
    zeile: places.length === 0 && lines.length > 0 ? 'place' : undefined,
    notiz: note === '' ? 'note' : undefined,
    thema: said !== '' && topic === undefined ? 'topic' : undefined,
  });
  if (problem !== undefined) return problem;
  const markId = await addMark(tx, visit.staff, { documentId: paper.document.id, page, places, note, topic });
  if (one(visit.input, 'vermerk') === 'ja') {
    const about = visit.t('file:mark.noteAbout', { name: paper.document.name, page });
    const written = await writeNote(
      tx,
      { actor: visit.actor, reader: visit.reader, caseId: paper.case.id },
      {
        text: `${note}\n${about}`,
        topic: said,
        whom: one(visit.input, 'wen'),
        way: null,
        day: null,
        circleId: null,
        corrects: null,
        paper: { documentId: paper.document.id, page, markId },
      },
    );
    if (written.kind === 'not-found') return written;
    if (written.kind === 'refused') {
      const name = written.why === 'whom' ? 'wen' : 'thema';
      return { kind: 'wrong', problems: [{ id: fieldId(name), text: visit.t(`contacts:problem.${written.why}`) }] };
    }
  }
  await findAgain(tx, paper);
  await record(tx, visit, paper, 'document.marked');
  return { kind: 'done' };
};

export const unmark: DocumentTry = async (tx, visit, paper) => {
  const id = visit.c.req.param('mark');
  if (!isId(id)) return { kind: 'not-found' };
  if (!(await removeMark(tx, paper.document.id, id, visit.staff.name))) return { kind: 'unchanged' };
  await findAgain(tx, paper);
  await record(tx, visit, paper, 'document.unmarked');
  return { kind: 'done' };
};
