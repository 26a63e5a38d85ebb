import { makeAppointment } from '../../../modules/appointments/index.ts';
import { noteTopics, peopleOfCase } from '../../../modules/contacts/index.ts';
import { Select, TextArea } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { VerbPart } from '../case/more-verbs.ts';
import { Sheet } from '../case/verb-sheet.tsx';
import { topicOptions } from '../contacts/words.ts';
import { holidayPlace } from '../free-day.tsx';
import type { StaffVisit } from '../visit.ts';
import {
  ArrangementFields,
  askedOfDay,
  field,
  isArrangement,
  problem,
  readArrangement,
  said,
  staffAct,
  told,
} from './fields.tsx';

/** With whom an appointment can be. Who alone does not see it, as the receipt of the case is another person's, is said beside their name. */
export const whomOptions = (
  visit: Pick<StaffVisit, 't'>,
  of: { readonly personId: string | null; readonly personName: string },
  people: readonly { readonly id: string; readonly name: string }[],
) => [
  ...(of.personId === null
    ? [{ value: 'stated', label: of.personName === '' ? visit.t('workspace:person.unknown') : of.personName }]
    : people.map(({ id, name }) => ({
        value: id,
        label: id === of.personId ? name : visit.t('appointments:unseen', { name }),
      }))),
  { value: 'household', label: visit.t('appointments:household') },
];

/** Makes an appointment: with whom, about what, when and where, in one form. */
export const appointmentVerb: VerbPart = {
  form: async (tx, props) => {
    const { visit, data } = props;
    const { t } = visit;
    const people = await peopleOfCase(tx, data.case);
    const whom = whomOptions(visit, data.case, people);
    return (
      <Sheet {...props} verb="termin">
        <div class="tw-fields">
          <Select {...field(props, 'whom', whom[0]?.value)} options={whom} />
          <Select
            {...field(props, 'topic')}
            options={topicOptions(visit, await noteTopics(tx))}
            empty={t('workspace:verb.choose')}
          />
        </div>
        <ArrangementFields props={props} place={await holidayPlace(visit)} />
        <TextArea {...field(props, 'note')} hint={t('appointments:hint.note')} rows={2} maxLength={1_000} optional />
        <p class="td-muted">{t('appointments:seen')}</p>
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const topic = one(visit.input, 'topic');
    const read = readArrangement(visit);
    const problems = [
      ...(topic === '' ? [problem(visit, 'topic', 'topic')] : []),
      ...(isArrangement(read) ? [] : read),
    ];
    if (problems.length > 0 || !isArrangement(read)) return { kind: 'wrong', problems };
    const question = await askedOfDay(visit, read);
    if (question !== undefined) return question;
    const wanted = { ...read, topic, whom: one(visit.input, 'whom'), note: said(visit, 'note', 1_000) };
    return told(visit, await makeAppointment(tx, staffAct(visit, caseId), wanted));
  },
};
