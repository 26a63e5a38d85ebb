import type { Clock } from '../../platform/clock/index.ts';
import type { Database, Tx } from '../../platform/database/index.ts';
import type { FormDefinition } from './definition.ts';
import { currentForms } from './store.ts';

/** The current forms of each Jobcenter, read once and kept for ten seconds: every page of the portal needs them. */
export type Catalogue = {
  readonly all: (jobcenterId: string) => Promise<ReadonlyMap<string, FormDefinition>>;
  readonly find: (jobcenterId: string, concern: string) => Promise<FormDefinition | undefined>;
};

const freshFor = 10_000;

/** What a Jobcenter adds to its forms: asked once for all of them, in their transaction. It gives the form itself where it adds nothing. */
export type ExtendForms = (tx: Tx) => Promise<(form: FormDefinition) => FormDefinition>;

export function openCatalogue(database: Database, clock: Clock, extendForms?: ExtendForms): Catalogue {
  const known = new Map<string, { at: number; forms: Promise<ReadonlyMap<string, FormDefinition>> }>();
  const all = (jobcenterId: string): Promise<ReadonlyMap<string, FormDefinition>> => {
    const at = clock.now().getTime();
    const entry = known.get(jobcenterId);
    if (entry !== undefined && at - entry.at < freshFor) return entry.forms;
    const before = entry?.forms;
    const forms = database
      .tenant(jobcenterId, async (tx) => {
        const extend = await extendForms?.(tx);
        const shipped = await currentForms(tx);
        return extend === undefined ? shipped : shipped.map(extend);
      })
      .then((list) => unlessSame(before, new Map(list.map((form) => [form.key, form]))));
    forms.catch(() => known.delete(jobcenterId));
    known.set(jobcenterId, { at, forms });
    return forms;
  };
  return { all, find: async (jobcenterId, concern) => (await all(jobcenterId)).get(concern) };
}

/** Keeps the objects that did not change: compiled forms are remembered by object. */
async function unlessSame(
  before: Promise<ReadonlyMap<string, FormDefinition>> | undefined,
  now: Map<string, FormDefinition>,
): Promise<ReadonlyMap<string, FormDefinition>> {
  const old = await before?.catch(() => undefined);
  for (const [key, form] of now) {
    const same = old?.get(key);
    if (same?.version === form.version && sameQuestions(same, form)) now.set(key, same);
  }
  return now;
}

/** Whether what a Jobcenter added to a version is the same too. */
const sameQuestions = (a: FormDefinition, b: FormDefinition): boolean =>
  JSON.stringify([a.questions, a.purposes]) === JSON.stringify([b.questions, b.purposes]);
