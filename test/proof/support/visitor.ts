import { type Agent, type ClientRequest, get, type IncomingHttpHeaders, request } from 'node:http';
import { totpCode } from '../../../src/modules/identity/index.ts';
import type { Staff, Tenant } from './installation.ts';

export type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };
export type Outgoing = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: Buffer | string;
  /** Sends only so many bytes of the body and hangs up after that many milliseconds. */
  readonly breakOff?: { readonly after: number; readonly ms: number };
};
/** `closed`: the server hung up without an answer; `hang`: it did neither in time. */
export type Outcome = Reply | 'closed' | 'hang' | 'broken-off' | 'refused';

/** One request to the server, with a limit to its time. */
export function ask(baseUrl: string, agent: Agent, outgoing: Outgoing, limitMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let sent: ClientRequest;
    const timers: NodeJS.Timeout[] = [];
    const end = (outcome: Outcome): void => {
      for (const timer of timers) clearTimeout(timer);
      resolve(outcome);
      // A request that was answered before it broke off was never ended: its connection would stay in use until the server closes it.
      if (typeof outcome === 'string' || outgoing.breakOff !== undefined) sent.destroy();
    };
    const { hostname, port } = new URL(baseUrl);
    sent = request(
      { hostname, port, agent, method: outgoing.method, path: outgoing.path, headers: { ...outgoing.headers } },
      (incoming) => {
        const chunks: Buffer[] = [];
        // A stream that stays open has answered with its head.
        if (incoming.headers['content-type']?.startsWith('text/event-stream')) {
          end({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.alloc(0) });
          sent.destroy();
        }
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', () => end('closed'));
        incoming.on('end', () =>
          end({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    timers.push(setTimeout(() => end('hang'), limitMs));
    sent.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'refused' : 'closed'));
    if (outgoing.breakOff === undefined) sent.end(outgoing.body);
    else {
      sent.write(Buffer.from(outgoing.body ?? '').subarray(0, outgoing.breakOff.after));
      timers.push(setTimeout(() => end('broken-off'), outgoing.breakOff.ms));
    }
  });
}

export type FormField = { readonly name: string; readonly value: string; readonly type: string };
export type Form = {
  readonly method: string;
  readonly action: string;
  readonly multipart: boolean;
  readonly fields: readonly FormField[];
};

const attribute = (tag: string, name: string): string | undefined => {
  const match = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag);
  return match === null ? undefined : plain(match[1] ?? '');
};
const plain = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

/** The forms of a page of ours. */
export function formsOf(html: string, path: string): Form[] {
  return [...html.matchAll(/<form\b[^>]*>([\s\S]*?)<\/form>/g)].map((match) => {
    const open = match[0].slice(0, match[0].indexOf('>') + 1);
    const tags = [...(match[1] ?? '').matchAll(/<(?:input|textarea|select|button)\b[^>]*>/g)].map((tag) => tag[0]);
    const fields = tags.flatMap((tag): FormField[] => {
      const name = attribute(tag, 'name');
      return name ? [{ name, value: attribute(tag, 'value') ?? '', type: attribute(tag, 'type') ?? '' }] : [];
    });
    const action = attribute(open, 'action') || path;
    return {
      method: (attribute(open, 'method') ?? 'get').toUpperCase(),
      action,
      multipart: /multipart/.test(open),
      fields,
    };
  });
}

/** Links of a page that stay on this site. */
export const linksOf = (html: string): string[] =>
  [...html.matchAll(/<a\b[^>]*\shref="(\/[^"#]*)/g)].map((match) => plain(match[1] ?? ''));

/** A browser without scripts: keeps cookies. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #baseUrl: string;
  readonly #agent: Agent;
  readonly #headers: Readonly<Record<string, string>>;
  constructor(baseUrl: string, agent: Agent, headers: Readonly<Record<string, string>> = {}) {
    this.#baseUrl = baseUrl;
    this.#agent = agent;
    this.#headers = headers;
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async send(outgoing: Outgoing, limitMs = 30_000): Promise<Outcome> {
    const cookie = this.cookieHeader();
    const headers = { ...this.#headers, ...(cookie === '' ? {} : { Cookie: cookie }), ...outgoing.headers };
    const outcome = await ask(this.#baseUrl, this.#agent, { ...outgoing, headers }, limitMs);
    if (typeof outcome !== 'string') this.#keep(outcome.headers['set-cookie'] ?? []);
    return outcome;
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (at <= 0) continue;
      if (/max-age=0\b/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  /** Opens a stream of the server and leaves it open; whoever opened it ends it. */
  stream(path: string): ClientRequest {
    const { hostname, port } = new URL(this.#baseUrl);
    const headers = { ...this.#headers, Cookie: this.cookieHeader() };
    return get({ hostname, port, path, headers, agent: false }, (incoming) => incoming.resume()).on(
      'error',
      () => undefined,
    );
  }

  async page(path: string): Promise<Reply> {
    const reply = await this.send({ method: 'GET', path });
    if (typeof reply === 'string') throw new Error(`${path}: ${reply}`);
    return reply;
  }

  /** Posts fields as a browser does. */
  async post(path: string, fields: Readonly<Record<string, string>>): Promise<Reply> {
    const body = new URLSearchParams(fields).toString();
    const reply = await this.send({
      method: 'POST',
      path,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body,
    });
    if (typeof reply === 'string') throw new Error(`${path}: ${reply}`);
    return reply;
  }

  /** Signs in to the workspace with password and code. */
  async signIn({ jobcenter }: Tenant, staff: Staff): Promise<void> {
    const tokenOf = async (path: string): Promise<string> => {
      const fields = formsOf((await this.page(path)).body.toString(), path).flatMap((form) => form.fields);
      return fields.find((field) => field.name === 'csrf')?.value ?? '';
    };
    const first = await this.post('/arbeit/anmelden', {
      csrf: await tokenOf('/arbeit/anmelden'),
      login: `${staff.login}@${jobcenter.key}`,
      password: staff.password,
    });
    if (first.status !== 303) throw new Error(`The password was not accepted: ${first.status}.`);
    const code = totpCode(staff.totpSecret, new Date());
    const second = await this.post('/arbeit/anmelden/code', { csrf: await tokenOf('/arbeit/anmelden/code'), code });
    if (second.status !== 303) throw new Error(`The code was not accepted: ${second.status}.`);
  }
}
