import { isId } from '../../../kernel/ids.ts';
import { findCase } from '../../../modules/cases/index.ts';
import { circleStamp, circleTopic } from '../../../modules/contacts/index.ts';
import { employersStamp, employersTopic } from '../../../modules/employers/index.ts';
import { findSession } from '../../../modules/identity/index.ts';
import {
  enterCase,
  leaveCase,
  openAnnouncements,
  presenceTopic,
  presentIn,
  stillThere,
} from '../../../modules/together/index.ts';
import { isDatabaseLost, type Tx } from '../../../platform/database/index.ts';
import { type EventStream, openEventStream } from '../../../platform/http/index.ts';
import { isVerb } from '../case/view.ts';
import { notFound } from '../errors.tsx';
import { staffReader } from '../staff-reader.ts';
import { inTenant, queryText, type StaffVisit } from '../visit.ts';
import { Announcements } from './announcements.tsx';
import { isPart, PresentPeople } from './presence.tsx';
import { casesFollowed, stampOf } from './stamp.ts';

/** So often an open page gives a sign, and is asked whether it may still see what it shows. */
const beatMs = 10_000;
/** Changes and comings within this time are told as one. */
const gatherMs = 120;

/** What a page of no case shows and may listen to: the list of employers, which everybody in the Jobcenter may open, and its records. */
export const employersList = 'betriebe';

/** `cases`: everything the page shows, with the case in which its owner counts as present. */
type Window = {
  readonly id: string;
  readonly caseId: string;
  readonly cases: readonly string[];
  readonly part: string;
  readonly list: boolean;
};

/**
 * The stream of one open page: that its case, or the list of employers, changed (nothing of what changed), who else is there, what is announced, which build
 * answers. Only for who may see the case; whoever may not any more, or has no session any more, is told so and cut off.
 */
export async function openStream(visit: StaffVisit): Promise<Response> {
  const caseId = queryText(visit, 'vorgang');
  const asked = queryText(visit, 'teil');
  const part = isVerb(asked) || isPart(asked) ? asked : 'case';
  const fileId = queryText(visit, 'aktenid');
  const list = caseId === '' && queryText(visit, 'liste') === employersList;
  if ((caseId !== '' && !isId(caseId)) || (fileId !== '' && !isId(fileId))) return notFound(visit);
  const opened = await inTenant(visit, async (tx) => {
    if (caseId === '') return { id: '', cases: [], stamp: list ? await employersStamp(tx) : '', circled: '' };
    if ((await findCase(tx, visit.reader, caseId)) === undefined) return undefined;
    const cases = fileId === '' ? [caseId] : await casesFollowed(tx, visit.reader, fileId);
    return {
      id: await enterCase(tx, { caseId, part, ...who(visit) }),
      cases,
      stamp: await stampOf(tx, cases),
      circled: await circleStamp(tx, visit.reader, caseId),
    };
  });
  if (opened === undefined) return notFound(visit);
  const stream = follow(visit, { id: opened.id, caseId, cases: opened.cases, part, list }, opened.circled);
  stream.send('version', visit.services.version);
  stream.send('stand', opened.stamp);
  stream.send('kreis', opened.circled);
  if (caseId !== '') catchUp(visit, stream, opened.cases);
  return stream.response;
}

/**
 * Tells a page that was away what it missed: touches that leave no entry in the timeline too. Another process than the one that made the page
 * cannot know; then a page that comes back (`wieder`) fetches itself once in any case.
 */
function catchUp(visit: StaffVisit, stream: EventStream, cases: readonly string[]): void {
  const missed = cases.map((id) => visit.services.live.since(queryText(visit, 'gehoert'), id));
  if (missed.includes('changed')) stream.send('neu', '');
  else if (missed.includes('unknown') && queryText(visit, 'wieder') === '1') stream.send('nachholen', '');
}

const who = (visit: StaffVisit) => ({ staffId: visit.staff.id, staffName: visit.staff.name });

/** Wires a stream to what changes, and takes everything down again when it ends. */
function follow(visit: StaffVisit, window: Window, circled: string): EventStream {
  const { live, log } = visit.services;
  const undo: (() => void)[] = [];
  const stream = openEventStream({
    retryMs: 2_000,
    onClose: () => {
      for (const each of undo) each();
      if (window.id !== '') inTenant(visit, (tx) => leaveCase(tx, window.id, window.caseId)).catch(() => undefined); // else it is soon too old
    },
  });
  const attempt = (work: () => Promise<void>) => (): void => {
    work().catch((err: unknown) => {
      if (isDatabaseLost(err)) return stream.send('stoerung', '');
      log.warn({ err }, 'an open page could not be told something');
      stream.close();
    });
  };
  const told = (work: () => Promise<void>): (() => void) => gathered(attempt(work), undo);
  const beat = setInterval(
    attempt(() => giveSign(visit, window, stream)),
    beatMs,
  );
  undo.push(() => clearInterval(beat));
  if (window.id !== '') {
    const people = told(() => tellPeople(visit, window, stream));
    const changed = gathered(() => stream.send('neu', ''), undo);
    for (const id of window.cases) undo.push(live.subscribe(id, changed), live.subscribe(presenceTopic(id), people));
    undo.push(live.subscribe(circleTopic(window.caseId), told(circleTeller(visit, window, stream, circled))));
    people();
  }
  if (window.list)
    undo.push(
      live.subscribe(
        employersTopic(visit.jobcenter.id),
        gathered(() => stream.send('neu', ''), undo),
      ),
    );
  const announced = told(() => tellAnnouncements(visit, stream));
  undo.push(live.subscribe(visit.jobcenter.id, announced));
  announced(); // what came between the page and its stream, or while the window was hidden
  undo.push(
    live.beforeClose(() => {
      stream.send('neustart', '');
      stream.close();
    }),
  );
  return stream;
}

/** Runs a little later, and once for all calls until then. */
function gathered(run: () => void, undo: (() => void)[]): () => void {
  let timer: NodeJS.Timeout | undefined;
  undo.push(() => clearTimeout(timer));
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      run();
    }, gatherMs);
  };
}

/**
 * Tells of a note of a circle whoever belongs to it by now, and whoever left it that it is gone. To others not a byte is sent: what they are
 * told never changes.
 */
function circleTeller(visit: StaffVisit, window: Window, stream: EventStream, circled: string): () => Promise<void> {
  let told = circled;
  return async () => {
    const now = await inTenant(visit, async (tx) => {
      const session = await findSession(tx, visit.token, true);
      return session === undefined ? told : circleStamp(tx, await staffReader(tx, session.staff), window.caseId);
    });
    if (now === told) return;
    told = now;
    stream.send('kreis', now);
  };
}

async function tellPeople(visit: StaffVisit, window: Window, stream: EventStream): Promise<void> {
  const present = await inTenant(visit, (tx) => presentIn(tx, window.cases, visit.staff.id));
  stream.send('anwesend', String(<PresentPeople visit={visit} present={present} />));
}

async function tellAnnouncements(visit: StaffVisit, stream: EventStream): Promise<void> {
  const announced = await inTenant(visit, openAnnouncements);
  stream.send('hinweis', String(<Announcements visit={visit} announcements={announced} />));
}

/** A sign of life in both directions: the window is still there, and it may still see what it shows. */
async function giveSign(visit: StaffVisit, window: Window, stream: EventStream): Promise<void> {
  const state = await inTenant(visit, async (tx) => {
    const session = await findSession(tx, visit.token, true);
    if (session === undefined || !session.secondFactor) return 'abgemeldet' as const;
    const announced = await openAnnouncements(tx);
    if (window.id === '') return { stamp: window.list ? await employersStamp(tx) : '', present: [], announced };
    const reader = await staffReader(tx, session.staff);
    if ((await findCase(tx, reader, window.caseId)) === undefined) return 'verwehrt' as const;
    await stillThere(tx, { id: window.id, caseId: window.caseId, part: window.part, ...who(visit) });
    return { ...(await standing(tx, visit, window)), announced };
  });
  if (typeof state === 'string') {
    stream.send(state, '');
    stream.close();
    return;
  }
  stream.send('stand', state.stamp);
  stream.send('hinweis', String(<Announcements visit={visit} announcements={state.announced} />));
  if (window.id !== '') stream.send('anwesend', String(<PresentPeople visit={visit} present={state.present} />));
}

const standing = async (tx: Tx, visit: StaffVisit, window: Window) => ({
  stamp: await stampOf(tx, window.cases),
  present: await presentIn(tx, window.cases, visit.staff.id),
});
