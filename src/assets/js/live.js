// An open page stays what the case is. A stream of the server says that something changed, never what; then the page fetches itself
// again and is morphed in place, so that focus, scroll and typed text stay. The stream is closed while the page is hidden, comes
// back by itself with jitter, and says then how far the page had heard, so that nothing missed stays missed.
import './keep-typed.js';
import { note, unnote } from './notes.js';

/** Turbo, once it is needed. Only its morphing is used: links, forms and history stay the browser's. What failed is tried again. */
let loading;
let tries = 0;
const turbo = () => {
  // A browser remembers a module that could not be loaded: the next try has another address.
  const address = `${document.querySelector('#page-notes').dataset.turbo}${tries === 0 ? '' : `#${tries}`}`;
  loading ??= import(address).then(
    (Turbo) => {
      Turbo.session.drive = false;
      Turbo.session.stop();
      return Turbo;
    },
    (error) => {
      loading = undefined;
      tries += 1;
      throw error;
    },
  );
  return loading;
};

const live = () => document.querySelector('#live');
/** A line that is silent for so long is no line. */
const silentMs = 20_000;
/** After a restart all pages come back at once; what they show is fetched anew over so long a time, in the mean half of it. */
const spreadMs = 8_000;
const jitter = (ms) => ms * (0.5 + Math.random());
let stream;
let pause = 500;
let waiting;
/** Whether a stream was open before, and whether it was lost, not closed. */
let opened = document.visibilityState !== 'visible';
let lost = false;
/** The page is gone for its reader: it asks for nothing any more. */
let gone = false;
/** What the page shows: the stream is of this and nothing else. */
const subject = () => `${live()?.dataset.liveCase} ${live()?.dataset.liveFile} ${live()?.dataset.liveList}`;
let followed;

/** Fetches this page anew and morphs what is shown into it. Gives whether it is current by now, or cannot be. */
async function fetchAndMorph() {
  const answer = await fetch(location.href, {
    headers: { 'X-Tandem-Refresh': live()?.dataset.liveShown ?? '1', Accept: 'text/html' },
    redirect: 'manual',
    cache: 'no-store',
    signal: AbortSignal.timeout(silentMs),
  }).catch(() => undefined);
  if (answer === undefined || answer.status >= 500) {
    note('away');
    return false;
  }
  if (answer.type === 'opaqueredirect') note('signedOut');
  if (answer.status === 404) handlers.verwehrt();
  if (!answer.ok) return answer.status !== 429;
  if (answer.status === 204) {
    // All of it is shown already.
    live().dataset.liveStamp = answer.headers.get('X-Tandem-Stamp');
    unnote('away');
    return true;
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [here, next] = [document.querySelector('main'), page.querySelector('main')];
  if (here === null || next === null || page.querySelector('#live') === null) return true;
  const { morphChildren } = await turbo();
  if (live()?.dataset.liveRefresh === 'off') {
    note('newAbove'); // meanwhile somebody began what outlives no refresh
    return true;
  }
  morphChildren(here, next);
  document.title = page.title;
  unnote('away');
  document.dispatchEvent(new CustomEvent('tandem:refreshed'));
  return true;
}

let running = false;
let again = false;
let failed = 0;

async function refresh() {
  if (gone) return;
  if (live()?.dataset.liveRefresh === 'off') {
    note('newAbove');
    return;
  }
  if (running) {
    again = true;
    return;
  }
  running = true;
  let current = true;
  do {
    again = false;
    current = await fetchAndMorph().catch(() => false); // the line broke within the page, or Turbo did not come
  } while (again && current);
  running = false;
  failed = current ? 0 : failed + 1;
  if (!current) refreshWithin(Math.min(1_000 * 2 ** failed, 30_000));
}

/** Not all open windows at the same instant. */
let soon;
let due = Number.POSITIVE_INFINITY;
function refreshWithin(ms) {
  const at = Date.now() + ms;
  if (at > due) return; // it comes sooner than that
  clearTimeout(soon);
  due = at;
  soon = setTimeout(() => {
    due = Number.POSITIVE_INFINITY;
    if (document.visibilityState === 'visible') void refresh();
  }, ms);
}
const refreshSoon = () => refreshWithin(jitter(100));

/** Shows what the server wrote where something else stands: what is there already is not read out again. */
function put(place, html) {
  const shown = document.querySelector(place);
  const next = document.createElement('template');
  next.innerHTML = html;
  if (shown !== null && shown.innerHTML !== next.innerHTML) shown.innerHTML = html;
}

const handlers = {
  neu: refreshSoon,
  nachholen: () => refreshWithin(lost ? Math.random() * spreadMs : jitter(100)),
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
  neustart: () => {
    lost = true;
    comeBack(jitter(400));
  },
  abgemeldet: () => {
    close();
    note('signedOut');
  },
  verwehrt: () => {
    gone = true;
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
  if (document.visibilityState === 'visible' && !gone) waiting = setTimeout(open, ms);
}

function open() {
  close();
  if (document.body.dataset.staff === undefined || gone) return;
  followed = subject();
  const page = live()?.dataset;
  const address = new URLSearchParams({
    vorgang: page?.liveCase ?? '',
    aktenid: page?.liveFile ?? '',
    teil: page?.livePart ?? '',
    gehoert: page?.liveHeard ?? '',
    wieder: opened ? '1' : '',
    liste: page?.liveList ?? '',
  });
  stream = new EventSource(`/arbeit/strom?${address}`);
  for (const [name, handle] of Object.entries(handlers)) stream.addEventListener(name, handle);
  stream.addEventListener('open', () => {
    pause = 500;
    opened = true;
    document.dispatchEvent(new CustomEvent('tandem:back'));
  });
  stream.addEventListener('error', () => {
    lost = true;
    pause = Math.min(pause * 2, 30_000);
    comeBack(jitter(pause));
    if (pause > 1_000) void findOut();
  });
}

/** What is shown moved to another case, or lies in another file: so does the stream. */
document.addEventListener('tandem:refreshed', () => {
  if (stream !== undefined && subject() !== followed) open();
});

function returned() {
  lost = false;
  open();
}

document.addEventListener('visibilitychange', () => (document.visibilityState === 'visible' ? returned() : close()));
window.addEventListener('pagehide', close);
window.addEventListener('pageshow', (event) => {
  if (event.persisted) returned();
});
if (document.visibilityState === 'visible') open();
