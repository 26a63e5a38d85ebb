import { type Day, dayInGermany } from '../../kernel/dates.ts';
import { stepsOfDispatch } from './dispatches.ts';
import type { Notice, NoticeStep } from './notice.ts';

/**
 * Where a letter is that was released, by the way it took and not by the one that is chosen now. `portal`: it lies on the page of the person. `coming`:
 * it goes by post, and was not handed over yet; `again`: so does a further dispatch. `posted`: it was handed to the post on this day. `returned`: it
 * came back, and nothing was sent since. `stopped`: it was not handed over, and will not be.
 */
export type Whereabouts =
  | { readonly kind: 'portal' | 'coming' | 'again' | 'returned' | 'stopped' }
  | { readonly kind: 'posted'; readonly on: Day };

/** Where a released letter is, by its steps in their order; only the dispatch that it is in now counts. */
export function whereaboutsOf(
  { way, waitsFor }: Pick<Notice, 'way' | 'waitsFor'>,
  steps: readonly Pick<NoticeStep, 'kind' | 'day' | 'at'>[],
): Whereabouts {
  if (way === 'portal') return { kind: 'portal' };
  const own = stepsOfDispatch(steps);
  if (own.some(({ kind }) => kind === 'returned')) return { kind: 'returned' };
  const posted = own.findLast(({ kind }) => kind === 'posted');
  if (posted !== undefined) return { kind: 'posted', on: posted.day ?? dayInGermany(posted.at) };
  if (waitsFor === null) return { kind: 'stopped' };
  return { kind: own[0]?.kind === 'again' ? 'again' : 'coming' };
}
