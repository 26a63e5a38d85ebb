import type { ContactSaid, EmployerContact } from '../../../modules/employers/index.ts';
import { contactFields, keptUntil } from '../../../modules/employers/index.ts';
import type { RetentionRule } from '../../../modules/files/index.ts';
import { Button, type FieldProblem, Form, fieldId, formatDate, TextField } from '../../../ui/index.ts';
import { newCommand, VerbMarks } from '../case/verb-marks.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { contactOf, longest, openedContact } from './said.ts';

type Props = {
  readonly visit: StaffVisit;
  readonly employerId: string;
  readonly contacts: readonly EmployerContact[];
  readonly rule: RetentionRule;
  /** Whose form was refused, by the id of the contact, or `neu`; what was typed then stands in the visit. */
  readonly refused: { readonly id: string; readonly problems: readonly FieldProblem[] } | undefined;
  readonly changeable: boolean;
};

export const freshContact = 'neu';
/** The id of a field of one of several forms. */
export const contactField = (id: string, name: string): string => fieldId(`${id}-${name}`);

/** The people one may call there, each with the way to change, confirm or delete them. */
export function People(props: Props) {
  const { visit, employerId, contacts, refused, changeable } = props;
  const { t } = visit;
  return (
    <section class="tw-panel" aria-labelledby="menschen">
      <WithHelp visit={visit} of="employer-people">
        <h2 id="menschen">{t('employers:people')}</h2>
      </WithHelp>
      {contacts.length === 0 ? <p class="td-muted">{t('employers:noPeople')}</p> : null}
      <ul class="tw-open">
        {contacts.map((each) => (
          <Person {...props} contact={each} />
        ))}
      </ul>
      {changeable ? (
        <details open={refused?.id === freshContact}>
          <summary>{t('employers:addPerson')}</summary>
          <ContactForm
            {...props}
            id={freshContact}
            action={paths.employerPeople(employerId)}
            opened={undefined}
            button={t('employers:keepPerson')}
          />
        </details>
      ) : null}
    </section>
  );
}

function Person(props: Props & { contact: EmployerContact }) {
  const { visit, employerId, contact, rule, refused, changeable } = props;
  const { t, language } = visit;
  const until = keptUntil(contact.confirmedOn, rule.years);
  const words = { day: formatDate(contact.confirmedOn, language), until: formatDate(until, language) };
  return (
    <li>
      <span class="tw-why">
        <strong>{contact.name}</strong>
        {contact.task === '' ? null : <span class="tw-sub">{contact.task}</span>}
        {contact.phone === '' ? null : (
          <span>
            <a href={`tel:${contact.phone.replaceAll(/[^\d+]/g, '')}`}>{contact.phone}</a>
          </span>
        )}
        {contact.email === '' ? null : (
          <span>
            <a href={`mailto:${contact.email}`}>{contact.email}</a>
          </span>
        )}
        <span class="tw-sub">{t(rule.byItself ? 'employers:confirmed' : 'employers:confirmedOnly', words)}</span>
        {changeable ? (
          <details open={refused?.id === contact.id}>
            <summary>{t('employers:changePerson', { name: contact.name })}</summary>
            <ContactForm
              {...props}
              id={contact.id}
              action={paths.employerPerson(employerId, contact.id)}
              opened={contact}
              button={t('employers:confirmPerson')}
            />
            <form action={paths.employerPersonGone(employerId, contact.id)} method="post">
              <VerbMarks visit={visit} />
              <button
                type="submit"
                class="td-link-button"
                aria-label={t('employers:deletePersonLabel', { name: contact.name })}
              >
                {t('employers:deletePerson')}
              </button>
            </form>
          </details>
        ) : null}
      </span>
    </li>
  );
}

type FormProps = Pick<Props, 'visit' | 'refused'> & {
  readonly id: string;
  readonly action: string;
  readonly opened: ContactSaid | undefined;
  readonly button: string;
};

function ContactForm({ visit, refused, id, action, opened, button }: FormProps) {
  const { t } = visit;
  const wrong = refused?.id === id ? refused.problems : undefined;
  const shown = wrong === undefined ? opened : contactOf(visit.input);
  return (
    <Form
      action={action}
      csrf={visit.csrf}
      hidden={{ command: newCommand(visit) }}
      versions={opened && openedContact(opened)}
      typed={wrong !== undefined}
    >
      <div class="tw-fields">
        {contactFields.map((name) => (
          <TextField
            t={t}
            id={contactField(id, name)}
            name={name}
            label={t(`employers:contact.${name}`)}
            value={shown?.[name] ?? ''}
            error={wrong?.find((each) => each.id === contactField(id, name))?.text}
            type={name === 'email' ? 'email' : name === 'phone' ? 'tel' : 'text'}
            maxLength={longest.contact}
            optional={name !== 'name'}
            mark={name === 'phone' || name === 'email' ? 'none' : undefined}
          />
        ))}
      </div>
      <Button variant="secondary">{button}</Button>
    </Form>
  );
}
