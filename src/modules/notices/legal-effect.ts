import { addDays, type Day } from '../../kernel/dates.ts';
import { effectiveDue, type HolidayPlace } from '../../kernel/holidays.ts';

/**
 * The day on which a notice counts as known to the person: the fourth after it was handed to the post (§ 37 (2) sentence 1 SGB X) or after the
 * e-mail that says it can be fetched was sent (§ 37 (2a) SGB X). Weekends and holidays do not move it: it is a presumption, no period (BSG,
 * 06.05.2010, B 14 AS 12/09 R, to the third day of then).
 */
export const deemedKnownOn = (sentOn: Day): Day => addDays(sentOn, 4);

/**
 * The last day for an objection: one month after the day on which the notice became known (§ 84 (1) SGG). The period ends on the day with
 * the same number, or the last of a shorter month (§ 64 (2) SGG); on a Saturday, Sunday or public holiday it ends with the next working
 * day (§ 64 (3) SGG). `place` is where the office is; where its state is not named, holidays of all states count, and one of a single state may
 * add a day.
 */
export const objectionUntil = (knownOn: Day, place: HolidayPlace = {}): Day => effectiveDue(monthLater(knownOn), place);

function monthLater(day: Day): Day {
  const [year = 0, month = 1, number = 1] = day.split('-').map(Number);
  const next = month === 12 ? [year + 1, 1] : [year, month + 1];
  const [nextYear = 0, nextMonth = 1] = next;
  const length = new Date(Date.UTC(nextYear, nextMonth, 0)).getUTCDate();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(nextYear).padStart(4, '0')}-${two(nextMonth)}-${two(Math.min(number, length))}`;
}

/** What of the proof the effect follows from. */
export type EffectStep = { readonly kind: string; readonly day: Day };

/**
 * `waiting`: it has not gone out. `known`: from which day it counts as known, and until when an objection is in time. `disputed`: the person says it
 * came later, or never (`claimed` null); in doubt the office must prove it (§ 37 (2) sentence 3 SGB X), so the later day counts, and
 * none where it never came. `undelivered`: it came back.
 */
export type LegalEffect =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'undelivered' }
  | { readonly kind: 'known'; readonly sentOn: Day; readonly knownOn: Day; readonly until: Day }
  | {
      readonly kind: 'disputed';
      readonly sentOn: Day;
      readonly deemedOn: Day;
      readonly claimed: Day | null;
      readonly until: Day | undefined;
    };

/** The effect that follows from the steps of a letter, in their order, for an office at a place. The last way it took counts. */
export function effectOf(
  steps: readonly (EffectStep & { readonly claimed?: Day | null })[],
  place: HolidayPlace = {},
): LegalEffect {
  const sent = steps.findLast((each) => each.kind === 'notified' || each.kind === 'posted');
  if (sent === undefined) return { kind: 'waiting' };
  const after = steps.slice(steps.indexOf(sent) + 1);
  if (after.some((each) => each.kind === 'returned')) return { kind: 'undelivered' };
  const deemedOn = deemedKnownOn(sent.day);
  const dispute = after.findLast((each) => each.kind === 'disputed');
  if (dispute === undefined)
    return { kind: 'known', sentOn: sent.day, knownOn: deemedOn, until: objectionUntil(deemedOn, place) };
  const claimed = dispute.claimed ?? null;
  const counts = claimed === null ? undefined : claimed > deemedOn ? claimed : deemedOn;
  return {
    kind: 'disputed',
    sentOn: sent.day,
    deemedOn,
    claimed,
    until: counts === undefined ? undefined : objectionUntil(counts, place),
  };
}
