// Short notes at the top of a page of the staff, one for each kind, said once by a screen reader. Their words stand in the page.
const place = () => document.querySelector('#page-notes');

/** Shows a note of the kind; its text and, where there is one, its link come from the page. Does nothing while it is shown. */
export function note(kind) {
  const texts = place();
  const text = texts?.dataset[kind];
  if (text === undefined || texts.querySelector(`[data-note="${kind}"]`) !== null) return;
  const line = document.createElement('p');
  line.className = 'tw-note';
  line.dataset.note = kind;
  line.textContent = `${text} `;
  const [address, words] = [texts.dataset[`${kind}Href`], texts.dataset[`${kind}Link`]];
  if (words !== undefined) {
    const link = document.createElement('a');
    link.href = address ?? location.href;
    link.textContent = words;
    line.append(link);
  }
  texts.append(line);
}

/** Takes a note away; gives whether it was there. */
export function unnote(kind) {
  const line = place()?.querySelector(`[data-note="${kind}"]`);
  line?.remove();
  return line != null;
}
