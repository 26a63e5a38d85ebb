import type { Present } from '../../../modules/together/index.ts';
import { Icon } from '../../../ui/index.ts';
import { isVerb } from '../case/view.ts';
import type { Visit } from '../visit.ts';

/** What somebody does in a case, in words: the form that is open there, or reading. */
const partWords = (visit: Visit, part: string): string =>
  isVerb(part)
    ? visit.t('together:present.form', { form: visit.t(`workspace:verb.${part}.title`) })
    : visit.t('together:present.reads');

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
