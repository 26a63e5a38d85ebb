// Two texts of one person at one place: the form holds one, the other is shown above it, and the person chooses.
const technical = /^(csrf|command|stand|opened|entwurf-.*)$/;

/** What a field says, with its label, as a person reads it; nothing where the form says the same. */
function words(form, name, value) {
  const field = form.elements[name];
  if (field === undefined || field instanceof RadioNodeList || field.type === 'hidden') return '';
  const box = field.type === 'checkbox';
  if ((box ? field.checked : field.value) === (box ? true : value)) return '';
  const label = field.labels?.[0]?.textContent.trim() ?? '';
  const chosen = () => [...field.options].find((each) => each.value === value)?.text ?? '';
  const said = box ? '' : field.tagName === 'SELECT' ? chosen() : value;
  return [label, said.trim()].filter((each) => each !== '').join(': ');
}

function put(form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    if (technical.test(name)) continue;
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === 'file' || field.type === 'hidden') continue;
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = [value].flat().includes(field.value);
      else field.value = [value].flat()[0] ?? '';
    }
  }
  form.setAttribute('data-dirty', '');
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
  const lines = Object.entries(other.fields).map(([name, value]) =>
    technical.test(name) ? '' : words(form, name, [value].flat()[0]),
  );
  shown.textContent = lines.filter((line) => line !== '').join('\n');
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
      if (take) put(form, other.fields);
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
