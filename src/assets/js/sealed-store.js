// A store of this browser that only the signed-in person can read: sealed with a key that the server puts into their pages and that
// is kept nowhere here. Without a secure context there is no such store: nothing is kept then, rather than in the open.
const week = 7 * 24 * 3600 * 1000;
const owner = () => document.body.dataset.staff;
const name = (place) => `tandem ${owner()} ${place}`;
const encode = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const decode = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** The browser's store; some forbid it. */
const box = (() => {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
})();

let opening;
function key() {
  const text = document.body.dataset.storeKey;
  if (text === undefined || box === undefined || globalThis.crypto?.subtle === undefined) return undefined;
  opening ??= crypto.subtle.importKey('raw', decode(text), 'AES-GCM', false, ['encrypt', 'decrypt']);
  return opening;
}

/** Keeps a value under a place; gives whether it is safe. */
export async function keep(place, value) {
  const sealing = key();
  if (sealing === undefined) return false;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const body = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await sealing, plain));
  try {
    box.setItem(name(place), `${Date.now()}.${encode(iv)}.${encode(body)}`);
    return true;
  } catch {
    return false; // the browser has no room or no storage
  }
}

/** What is kept under a place, with its time and as it lies there (`sealed`), if its owner reads it. */
export async function kept(place) {
  const opener = key();
  const text = opener === undefined ? null : box.getItem(name(place));
  if (text === null) return undefined;
  try {
    const [at, ...sealed] = text.split('.');
    const [iv, body] = sealed.map(decode);
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await opener, body);
    return { ...JSON.parse(new TextDecoder().decode(plain)), at: Number(at), sealed: text };
  } catch {
    // sealed for somebody else or broken: of no use to anybody
  }
  drop(place, text);
  return undefined;
}

/** What is older than a week goes, whoever it belongs to. */
for (const each of Object.keys(box ?? {}).filter((one) => one.startsWith('tandem ')))
  if (!(Date.now() - Number(box.getItem(each).split('.')[0]) < week)) box.removeItem(each);

/** Takes away what is kept; with `sealed` only where it is still that: another window may have written something newer meanwhile. */
export function drop(place, sealed) {
  if (sealed === undefined || box?.getItem(name(place)) === sealed) box?.removeItem(name(place));
}

/** The places under which this person has something. */
export const places = () =>
  Object.keys(box ?? {})
    .filter((each) => owner() !== undefined && each.startsWith(name('')))
    .map((each) => each.slice(name('').length));
