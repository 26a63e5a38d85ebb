// The tablet in the house: after a minute without a touch the next person finds it fresh. Fifteen seconds before, it asks.
// A page that the browser kept from somebody else (back button) is loaded anew.
const main = document.querySelector('[data-idle]');
const seconds = Number(main?.dataset.idle);
let last = performance.now();
let note;

const touched = () => {
  last = performance.now();
  note?.remove();
  note = undefined;
};

for (const name of ['pointerdown', 'keydown', 'input', 'scroll', 'change'])
  document.addEventListener(name, touched, { passive: true, capture: true });

window.addEventListener('pageshow', (event) => {
  if (event.persisted) window.location.reload();
});

const ask = () => {
  note = document.createElement('div');
  note.className = 'kern-alert kern-alert--warning tk-idle';
  note.setAttribute('role', 'status');
  note.textContent = main.dataset.idleText;
  main.prepend(note);
};

/** A long upload is no idleness. */
const busy = () => document.querySelector('form progress:not([hidden])') !== null;

if (main && seconds > 0)
  setInterval(() => {
    if (busy()) touched();
    const idle = (performance.now() - last) / 1000;
    if (idle >= seconds) window.location.replace(main.dataset.idleEnd);
    else if (idle >= seconds - 15 && note === undefined) ask();
  }, 1000);

const print = document.querySelector('[data-print]');
if (print) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}
