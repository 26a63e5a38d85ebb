import type { Tx } from '../../platform/database/index.ts';
import { endFollowUp, keepFollowUp, openFollowUps } from './day/follow-up.ts';
import { keepPromise, openPromises } from './promises.ts';
import { openRequiredItems, withdrawItem } from './required-items.ts';
import { type Act, change, lockCase, type VerbOutcome } from './verbs.ts';

/** What becomes of what is still open in a case that is closed. */
export type ClosingChoices = {
  readonly staffId: string;
  /** Follow-ups that are ended, and those that are kept with a reason. */
  readonly end: readonly string[];
  readonly keep: readonly string[];
  readonly why: string;
  /** Papers still asked for: no longer asked for, or still. The person sees at "Stand" which. */
  readonly items: ReadonlyMap<string, ItemAtClosing>;
  /** What the office promised and nobody said is kept: it was, or it stays open. */
  readonly promises?: ReadonlyMap<string, PromiseAtClosing>;
};
export const itemsAtClosing = ['withdrawn', 'kept'] as const;
export type ItemAtClosing = (typeof itemsAtClosing)[number];
export const promisesAtClosing = ['fulfilled', 'open'] as const;
export type PromiseAtClosing = (typeof promisesAtClosing)[number];

/** Nothing was changed, because nobody said what becomes of these. */
export type StillOpen = {
  readonly kind: 'still-open';
  readonly items: readonly string[];
  readonly promises: readonly string[];
  readonly followUps: readonly string[];
};

/**
 * Closes the case; it leaves the inbox and stays readable. What is still open in it is decided on with it: nobody shall be asked for a paper by a case
 * that is over without somebody having meant it. A paper that is still asked for opens the case again when it comes. A promise that stays open stays in
 * the list of promises: it was made to a person, and closing the case does not keep it.
 */
export async function closeCase(tx: Tx, act: Act, choices?: ClosingChoices): Promise<VerbOutcome | StillOpen> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.state === 'closed') return { kind: 'unchanged' };
  const open = await undecidedIn(tx, act.caseId, choices);
  if (open !== undefined) return open;
  const [items, followUps] = [await openRequiredItems(tx, act.caseId), await openFollowUps(tx, act.caseId)];
  for (const { id } of items) if (choices?.items.get(id) === 'withdrawn') await withdrawItem(tx, act, id);
  if (choices !== undefined) {
    const staffAct = { ...act, staffId: choices.staffId };
    for (const [id, as] of choices.promises ?? []) if (as === 'fulfilled') await keepPromise(tx, staffAct, id);
    for (const each of followUps) {
      if (isKept(each.id, choices)) await keepFollowUp(tx, staffAct, each, choices.why);
      else await endFollowUp(tx, staffAct, each.id);
    }
  }
  return change(tx, act, { kind: 'closed', detail: {} }, { state: 'closed', closed_at: tx.now });
}

const isKept = (id: string, choices: ClosingChoices | undefined): boolean =>
  choices?.keep.includes(id) === true && choices.why !== '';

/** What is still open in a case and of which nobody has said what becomes of it; undefined where nothing is. */
export async function undecidedIn(tx: Tx, caseId: string, choices?: ClosingChoices): Promise<StillOpen | undefined> {
  const items = (await openRequiredItems(tx, caseId)).filter(({ id }) => choices?.items.has(id) !== true);
  const promises = (await openPromises(tx, caseId)).filter(({ id }) => choices?.promises?.has(id) !== true);
  const followUps = (await openFollowUps(tx, caseId)).filter(
    ({ id }) => choices?.end.includes(id) !== true && !isKept(id, choices),
  );
  if (items.length + promises.length + followUps.length === 0) return undefined;
  const ids = (of: readonly { readonly id: string }[]): string[] => of.map(({ id }) => id);
  return { kind: 'still-open', items: ids(items), promises: ids(promises), followUps: ids(followUps) };
}
