import type { Present } from '../../../modules/together/index.ts';
import { Icon } from '../../../ui/index.ts';
import { isVerb } from '../case/view.ts';
import type { Visit } from '../visit.ts';

/** What of a case somebody can have open beside its own page and forms. */
const parts = ['akte', 'unterlage', 'brief'] as const;
export const isPart = (part: string): part is (typeof parts)[number] => parts.some((each) => each === part);

/** What somebody does in a case, in words: the form that is open there, or reading. */
const partWords = (visit: Visit, part: string): string =>
  isVerb(part)
    ? visit.t('together:present.form', { form: visit.t(`workspace:verb.${part}.title`) })
    : visit.t(isPart(part) ? `together:present.${part}` : 'together:present.reads');

/** Who else has this case open, and which part. Empty where nobody has. */
export const PresentPeople = ({ visit, present }: { visit: Visit; present: readonly Present[] }) =>
  present.length === 0 ? null : (
    <ul class="tw-present" aria-label={visit.t('together:present.label')}>
      {present.map((person) => (
        <li>
          <Icon name="account-circle" small />
          <span>
            <strong>{person.name}</strong> {person.parts.map((part) => partWords(visit, part)).join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
