import type { Tx } from '../../platform/database/index.ts';
import { type ClosingChoices, closeCase, lockCase, type StillOpen, type VerbOutcome } from '../cases/index.ts';
import { noteInside, type StaffAct } from './act.ts';
import type { SeenAnswer } from './answers.ts';
import type { Appointment, AppointmentEnd } from './appointment.ts';
import { endAppointment } from './change-appointment.ts';
import { openAppointments } from './queries.ts';

/** What becomes of one open appointment of a case that is closed, and which answer of the person was read before that was said. */
export type AppointmentChoice = { readonly as: AppointmentEnd | 'kept'; readonly seen?: SeenAnswer };
export type AppointmentChoices = {
  readonly of: ReadonlyMap<string, AppointmentChoice>;
  /** Why those are called off that are. */
  readonly words: string;
};

type Closed =
  | VerbOutcome
  | StillOpen
  /** Nobody said what becomes of these; or not why they are called off; or somebody said how one went that has not begun; or the person wrote meanwhile. */
  | { readonly kind: 'appointments-open' | 'no-reason' | 'early' | 'said-meanwhile'; readonly ids: readonly string[] };

/**
 * Closes a case that may have open appointments. Each is called off, so that the person is told; or it is said how it went; or it is kept. One that is
 * kept stays where it is: the person sees it with their receipt, who holds it on their day, and whoever opens the case. It is not put into another
 * case, where the receipt would not show it any more. For other outcomes than `done` callers take their transaction back.
 */
export async function closeCaseWithAppointments(
  tx: Tx,
  act: StaffAct,
  choices: AppointmentChoices,
  others: ClosingChoices,
): Promise<Closed> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.state === 'closed') return { kind: 'unchanged' };
  const open = await openAppointments(tx, act.caseId);
  const undecided = open.filter((each) => !choices.of.has(each.id)).map((each) => each.id);
  if (undecided.length > 0) return { kind: 'appointments-open', ids: undecided };
  for (const each of open) {
    const settled = await settle(tx, act, each, choices);
    if (settled !== 'done') return { kind: settled, ids: [each.id] };
  }
  return closeCase(tx, act, others);
}

async function settle(
  tx: Tx,
  act: StaffAct,
  each: Appointment,
  { of, words }: AppointmentChoices,
): Promise<'done' | 'no-reason' | 'early' | 'said-meanwhile'> {
  const choice = of.get(each.id);
  if (choice === undefined || choice.as === 'kept') {
    await noteInside(tx, act, 'kept', each, '');
    return 'done';
  }
  const { as, seen } = choice;
  if (as === 'called-off' && words === '') return 'no-reason';
  const outcome = await endAppointment(
    tx,
    act,
    each.id,
    as === 'called-off' ? { as, words, wish: 'office', seen } : { as, words: '', seen },
  );
  return outcome.kind === 'early' || outcome.kind === 'said-meanwhile' ? outcome.kind : 'done';
}
