import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { CaseReader } from '../cases/index.ts';
import { allStaff, staffLogins } from '../identity/index.ts';
import type { ContactTables } from './tables.ts';
import type { HouseAct } from './topics.ts';

/** A circle as somebody who belongs to it knows it; `own` is false for who only stands in for a member. */
export type Circle = {
  readonly id: string;
  readonly name: string;
  readonly closed: boolean;
  readonly own: boolean;
};

const now = (tx: Tx) =>
  tx
    .tables<ContactTables>()
    .selectFrom('circle_member as m')
    .innerJoin('circle as c', 'c.id', 'm.circle_id')
    .select(['c.id', 'c.name', 'c.closed_at as closedAt', 'm.staff_id as staffId'])
    .where('m.left_at', 'is', null);

/** Circles that a member opened for a substitution by which a reader stands in for another member, as long as that very one runs. */
async function openedTo(tx: Tx, reader: CaseReader): Promise<{ circleId: string; absentId: string }[]> {
  const running = (reader.standsFor ?? []).flatMap((each) => each.substitutions ?? []);
  if (running.length === 0) return [];
  return tx
    .tables<ContactTables>()
    .selectFrom('circle_opening')
    .select(['circle_id as circleId', 'absent_id as absentId'])
    .where('substitute_id', '=', reader.id)
    .where('substitution_id', 'in', running)
    .execute();
}

/**
 * The circles a reader belongs to, and those that an absent person, or another member, opened to the reader while they stand in. By name. Programs and
 * leads as such belong to none: what a circle wrote is for its people (§ 35 SGB I), not for a rank.
 */
export async function circlesOf(tx: Tx, reader: CaseReader): Promise<Circle[]> {
  if (reader.role === 'program') return [];
  const opened = (reader.standsFor ?? []).filter((each) => each.circles === true).map((each) => each.staffId);
  const openings = await openedTo(tx, reader);
  const rows = await now(tx)
    .where((eb) =>
      eb.or([
        eb('m.staff_id', 'in', [reader.id, ...opened]),
        ...openings.map((each) => eb.and([eb('c.id', '=', each.circleId), eb('m.staff_id', '=', each.absentId)])),
      ]),
    )
    .orderBy('c.name')
    .orderBy('c.id')
    .execute();
  const circles = new Map<string, Circle>();
  for (const { id, name, closedAt, staffId } of rows) {
    const own = staffId === reader.id || circles.get(id)?.own === true;
    circles.set(id, { id, name, closed: closedAt !== null, own });
  }
  return [...circles.values()];
}

export type CircleMember = {
  readonly staffId: string;
  readonly name: string;
  readonly joinedAt: Date;
  readonly joinedBy: string;
  readonly leftAt: Date | null;
  readonly leftBy: string | null;
};

/** Everybody who belongs or belonged to a circle, in the order they came; undefined for who does not belong to it. */
export async function circleMembers(tx: Tx, staffId: string, circleId: string): Promise<CircleMember[] | undefined> {
  const rows = await tx
    .tables<ContactTables>()
    .selectFrom('circle_member')
    .select([
      'staff_id as staffId',
      'joined_at as joinedAt',
      'joined_by as joinedBy',
      'left_at as leftAt',
      'left_by as leftBy',
    ])
    .where('circle_id', '=', circleId)
    .orderBy('id')
    .execute();
  if (!rows.some((row) => row.staffId === staffId && row.leftAt === null)) return undefined;
  const names = await staffNames(tx);
  const name = (id: string): string => names.get(id) ?? '';
  return rows.map((row) => ({
    ...row,
    name: name(row.staffId),
    joinedBy: name(row.joinedBy),
    leftBy: row.leftBy === null ? null : name(row.leftBy),
  }));
}

const staffNames = async (tx: Tx): Promise<Map<string, string>> =>
  new Map((await staffLogins(tx)).map((each) => [each.id, each.name]));

/** What a lead knows of circles they do not belong to: their names, and whether nobody of theirs works here any more. */
export type KnownCircle = { readonly id: string; readonly name: string; readonly deserted: boolean };

/** The open circles of the Jobcenter for a lead; nothing for others. Not who belongs to them. */
export async function knownCircles(tx: Tx, act: HouseAct): Promise<KnownCircle[]> {
  if (act.role !== 'lead') return [];
  const circles = await tx
    .tables<ContactTables>()
    .selectFrom('circle')
    .select(['id', 'name'])
    .where('closed_at', 'is', null)
    .orderBy('name')
    .execute();
  const active = new Set((await allStaff(tx)).map((each) => each.id));
  const rows = await now(tx).execute();
  const alive = new Set(rows.filter((row) => active.has(row.staffId)).map((row) => row.id));
  return circles.map((each) => ({ ...each, deserted: !alive.has(each.id) }));
}

export type CircleOutcome =
  | { readonly kind: 'done' | 'unchanged' | 'not-found' }
  | { readonly kind: 'refused'; readonly why: 'no-name' | 'exists' | 'nobody' | 'last' };

const refused = (why: Extract<CircleOutcome, { kind: 'refused' }>['why']): CircleOutcome => ({ kind: 'refused', why });

/** Founds a circle with its first members; a lead does. From then on its members alone take others in. */
export async function foundCircle(
  tx: Tx,
  act: HouseAct,
  name: string,
  memberIds: readonly string[],
): Promise<CircleOutcome> {
  if (act.role !== 'lead') return { kind: 'not-found' };
  const wanted = name.trim().slice(0, 80);
  if (wanted === '') return refused('no-name');
  const active = new Set((await allStaff(tx)).map((each) => each.id));
  const members = [...new Set(memberIds)];
  if (members.length === 0 || !members.every((id) => active.has(id))) return refused('nobody');
  if ((await knownCircles(tx, act)).some((each) => each.name.toLowerCase() === wanted.toLowerCase()))
    return refused('exists');
  const id = tx.newId();
  const circle = { id, name: wanted, made_at: tx.now, made_by: act.actor.id, closed_at: null, closed_by: null };
  await tx.insertInto<ContactTables['circle']>('circle', [circle]);
  await join(tx, act, id, members);
  return recorded(tx, act, 'circle.founded', id);
}

/** Takes somebody in. A member does; a lead only where nobody of the circle works here any more, and its members will see who did. */
export async function takeIntoCircle(tx: Tx, act: HouseAct, circleId: string, staffId: string): Promise<CircleOutcome> {
  const circle = await lockCircle(tx, circleId);
  if (circle === undefined || circle.closed_at !== null) return { kind: 'not-found' };
  const members = await membersOf(tx, circleId);
  const active = new Set((await allStaff(tx)).map((each) => each.id));
  const deserted = !members.some((id) => active.has(id));
  if (!members.includes(act.actor.id) && !(act.role === 'lead' && deserted)) return { kind: 'not-found' };
  if (!active.has(staffId)) return refused('nobody');
  if (members.includes(staffId)) return { kind: 'unchanged' };
  await join(tx, act, circleId, [staffId]);
  return recorded(tx, act, 'circle.joined', circleId);
}

/** Somebody does not belong to it any more: they say so themselves, or another member does. The last one stays or closes it. */
export async function leaveCircle(tx: Tx, act: HouseAct, circleId: string, staffId: string): Promise<CircleOutcome> {
  const circle = await lockCircle(tx, circleId);
  const members = circle === undefined ? [] : await membersOf(tx, circleId);
  if (!members.includes(act.actor.id)) return { kind: 'not-found' };
  if (!members.includes(staffId)) return { kind: 'unchanged' };
  if (members.length === 1) return refused('last');
  await tx
    .tables<ContactTables>()
    .updateTable('circle_member')
    .set({ left_at: tx.now, left_by: act.actor.id })
    .where('circle_id', '=', circleId)
    .where('staff_id', '=', staffId)
    .where('left_at', 'is', null)
    .execute();
  return recorded(tx, act, 'circle.left', circleId);
}

/** Closes a circle, by a member or a lead: nothing new is written into it, its members read what stands there. */
export async function closeCircle(tx: Tx, act: HouseAct, circleId: string): Promise<CircleOutcome> {
  const circle = await lockCircle(tx, circleId);
  if (circle === undefined) return { kind: 'not-found' };
  if (act.role !== 'lead' && !(await membersOf(tx, circleId)).includes(act.actor.id)) return { kind: 'not-found' };
  if (circle.closed_at !== null) return { kind: 'unchanged' };
  const set = { closed_at: tx.now, closed_by: act.actor.id };
  await tx.tables<ContactTables>().updateTable('circle').set(set).where('id', '=', circleId).execute();
  return recorded(tx, act, 'circle.closed', circleId);
}

const lockCircle = (tx: Tx, id: string) =>
  tx.tables<ContactTables>().selectFrom('circle').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Who belongs to a circle now, by id. Callers show it to its members, and by name alone, without the circle, to who stands in for one of them. */
export const membersOf = async (tx: Tx, circleId: string): Promise<string[]> =>
  (await now(tx).where('c.id', '=', circleId).execute()).map((row) => row.staffId);

async function join(tx: Tx, act: HouseAct, circleId: string, staffIds: readonly string[]): Promise<void> {
  const rows = staffIds.map((staffId) => ({
    id: tx.newId(),
    circle_id: circleId,
    staff_id: staffId,
    joined_at: tx.now,
    joined_by: act.actor.id,
    left_at: null,
    left_by: null,
  }));
  await tx.insertInto<ContactTables['circle_member']>('circle_member', rows);
}

async function recorded(tx: Tx, act: HouseAct, action: string, circleId: string): Promise<CircleOutcome> {
  await recordAudit(tx, act.actor, { action, subjectType: 'circle', subjectId: circleId });
  return { kind: 'done' };
}
