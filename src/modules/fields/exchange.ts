import { z } from 'zod';
import type { Tx } from '../../platform/database/index.ts';
import { allTeams } from '../settings/index.ts';
import { hideField } from './arrange-fields.ts';
import {
  checkOwnDefinition,
  type DefinitionProblem,
  type Known,
  type OwnDefinition,
  ownDefinition,
} from './definition.ts';
import { orderFields } from './order-fields.ts';
import { allOrders, fieldsOfSpot, orderVersions } from './orders.ts';
import { type ListedField, listedFields } from './queries.ts';
import { addField, changeField } from './save-field.ts';
import { orderEntry, placeFields, spots } from './spots.ts';
import type { FieldAct } from './store.ts';

/** More fields than this nobody can keep in mind. */
const mostFields = 500;

const entry = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  hidden: z.boolean(),
  ...ownDefinition.shape,
});
/** How the fields of a place are ordered, for the house (`team` null) or a team by its key. */
const order = z.strictObject({
  spot: z.enum(spots),
  team: z.string().max(40).nullable(),
  entries: z.array(orderEntry).max(mostFields),
});
const envelope = z.strictObject({
  tandem: z.literal('own-fields'),
  format: z.literal(1),
  fields: z.array(z.unknown()).max(mostFields),
  /** Files from before there were orders have none. */
  orders: z.array(z.unknown()).max(mostFields).default([]),
});
type Entry = z.infer<typeof entry>;
type Order = z.infer<typeof order>;

/** All fields that are in force, and how they are ordered, as a file: definitions only, never a value. Another Jobcenter can import it. */
export async function exportFields(tx: Tx): Promise<string> {
  const fields = (await listedFields(tx)).flatMap(({ key, hidden, current }) =>
    current === undefined ? [] : [{ key, hidden, ...current.definition }],
  );
  const teams = new Map((await allTeams(tx)).map((team) => [team.id, team.key]));
  const orders = (await allOrders(tx)).flatMap(({ spot, team_id: id, entries }) => {
    const team = id === null ? null : teams.get(id);
    return team === undefined ? [] : [{ spot, team, entries }];
  });
  return `${JSON.stringify({ tandem: 'own-fields', format: 1, fields, orders }, null, 2)}\n`;
}

/** What is wrong with a file: which field (from 1) with its name, where, and a sentence under `own:problem`. */
export type FileProblem = DefinitionProblem & { readonly field?: number; readonly label?: string };

export type FieldsImported =
  | {
      readonly kind: 'imported';
      readonly added: number;
      readonly changed: number;
      readonly unchanged: number;
      /** Of those added and changed, how many wait for the data protection officer. */
      readonly waiting: number;
    }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'wrong'; readonly problems: readonly FileProblem[] };

/**
 * Takes over a file of `exportFields`, all of it or nothing. Fields are known by their key: what is the same stays as it is, so a
 * file can be imported twice. `team`: for fields of teams that do not exist here.
 */
export async function importFields(
  tx: Tx,
  act: FieldAct,
  input: { readonly text: string; readonly why: string; readonly team: string | undefined },
  known: Known,
): Promise<FieldsImported> {
  if (act.role !== 'lead') return { kind: 'not-found' };
  const read = readFile(input.text);
  if (!('entries' in read)) return { kind: 'wrong', problems: read.problems };
  const entries = read.entries.map((each) => ({
    ...each,
    team: each.team !== null && !known.teams.includes(each.team) && input.team !== undefined ? input.team : each.team,
  }));
  const orders = read.orders.map((each) => ({
    ...each,
    team: each.team !== null && !known.teams.includes(each.team) && input.team !== undefined ? input.team : each.team,
  }));
  const present = new Map((await listedFields(tx)).map((each) => [each.key, each]));
  const problems: FileProblem[] = entries.flatMap((each, index) =>
    problemsOf(each, index, present.get(each.key), known),
  );
  const keys = entries.map((each) => each.key);
  keys.forEach((key, index) => {
    if (keys.indexOf(key) !== index) problems.push({ field: index + 1, at: 'key', why: 'keyTwice', name: key });
  });
  for (const { team } of orders)
    if (team !== null && !known.teams.includes(team)) problems.push({ at: 'orders.team', why: 'team', name: team });
  if (problems.length > 0) return { kind: 'wrong', problems };
  const sum = { added: 0, changed: 0, unchanged: 0, waiting: 0 };
  for (const each of entries) await take(tx, act, each, present.get(each.key), input.why, known, sum);
  for (const each of orders) await takeOrder(tx, act, each, input.why, sum);
  return { kind: 'imported', ...sum };
}

function readFile(text: string): { entries: Entry[]; orders: Order[] } | { problems: FileProblem[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problems: [{ at: '', why: 'notJson' }] };
  }
  const file = envelope.safeParse(json);
  if (!file.success) return { problems: [{ at: '', why: 'notOurs' }] };
  const entries: Entry[] = [];
  const problems: FileProblem[] = [];
  file.data.fields.forEach((raw, index) => {
    const read = entry.safeParse(raw);
    if (read.success) entries.push(read.data);
    else problems.push(...shapeProblems(read.error, index));
  });
  const orders: Order[] = [];
  for (const [index, raw] of file.data.orders.entries()) {
    const read = order.safeParse(raw);
    if (read.success) orders.push(read.data);
    else problems.push({ at: `orders.${index}`, why: 'shape', name: `orders.${index}` });
  }
  return problems.length > 0 ? { problems } : { entries, orders };
}

const shapeProblems = (error: z.ZodError, index: number): FileProblem[] =>
  error.issues.map((issue) => {
    const at = issue.path.join('.');
    const [name = at] = issue.code === 'unrecognized_keys' ? issue.keys : [at];
    return { field: index + 1, at, why: issue.code === 'unrecognized_keys' ? 'unknownEntry' : 'shape', name };
  });

function problemsOf(each: Entry, index: number, there: ListedField | undefined, known: Known): FileProblem[] {
  const { key: _, hidden: __, ...definition } = each;
  const found = checkOwnDefinition(definition, known);
  const before = there?.current?.definition;
  if (before !== undefined && before.target !== definition.target) found.push({ at: 'target', why: 'targetStays' });
  if (before !== undefined && before.kind !== definition.kind) found.push({ at: 'kind', why: 'kindStays' });
  return found.map((problem) => ({ ...problem, field: index + 1, label: each.label.de }));
}

type Sum = { added: number; changed: number; unchanged: number; waiting: number };

async function take(
  tx: Tx,
  act: FieldAct,
  each: Entry,
  there: ListedField | undefined,
  why: string,
  known: Known,
  sum: Sum,
): Promise<void> {
  const { key, hidden, ...definition } = each;
  const given: OwnDefinition = definition;
  const saved =
    there === undefined
      ? await addField(tx, act, { definition: given, why, key, hidden }, known)
      : await changeField(tx, act, { id: there.id, opened: there.last, definition: given, why, imported: true }, known);
  if (saved.kind !== 'saved' && saved.kind !== 'unchanged') throw new Error(`An imported field came to ${saved.kind}.`);
  const arranged =
    there?.current !== undefined && there.hidden !== hidden
      ? await hideField(tx, act, { id: there.id, hidden, why })
      : 'unchanged';
  if (there === undefined) sum.added += 1;
  else if (saved.kind === 'saved' || arranged === 'done') sum.changed += 1;
  else sum.unchanged += 1;
  if (saved.kind === 'saved' && saved.waits) sum.waiting += 1;
}

/** Takes an order over as far as it names what is here: fields of another release or that wait for their approval are left out of it. */
async function takeOrder(tx: Tx, act: FieldAct, { spot, team, entries }: Order, why: string, sum: Sum): Promise<void> {
  const teamId = team === null ? null : ((await allTeams(tx)).find((each) => each.key === team)?.id ?? null);
  const fields = await fieldsOfSpot(tx, spot, teamId);
  const fitting = entries.filter(
    (each, index) =>
      fields.some(({ key }) => key === each.field) &&
      entries.findIndex((other) => other.field === each.field) === index,
  );
  const wanted = placeFields(fields, undefined, fitting).map(({ key, hidden }) => {
    const label = fitting.find((each) => each.field === key)?.label;
    return { field: key, hidden, ...(label === undefined || teamId !== null ? {} : { label }) };
  });
  const [newest] = await orderVersions(tx, spot, teamId);
  const ordered = await orderFields(
    tx,
    { ...act, teamIds: [] },
    { spot, teamId, entries: wanted, why, seen: newest?.version ?? 0 },
  );
  if (ordered.kind === 'done') sum.changed += 1;
  else if (ordered.kind === 'unchanged') sum.unchanged += 1;
  else if (ordered.kind !== 'not-found') throw new Error(`An imported order came to ${ordered.kind}.`);
}
