import { setTimeout as pause } from 'node:timers/promises';
import type { seededRandom } from '../numbers.ts';
import { type Form, formsOf, type Reply } from '../visitor.ts';
import type { Window } from './window.ts';

type Random = ReturnType<typeof seededRandom>;
export type Verb = 'notizen' | 'email' | 'entscheidung' | 'zuweisung' | 'felder';

/** What became of one edit. `conflicts`: how often both texts were shown; `seen`: what the form, or the last conflict, said stands there. */
export type Edit = {
  readonly by: string;
  readonly verb: Verb;
  readonly text: string;
  /** The own field that was written. */
  readonly field?: string;
  readonly outcome: 'written' | 'left-theirs';
  readonly conflicts: number;
  readonly seen: string;
  readonly retries: number;
};

const patienceMs = 60_000;

/** Sends a request until it is answered, whatever is lost on the way; the same form each time, so that it counts once. */
export async function insist(
  window: Window,
  random: Random,
  path: string,
  fields: Record<string, string>,
  tries: number[],
) {
  const began = performance.now();
  const body = new URLSearchParams(fields).toString();
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': String(Buffer.byteLength(body)),
  };
  while (performance.now() - began < patienceMs) {
    const breaks = random.next() < 0.15;
    // Half of the broken ones have sent everything: the server has done it, and nobody heard the answer.
    const after = random.next() < 0.5 ? body.length : Math.floor(body.length / 2);
    const breakOff = { breakOff: { after, ms: after === body.length ? random.int(60) : 5 } };
    const reply = await window.visitor.send(
      { method: 'POST', path, headers, body, ...(breaks ? breakOff : {}) },
      15_000,
    );
    if (typeof reply !== 'string' && reply.status < 500) return reply;
    tries.push(1);
    await pause(50 + random.int(400));
  }
  throw new Error(`${window.name}: no answer to ${path} within a minute`);
}

export async function getForm(window: Window, path: string, action: string): Promise<{ form: Form; html: string }> {
  const began = performance.now();
  let said = '';
  while (performance.now() - began < patienceMs) {
    const reply = await window.visitor.send({ method: 'GET', path });
    said = typeof reply === 'string' ? reply : `${reply.status} ${reply.headers.location ?? ''}`.trim();
    if (typeof reply !== 'string' && reply.status === 200) {
      const html = reply.body.toString();
      const form = formsOf(html, path).find(
        (each) => each.action === action && each.fields.some((field) => field.name === 'entwurf-ort'),
      );
      if (form !== undefined) return { form, html };
      throw new Error(`${window.name}: no form for ${action}`);
    }
    await pause(200);
  }
  throw new Error(`${window.name}: no page from ${path} within a minute (${said})`);
}

const hidden = (form: Form): Record<string, string> =>
  Object.fromEntries(form.fields.filter((field) => field.type === 'hidden').map(({ name, value }) => [name, value]));

const conflictIn = (html: string): string | undefined => {
  const both = /<dl class="tw-conflict__both">[\s\S]*?<dd>([\s\S]*?)<\/dd>/.exec(html);
  return both === null ? undefined : (both[1] ?? '');
};

/** The e-mail address that a form shows as the one that is kept. */
const shownEmail = (html: string): string =>
  /<input[^>]*id="f-email"[^>]*>/.exec(html)?.[0].match(/value="([^"]*)"/)?.[1] ?? '';

/** One edit from opening the form to its end: somebody thinks, sends, loses the line, is shown a conflict, chooses. */
export async function makeEdit(
  window: Window,
  casePath: string,
  random: Random,
  verb: Verb,
  text: string,
  typed: Record<string, string>,
): Promise<Edit> {
  const action = `${casePath}/${verb}`;
  const opened = await getForm(window, `${casePath}?tun=${verb}`, action);
  let seen = verb === 'email' ? shownEmail(opened.html) : '';
  await pause(random.int(2_500));
  let fields = { ...hidden(opened.form), ...typed };
  const retries: number[] = [];
  for (let conflicts = 0; ; conflicts += 1) {
    const reply: Reply = await insist(window, random, action, fields, retries);
    const done = { by: window.name, verb, text, conflicts, retries: retries.length };
    if (reply.status === 303) return { ...done, outcome: 'written', seen };
    const html = reply.body.toString();
    const theirs = conflictIn(html);
    if (reply.status !== 422 || theirs === undefined)
      throw new Error(`${window.name}: ${verb} was answered by ${reply.status}`);
    seen = theirs;
    const form = formsOf(html, action).find(
      (each) => each.action === action && each.fields.some((f) => f.name === 'stand'),
    );
    if (form === undefined || !html.includes(text))
      throw new Error(`${window.name}: a conflict that does not show "${text}"`);
    await pause(random.int(600));
    fields = { ...hidden(form), ...typed };
    if (random.next() < 0.5) continue;
    await insist(window, random, '/arbeit/entwuerfe/verwerfen', { ...fields, nach: casePath }, retries);
    return { ...done, conflicts: conflicts + 1, outcome: 'left-theirs', seen };
  }
}

/** Keeps something half written as a draft, and gives what has to be there again. */
export async function keepHalf(window: Window, casePath: string, random: Random, text: string): Promise<void> {
  const action = `${casePath}/nachrichten`;
  const { form } = await getForm(window, `${casePath}?tun=nachrichten`, action);
  await insist(window, random, '/arbeit/entwuerfe', { ...hidden(form), text }, []);
}

/** True when the draft stands in its form again. */
export async function hasHalf(window: Window, casePath: string, text: string): Promise<boolean> {
  const { html } = await getForm(window, `${casePath}?tun=nachrichten`, `${casePath}/nachrichten`);
  return html.includes(text);
}
