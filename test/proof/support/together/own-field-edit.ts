import { setTimeout as pause } from 'node:timers/promises';
import type { seededRandom } from '../numbers.ts';
import { type Form, formsOf } from '../visitor.ts';
import { type Edit, getForm, insist } from './edit.ts';
import type { Window } from './window.ts';

/** All inputs of a form as a browser sends them: the other own fields go along as they stand. */
const inputs = (form: Form): Record<string, string> =>
  Object.fromEntries(
    form.fields
      .filter(({ type }) => !['submit', 'radio', 'checkbox'].includes(type))
      .map(({ name, value }) => [name, value]),
  );

/** One of several own fields of a case is written, while others write it and the ones beside it. Where somebody was quicker, both are shown and one is chosen. */
export async function editOwnField(
  window: Window,
  casePath: string,
  random: ReturnType<typeof seededRandom>,
  field: string,
  text: string,
): Promise<Edit> {
  const action = `${casePath}/felder`;
  const { form } = await getForm(window, `${casePath}?tun=felder`, action);
  const name = `feld-${field}`;
  let fields: Record<string, string> = { ...inputs(form), [name]: text };
  let seen = inputs(form)[name] ?? '';
  await pause(random.int(2_500));
  const retries: number[] = [];
  for (let conflicts = 0; ; conflicts += 1) {
    const reply = await insist(window, random, action, fields, retries);
    const done = { by: window.name, verb: 'felder', text, field, conflicts, retries: retries.length } as const;
    if (reply.status === 303) return { ...done, outcome: 'written', seen };
    const html = reply.body.toString();
    const again = formsOf(html, action).find((each) => each.fields.some((one) => one.name === `konflikt-${field}`));
    const theirs = /Dort steht jetzt: (\S+)\. Sie haben eingetragen: (\S+)\./.exec(html);
    if (reply.status !== 422 || again === undefined || theirs?.[2] !== text)
      throw new Error(`${window.name}: felder was answered by ${reply.status}, without both texts`);
    seen = theirs[1] ?? '';
    await pause(random.int(600));
    const mine = random.next() < 0.5;
    fields = { ...inputs(again), [name]: text, [`wahl-${field}`]: mine ? 'mine' : 'theirs' };
    if (mine) continue;
    const left = await insist(window, random, action, fields, retries);
    if (left.status !== 303) throw new Error(`${window.name}: leaving theirs was answered by ${left.status}`);
    return { ...done, conflicts: conflicts + 1, outcome: 'left-theirs', seen };
  }
}
