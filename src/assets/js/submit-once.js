// A second click on "Send" within five seconds does nothing. The server is safe against repeats anyway (idempotency key);
// this only spares the person the doubt. The page coming back from the history is ready again.
const sent = new WeakMap();

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute('data-submit-once')) return;
  const last = sent.get(form);
  if (last !== undefined && event.timeStamp - last < 5000) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  sent.set(form, event.timeStamp);
  form.setAttribute('aria-busy', 'true');
});

window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[aria-busy]')) {
    sent.delete(form);
    form.removeAttribute('aria-busy');
  }
});
