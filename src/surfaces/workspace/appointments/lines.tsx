import { isId } from '../../../kernel/ids.ts';
import { type Answer, type Appointment, settleAnswer } from '../../../modules/appointments/index.ts';
import { formatDateTime, Icon } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import type { Try } from '../case/verbs.ts';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { staffAct } from './fields.tsx';

/** What the person said about an appointment, in their words. */
export const AnswerWords = ({ visit, answer }: { visit: StaffVisit; answer: Answer | null }) => {
  const { t, language } = visit;
  if (answer === null) return null;
  const at = formatDateTime(answer.saidAt, language, t);
  if (answer.comes) return <strong>{t('appointments:answer.comes', { at })}</strong>;
  return (
    <span class="tw-why">
      <span class="tw-warn">
        <Icon name="warning" small />
        <strong>{t('appointments:answer.title', { at })}</strong>
      </span>
      {answer.words === '' ? null : <span class="tw-typed">{answer.words}</span>}
      {answer.otherTimes === '' ? null : (
        <span class="tw-typed">{t('appointments:answer.other', { times: answer.otherTimes })}</span>
      )}
    </span>
  );
};

/** Carries unseen which answer stood on the page: what comes later is not taken for read. */
export const SeenMark = ({ answer, name = 'answer' }: { answer: Answer | null; name?: string }) =>
  answer === null ? null : <input type="hidden" name={name} value={answer.id} />;

export const readSeen = (visit: StaffVisit, name = 'answer'): string | undefined => {
  const id = one(visit.input, name);
  return isId(id) ? id : undefined;
};

/** Somebody has spoken with the person, and the appointment stays; `from` leads back to the list. */
export const SettleForm = (props: { visit: StaffVisit; appointment: Appointment; from?: 'heute' }) => {
  const { visit, appointment, from } = props;
  if (appointment.answer === null) return null;
  return (
    <form action={paths.appointmentAnswered(appointment.caseId, appointment.id)} method="post">
      <VerbMarks visit={visit} />
      <SeenMark answer={appointment.answer} />
      {from === undefined ? null : <input type="hidden" name="von" value={from} />}
      <button type="submit" class="td-link-button">
        {visit.t(`appointments:answer.${appointment.answer.comes ? 'read' : 'settle'}`)}
      </button>
    </form>
  );
};

/** The act of that form. */
export const settle: Try = async (tx, visit, caseId) => {
  const id = visit.c.req.param('appointment');
  return isId(id) ? settleAnswer(tx, staffAct(visit, caseId), id, readSeen(visit)) : { kind: 'not-found' };
};

/** A gentle hint: somebody has another appointment at the same time. It blocks nothing, and does not say with whom. */
export const ClashHint = ({ visit, clashes }: { visit: StaffVisit; clashes: number }) =>
  clashes === 0 ? null : (
    <span class="tw-warn">
      <Icon name="warning" small />
      {visit.t('appointments:clash', { count: clashes })}
    </span>
  );
