import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { plainText } from '../kernel/text.ts';
import type { Jobcenter } from '../modules/settings/index.ts';
import { hmac, type Secret, sameBytes } from '../platform/crypto/index.ts';
import { MultipartError, type MultipartLimits, readFormBody, readMultipart } from '../platform/http/index.ts';
import type { Services } from './services.ts';

/** Hono's environment in all surfaces: Node's request beside the web one. */
export type Env = { Bindings: HttpBindings; Variables: { requestId: string; typed: FormInput; taken: boolean } };
export type HttpContext = Context<Env>;

export const incoming = (c: HttpContext): IncomingMessage => c.env.incoming;

/** The address a request came from: the socket's, or what the nearest trusted proxy says. */
export function clientAddress(c: HttpContext, trustedProxies: number): string {
  const socket = incoming(c).socket?.remoteAddress ?? 'unknown';
  if (trustedProxies === 0) return socket;
  const chain = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  return chain.at(-trustedProxies) || socket;
}

/**
 * True for a request that comes from this machine and through no proxy that is known: the operator, or a proxy that was not
 * configured. Limits for an address would then hit everybody at once, so they do not apply.
 */
export function isOwnMachine(c: HttpContext, services: { readonly trustedProxies: number }): boolean {
  return services.trustedProxies === 0 && /^(127\.|::1$|::ffff:127\.)/.test(incoming(c).socket?.remoteAddress ?? '');
}

/** The Jobcenter that answers to the request's host name. */
export function jobcenterOf(c: HttpContext, services: Services): Promise<Jobcenter | undefined> {
  const host = (c.req.header('host') ?? '').replace(/:\d+$/, '');
  return services.directory.forHost(host);
}

/** Reads a multipart form of a page: 25 MB a file, 130 MB a request (several photos of one letter). */
export function readUpload(c: HttpContext, services: Services, limits: Partial<MultipartLimits> = {}) {
  return readMultipart(
    incoming(c),
    { fileBytes: 25 * 1024 * 1024, requestBytes: 130 * 1024 * 1024, files: 40, fieldBytes: 200_000, ...limits },
    services.uploads,
  );
}

export { plainText as storable } from '../kernel/text.ts';

export type FormInput = Readonly<Record<string, string | string[]>>;

/** A page's form without files is never larger. */
const formBytes = 1_000_000;

/**
 * A form body as plain strings: names that occur twice become lists, characters that cannot be stored are dropped. Throws
 * MultipartError for a body that is no such form, too large or broken off.
 */
export async function readForm(c: HttpContext): Promise<FormInput> {
  const text = await readFormBody(incoming(c), formBytes);
  if (text === undefined) throw new MultipartError('broken');
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const known = fields.get(name);
    if (known === undefined) fields.set(name, [plainText(value)]);
    else known.push(plainText(value));
  }
  fields.delete('__proto__');
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length > 1 ? values : (values[0] ?? '')]),
  );
}

export const one = (input: FormInput, name: string): string => {
  const value = input[name];
  return (Array.isArray(value) ? value[0] : value)?.trim() ?? '';
};

/** The token of a form, bound to what the request proves itself with (a session or draft cookie). */
export const formToken = (key: Secret, proof: string): string =>
  hmac(key, `form ${proof}`).toString('base64url').slice(0, 32);

/**
 * True when a state-changing request comes from our own page: the browser says same-origin, or the form carries its token.
 * Old phones send neither Origin nor Sec-Fetch-Site on some forms; for them the token decides.
 */
export function fromOwnPage(c: HttpContext, key: Secret, proof: string, token: string): boolean {
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== 'null' && hostOf(origin) !== c.req.header('host')) return false;
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return sameBytes(Buffer.from(formToken(key, proof)), Buffer.from(token.padEnd(32).slice(0, 32)));
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

/** A link that shows one document without a cookie, for five minutes: what is opened there cannot act for anybody. */
export function fileLink(key: Secret, jobcenterId: string, documentId: string, now: Date): string {
  const until = Math.floor(now.getTime() / 1000) + 300;
  return `/datei/${jobcenterId}/${documentId}/${until}/${linkMac(key, jobcenterId, documentId, until)}`;
}

/** True for a link of ours that has not expired. */
export function checkFileLink(
  key: Secret,
  jobcenterId: string,
  documentId: string,
  until: number,
  mac: string,
  now: Date,
): boolean {
  if (!(until * 1000 > now.getTime())) return false;
  return sameBytes(Buffer.from(linkMac(key, jobcenterId, documentId, until)), Buffer.from(mac));
}

const linkMac = (key: Secret, jobcenterId: string, documentId: string, until: number): string =>
  hmac(key, `file ${jobcenterId} ${documentId} ${until}`).toString('base64url');
