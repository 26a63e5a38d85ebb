// Between a key, link or form that leaves the page and the page that comes, nothing typed acts on the page that goes: a letter meant for the
// next field would there be a verb. What is typed meanwhile goes into the field that the next page opens with, or nowhere.
const place = 'tandem-typed';
/** What answers with no page (a file that is saved, a line that hangs) tells nobody: after this long the keys are those of the page again. */
const silentMs = 2_000;
/** Who is in the middle of a word is still writing for the next page. */
const pauseMs = 1_000;
/** What is sent is answered by a page, and may take its time. */
const longestMs = 20_000;
const longestText = 500;
/** When this page was left, as events count time; undefined while nobody leaves it. */
let since;
/** Until then its keys are held. */
let until = 0;
let text = '';

export const typing = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'));

/** The next page is on its way. */
export function leave(atMost = longestMs) {
  if (!leaving()) text = '';
  since = performance.now();
  until = since + atMost;
}

export const leftAt = () => since;

/** There is no next page: the keys are those of this one. */
export function stay() {
  since = undefined;
  until = 0;
  text = '';
}

const leaving = () => performance.now() < until;

/** Whether what this link or form leads to takes the place of this page: it does not open elsewhere, and is no file that is saved. */
const here = (element, target) =>
  ['', '_self', null].includes(target) && !element.hasAttribute('download') && !element.hasAttribute('data-download');
const withoutPlace = (address) => address.split('#')[0];

// On the window, after everybody who may still say no.
window.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (link === null || event.defaultPrevented || event.button !== 0) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const inPage = link.href.includes('#') && withoutPlace(link.href) === withoutPlace(location.href);
  if (!/^https?:/.test(link.href) || inPage || !here(link, link.target)) return;
  stay(); // what was typed before was meant for another page
  leave(silentMs);
});
window.addEventListener('submit', ({ defaultPrevented, target: form, submitter }) => {
  if (defaultPrevented) return;
  if (!here(form, submitter?.getAttribute('formtarget') ?? form.getAttribute('target'))) return;
  leave(form.getAttribute('method')?.toLowerCase() === 'post' ? longestMs : silentMs);
});

/** AltGr is Control with Alt on some keyboards, and writes letters. */
const command = (event) => (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph');

/** The keys that went down on this page: one that is still held from the page before writes nothing here. */
const down = new Set();

function hold(event) {
  if (event.type === 'keydown' && !event.repeat) down.add(event.code);
  const before = event.repeat && !down.has(event.code);
  if (!leaving() && event.type === 'keydown') stay(); // this page hears its keys again: nobody writes for another one
  if (!(leaving() || before) || command(event)) return;
  if (event.key === 'Escape') {
    stay(); // the browser stops what it was loading
    return;
  }
  const { key, target } = event;
  const acts = key.length === 1 || key === 'Enter' || key === 'Backspace';
  // A field takes what is typed into it; Enter would send its form a second time.
  if (!acts || (!before && typing(target) && (key !== 'Enter' || target.matches('textarea')))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.type === 'keyup' || event.repeat) return;
  until = Math.max(until, performance.now() + pauseMs);
  if (key === 'Backspace') text = text.slice(0, -1);
  else text = (text + (key === 'Enter' ? '\n' : key)).slice(0, longestText);
}
window.addEventListener('keydown', hold, { capture: true });
window.addEventListener('keyup', hold, { capture: true });

// It lies in this tab for the way from one page to the next, and no longer.
window.addEventListener('pagehide', () => {
  const at = performance.timeOrigin + performance.now();
  if (since !== undefined && at - performance.timeOrigin - since < longestMs)
    sessionStorage.setItem(place, JSON.stringify({ text, at }));
  stay();
});
/**
 * Gives it to the page that took the place of the one where it was typed: that page was asked for before the other went. Where one without
 * scripts came first (an error, a file), or the session has ended, it is nobody's.
 */
function take() {
  const lies = sessionStorage.getItem(place) ?? '{}';
  sessionStorage.removeItem(place);
  const { text: taken, at } = JSON.parse(lies);
  return performance.timeOrigin <= at && document.body.dataset.staff !== undefined ? taken : undefined;
}
window.addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  stay();
  take();
});

/** Puts it before what was typed since the page is there. */
function putIn(field, typed) {
  const words = field.matches('textarea') ? typed : typed.replaceAll('\n', '');
  if (words === '' || field.readOnly) return;
  if (field.selectionStart === null) field.value += words;
  else {
    const later = Math.max(0, field.value.length - field.defaultValue.length);
    const at = Math.max(0, field.selectionStart - later);
    field.setRangeText(words, at, at);
    field.setSelectionRange(at + words.length + later, at + words.length + later);
  }
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

const typed = take();
if (typed !== undefined) {
  // The names of fields need no decoding, and what else stands there need not be decodable. Explanations that are not open hold a button.
  const opensWith = document.querySelector('[autofocus]:not([popover] *)');
  const field = document.getElementById(location.hash.slice(1)) ?? opensWith;
  if (typing(field)) {
    // The browser gives it the focus when it paints; a key must not come between.
    field.focus();
    if (field.matches('textarea, input:is(:not([type]), [type=text], [type=search], [type=email], [type=tel])'))
      document.addEventListener('DOMContentLoaded', () => putIn(field, typed));
  }
}
