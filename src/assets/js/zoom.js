// In the document viewer "+" and "-" follow the zoom links.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.('input, textarea, select')) return;
  const way = { '+': 'in', '-': 'out' }[event.key];
  if (way !== undefined) document.querySelector(`[data-zoom="${way}"]`)?.click();
});
