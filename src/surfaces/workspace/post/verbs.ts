import { dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { takeBackReturn } from '../../../modules/notices/index.ts';
import {
  asideReasons,
  findLetter,
  joinLetter,
  type LetterAct,
  type LetterOutcome,
  movePage,
  nextOpenLetter,
  putAside,
  splitLetter,
  takeUpAgain,
  turnPage,
} from '../../../modules/post/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { holderOf } from './returned.tsx';

type Verb = (tx: Tx, act: LetterAct, letterId: string, page: number, visit: StaffVisit) => Promise<LetterOutcome>;

/** The verbs of a letter's pages, by the last part of their address. */
const verbs: Readonly<Record<string, Verb>> = {
  drehen: turnPage,
  teilen: splitLetter,
  verbinden: (tx, act, id) => joinLetter(tx, act, id),
  'zurueck-legen': (tx, act, id, page) => movePage(tx, act, id, page, -1),
  'weiter-legen': (tx, act, id, page) => movePage(tx, act, id, page, 1),
  wieder: (tx, act, id, _, visit) => takeUp(tx, act, id, visit),
};
export const letterVerbs = Object.keys(verbs);

/**
 * Takes a letter up again; where it was said to be ours, come back, that is taken back first, as long as nobody has decided since where it goes. That
 * its picture had to stay is said to whoever sees its case.
 */
const takeUp = (tx: Tx, act: LetterAct, id: string, visit: StaffVisit): Promise<LetterOutcome> =>
  takeUpAgain(tx, act, id, async ({ state, noticeId, caseId, returnedDocumentId }) => {
    if (state !== 'returned' || noticeId === null || caseId === null) return undefined;
    if (returnedDocumentId === null) return 'refused';
    const reader = await holderOf(tx, visit, caseId);
    const taken = await takeBackReturn(tx, { actor: visit.actor, reader, noticeId }, returnedDocumentId);
    if (taken.kind !== 'done') return 'refused';
    return taken.picture === 'kept' && reader === visit.reader ? 'kept' : undefined;
  });

const actOf = (visit: StaffVisit, tx: Tx): LetterAct => ({
  actor: visit.actor,
  reader: visit.reader,
  office: {
    store: visit.services.vault,
    ownName: visit.jobcenter.name,
    today: dayInGermany(tx.now),
  },
});

/** Does what a key or button asks for, and shows the letter where one goes on. */
export const changeLetter =
  (name: string) =>
  async (visit: StaffVisit): Promise<Response> => {
    const id = visit.c.req.param('id');
    const verb = verbs[name];
    const page = Number.parseInt(one(visit.input, 'seite'), 10) || 0;
    if (!isId(id) || verb === undefined) return notFound(visit);
    const outcome = await inTenant(visit, (tx) => verb(tx, actOf(visit, tx), id, page, visit));
    return answer(visit, id, outcome, name === 'drehen' ? String(page) : undefined);
  };

function answer(visit: StaffVisit, id: string, outcome: LetterOutcome, page: string | undefined): Response {
  switch (outcome.kind) {
    case 'not-found':
      return notFound(visit);
    case 'refused':
      return visit.c.redirect(withQuery(paths.scanLetter(id), { nicht: outcome.why ?? '1' }), 303);
    case 'changed':
      return visit.c.redirect(
        withQuery(paths.scanLetter(outcome.letterId), { seite: page, bild: outcome.kept && 'bleibt' }),
        303,
      );
    case 'unchanged':
      return visit.c.redirect(withQuery(paths.scanLetter(outcome.letterId), { seite: page }), 303);
  }
}

/** Leaves a letter for later and shows the next one. */
export async function asideLetter(visit: StaffVisit): Promise<Response> {
  const id = visit.c.req.param('id');
  const reason = asideReasons.find((each) => each === one(visit.input, 'grund')) ?? 'later';
  if (!isId(id)) return notFound(visit);
  const done = await inTenant(visit, async (tx) => {
    const outcome = await putAside(tx, actOf(visit, tx), id, reason);
    const found = await findLetter(tx, visit.reader, id);
    if (outcome.kind === 'not-found' || found === undefined) return undefined;
    return { outcome, place: await placeAfter(tx, found.letter.batchId, found.letter.position) };
  });
  if (done === undefined) return notFound(visit);
  return done.outcome.kind === 'refused'
    ? answer(visit, id, done.outcome, undefined)
    : visit.c.redirect(done.place, 303);
}

/** Where one goes on after a letter: the next open one, or the batch when none is left. */
export async function placeAfter(tx: Tx, batchId: string, position: number, last?: string): Promise<string> {
  const next = await nextOpenLetter(tx, batchId, position);
  if (next === undefined) return withQuery(paths.scanBatch(batchId), { fertig: '1' });
  return withQuery(paths.scanLetter(next.id), { zuletzt: last });
}
