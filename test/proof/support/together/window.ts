import { Agent } from 'node:http';
import type { Staff, Tenant } from '../installation.ts';
import { Visitor } from '../visitor.ts';
import { Stream } from './stream.ts';

/** What all windows of a case must agree on: facts, what is open, history; without what is bound to a person or a form. */
export function shownIn(html: string): string {
  const part = (pattern: RegExp): string => pattern.exec(html)?.[0] ?? '';
  const facts = part(/<dl class="tw-facts">[\s\S]*?<\/dl>/);
  const history = part(/<section[^>]*aria-labelledby="history"[\s\S]*?<\/section>/);
  const open = part(/<section[^>]*aria-labelledby="open"[\s\S]*?<\/section>/).replace(
    /<input type="hidden"[^>]*>/g,
    '',
  );
  return `${facts}\n${open}\n${history}`;
}

const stampIn = (html: string): string => /data-live-stamp="([^"]*)"/.exec(html)?.[1] ?? '';

/** The window of one person that shows the case and keeps itself up to date, as js/live.js does it. */
export class Window {
  readonly visitor: Visitor;
  readonly name: string;
  readonly #path: string;
  readonly #stream: Stream;
  #dirty = false;
  #running: Promise<void> | undefined;
  #over = false;
  shown = '';
  stamp = '';
  refreshes = 0;

  private constructor(name: string, baseUrl: string, path: string, visitor: Visitor) {
    this.name = name;
    this.visitor = visitor;
    this.#path = path;
    const id = path.split('/').at(-1);
    this.#stream = new Stream(
      () => `${baseUrl}/arbeit/strom?vorgang=${id}&teil=case`,
      () => visitor.cookieHeader(),
      (event, data) => {
        if (event === 'neu' || (event === 'stand' && data !== this.stamp)) this.#refresh();
      },
    );
  }

  /** Signs in and opens the case. */
  static async open(
    person: { readonly tenant: Tenant; readonly staff: Staff; readonly name: string },
    baseUrl: string,
    path: string,
  ): Promise<Window> {
    const visitor = new Visitor(baseUrl, new Agent({ keepAlive: true, maxSockets: 3 }), { 'Accept-Language': 'de' });
    await visitor.signIn(person.tenant, person.staff);
    const window = new Window(person.name, baseUrl, path, visitor);
    await window.#fetch();
    return window;
  }

  #refresh(): void {
    this.#dirty = true;
    this.#running ??= this.#fetchAll();
  }

  async #fetchAll(): Promise<void> {
    while (this.#dirty && !this.#over) {
      this.#dirty = false;
      await this.#fetch();
    }
    this.#running = undefined;
  }

  /** A fetch that fails is made up for by the next sign of the server, which names a state that is not shown here. */
  async #fetch(): Promise<void> {
    const reply = await this.visitor.send({ method: 'GET', path: this.#path, headers: { 'X-Tandem-Refresh': '1' } });
    if (typeof reply === 'string' || reply.status !== 200) return;
    const html = reply.body.toString();
    this.shown = shownIn(html);
    this.stamp = stampIn(html);
    this.refreshes += 1;
  }

  loseLine(): void {
    this.#stream.lose();
  }

  get reconnections(): number {
    return Math.max(0, this.#stream.opened - 1);
  }

  close(): void {
    this.#over = true;
    this.#stream.close();
  }
}
