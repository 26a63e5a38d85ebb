// Looks every two seconds how far a batch is read, and shows it in place; when new letters are there, the page is taken anew.
const every = 2000;

async function look() {
  const here = document.querySelector('[data-standing]');
  if (here === null || !['arrived', 'reading'].includes(here.dataset.state)) return;
  if (document.visibilityState === 'visible') {
    const answer = await fetch(here.dataset.standing, { headers: { Accept: 'text/html' } }).catch(() => undefined);
    if (answer?.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const next = page.querySelector('[data-standing]');
      if (next === null) return;
      if (next.dataset.state !== here.dataset.state || next.dataset.letters !== here.dataset.letters) {
        location.reload();
        return;
      }
      if (next.innerHTML !== here.innerHTML) here.replaceWith(next);
    }
  }
  setTimeout(look, every);
}

setTimeout(look, every);
