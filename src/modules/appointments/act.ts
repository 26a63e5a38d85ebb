import type { Actor } from '../../kernel/actor.ts';
import { addDays, instantInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { type AppointmentAct, type CaseAct, findCase, type NoReminder, noteInCase, readerOf } from '../cases/index.ts';
import { findStaff } from '../identity/index.ts';
import { fieldWritten } from '../together/index.ts';
import type { Appointment, Wish } from './appointment.ts';

/** Who does something to which case; `staffId` is the member of staff. */
export type StaffAct = CaseAct & { readonly staffId: string };

/** The name under which the versions of an appointment are counted: two who change it at once want different things. */
export const appointmentField = 'appointment';

type Said = { readonly from?: Date; readonly reason?: string; readonly wish?: Wish; readonly otherTimes?: string };

/** What of an appointment an entry of the timeline names; of the note for the office nothing. */
const named = (each: Appointment) => ({
  appointmentId: each.id,
  at: each.startsAt.toISOString(),
  minutes: each.minutes,
  way: each.way,
  place: each.place,
  personId: each.personId,
  personName: each.personName,
  topic: each.topic,
  ...(each.topicName === null ? {} : { topicName: each.topicName }),
});

/** Puts into the timeline, which the person sees as well, what became of an appointment. */
export async function note(
  tx: Tx,
  act: Pick<CaseAct, 'actor' | 'caseId'>,
  what: AppointmentAct,
  each: Appointment,
  { from, reason = '', otherTimes = '', wish }: Said = {},
): Promise<void> {
  const staffName = (await findStaff(tx, each.staffId))?.name ?? '';
  await noteInCase(tx, act, {
    kind: 'appointment',
    detail: {
      act: what,
      ...named(each),
      staffName,
      bring: each.bring,
      ...(from === undefined ? {} : { from: from.toISOString() }),
      ...(reason === '' ? {} : { reason }),
      ...(otherTimes === '' ? {} : { otherTimes }),
      ...(wish === undefined ? {} : { wish }),
    },
  });
}

/** The same for what the office keeps for itself. */
export const noteInside = (
  tx: Tx,
  act: Pick<CaseAct, 'actor' | 'caseId'>,
  what: 'noted' | 'held' | 'missed' | 'seen' | 'kept',
  each: Appointment,
  text: string,
) =>
  noteInCase(tx, act, {
    kind: 'appointment-office',
    detail: { act: what, ...named(each), ...(text === '' ? {} : { text }) },
  });

/** Says in the history of the case that the person was reminded of an appointment, or why that could not be. The case is locked. */
export const noteReminder = (tx: Tx, actor: Actor, each: Appointment, why?: NoReminder) =>
  noteInCase(
    tx,
    { actor, caseId: each.caseId },
    {
      kind: 'appointment-office',
      detail: {
        act: why === undefined ? 'reminded' : 'not-reminded',
        ...named(each),
        ...(why === undefined ? {} : { why }),
      },
    },
  );

/** Counts that an appointment was written, for windows in which it stands open. */
export const written = (tx: Tx, act: Pick<CaseAct, 'actor'>, id: string): Promise<void> =>
  fieldWritten(tx, act.actor, id, appointmentField);

/**
 * Whether somebody can hold an appointment of a case: whoever acts and sees it, but not only because an absent person holds one in it, as that would end
 * with it; or a colleague who sees it without standing in for anybody, as that would end before the day comes.
 */
export async function canHold(tx: Tx, act: StaffAct, staffId: string): Promise<boolean> {
  if (staffId === act.staffId) {
    const standsFor = (act.reader.standsFor ?? []).map(({ heldCases: _, ...each }) => each);
    return (await findCase(tx, { ...act.reader, standsFor }, act.caseId)) !== undefined;
  }
  const who = await findStaff(tx, staffId);
  return who !== undefined && (await findCase(tx, readerOf(who), act.caseId)) !== undefined;
}

/**
 * For whom somebody stands in who takes over an appointment of them, in a case that they see by that alone: the absent person holds it, or they took it
 * over from that person before; it begins until the last day of the substitution; and the case is in the teams of the absent person.
 */
export async function takesFrom(
  tx: Tx,
  act: StaffAct,
  before: Appointment,
  startsAt: Date,
): Promise<string | undefined> {
  const absent = before.staffId === act.staffId ? before.takenFrom : before.staffId;
  const each = act.reader.standsFor?.find(({ staffId }) => staffId === absent);
  if (each?.untilDay === undefined || startsAt >= instantInGermany(addDays(each.untilDay, 1), '00:00'))
    return undefined;
  return (await findCase(tx, { ...act.reader, standsFor: [each] }, act.caseId)) === undefined
    ? undefined
    : each.staffId;
}
