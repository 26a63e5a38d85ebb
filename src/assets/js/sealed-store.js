// A store of this browser that only the signed-in person can read: sealed with a key that the server puts into their pages and that
// is kept nowhere here. Without a secure context there is no such store: nothing is kept then, rather than in the open.
const week = 7 * 24 * 3600 * 1000;
const owner = () => document.body.dataset.staff;
const name = (place) => `tandem ${owner()} ${place}`;
const encode = (bytes) => btoa(String.fromCharCode(...bytes));
const decode = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

let opening;
function key() {
  const text = document.body.dataset.storeKey;
  if (text === undefined || globalThis.crypto?.subtle === undefined) return undefined;
  opening ??= crypto.subtle.importKey('raw', decode(text), 'AES-GCM', false, ['encrypt', 'decrypt']);
  return opening;
}

/** Keeps a value under a place; gives whether it is safe. */
export async function keep(place, value) {
  const sealing = key();
  if (sealing === undefined) return false;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify({ ...value, at: Date.now() }));
  const body = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await sealing, plain));
  try {
    localStorage.setItem(name(place), `${encode(iv)}.${encode(body)}`);
    return true;
  } catch {
    return false; // the browser has no room or no storage
  }
}

/** What is kept under a place, if its owner reads it and it is not older than a week. */
export async function kept(place) {
  const opener = key();
  const text = opener === undefined ? null : localStorage.getItem(name(place));
  if (text === null) return undefined;
  try {
    const [iv, body] = text.split('.').map(decode);
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await opener, body);
    const value = JSON.parse(new TextDecoder().decode(plain));
    if (Date.now() - value.at < week) return value;
  } catch {
    // sealed for somebody else or broken: of no use to anybody
  }
  localStorage.removeItem(name(place));
  return undefined;
}

export const drop = (place) => localStorage.removeItem(name(place));

/** The places under which this person has something. */
export const places = () =>
  Object.keys(localStorage)
    .filter((each) => owner() !== undefined && each.startsWith(name('')))
    .map((each) => each.slice(name('').length));
