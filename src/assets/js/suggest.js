// While somebody types into a field with data-suggest, the names that fit stand in its list. The field takes any words all the same.
const waitMs = 150;
const state = new WeakMap();

async function suggest(field) {
  const mine = state.get(field);
  const body = new URLSearchParams({ text: field.value, csrf: field.form?.elements.csrf?.value ?? '' });
  const answer = await fetch(field.dataset.suggest, { method: 'POST', body, redirect: 'manual' }).catch(
    () => undefined,
  );
  if (answer?.ok !== true || state.get(field) !== mine) return;
  const names = await answer.json();
  field.list?.replaceChildren(...names.map((name) => new Option(name, name)));
}

document.addEventListener('input', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.dataset.suggest === undefined) return;
  clearTimeout(state.get(target));
  if (target.value.trim().length < 2) return;
  state.set(
    target,
    setTimeout(() => suggest(target), waitMs),
  );
});
