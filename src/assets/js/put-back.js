// The one way in which what was typed comes back into its form, wherever it was kept: text, choices, lists, groups of ticks. The versions that
// were seen when writing began (hidden fields with data-version) come along: what others wrote since is a conflict, not forgotten.
const technical = /^(csrf|password|code|credential|kept|command|entwurf-.*)$/;
const noWords = /^(file|submit|button|reset|image|fieldset|output|object)$/;
export const isBox = ({ type }) => type === 'checkbox' || type === 'radio';

/** The fields of a form that hold what a person wrote, or which version they saw. */
export const fieldsOf = (form) =>
  [...form.elements].filter(
    (field) =>
      field.name &&
      !technical.test(field.name) &&
      !noWords.test(field.type) &&
      !field.matches(':disabled') &&
      (field.type !== 'hidden' || field.hasAttribute('data-version')),
  );

/** Fields by their names, as the server gives them: names that occur twice are lists. */
export function grouped(params) {
  const fields = {};
  for (const [name, value] of params) fields[name] = name in fields ? [fields[name], value].flat() : value;
  return fields;
}

/** Puts everything back, and takes away the ticks that were not there. */
export function putBack(form, fields) {
  const taken = {};
  for (const field of fieldsOf(form)) {
    const values = [fields[field.name] ?? []].flat();
    if (isBox(field)) field.checked = values.includes(field.value);
    else if (field.type === 'select-multiple')
      for (const option of field.options) option.selected = values.includes(option.value);
    else {
      const at = taken[field.name] ?? 0;
      taken[field.name] = at + 1;
      if (at < values.length) field.value = values[at];
    }
  }
  form.setAttribute('data-dirty', '');
}
