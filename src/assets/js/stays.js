// A row that stays at the top of the window beside a long page (data-stays). Its words, its lines and the size of letters are the house's and the reader's,
// so it is measured: what lies below asks css for its height (`--staying`), and what takes the focus stops below it. Where it would take more than a third
// of the window, or half of it with what folds open in it, it keeps its place in the page, as without a script.
const row = document.querySelector('[data-stays]');
const root = document.documentElement;

function measure() {
  const { height } = row.getBoundingClientRect();
  const opened = row.querySelector('details[open] > ul')?.getBoundingClientRect().height ?? 0;
  const stays = height - opened <= innerHeight / 3 && height <= innerHeight / 2;
  const leaves = root.hasAttribute('data-staying') && !stays;
  root.toggleAttribute('data-staying', stays);
  root.style.setProperty('--staying', stays ? `${height}px` : '0px');
  if (leaves && row.contains(document.activeElement)) row.scrollIntoView(); // whoever opened it goes with it
}

if (row !== null) {
  new ResizeObserver(measure).observe(row);
  addEventListener('resize', measure);
}
