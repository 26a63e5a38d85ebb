import { isId } from '../../../kernel/ids.ts';
import { type Appointment, type Arrangement, moveAppointment } from '../../../modules/appointments/index.ts';
import { TextArea } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { VerbPart } from '../case/more-verbs.ts';
import { Sheet } from '../case/verb-sheet.tsx';
import { holidayPlace } from '../free-day.tsx';
import type { StaffVisit } from '../visit.ts';
import { chosen, guardBy } from './chosen.tsx';
import {
  ArrangementFields,
  askedOfDay,
  field,
  isArrangement,
  problem,
  readArrangement,
  readWish,
  said,
  staffAct,
  told,
  WishField,
} from './fields.tsx';
import { AnswerWords, readSeen, SeenMark } from './lines.tsx';
import { whenWords, whereWords, whomWords } from './words.ts';

const plain = (each: Arrangement): string =>
  [each.startsAt.toISOString(), each.minutes, each.way, each.staffId, each.place, each.bring].join('\n');
const words = (visit: StaffVisit, each: Arrangement): string =>
  [whenWords(visit, each), whereWords(visit, each), each.bring].filter((line) => line !== '').join('\n');

/** What stands there, against what the form wants; a form that cannot be read is refused for that before. */
const guard = guardBy((now: Appointment, visit) => {
  const read = readArrangement(visit);
  const wanted = isArrangement(read) ? read : now;
  return { theirs: plain(now), mine: plain(wanted), theirWords: words(visit, now), myWords: words(visit, wanted) };
});

/** Gives an appointment another time, place or person of the office, with the reason and who wished it. */
export const moveVerb: VerbPart = {
  guard,
  form: async (tx, props) => {
    const { visit } = props;
    const found = await chosen(tx, props, 'terminverlegung');
    if ('instead' in found) return found.instead;
    const { appointment, stand } = found;
    return (
      <Sheet {...props} verb="terminverlegung" stand={stand}>
        <input type="hidden" name="entry" value={appointment.id} />
        <p>
          {whenWords(visit, appointment)}, {whomWords(visit, appointment.personName)}
        </p>
        <AnswerWords visit={visit} answer={appointment.answer} />
        <SeenMark answer={appointment.answer} />
        <ArrangementFields props={props} place={await holidayPlace(visit)} now={appointment} />
        <TextArea {...field(props, 'reason')} hint={visit.t('appointments:hint.reason')} rows={2} maxLength={500} />
        <WishField props={props} />
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const id = one(visit.input, 'entry');
    const [read, reason, wish] = [readArrangement(visit), said(visit, 'reason', 500), readWish(visit)];
    const problems = [
      ...(isArrangement(read) ? [] : read),
      ...(reason === '' ? [problem(visit, 'reason', 'reason')] : []),
      ...(wish === undefined ? [problem(visit, 'wish', 'wish')] : []),
    ];
    if (!isId(id)) return { kind: 'wrong', problems: [problem(visit, 'entry', 'choose')] };
    if (problems.length > 0 || !isArrangement(read) || wish === undefined) return { kind: 'wrong', problems };
    const question = await askedOfDay(visit, read);
    if (question !== undefined) return question;
    return told(
      visit,
      await moveAppointment(tx, staffAct(visit, caseId), id, { ...read, reason, wish, seen: readSeen(visit) }),
    );
  },
};
