// Every form of the workspace in which somebody writes is kept like those that say so themselves (data-draft, js/draft.js): it is marked
// here, and what was typed into it before and not sent comes back into it, with the way to throw it away.
import { putBack } from './put-back.js';

const notes = document.getElementById('page-notes');
const texts = ['saved', 'local', 'unsafe', 'signedOut', 'away', 'backAgain'];
const written = 'textarea, input:not([type]), input[type=text], input[type=email], input[type=tel]';
const place = (form) => new URL(form.action, location.href).pathname;
const post = (form) => form.getAttribute('method')?.toLowerCase() === 'post';

/** Forms of one address that occur several times on a page cannot be told apart; secrets are never kept. */
function canBeKept(form) {
  if (notes === null || notes.dataset.page === undefined || !post(form) || !form.closest('main')) return false;
  if (form.querySelector(written) === null || form.querySelector('input[type=password]') !== null) return false;
  const alike = [...document.querySelectorAll('main form')].filter((each) => post(each) && place(each) === place(form));
  return alike.length === 1 && !form.hasAttribute('data-draft') && !form.hasAttribute('data-not-kept');
}

function hide(form, name, value) {
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = name;
  field.value = value;
  form.append(field);
}

function mark(form) {
  if (!canBeKept(form)) return false;
  form.setAttribute('data-draft', '');
  form.setAttribute('data-marked', '');
  for (const name of texts) form.dataset[`text${name[0].toUpperCase()}${name.slice(1)}`] = notes.dataset[name] ?? '';
  hide(form, 'entwurf-ort', place(form));
  hide(form, 'entwurf-seite', notes.dataset.page);
  const line = document.createElement('p');
  line.className = 'td-muted td-draft-state';
  line.setAttribute('role', 'status');
  line.setAttribute('data-draft-state', '');
  form.append(line);
  return true;
}

/** A page that was refreshed has lost the mark; whoever writes gets it again before js/draft.js looks for it. */
document.addEventListener('input', ({ target }) => target.form && mark(target.form), { capture: true });
const marked = [...document.querySelectorAll('main form')].filter(mark);

/** What the server has of these forms, after it was given what this browser had. Pages that show a form again after a mistake hold what was typed already. */
export async function bringBack() {
  if (notes?.dataset.drafts === undefined || marked.length === 0) return;
  const csrf = document.querySelector('input[name=csrf]')?.value ?? '';
  const own = marked.filter((form) => !form.hasAttribute('data-dirty'));
  if (own.length === 0) return;
  const body = new URLSearchParams([['csrf', csrf], ...own.map((form) => ['ort', form.elements['entwurf-ort'].value])]);
  const answer = await fetch('/arbeit/entwuerfe/hier', { method: 'POST', body, redirect: 'manual' }).catch(
    () => undefined,
  );
  if (!answer?.ok) return;
  for (const draft of await answer.json()) {
    const form = own.find((each) => each.elements['entwurf-ort'].value === draft.place);
    if (form !== undefined && !form.hasAttribute('data-dirty')) fill(form, draft);
  }
}

function fill(form, { fields, at, note, drop }) {
  form.dataset.textAt = at;
  putBack(form, fields);
  form.closest('details')?.setAttribute('open', '');
  const line = document.createElement('p');
  line.className = 'tw-draft-note';
  line.setAttribute('role', 'status');
  const button = document.createElement('button');
  button.type = 'submit';
  button.className = 'td-link-button';
  button.setAttribute('formaction', '/arbeit/entwuerfe/verwerfen');
  button.setAttribute('formnovalidate', '');
  button.textContent = drop;
  button.addEventListener('click', () => form.removeAttribute('data-draft'));
  line.append(`${note} `, button);
  form.prepend(line);
}
