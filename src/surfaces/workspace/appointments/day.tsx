import { dayInGermany } from '../../../kernel/dates.ts';
import { type AppointmentLine, endsAt } from '../../../modules/appointments/index.ts';
import type { DayPage } from '../../../modules/cases/index.ts';
import { paths, withQuery } from '../paths.ts';
import type { LineContext, ShownLine } from '../today/lines.tsx';
import { ago } from '../words.tsx';
import { AnswerWords, ClashHint } from './lines.tsx';
import { WaysOn } from './ways-on.tsx';
import { hoursWords, whenWords, whereWords, whomWords } from './words.ts';

/** Others of the same person of the office at the same time, among what the page shows. */
const clashesAmong = (lines: readonly AppointmentLine[], { appointment: one }: AppointmentLine): number =>
  lines.filter(
    ({ appointment: other }) =>
      other.id !== one.id &&
      other.staffId === one.staffId &&
      other.startsAt < endsAt(one) &&
      endsAt(other) > one.startsAt,
  ).length;

/** Appointments as lines of a day: of today the hours are enough. */
export const showAppointments = (context: LineContext, page: DayPage<AppointmentLine>): DayPage<ShownLine> => ({
  lines: page.lines.map((line) => shown(context, line, clashesAmong(page.lines, line))),
  next: page.next,
});

function shown({ visit }: LineContext, line: AppointmentLine, clashes: number): ShownLine {
  const { t } = visit;
  const { appointment } = line;
  const now = visit.services.clock.now();
  const today = dayInGermany(appointment.startsAt) === dayInGermany(now);
  const when = whenWords(visit, appointment);
  const link = (verb: string): string => `${withQuery(paths.case(line.caseId), { tun: verb, eintrag: line.id })}#verb`;
  return {
    ...line,
    forStaffId: appointment.staffId,
    age: ago(visit, appointment.madeAt),
    why: (
      <>
        <strong>{today ? hoursWords(visit, appointment) : when}</strong>
        <span>
          {whomWords(visit, appointment.personName)} · {whereWords(visit, appointment)}
        </span>
        {endsAt(appointment) <= now ? <span>{t('appointments:open')}</span> : null}
        {line.state === 'closed' ? <span>{t('appointments:caseClosed')}</span> : null}
        <ClashHint visit={visit} clashes={clashes} />
        <AnswerWords visit={visit} answer={appointment.answer} />
      </>
    ),
    act: <WaysOn visit={visit} appointment={appointment} hrefOf={link} from="heute" />,
  };
}
