import { dayInGermany } from '../kernel/dates.ts';
import { casesClosedBefore } from '../modules/cases/index.ts';
import { countOldContacts } from '../modules/employers/index.ts';
import { type RetentionRule, retentionRules } from '../modules/files/index.ts';
import type { Tx } from '../platform/database/index.ts';
import { duePaper, papersToDelete } from './due-paper.ts';
import type { TeamOf } from './file-contents.ts';

/** What another rule makes due at once. `more`: only the first of those that may be were looked at. */
export type DueByRule = { readonly count: number; readonly more: boolean };

/** So many cases and papers are looked at, together: who changes a rule waits for it, and a case without papers takes its time too. */
const mostLookedAt = 400;
const portion = 50;
const first = '00000000-0000-0000-0000-000000000000';

/**
 * What would be due as soon as a rule held: papers of its class, cases, or people at employers'. What is due by the rule that holds now is not counted,
 * unless the new one deletes what somebody had to confirm until now.
 */
export async function dueByRule(tx: Tx, teamOf: TeamOf, next: RetentionRule, most = mostLookedAt): Promise<DueByRule> {
  const today = dayInGermany(tx.now);
  const rules = await retentionRules(tx);
  const now = rules[next.class];
  if (next.class === 'employer-contacts') {
    if (!next.byItself) return { count: 0, more: false }; // nobody confirms these: without that, none is ever deleted
    const besides = now.byItself ? now.years : undefined;
    const count = await countOldContacts(tx, { today, years: next.years, besides, most });
    return { count: Math.min(count, most), more: count > most };
  }
  const year = Number(today.slice(0, 4));
  const asNext = { ...rules, [next.class]: next };
  const all = next.byItself && !now.byItself;
  const isNew = (closedIn: number): boolean => all || closedIn + now.years + 1 > year;
  const yearOf = (at: Date): number => Number(dayInGermany(at).slice(0, 4));
  // A year in Germany begins an hour before it does in UTC.
  const until = new Date(Date.UTC(year - next.years, 0, 1));
  let after = { closedAt: all ? new Date(0) : new Date(Date.UTC(year - now.years - 1, 11, 31)), id: first };
  let [count, looked] = [0, 0];
  for (;;) {
    const cases = await casesClosedBefore(tx, until, after, portion);
    for (const found of cases) {
      const closedIn = yearOf(found.closedAt);
      if (!isNew(closedIn) || closedIn + next.years + 1 > year) continue;
      looked += 1;
      if (next.class === 'case') count += 1;
      else
        for (const { id } of await papersToDelete(tx, found.id)) {
          looked += 1;
          if ((await duePaper(tx, teamOf, asNext, id))?.class === next.class) count += 1;
        }
      if (looked >= most) return { count, more: true };
    }
    const last = cases.at(-1);
    if (last === undefined || cases.length < portion) return { count, more: false };
    after = last;
  }
}
