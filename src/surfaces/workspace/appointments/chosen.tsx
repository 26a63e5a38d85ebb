import { isId } from '../../../kernel/ids.ts';
import {
  type Appointment,
  appointmentField,
  appointmentsOf,
  findAppointment,
} from '../../../modules/appointments/index.ts';
import { fieldStates, lockField } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Content } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { type FormProps, wasTyped } from '../case/verb-sheet.tsx';
import { type MoreVerb, verbPath } from '../case/view.ts';
import type { Guarded } from '../together/conflict.tsx';
import type { StaffVisit } from '../visit.ts';
import { whenWords, whomWords } from './words.ts';

/** Which appointment a form is about, with the version at which it was opened. */
type Chosen = { readonly appointment: Appointment; readonly stand: string };

/** The open appointment that the form is about, or what is shown instead: the open ones to choose from, and what was typed. */
export async function chosen(
  tx: Tx,
  props: FormProps,
  verb: MoreVerb,
): Promise<Chosen | { readonly instead: Content }> {
  const { data, view } = props;
  const id = one(view.input, 'entry');
  const ids = (await appointmentsOf(tx, data.case.id)).map((each) => each.id);
  // Versions before values: what is written in between is then a conflict too many, and never one too few.
  const states = await fieldStates(tx, ids);
  const open = (await appointmentsOf(tx, data.case.id)).filter((each) => each.endedAt === null);
  const appointment = isId(id) ? open.find((each) => each.id === id) : onlyOne(open);
  if (appointment === undefined) return { instead: <ToChoose {...props} verb={verb} open={open} /> };
  const version = String(states(appointment.id, appointmentField).version);
  return { appointment, stand: String(view.conflict?.version ?? (one(view.input, 'stand') || version)) };
}

const onlyOne = (open: readonly Appointment[]): Appointment | undefined => (open.length === 1 ? open[0] : undefined);

/** Open appointments of the case, each with the way to its form. Words that somebody typed about one that has ended meanwhile stay. */
const ToChoose = (props: FormProps & { verb: MoreVerb; open: readonly Appointment[] }) => {
  const { visit, data, view, verb, open } = props;
  const typed = ['reason', 'bring', 'place'].map((name) => one(view.input, name)).filter((text) => text !== '');
  return (
    <>
      {wasTyped(view) && typed.length > 0 ? (
        <div class="tw-note">
          <p>{visit.t('appointments:typed')}</p>
          <p class="tw-typed">{typed.join('\n')}</p>
        </div>
      ) : null}
      {open.length === 0 ? <p>{visit.t('appointments:noneOpen')}</p> : null}
      {open.length === 0 ? null : (
        <ul id="f-entry" tabindex={-1}>
          {open.map((each) => (
            <li>
              <a href={verbPath(data.case.id, view, verb, each.id)}>
                {whenWords(visit, each)}, {whomWords(visit, each.personName)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

/** An appointment in the words of two that want different things of it. */
type Both = (now: Appointment, visit: StaffVisit) => Pick<Guarded, 'theirs' | 'mine' | 'theirWords' | 'myWords'>;

/** Says that a form overwrites an appointment, locked; nothing where the form names none that is open. */
export const guardBy =
  (both: Both) =>
  async (tx: Tx, visit: StaffVisit, found: { readonly id: string }): Promise<Guarded | undefined> => {
    const id = one(visit.input, 'entry');
    if (!isId(id)) return undefined;
    const before = await findAppointment(tx, found.id, id);
    if (before === undefined || before.endedAt !== null) return undefined;
    const state = await lockField(tx, id, appointmentField);
    const now = (await findAppointment(tx, found.id, id)) ?? before;
    return { subjectId: id, field: 'appointment', state, ...both(now, visit) };
  };
