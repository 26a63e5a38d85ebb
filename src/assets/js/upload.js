// Files go up the moment they are chosen. For a form with `data-uploads="<limit in bytes>"`: each choice is one POST to the
// form's own action with `Accept: application/json` and the form's hidden fields. Several photos chosen together travel in
// one request, because they are pages of one document; any other choice is one request a file.
// The server answers {} or {"error": "a sentence"} (or a problem with `detail`). After the last success the page is loaded
// again, so that it shows what has arrived; not while the person has typed something else in the form.
// Without this script the form is sent by its button, which stands in a part with `data-by-button`.

const isPhoto = (file) => file.type.startsWith('image/') || /\.(jpe?g|png|webp|heic|heif)$/i.test(file.name);

/** Lists of files that go up together. */
const bundles = (files) => (files.length > 1 && files.every(isPhoto) ? [files] : files.map((file) => [file]));

const element = (tag, className, text) => {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

/** The line of one upload: name, state, bar, error, buttons. */
function line(list, form, files) {
  const texts = form.dataset;
  const item = element('li', 'td-upload');
  const state = element('span', 'td-muted', texts.textWaiting);
  const bar = document.createElement('progress');
  const error = element('p', 'kern-error');
  const buttons = element('div', 'kern-btn-wrapper');
  const button = (text, action) => {
    const made = element('button', 'kern-btn kern-btn--secondary kern-btn--small', text);
    made.type = 'button';
    made.addEventListener('click', action);
    buttons.append(made);
  };
  const name = files.map((file) => file.name).join(', ');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', name);
  error.setAttribute('role', 'alert');
  item.append(element('span', 'td-upload__name', name), state, bar, error, buttons);
  list.append(item);
  return {
    item,
    sending(share) {
      error.textContent = '';
      buttons.replaceChildren();
      state.textContent = texts.textSending;
      bar.hidden = false;
      bar.value = share;
    },
    done() {
      state.textContent = texts.textDone;
      bar.hidden = true;
    },
    failed(message, retry) {
      state.textContent = '';
      bar.hidden = true;
      error.textContent = message;
      if (retry) button(texts.textRetry, retry);
      button(texts.textDismiss, () => item.remove());
    },
  };
}

/** One request; fetch cannot tell how much has gone up, XMLHttpRequest can. Gives {ok, error?}. */
function send(form, field, files, onShare) {
  const body = new FormData();
  for (const hidden of form.querySelectorAll('input[type=hidden]')) body.append(hidden.name, hidden.value);
  for (const file of files) body.append(field, file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.setRequestHeader('Accept', 'application/json');
    request.responseType = 'json';
    request.upload.addEventListener(
      'progress',
      (event) => event.lengthComputable && onShare(event.loaded / event.total),
    );
    request.addEventListener('load', () => {
      const error = request.response?.error ?? request.response?.detail;
      resolve({
        ok: request.status >= 200 && request.status < 300 && !error,
        error,
        retry: request.status >= 500 || request.status === 0,
      });
    });
    request.addEventListener('error', () => resolve({ ok: false, retry: true }));
    request.addEventListener('abort', () => resolve({ ok: false, retry: true }));
    request.send(body);
  });
}

const queues = new WeakMap();

/** One after the other: a slow line shared by ten photos finishes none of them. */
function enqueue(form, job) {
  const next = (queues.get(form) ?? Promise.resolve()).then(job);
  queues.set(form, next);
  return next;
}

const touched = (form) =>
  [...form.elements].some((control) =>
    control.type === 'checkbox' || control.type === 'radio'
      ? control.checked !== control.defaultChecked
      : control.type === 'select-one'
        ? [...control.options].some((option) => option.defaultSelected) && !control.selectedOptions[0]?.defaultSelected
        : /^(text|email|tel|search|password|textarea)$/.test(control.type) && control.value !== control.defaultValue,
  );

const stillOpen = (list) => list.querySelector('.kern-error:not(:empty), progress:not([hidden])') !== null;

function start(form, field, list, files, shown) {
  const view = shown ?? line(list, form, files);
  const limit = Number(form.dataset.uploads);
  if (files.some((file) => limit > 0 && file.size > limit)) {
    view.failed(form.dataset.textTooLarge, undefined);
    return;
  }
  void enqueue(form, async () => {
    view.sending(0);
    const answer = await send(form, field, files, (share) => view.sending(share));
    if (!answer.ok) {
      view.failed(
        answer.error ?? form.dataset.textFailed,
        answer.error && !answer.retry ? undefined : () => start(form, field, list, files, view),
      );
      return;
    }
    view.done();
    if (!stillOpen(list) && !touched(form)) window.location.reload();
  });
}

// The button for those without this script is not needed any more.
for (const part of document.querySelectorAll('form[data-uploads] [data-by-button]')) part.hidden = true;

document.addEventListener('change', (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.type !== 'file' || !input.form?.dataset.uploads) return;
  const form = input.form;
  let list = form.querySelector('.td-uploads');
  if (list === null) {
    list = element('ul', 'td-uploads');
    list.setAttribute('aria-live', 'polite');
    input.after(list);
  }
  for (const files of bundles([...input.files])) start(form, input.name, list, files);
  input.value = '';
});
