import { deriveKey, open, type Secret, seal } from '../../platform/crypto/index.ts';
import type { HttpContext } from '../request.ts';
import { withQuery } from './paths.ts';

/** Parameters of addresses in which staff write names, birth dates, numbers and words out of papers. */
const personal = ['q', 'name', 'geburtsdatum', 'akte', 'suche', 'text', 'andere'] as const;
type Personal = (typeof personal)[number];
/** The parameter in which they stand closed. */
const closed = 'w';

type Words = Readonly<Partial<Record<string, string>>>;
type Keys = { readonly linkKey: Secret };

const isPersonal = (name: string): name is Personal => (personal as readonly string[]).includes(name);
const keyOf = ({ linkKey }: Keys): Secret => deriveKey(linkKey, 'words in addresses');

/**
 * Words of a search as they may stand in an address: an address lies in the history of a browser, in its suggestions and in the log of a proxy, and whom
 * somebody looked for is social data (§ 35 SGB I). It opens for every member of staff of the Jobcenter, so that it can be passed on.
 */
const closeWords = (keys: Keys, jobcenterId: string, words: Words): string =>
  seal(keyOf(keys), Buffer.from(JSON.stringify(words)), jobcenterId).toString('base64url');

function openWords(keys: Keys, jobcenterId: string, text: string): Words {
  try {
    return JSON.parse(open(keyOf(keys), Buffer.from(text, 'base64url'), jobcenterId).toString()) as Words;
  } catch {
    return {}; // cut off, of another house, or made up: nothing is asked
  }
}

/** The value of a parameter, also where it stands closed in the address. */
export function addressText(c: HttpContext, keys: Keys, jobcenterId: string, name: string): string {
  const plain = c.req.query(name);
  const text = c.req.query(closed);
  if (plain !== undefined || text === undefined || !isPersonal(name)) return plain ?? '';
  return openWords(keys, jobcenterId, text)[name] ?? '';
}

type Reading = { readonly services: Keys; readonly jobcenter: { readonly id: string } };

/** A link of ours with a query, with words of searches closed. */
export function closedLink({ services, jobcenter }: Reading, path: string, query: Words): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const words = given.filter(([name]) => isPersonal(name));
  const rest = Object.fromEntries(given.filter(([name]) => !isPersonal(name)));
  if (words.length === 0) return withQuery(path, rest);
  return withQuery(path, { ...rest, [closed]: closeWords(services, jobcenter.id, Object.fromEntries(words)) });
}

/** Where somebody is sent who comes with such words in the open, as forms of searches do: to the same page, with the words closed. */
export function closedAddress(c: HttpContext, keys: Keys, jobcenterId: string): string | undefined {
  const query = Object.entries(c.req.query());
  const words = query.filter(([name, value]) => isPersonal(name) && value.trim() !== '');
  if (c.req.method !== 'GET' || words.length === 0) return undefined;
  const given = c.req.query(closed);
  const before = given === undefined ? {} : openWords(keys, jobcenterId, given);
  const kept = Object.fromEntries(query.filter(([name]) => name !== closed));
  return closedLink({ services: keys, jobcenter: { id: jobcenterId } }, c.req.path, { ...before, ...kept });
}
