// The desk for letters from a scanner, by keyboard alone. Enter takes what is suggested, wherever the focus is but in a field that
// has its own Enter; a few keys lead into fields. The search for a person shows people while one types.
const fields = { k: '#f-concern', a: '#f-kind', d: '#f-receivedOn' };
const take = () => document.querySelector('[data-enter]');
const typing = (target) => target.matches?.('input:not([type=checkbox]):not([type=radio]), textarea, select');

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
  const { target, key } = event;
  if (key === 'Enter' && !target.matches?.('a, button, summary, textarea, input, [tabindex="0"] a')) {
    event.preventDefault();
    (take() ?? document.querySelector('#go-on'))?.click();
    return;
  }
  if (typing(target)) return;
  if (key === 'r') {
    document.querySelector('#f-receipt')?.click();
  } else if (key === 'c') {
    const group = document.querySelector('[data-shortcut-group="c"]');
    (group?.querySelector('input:checked') ?? group?.querySelector('input'))?.focus();
  } else if (fields[key] !== undefined) {
    const field = document.querySelector(fields[key]);
    field?.focus();
    field?.select?.();
  } else return;
  event.preventDefault();
});

const search = document.querySelector('#person-search');
let waiting;
let asked = search?.value ?? '';

async function suggest() {
  const text = search.value.trim();
  if (text.length < 3 || text === asked) return;
  asked = text;
  const form = search.form;
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  const answer = await fetch(address).catch(() => undefined);
  if (!answer?.ok || text !== search.value.trim()) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const next = page.querySelector('#people-found');
  if (next !== null) document.querySelector('#people-found')?.replaceWith(next);
}

search?.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(suggest, 350);
});

// What was changed stays changed while another page or person is looked at; nothing that names a person is kept.
const form = document.querySelector('#decide');
const names = ['receipt', 'kind', 'concern', 'receivedOn'];
const place = `letter ${location.pathname} ${form?.elements.version?.value}`;

if (form !== null) {
  const kept = JSON.parse(sessionStorage.getItem(place) ?? '{}');
  for (const [name, value] of Object.entries(kept)) {
    const field = form.elements[name];
    if (field?.type === 'checkbox') field.checked = value;
    else if (field !== undefined) field.value = value;
  }
  form.addEventListener('change', ({ target }) => {
    if (!names.includes(target.name)) return;
    kept[target.name] = target.type === 'checkbox' ? target.checked : target.value;
    sessionStorage.setItem(place, JSON.stringify(kept));
  });
  form.addEventListener('submit', () => sessionStorage.removeItem(place));
}
