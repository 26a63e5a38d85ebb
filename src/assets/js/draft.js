// What is typed into a form with data-draft is kept while it is not sent: first in this browser, then with the server, after a short pause and
// when the page goes. What the browser keeps goes only when the server has said that it has it, or that the form was sent. Every
// saving names the page that wrote it and the draft it was built on, so that an older text never takes the place of a newer one: then
// the person sees both and chooses. Sending asks first whether somebody answers: a form that goes to nobody would be lost with its page.
import { bringBack } from './keep-forms.js';
import { leave as leavePage, leftAt, stay } from './leaving.js';
import { note } from './notes.js';
import { grouped, putBack } from './put-back.js';
import { drop, keep, kept, places } from './sealed-store.js';
import { offerOther } from './two-texts.js';

const address = '/arbeit/entwuerfe';
const pauseMs = 800;
/** Who types on and on is saved this often all the same. */
const longestMs = 5_000;
/** A line that is silent for so long is no line. */
const silentMs = 6_000;
const forms = () => [...document.querySelectorAll('form[data-draft]')];
const placeOf = (form) => form.elements['entwurf-ort'].value;
const states = new WeakMap();

/** A name for an open form; two never have the same. */
const newName = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * `edits` counts what was typed, `safe` up to where the server has it, `turn` the savings, `stuck` that sending was asked for and nobody answered. Every opening of a page has a name of its own. A page that
 * answers a form holds what that form said up to the saving it was sent with, and names it (`shown`), with those that were refused before
 * it; what the form said later this page has never seen.
 */
function stateOf(form) {
  if (!states.has(form)) {
    const notes = document.getElementById('page-notes')?.dataset ?? {};
    const again = notes.standPlace === placeOf(form) ? `${notes.base ?? ''} ${notes.stand ?? ''}`.split(' ') : [];
    const time = again.find((each) => /^\d+$/.test(each));
    if (time !== undefined) form.dataset.textAt ??= time;
    const shown = again.filter((each) => each.includes('.')).slice(-8);
    states.set(form, { writer: newName(), turn: 0, shown, older: [], edits: 0, safe: 0, sent: false, saving: false });
  }
  return states.get(form);
}
const unsaved = (state) => !state.sent && state.edits > state.safe;
const keptAt = (form) => `${placeOf(form)} ${stateOf(form).writer}`;

/** Whether a form holds what this saving said, or something later of the same page. */
const holds = (form, saving = '') =>
  stateOf(form).shown.some((each) => {
    const [[writer, turn], [name, until]] = [saving.split('.'), each.split('.')];
    return writer === name && Number(turn) <= Number(until);
  });

function hide(form, name, value) {
  let field = form.querySelector(`input[type=hidden][name="${name}"]`);
  if (field === null) {
    field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    form.append(field);
  }
  field.value = value;
}

/** The fields as they are now, as the next saving of this form. */
function nextFields(form) {
  const state = stateOf(form);
  state.turn += 1;
  hide(form, 'entwurf-stand', `${state.writer}.${state.turn}`);
  hide(form, 'entwurf-grundlage', [form.dataset.textAt ?? '', ...state.shown].join(' ').trim());
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
}

/** One after the other, so that the last one stays. Gives whether it is safe here. */
function keepHere(form, fields) {
  const state = stateOf(form);
  state.keeping = (state.keeping ?? Promise.resolve()).then(() =>
    keep(keptAt(form), { fields: fields.toString() }).catch(() => false),
  );
  return state.keeping;
}

function say(form, text, time = true) {
  const line = form.querySelector('[data-draft-state]');
  if (line === null) return;
  const at = new Date().toLocaleTimeString(document.documentElement.lang, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Berlin',
  });
  line.textContent = text === undefined ? '' : time ? `${text} (${at})` : text;
}

/** It is not with the server: in this browser, or nowhere. */
const sayHere = (form, local, words = 'textLocal') =>
  local ? say(form, form.dataset[words]) : say(form, form.dataset.textUnsafe, false);

/**
 * Sends fields to the server. Gives what it says: `saved` with its time, `sent` when the form was sent meanwhile, `other` with what is
 * kept there, `older` when the same page wrote something later that arrived before; or `away` when nobody answers in time, `signed-out`, `refused`.
 */
async function store(fields) {
  try {
    const signal = AbortSignal.timeout(silentMs);
    const answer = await fetch(address, { method: 'POST', body: fields, redirect: 'manual', signal });
    if (answer.status >= 500 || answer.status === 429) return { kind: 'away' };
    if (answer.ok || answer.status === 409) return await answer.json();
    return { kind: answer.status === 403 || answer.type === 'opaqueredirect' ? 'signed-out' : 'refused' };
  } catch {
    return { kind: 'away' };
  }
}

async function save(form) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  if (!unsaved(state)) return;
  const fields = nextFields(form);
  const [edits, turn] = [state.edits, state.turn];
  state.since = undefined;
  const local = await keepHere(form, fields);
  if (state.choosing && !state.sent) sayHere(form, local);
  if (state.saving || state.choosing) return; // it goes when that is over
  state.saving = true;
  const answer = await store(fields);
  state.saving = false;
  if (answer.kind === 'saved') {
    state.safe = Math.max(state.safe, edits);
    form.dataset.textAt = answer.at;
  }
  if (answer.kind === 'saved' || answer.kind === 'sent' || answer.kind === 'older') {
    if (state.turn === turn) drop(keptAt(form));
    for (const each of state.older.splice(0)) drop(each.copy, each.sealed);
    if (state.sent) return;
    if (unsaved(state)) soon(form);
    else if (answer.kind === 'saved') say(form, form.dataset.textSaved);
    return;
  }
  if (state.sent) return;
  if (state.stuck && local && answer.kind === 'away') say(form, form.dataset.textAway, false);
  else sayHere(form, local, answer.kind === 'signed-out' ? 'textSignedOut' : 'textLocal');
  if (answer.kind === 'other') {
    choose(form, answer);
    return;
  }
  if (answer.kind === 'away') state.timer = setTimeout(() => save(form), 2_000 + Math.random() * 3_000);
}

function soon(form) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.since ??= Date.now();
  state.timer = setTimeout(() => save(form), Math.max(0, Math.min(pauseMs, state.since + longestMs - Date.now())));
}

/** Something else is kept where this form is; until the person has chosen, nothing takes the place of anything. */
function choose(form, other, done = () => undefined) {
  const state = stateOf(form);
  state.choosing = true;
  offerOther(form, other, () => {
    state.choosing = false;
    form.dataset.textAt = other.base ?? other.at;
    done();
    retry(form);
  });
}

function retry(form) {
  const state = stateOf(form);
  state.edits += 1;
  state.sent = false;
  void save(form);
}

document.addEventListener('input', ({ target }) => {
  const form = target.form;
  if (!form?.hasAttribute('data-draft')) return;
  const state = stateOf(form);
  state.edits += 1;
  state.sent = false;
  soon(form);
});

/** The page goes: what was not saved yet is sent without waiting for an answer. */
function leave() {
  for (const form of forms()) {
    if (!unsaved(stateOf(form))) continue;
    const fields = nextFields(form);
    void keepHere(form, fields);
    navigator.sendBeacon(address, fields);
  }
}
window.addEventListener('pagehide', leave);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') leave();
});

/** True when the server and its database answer, whatever they say. */
const answers = () =>
  fetch('/arbeit/lebt', { cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(silentMs) }).then(
    (answer) => answer.status < 500,
    () => false,
  );

/** Who throws a draft away does not get it back from this browser. */
function throwAway(place) {
  for (const form of forms().filter((each) => placeOf(each) === place)) stateOf(form).sent = true;
  for (const each of places()) if (each.slice(0, each.lastIndexOf(' ')) === place) drop(each);
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  const to = event.submitter?.getAttribute('formaction') ?? form.getAttribute?.('action') ?? '';
  if (to.endsWith(`${address}/verwerfen`)) {
    throwAway(form.elements['entwurf-ort'].value);
    return;
  }
  if (!form.hasAttribute?.('data-draft')) return;
  const state = stateOf(form);
  if (state.asked) {
    // The copy here stays until the next page hears from the server that the form was taken.
    state.asked = false;
    nextFields(form);
    state.sent = true;
    clearTimeout(state.timer);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (state.asking) return;
  state.asking = true;
  leavePage();
  const { submitter } = event;
  void (async () => {
    const [answered, local] = await Promise.all([answers(), keepHere(form, nextFields(form))]);
    state.asking = false;
    if (answered) {
      state.asked = true;
      const asked = leftAt();
      form.requestSubmit(submitter);
      if (leftAt() === asked) stay(); // it was not sent: something is missing, or it was sent a moment ago
      state.asked = false;
      return;
    }
    stay();
    state.stuck = true; // savings that fail meanwhile say no less
    say(form, local ? form.dataset.textAway : form.dataset.textUnsafe, false);
    const until = setInterval(async () => {
      if (!(await answers())) return;
      clearInterval(until);
      state.stuck = false;
      say(form, form.dataset.textBackAgain, false);
      retry(form);
    }, 3_000);
  })();
});

/** What this browser kept, sent to the server: it says whether that was sent meanwhile, or is older than what it has. */
async function handOver(copy) {
  const value = await kept(copy);
  if (value === undefined) return;
  const fields = new URLSearchParams(value.fields);
  const place = fields.get('entwurf-ort');
  const form = forms().find((each) => placeOf(each) === place);
  if (form !== undefined && keptAt(form) === copy) {
    if (!stateOf(form).sent) retry(form); // this page wrote it and knows better
    return;
  }
  if (form !== undefined && holds(form, fields.get('entwurf-stand') ?? '')) {
    stateOf(form).older.push({ copy, sealed: value.sealed });
    return;
  }
  if (form !== undefined && stateOf(form).choosing) return;
  fields.set('csrf', document.querySelector('input[name=csrf]')?.value ?? '');
  const answer = await store(fields);
  if (answer.kind === 'saved' || answer.kind === 'sent' || answer.kind === 'older') drop(copy, value.sealed);
  // A form in which somebody typed since, or that answers one that was sent, is not filled in.
  const answered = document.getElementById('page-notes').dataset.drafts === undefined;
  const untouched = form !== undefined && !answered && stateOf(form).edits === 0;
  if (answer.kind === 'saved' && untouched && !form.hasAttribute('data-marked')) {
    form.dataset.textAt = answer.at;
    putBack(form, grouped(fields));
  }
  if (answer.kind !== 'other') return;
  if (form === undefined) {
    document.getElementById('page-notes').dataset.twoTextsHref = fields.get('entwurf-seite');
    note('twoTexts');
    return;
  }
  if (!untouched) return; // another time
  const when = new Date(value.at).toLocaleString(document.documentElement.lang, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Berlin',
  });
  const own = { fields: grouped(fields), when, base: answer.at };
  if (!form.hasAttribute('data-dirty')) putBack(form, answer.fields);
  choose(form, own, () => drop(copy, value.sealed));
}

/** A form that came back with its page is kept anew; where something later of it lies with the server, that is offered. */
function answerAgain(form) {
  const state = stateOf(form);
  if (state.sent || (state.older.length === 0 && (state.shown.length === 0 || state.turn > 0))) return;
  retry(form);
}

/** On return: what is kept here goes to the server, and back into its form where that is open and empty. */
let coming = false;
async function comeBack() {
  if (coming) return;
  coming = true;
  try {
    for (const copy of places()) await handOver(copy);
    for (const form of forms()) answerAgain(form);
  } finally {
    coming = false;
  }
}

document.addEventListener('tandem:back', () => void comeBack());
if (document.body.dataset.staff !== undefined) void comeBack().finally(bringBack);
