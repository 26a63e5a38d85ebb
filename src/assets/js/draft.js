// What is typed into a form with data-draft is kept while it is not sent: with the server after a short pause and when the page goes,
// in this browser while the server cannot be reached, and from there with the server as soon as it can. Sending asks first
// whether somebody answers: a form that goes to nobody would be lost with its page.
import { drop, keep, kept, places } from './sealed-store.js';

const address = '/arbeit/entwuerfe';
const pauseMs = 800;
/** Who types on and on is saved this often all the same. */
const longestMs = 5_000;
const forms = () => [...document.querySelectorAll('form[data-draft]')];
const placeOf = (form) => form.elements['entwurf-ort'].value;
const states = new WeakMap();
const stateOf = (form) => {
  if (!states.has(form)) states.set(form, { timer: undefined, typed: false, sent: false, request: undefined });
  return states.get(form);
};

const fieldsOf = (form) =>
  new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));

function say(form, text, time = true) {
  const line = form.querySelector('[data-draft-state]');
  if (line === null) return;
  const at = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
  line.textContent = text === undefined ? '' : time ? `${text} (${at})` : text;
}

/** Sends fields to the server: `safe`, `away` when nobody answers, `signed-out`, `refused`, or `newer` when it was given up for others. */
async function store(fields, signal) {
  const options = { method: 'POST', body: fields, redirect: 'manual', signal };
  const answer = await fetch(address, options).catch(() => undefined);
  if (signal?.aborted) return 'newer';
  if (answer === undefined || answer.status >= 500 || answer.status === 429) return 'away';
  if (answer.ok) return 'safe';
  return answer.status === 403 || answer.type === 'opaqueredirect' ? 'signed-out' : 'refused';
}

async function save(form) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  if (!state.typed || state.sent) return;
  state.request?.abort();
  state.request = new AbortController();
  const fields = fieldsOf(form);
  state.typed = false;
  state.since = undefined;
  const outcome = await store(fields, state.request.signal);
  if (state.sent || outcome === 'newer') return;
  if (outcome === 'safe') {
    drop(placeOf(form));
    if (!state.typed) say(form, form.dataset.textSaved);
    return;
  }
  const local = await keep(placeOf(form), { fields: fields.toString() });
  say(form, local ? form.dataset[outcome === 'signed-out' ? 'textSignedOut' : 'textLocal'] : form.dataset.textUnsafe);
  if (outcome === 'away') setTimeout(() => retry(form), 2_000 + Math.random() * 3_000);
}

function retry(form) {
  stateOf(form).typed = true;
  void save(form);
}

document.addEventListener('input', ({ target }) => {
  const form = target.form;
  if (!form?.hasAttribute('data-draft')) return;
  const state = stateOf(form);
  state.typed = true;
  state.sent = false;
  clearTimeout(state.timer);
  state.since ??= Date.now();
  state.timer = setTimeout(() => save(form), Math.max(0, Math.min(pauseMs, state.since + longestMs - Date.now())));
});

/** The page goes: what was not saved yet is sent without waiting for an answer. */
function leave() {
  for (const form of forms()) {
    const state = stateOf(form);
    if (!state.typed || state.sent) continue;
    navigator.sendBeacon(address, fieldsOf(form));
  }
}
window.addEventListener('pagehide', leave);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') leave();
});

/** True when the server and its database answer, whatever they say. */
const answers = () =>
  fetch('/arbeit/lebt', { cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(6_000) }).then(
    (answer) => answer.status < 500,
    () => false,
  );

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.hasAttribute?.('data-draft')) return;
  const state = stateOf(form);
  if (state.asked) {
    state.asked = false;
    state.sent = true;
    clearTimeout(state.timer);
    state.request?.abort();
    drop(placeOf(form));
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (state.asking) return;
  state.asking = true;
  const { submitter } = event;
  void (async () => {
    const answered = await answers();
    state.asking = false;
    if (answered) {
      state.asked = true;
      form.requestSubmit(submitter);
      return;
    }
    await keep(placeOf(form), { fields: fieldsOf(form).toString() });
    say(form, form.dataset.textAway, false);
    const until = setInterval(async () => {
      if (!(await answers())) return;
      clearInterval(until);
      say(form, form.dataset.textBackAgain, false);
      retry(form);
    }, 3_000);
  })();
});

/** Puts what this browser kept back into a form that is empty of it. */
function fill(form, fields) {
  for (const [name, value] of fields) {
    const field = form.elements[name];
    if (/^(csrf|command|entwurf-.*)$/.test(name) || field === undefined) continue;
    if (field instanceof RadioNodeList) field.value = value;
    else if (field.type === 'checkbox') field.checked = true;
    else field.value = value;
  }
  form.setAttribute('data-dirty', '');
  retry(form);
}

/** On return: what is kept here goes back into its form, or, where that is another page, to the server. */
let coming = false;
async function comeBack() {
  if (coming) return;
  coming = true;
  for (const place of places()) {
    const value = await kept(place);
    if (value === undefined) continue;
    const fields = new URLSearchParams(value.fields);
    const form = forms().find((each) => placeOf(each) === place);
    if (form !== undefined && value.at < Number(form.dataset.textAt ?? 0)) {
      drop(place); // what the server has is newer: it was typed elsewhere
      continue;
    }
    if (form !== undefined) {
      fill(form, fields);
      continue;
    }
    fields.set('csrf', document.querySelector('input[name=csrf]')?.value ?? '');
    if ((await store(fields)) === 'safe') drop(place);
  }
  coming = false;
}

document.addEventListener('tandem:back', () => void comeBack());
if (document.body.dataset.staff !== undefined) void comeBack();
