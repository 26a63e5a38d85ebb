import { isId } from '../../../kernel/ids.ts';
import { type AppointmentEnd, appointmentEnds, endAppointment } from '../../../modules/appointments/index.ts';
import { RadioGroup, TextArea } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { VerbPart } from '../case/more-verbs.ts';
import { Sheet } from '../case/verb-sheet.tsx';
import { chosen, guardBy } from './chosen.tsx';
import { field, problem, readWish, said, staffAct, told, WishField } from './fields.tsx';
import { AnswerWords, readSeen, SeenMark } from './lines.tsx';
import { whenWords, whereWords, whomWords } from './words.ts';

/** What became of an appointment, in plain words: no legal effect follows from any of it by itself. */
export const endVerb: VerbPart = {
  guard: guardBy((now, visit) => ({
    theirs: `${now.startsAt.toISOString()} ${now.place}`,
    mine: one(visit.input, 'how'),
    theirWords: `${whenWords(visit, now)}\n${whereWords(visit, now)}`,
    myWords: visit.t(`appointments:how.${appointmentEnds.find((each) => each === one(visit.input, 'how')) ?? 'none'}`),
  })),
  form: async (tx, props) => {
    const { visit } = props;
    const { t } = visit;
    const found = await chosen(tx, props, 'terminergebnis');
    if ('instead' in found) return found.instead;
    const { appointment, stand } = found;
    const early = appointment.startsAt > visit.services.clock.now();
    const ends: readonly AppointmentEnd[] = early ? ['called-off'] : appointmentEnds;
    return (
      <Sheet {...props} verb="terminergebnis" stand={stand}>
        <input type="hidden" name="entry" value={appointment.id} />
        <p>
          {whenWords(visit, appointment)}, {whomWords(visit, appointment.personName)}
        </p>
        <AnswerWords visit={visit} answer={appointment.answer} />
        <SeenMark answer={appointment.answer} />
        <RadioGroup
          {...field(props, 'how', early ? 'called-off' : '')}
          options={ends.map((value) => ({
            value,
            label: t(`appointments:how.${value}`),
            ...(value === 'missed' ? { hint: t('appointments:hint.missed') } : {}),
          }))}
        />
        <TextArea
          {...field(props, 'words')}
          hint={t(early ? 'appointments:hint.reason' : 'appointments:hint.words')}
          rows={2}
          maxLength={500}
          optional={!early}
        />
        <WishField props={props} optional={!early} />
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const id = one(visit.input, 'entry');
    const how = appointmentEnds.find((each) => each === one(visit.input, 'how'));
    const [words, wish] = [said(visit, 'words', 500), readWish(visit)];
    if (!isId(id)) return { kind: 'wrong', problems: [problem(visit, 'entry', 'choose')] };
    const off = how === 'called-off';
    const problems = [
      ...(how === undefined ? [problem(visit, 'how', 'how')] : []),
      ...(off && words === '' ? [problem(visit, 'words', 'reason')] : []),
      ...(off && wish === undefined ? [problem(visit, 'wish', 'wish')] : []),
    ];
    if (problems.length > 0 || how === undefined) return { kind: 'wrong', problems };
    const [act, seen] = [staffAct(visit, caseId), readSeen(visit)];
    if (how !== 'called-off') return told(visit, await endAppointment(tx, act, id, { as: how, words, seen }));
    if (wish === undefined) return { kind: 'wrong', problems: [problem(visit, 'wish', 'wish')] };
    return told(visit, await endAppointment(tx, act, id, { as: how, words, wish, seen }));
  },
};
