// Single keys for the staff: an element with data-shortcut="a" is focused (fields, summaries are opened) or clicked when "a"
// is pressed outside of a field. "?" shows the list of keys. Nothing can be reached by a key alone.
import { typing } from './leaving.js';

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === 'Escape' && typing(event.target)) event.target.blur();
  if (typing(event.target)) return;
  if (event.key === '?') {
    const help = document.querySelector('[data-shortcut-help]');
    if (help === null) return;
    help.open = !help.open;
    if (help.open) help.querySelector('summary')?.focus();
    return;
  }
  if (event.key.length !== 1) return;
  const found = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
  if (!(found instanceof HTMLElement)) return;
  event.preventDefault();
  if (found.matches('input, textarea, select')) {
    found.focus();
    found.select?.(); // what stands there is typed over
  } else found.click();
});
