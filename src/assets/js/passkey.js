// Passkeys: a form with data-passkey="get" (sign in) or "create" (add one) is shown where the browser knows passkeys. On
// submit the options are fetched from data-options, the browser asks the person, and the answer travels in the field
// "credential". Without this script the form stays hidden and the code of the app is the way in.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const listed = (list) => (list ?? []).map((each) => ({ ...each, type: 'public-key', id: toBytes(each.id) }));

async function ask(kind, options) {
  const publicKey = { ...options, challenge: toBytes(options.challenge) };
  if (kind === 'get') {
    publicKey.allowCredentials = listed(options.allowCredentials);
    return navigator.credentials.get({ publicKey });
  }
  publicKey.user = { ...options.user, id: toBytes(options.user.id) };
  publicKey.excludeCredentials = listed(options.excludeCredentials);
  return navigator.credentials.create({ publicKey });
}

function answerOf(credential) {
  const { response } = credential;
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  const given = parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]);
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(given),
  });
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential) break;
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    const field = form.elements.namedItem('credential');
    if (field.value !== '') return;
    event.preventDefault();
    const failed = form.querySelector('[role=alert]');
    failed.hidden = true;
    try {
      const body = new URLSearchParams({ csrf: form.elements.namedItem('csrf').value });
      const answer = await fetch(form.dataset.options, { method: 'POST', body });
      if (!answer.ok) throw new Error(String(answer.status));
      field.value = answerOf(await ask(form.dataset.passkey, await answer.json()));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
