import { comingAppointments } from '../../../modules/appointments/index.ts';
import { findCase } from '../../../modules/cases/index.ts';
import { formatDate } from '../../../ui/index.ts';
import { AnswerWords } from '../appointments/lines.tsx';
import { whenWords, whereWords, whomWords } from '../appointments/words.ts';
import { paths } from '../paths.ts';
import type { BoardPart } from './parts.ts';

/** The next appointment of the household, from the cases the reader may see, with when it was made and in which case. */
export const nextAppointment: BoardPart = {
  name: 'appointment',
  title: 'facts:group.appointment',
  draw: async (tx, visit, caseIds) => {
    const { t, language } = visit;
    const [next] = await comingAppointments(tx, caseIds, 1);
    const found = next && (await findCase(tx, visit.reader, next.caseId));
    if (next === undefined || found === undefined) return null;
    return (
      <li>
        <a href={`${paths.case(next.caseId)}#appointments`}>{whenWords(visit, next)}</a>
        <span>
          {' '}
          {whomWords(visit, next.personName)}, {whereWords(visit, next)}
        </span>
        <AnswerWords visit={visit} answer={next.answer} />
        <span class="tw-sub">
          {t('appointments:board.source', { date: formatDate(next.madeAt, language), number: found.number })}
        </span>
      </li>
    );
  },
};
