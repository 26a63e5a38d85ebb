// What somebody typed survives a refresh by morphing: a form in which something was typed is left alone, opened details stay open.
document.addEventListener('input', (event) => event.target.form?.setAttribute('data-dirty', ''));

document.addEventListener('turbo:before-morph-element', (event) => {
  const { currentElement, newElement } = event.detail;
  const typed = currentElement.closest('form[data-dirty]') !== null;
  const removed = newElement === undefined && currentElement.querySelector('form[data-dirty]') !== null;
  if (typed || removed) event.preventDefault();
});

document.addEventListener('turbo:before-morph-attribute', (event) => {
  const { attributeName } = event.detail;
  const ours = event.target.tagName === 'DETAILS' ? attributeName === 'open' : attributeName.startsWith('aria-busy');
  if (ours) event.preventDefault();
});
