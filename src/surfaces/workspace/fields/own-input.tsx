import { asFormField, inLanguage, isSensitive, type OwnDefinition } from '../../../modules/fields/index.ts';
import type { RawForm } from '../../../modules/forms/index.ts';
import type { Content } from '../../../ui/index.ts';
import { FieldInput } from '../../questions/field-input.tsx';
import type { StaffVisit } from '../visit.ts';

/** Texts of a Jobcenter as sentences: several of them stand behind each other. */
const sentence = (text: string): string => (text === '' || /[.!?…)]$/.test(text) ? text : `${text}.`);

/** What stands below the name of a field while somebody types: what it is, what belongs here and what does not. */
export function typingHint(visit: StaffVisit, definition: OwnDefinition): string {
  const { t, language } = visit;
  const { writeHere, notHere, category } = definition;
  return [
    sentence(inLanguage(definition.help, language)),
    writeHere === '' ? '' : t('own:typing.write', { text: sentence(writeHere) }),
    notHere === '' ? '' : t('own:typing.not', { text: sentence(notHere) }),
    isSensitive(category) ? t('own:typing.sensitive', { category: t(`own:category.${category}`) }) : '',
  ]
    .filter((each) => each !== '')
    .join(' ');
}

/** An own field as an input of a form, as staff see it. `held`: what stands there, so that a removed choice stays choosable. */
export const OwnInput = (props: {
  visit: StaffVisit;
  name: string;
  definition: OwnDefinition;
  raw: RawForm;
  errors: Readonly<Record<string, string>>;
  held?: unknown;
}): Content => {
  const { visit, name, definition } = props;
  const field = asFormField(name, definition, {
    help: typingHint(visit, definition),
    held: props.held,
    removed: (label) => visit.t('own:choiceGone', { label }),
  });
  return (
    <FieldInput visit={visit} field={field} path={name} typed={{ raw: props.raw, errors: props.errors }} page="" />
  );
};
