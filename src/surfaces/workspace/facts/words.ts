import { dayInGermany } from '../../../kernel/dates.ts';
import { type Fact, standingOf } from '../../../modules/facts/index.ts';
import { formatDate } from '../../../ui/index.ts';
import { topicWords } from '../contacts/words.ts';
import type { StaffVisit } from '../visit.ts';

/** What a fact says, in one line: its text with what its kind adds. */
export function factWords({ t }: Pick<StaffVisit, 't'>, fact: Fact): string {
  const { detail } = fact;
  const own = fact.text === '–' ? [] : [fact.text];
  return [
    ...(detail.way === undefined ? [] : [t(`facts:way.${detail.way}`)]),
    ...own,
    ...(detail.interpreter === true ? [t('facts:interpreter')] : []),
    ...(detail.scopes ?? []).map((each) => t(`facts:scope.${each}`)),
  ].join(', ');
}

/** Whom a fact is about, and its topic where it has one. */
export const aboutFact = (visit: Pick<StaffVisit, 't' | 'language'>, fact: Fact): string[] => [
  ...(fact.detail.topic === undefined
    ? []
    : [topicWords(visit, { key: fact.detail.topic, name: fact.detail.topicName })]),
  ...(fact.personName === '' ? [] : [fact.personName]),
];

/** From when and until when it holds; nothing where nobody said. */
export function validWords({ t, language }: Pick<StaffVisit, 't' | 'language'>, fact: Fact): string | undefined {
  const { validFrom, validUntil } = fact;
  if (validFrom !== null && validUntil !== null)
    return t('facts:valid.span', {
      from: formatDate(validFrom, language),
      until: formatDate(validUntil, language),
    });
  if (validUntil !== null) return t('facts:valid.until', { date: formatDate(validUntil, language) });
  return validFrom === null ? undefined : t('facts:valid.from', { date: formatDate(validFrom, language) });
}

/** Days before its end from which on something that runs is marked. */
const soonDays = 30;

/** What a day makes of it: over, soon over, not yet begun. */
export function standingWords(visit: StaffVisit, fact: Fact): string | undefined {
  const today = dayInGermany(visit.services.clock.now());
  const standing = standingOf(fact, today);
  if (standing !== 'now') return visit.t(`facts:standing.${standing}`);
  if (fact.validUntil === null) return undefined;
  const left = Math.round((Date.parse(fact.validUntil) - Date.parse(today)) / 86_400_000);
  return left <= soonDays ? visit.t('facts:standing.soon', { count: left }) : undefined;
}
