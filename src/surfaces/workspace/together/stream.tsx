import { isId } from '../../../kernel/ids.ts';
import { circleStamp, circleTopic } from '../../../modules/contacts/index.ts';
import { employersStamp, employersTopic } from '../../../modules/employers/index.ts';
import { findSession } from '../../../modules/identity/index.ts';
import { enterCase, leaveCase, openAnnouncements, presenceTopic, presentIn } from '../../../modules/together/index.ts';
import { isDatabaseLost, type Tx } from '../../../platform/database/index.ts';
import { type EventStream, openEventStream } from '../../../platform/http/index.ts';
import { isVerb } from '../case/view.ts';
import { type Followed, followEmployer } from '../employers/followed.ts';
import { notFound } from '../errors.tsx';
import { staffReader } from '../staff-reader.ts';
import { inTenant, queryText, type StaffVisit } from '../visit.ts';
import { Announcements } from './announcements.tsx';
import { isPart, PresentPeople } from './presence.tsx';
import { stampOf } from './stamp.ts';
import { casesNow, homeOf, lookAgain, stay, type Window, who } from './window.ts';

/** So often an open page gives a sign, and is asked whether it may still see what it shows. */
const beatMs = 10_000;
/** Changes and comings within this time are told as one. */
const gatherMs = 120;

/** What a page of no case shows and may listen to: the list of employers, which everybody in the Jobcenter may open; or one of them, by its id. */
export const employersList = 'betriebe';

/**
 * The stream of one open page: that its case, or the list of employers, changed (nothing of what changed), who else is there, what is announced, which build
 * answers. Only for who may see the case; whoever may not any more, or has no session any more, is told so and cut off.
 */
export async function openStream(visit: StaffVisit): Promise<Response> {
  const caseId = queryText(visit, 'vorgang');
  const asked = queryText(visit, 'teil');
  const part = isVerb(asked) || isPart(asked) ? asked : 'case';
  const fileId = queryText(visit, 'aktenid');
  const list = caseId === '' ? queryText(visit, 'liste') : '';
  if (list !== '' && list !== employersList && !isId(list)) return notFound(visit);
  if ((caseId !== '' && !isId(caseId)) || (fileId !== '' && !isId(fileId))) return notFound(visit);
  const nothing = { id: '', caseId: '', circled: '' };
  const opened = await inTenant(visit, async (tx) => {
    if (caseId === '') {
      const listed = await followList(tx, visit, list);
      return listed && { ...nothing, ...listed };
    }
    const cases = await casesNow(tx, visit.reader, { caseId, fileId });
    if (cases.length === 0) return undefined;
    const home = homeOf(caseId, cases);
    return {
      id: await enterCase(tx, { caseId: home, part, ...who(visit) }),
      topics: [],
      caseId: home,
      cases,
      stamp: await stampOf(tx, cases),
      circled: fileId === '' ? await circleStamp(tx, visit.reader, caseId) : '',
    };
  });
  if (opened === undefined) return notFound(visit);
  const { stamp, circled, ...place } = opened;
  const stream = follow(visit, { ...place, fileId, part, list }, circled);
  stream.send('version', visit.services.version);
  stream.send('stand', stamp);
  stream.send('kreis', circled);
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

/** What a page of no case follows; undefined where there is no such employer. */
async function followList(
  tx: Tx,
  visit: StaffVisit,
  list: string,
  reader = visit.reader,
): Promise<Followed | undefined> {
  if (list === '') return { topics: [], cases: [], stamp: '' };
  if (list !== employersList) return followEmployer(tx, reader, list);
  return { topics: [employersTopic(visit.jobcenter.id)], cases: [], stamp: await employersStamp(tx) };
}

/** Wires a stream to what changes, and takes everything down again when it ends. */
function follow(visit: StaffVisit, window: Window, circled: string): EventStream {
  const { live, log } = visit.services;
  const undo: (() => void)[] = [];
  let ended = false;
  const stream = openEventStream({
    retryMs: 2_000,
    onClose: () => {
      ended = true;
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
    attempt(async () => {
      if (await giveSign(visit, window, stream)) listen();
    }),
    beatMs,
  );
  undo.push(() => clearInterval(beat));
  const people = told(() => tellPeople(visit, window, stream));
  const changed = gathered(() => stream.send('neu', ''), undo);
  const ears: (() => void)[] = [];
  const deaf = (): void => {
    for (const each of ears.splice(0)) each();
  };
  undo.push(deaf);
  const listen = (): void => {
    deaf();
    if (ended) return;
    for (const topic of [...window.topics, ...window.cases]) ears.push(live.subscribe(topic, changed));
    if (window.id !== '') for (const id of window.cases) ears.push(live.subscribe(presenceTopic(id), people));
  };
  listen();
  if (window.id !== '') people();
  if (window.id !== '' && window.fileId === '')
    undo.push(live.subscribe(circleTopic(window.caseId), told(circleTeller(visit, window, stream, circled))));
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

/** The page is gone for its reader, or they are signed out: that is said, and the stream ends. */
function cutOff(stream: EventStream, why: 'abgemeldet' | 'verwehrt'): void {
  stream.send(why, '');
  stream.close();
}

/** Who else is there, in the cases that the reader may see at this moment. */
async function tellPeople(visit: StaffVisit, window: Window, stream: EventStream): Promise<void> {
  const present = await inTenant(visit, async (tx) => {
    const cases = await lookAgain(tx, visit, window);
    return typeof cases === 'string' ? cases : presentIn(tx, cases, visit.staff.id);
  });
  if (typeof present === 'string') return cutOff(stream, present);
  stream.send('anwesend', String(<PresentPeople visit={visit} present={present} />));
}

async function tellAnnouncements(visit: StaffVisit, stream: EventStream): Promise<void> {
  const announced = await inTenant(visit, openAnnouncements);
  stream.send('hinweis', String(<Announcements visit={visit} announcements={announced} />));
}

/**
 * A sign of life in both directions: the window is still there, and it may still see what it shows. Which cases these are is asked each time, as the page does
 * when it fetches itself: otherwise the two would never agree. Gives whether they are others than before.
 */
async function giveSign(visit: StaffVisit, window: Window, stream: EventStream): Promise<boolean> {
  const state = await inTenant(visit, async (tx) => {
    const cases = await lookAgain(tx, visit, window);
    if (typeof cases === 'string') return cases;
    const announced = await openAnnouncements(tx);
    if (window.id === '') {
      const session = await findSession(tx, visit.token, true);
      const listed = session && (await followList(tx, visit, window.list, await staffReader(tx, session.staff)));
      return listed === undefined ? 'verwehrt' : { ...listed, present: [], announced };
    }
    await stay(tx, visit, window, homeOf(window.caseId, cases));
    return {
      cases,
      topics: window.topics,
      stamp: await stampOf(tx, cases),
      present: await presentIn(tx, cases, visit.staff.id),
      announced,
    };
  });
  if (typeof state === 'string') {
    cutOff(stream, state);
    return false;
  }
  const follows = ({ topics, cases }: Pick<Window, 'topics' | 'cases'>): string => [...topics, ...cases].join(' ');
  const others = follows(state) !== follows(window);
  window.cases = state.cases;
  window.topics = state.topics;
  window.caseId = homeOf(window.caseId, state.cases);
  stream.send('stand', state.stamp);
  stream.send('hinweis', String(<Announcements visit={visit} announcements={state.announced} />));
  if (window.id !== '') stream.send('anwesend', String(<PresentPeople visit={visit} present={state.present} />));
  return others;
}
