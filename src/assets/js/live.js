// An open page stays what the case is. A stream of the server says that something changed, never what; then the page fetches itself
// again and is morphed in place, so that focus, scroll and typed text stay. The stream is closed while the page is hidden, comes
// back by itself with jitter, and every sign of the server names the state of the case, so that nothing missed stays missed.
import './keep-typed.js';
import { note, unnote } from './notes.js';

/** Turbo, once it is needed. Only its morphing is used: links, forms and history stay the browser's. */
let loading;
const turbo = () => {
  loading ??= import(document.querySelector('#page-notes').dataset.turbo).then((Turbo) => {
    Turbo.session.drive = false;
    Turbo.session.stop();
    return Turbo;
  });
  return loading;
};

const live = () => document.querySelector('#live');
const jitter = (ms) => ms * (0.5 + Math.random());
let stream;
let pause = 500;
let waiting;

/** Fetches this page anew and morphs what is shown into it. */
async function fetchAndMorph() {
  const answer = await fetch(location.href, {
    headers: { 'X-Tandem-Refresh': '1', Accept: 'text/html' },
    redirect: 'manual',
    cache: 'no-store',
  }).catch(() => undefined);
  if (answer === undefined || answer.status >= 500) return note('away');
  if (answer.type === 'opaqueredirect') return note('signedOut');
  if (answer.status === 404) return note('gone');
  if (!answer.ok) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [here, next] = [document.querySelector('main'), page.querySelector('main')];
  if (here === null || next === null || page.querySelector('#live') === null) return undefined;
  (await turbo()).morphChildren(here, next);
  document.title = page.title;
  document.dispatchEvent(new CustomEvent('tandem:refreshed'));
  return undefined;
}

let running = false;
let again = false;

async function refresh() {
  if (live()?.dataset.liveRefresh === 'off') {
    note('newAbove');
    return;
  }
  if (running) {
    again = true;
    return;
  }
  running = true;
  do {
    again = false;
    await fetchAndMorph();
  } while (again);
  running = false;
}

/** Not all open windows at the same instant. */
let soon;
const refreshSoon = () => {
  clearTimeout(soon);
  soon = setTimeout(refresh, jitter(100));
};

/** Shows what the server wrote where something else stands: what is there already is not read out again. */
function put(place, html) {
  const shown = document.querySelector(place);
  const next = document.createElement('template');
  next.innerHTML = html;
  if (shown !== null && shown.innerHTML !== next.innerHTML) shown.innerHTML = html;
}

const handlers = {
  neu: refreshSoon,
  stand: ({ data }) => {
    if (unnote('away')) document.dispatchEvent(new CustomEvent('tandem:back'));
    if (data !== '' && data !== live()?.dataset.liveStamp) refreshSoon();
  },
  kreis: ({ data }) => {
    const shown = live()?.dataset.liveCircles;
    if (shown !== undefined && data !== shown) refreshSoon();
  },
  anwesend: ({ data }) => {
    put('#present', data);
  },
  hinweis: ({ data }) => {
    put('#announced', data);
  },
  version: ({ data }) => {
    const made = document.querySelector('#page-notes')?.dataset.made;
    if (made !== undefined && made !== data) note('version');
  },
  stoerung: () => note('away'),
  neustart: () => comeBack(jitter(400)),
  abgemeldet: () => {
    close();
    note('signedOut');
  },
  verwehrt: () => {
    close();
    note('gone');
  },
};

/** Why the stream does not open: nobody answers, or not to this person any more. */
async function findOut() {
  const options = { cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(6_000) };
  const answer = await fetch('/arbeit/lebt', options).catch(() => undefined);
  if (answer === undefined || answer.status >= 500) note('away');
  else if (answer.type === 'opaqueredirect') handlers.abgemeldet();
  else if (live() !== null) refreshSoon();
}

function close() {
  clearTimeout(waiting);
  stream?.close();
  stream = undefined;
}

function comeBack(ms) {
  close();
  if (document.visibilityState === 'visible') waiting = setTimeout(open, ms);
}

function open() {
  close();
  if (document.body.dataset.staff === undefined) return;
  const page = live()?.dataset;
  const address = new URLSearchParams({ vorgang: page?.liveCase ?? '', teil: page?.livePart ?? '' });
  stream = new EventSource(`/arbeit/strom?${address}`);
  for (const [name, handle] of Object.entries(handlers)) stream.addEventListener(name, handle);
  stream.addEventListener('open', () => {
    pause = 500;
    document.dispatchEvent(new CustomEvent('tandem:back'));
  });
  stream.addEventListener('error', () => {
    pause = Math.min(pause * 2, 30_000);
    comeBack(jitter(pause));
    if (pause > 1_000) void findOut();
  });
}

document.addEventListener('visibilitychange', () => (document.visibilityState === 'visible' ? open() : close()));
window.addEventListener('pagehide', close);
window.addEventListener('pageshow', (event) => {
  if (event.persisted) open();
});
if (document.visibilityState === 'visible') open();
