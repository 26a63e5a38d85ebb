// In a list of cases "j" goes to the next row and "k" to the one before; Enter opens it, because a row is a link.
const links = [...document.querySelectorAll('a[data-row]')];

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.('input, textarea, select')) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step === undefined || links.length === 0) return;
  const at = links.indexOf(document.activeElement);
  const next = at === -1 ? (step === 1 ? 0 : links.length - 1) : Math.max(0, Math.min(links.length - 1, at + step));
  links[next].focus();
  event.preventDefault();
});
