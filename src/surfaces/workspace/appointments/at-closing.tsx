import {
  type Appointment,
  type AppointmentChoice,
  type AppointmentChoices,
  appointmentEnds,
  isForClient,
  openAppointments,
} from '../../../modules/appointments/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type FieldProblem, fieldId } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { OpenChoices } from '../case/open-choices.tsx';
import type { FormProps } from '../case/verb-sheet.tsx';
import type { StaffVisit } from '../visit.ts';
import { said } from './fields.tsx';
import { AnswerWords, readSeen, SeenMark } from './lines.tsx';
import { whenWords, whomWords } from './words.ts';

const choiceName = (id: string): string => `termin-${id}`;
const seenName = (id: string): string => `answer-${id}`;
const wordsName = 'terminGrund';

/** What can be said of it: that it is called off or stays, and, once it has begun, how it went. */
const choicesOf = (visit: StaffVisit, { startsAt }: Pick<Appointment, 'startsAt'>) =>
  (['called-off', 'kept', 'held', 'missed'] as const).filter(
    (each) => startsAt <= visit.services.clock.now() || each === 'called-off' || each === 'kept',
  );

/** What the person sees of it; with somebody else of the household alone they see nothing in the portal. */
function hintOf({ visit, data }: FormProps, each: Appointment, choice: string): { hint?: string } {
  if (choice !== 'called-off' && choice !== 'kept') return {};
  const seen = isForClient(each, data.case.personId);
  return { hint: visit.t(`appointments:closing.${seen ? `${choice}Hint` : 'unseenHint'}`) };
}

/** Open appointments of a case that is to be closed: for each of them somebody says what becomes of it. */
export const AppointmentsAtClosing = (props: FormProps) => {
  const { visit, data } = props;
  const { t } = visit;
  return (
    <OpenChoices
      {...props}
      text={t('appointments:closing.text')}
      of={data.openAppointments.map((each) => ({
        name: choiceName(each.id),
        label: `${whenWords(visit, each)}, ${whomWords(visit, each.personName)}`,
        options: choicesOf(visit, each).map((value) => ({
          value,
          label: t(`appointments:closing.${value}`),
          ...hintOf(props, each, value),
        })),
        below: (
          <>
            <AnswerWords visit={visit} answer={each.answer} />
            <SeenMark answer={each.answer} name={seenName(each.id)} />
          </>
        ),
      }))}
      why={{ name: wordsName, label: t('appointments:closing.why'), hint: t('appointments:closing.whyHint') }}
    />
  );
};

/** What was said about the open appointments of a case that is to be closed. */
export async function readAtClosing(tx: Tx, visit: StaffVisit, caseId: string): Promise<AppointmentChoices> {
  const of = new Map<string, AppointmentChoice>();
  for (const { id } of await openAppointments(tx, caseId)) {
    const as = [...appointmentEnds, 'kept' as const].find((each) => each === one(visit.input, choiceName(id)));
    if (as !== undefined) of.set(id, { as, seen: readSeen(visit, seenName(id)) });
  }
  return { of, words: said(visit, wordsName, 500) };
}

/** Why the case was not closed, at the appointment it is about. */
export const closingProblems = (
  visit: StaffVisit,
  kind: 'appointments-open' | 'no-reason' | 'early' | 'said-meanwhile',
  ids: readonly string[],
): FieldProblem[] =>
  kind === 'no-reason'
    ? [{ id: fieldId(wordsName), text: visit.t('appointments:problem.reason') }]
    : ids.map((id) => ({
        id: fieldId(choiceName(id)),
        text: visit.t(
          `appointments:problem.${{ 'appointments-open': 'atClosing', early: 'early', 'said-meanwhile': 'answered' }[kind]}`,
        ),
      }));
