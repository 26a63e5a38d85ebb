// Draws frames over a page with the mouse or a finger, for marking and blackening: a form with data-draw="<page>" gets a hidden
// field "ort" for each ("x,y,width,height" as parts of the page; with data-draw-all also "page:" before it). Lines to tick work without.
const svgName = 'http://www.w3.org/2000/svg';

/** The point of the page (0 to 1) under the pointer, however the page is turned. */
function pointIn(group, event) {
  const [width, height] = group.dataset.size.split(' ').map(Number);
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(group.getScreenCTM().inverse());
  const part = (value, whole) => Math.min(1, Math.max(0, value / whole));
  return { x: part(at.x, width), y: part(at.y, height), width, height };
}

const four = (value) => String(Math.round(value * 10_000) / 10_000);

/** Pages that are drawn on. A refresh may bring one that was a mere picture before it was read, and takes the class of the others away. */
const watched = new WeakSet();

function watch(sheet, form, page) {
  if (sheet.querySelector('[data-size]') === null) return;
  sheet.classList.add('tw-draws');
  if (watched.has(sheet)) return;
  watched.add(sheet);
  let group;
  let from;
  let frame;
  sheet.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    document.querySelector('#live')?.setAttribute('data-live-refresh', 'off'); // what is drawn outlives no refresh
    group = sheet.querySelector('[data-size]');
    from = pointIn(group, event);
    frame = document.createElementNS(svgName, 'rect');
    frame.setAttribute('class', 'tw-drawn');
    group.append(frame);
    sheet.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  const placeTo = (event) => {
    const to = pointIn(group, event);
    return {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
    };
  };
  sheet.addEventListener('pointermove', (event) => {
    if (from === undefined) return;
    const place = placeTo(event);
    frame.setAttribute('x', place.x * from.width);
    frame.setAttribute('y', place.y * from.height);
    frame.setAttribute('width', place.width * from.width);
    frame.setAttribute('height', place.height * from.height);
  });
  sheet.addEventListener('pointerup', (event) => {
    if (from === undefined) return;
    const { x, y, width, height } = placeTo(event);
    from = undefined;
    if (width < 0.005 || height < 0.003) {
      frame.remove();
      return;
    }
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = 'ort';
    field.value = `${page === undefined ? '' : `${page}:`}${[x, y, width, height].map(four).join(',')}`;
    form.append(field);
    // A click on a drawn frame takes it away again.
    const drawn = frame;
    drawn.addEventListener('pointerdown', (click) => {
      click.stopPropagation();
      drawn.remove();
      field.remove();
    });
  });
}

function watchAll() {
  for (const form of document.querySelectorAll('form[data-draw], form[data-draw-all]')) {
    for (const hint of form.querySelectorAll('[data-draw-hint]')) hint.hidden = false;
    if (form.hasAttribute('data-draw-all')) {
      for (const sheet of form.querySelectorAll('svg[data-sheet]')) watch(sheet, form, sheet.dataset.page);
    } else {
      const sheet = document.querySelector('svg[data-sheet]');
      if (sheet !== null) watch(sheet, form);
    }
  }
}

watchAll();
document.addEventListener('tandem:refreshed', watchAll);
