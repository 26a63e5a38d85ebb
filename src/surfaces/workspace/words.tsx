import { addDays, dayInGermany } from '../../kernel/dates.ts';
import type { CaseState } from '../../modules/cases/index.ts';
import type { FormDefinition } from '../../modules/forms/index.ts';
import { Badge, deadline, formatDate, Icon, type Tone } from '../../ui/index.ts';
import type { Visit } from './visit.ts';

/** Titles of the concerns of this Jobcenter in the visitor's language; an unknown key stays as it is. */
export async function concernTitles(visit: Visit): Promise<(key: string) => string> {
  const forms: ReadonlyMap<string, FormDefinition> = await visit.services.catalogue.all(visit.jobcenter.id);
  return (key) => forms.get(key)?.title[visit.language] ?? key;
}

/** Concerns to choose from, by title. */
export async function concernOptions(visit: Visit): Promise<{ value: string; label: string }[]> {
  const forms = await visit.services.catalogue.all(visit.jobcenter.id);
  const options = [...forms.values()].map((form) => ({ value: form.key, label: form.title[visit.language] }));
  return options.sort((a, b) => a.label.localeCompare(b.label, visit.language));
}

/** The name on a case; in words where nobody knows yet from whom it came. */
export const nameOnCase = (visit: Visit, name: string): string =>
  name === '' ? visit.t('workspace:person.unknown') : name;

const tones: Readonly<Record<CaseState, Tone | undefined>> = {
  new: 'info',
  working: undefined,
  waiting: 'warning',
  decided: 'success',
  closed: undefined,
};

/** Where a case stands: a word, with an icon where it has a colour. */
export const StateBadge = ({ visit, state }: { visit: Visit; state: CaseState }) => (
  <Badge tone={tones[state]} icon={state === 'decided'}>
    {visit.t(`workspace:state.${state}`)}
  </Badge>
);

/** A deadline: icon where it presses, how long in words, and the day. Ended cases show the day alone. */
export function Deadline({ visit, day, ended }: { visit: Visit; day: string; ended?: boolean }) {
  const { text, tone } = deadline(day, visit.services.clock.now(), visit.t);
  if (ended) return <span class="td-muted">{formatDate(day, visit.language)}</span>;
  return (
    <span class={`tw-deadline tw-deadline--${tone}`}>
      {tone === 'danger' || tone === 'warning' ? <Icon name={tone} small /> : null}
      <span>
        {text}
        <span class="tw-deadline__day">{formatDate(day, visit.language)}</span>
      </span>
    </span>
  );
}

/** How long ago an instant was, in whole days: "heute", "gestern", "vor 5 Tagen". */
export function ago(visit: Visit, at: Date): string {
  const today = dayInGermany(visit.services.clock.now());
  const days = Math.round((Date.parse(today) - Date.parse(dayInGermany(at))) / 86_400_000);
  if (days <= 0) return visit.t('workspace:ago.today');
  return days === 1 ? visit.t('workspace:ago.yesterday') : visit.t('workspace:ago.days', { count: days });
}

/** The Sunday of this week, ISO. */
export function endOfWeek(today: string): string {
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  return addDays(today, (7 - weekday) % 7);
}
