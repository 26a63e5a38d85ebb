// Two texts of one person at one place: the form holds one, the other is shown above it, and the person chooses.
import { fieldsOf, isBox, putBack } from './put-back.js';

const labelOf = (field) => field.labels?.[0]?.textContent.trim() ?? '';
const line = (label, said) => [label, said.trim()].filter((each) => each !== '').join(': ');

/** What fields of one name say, with their labels, as a person reads it; nothing where the form says the same. */
function words(form, name, values) {
  const fields = fieldsOf(form).filter((field) => field.name === name && field.type !== 'hidden');
  return fields
    .map((field, at) => {
      if (isBox(field)) return values.includes(field.value) && !field.checked ? labelOf(field) : '';
      const value = field.type === 'select-multiple' ? '' : values[at];
      if (value === undefined || field.value === value) return '';
      const chosen = () => [...field.options].find((each) => each.value === value)?.text ?? '';
      return line(labelOf(field), field.tagName === 'SELECT' ? chosen() : value);
    })
    .filter((each) => each !== '');
}

/** Shows `other` (its fields, and when it was written) above what the form holds; `chosen` runs when the person has chosen. */
export function offerOther(form, other, chosen) {
  form.querySelector('[data-offered]')?.remove();
  const texts = document.getElementById('page-notes').dataset;
  const box = document.createElement('div');
  box.className = 'tw-draft-note';
  box.setAttribute('role', 'status');
  box.dataset.offered = '';
  const title = document.createElement('p');
  title.textContent = texts.other.replace('{at}', other.when);
  const shown = document.createElement('blockquote');
  shown.textContent = Object.entries(other.fields)
    .flatMap(([name, value]) => words(form, name, [value].flat()))
    .join('\n');
  box.append(title, shown);
  const choices = document.createElement('div');
  choices.className = 'tw-choices';
  const choice = (text, take) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'kern-btn kern-btn--secondary kern-btn--small';
    const label = document.createElement('span');
    label.className = 'kern-label';
    label.textContent = text;
    button.append(label);
    button.addEventListener('click', () => {
      if (take) putBack(form, other.fields);
      box.remove();
      chosen();
    });
    choices.append(button);
  };
  choice(texts.takeOther, true);
  choice(texts.keepThis, false);
  box.append(choices);
  form.prepend(box);
}
