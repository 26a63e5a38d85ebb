import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { type CaseReader, openableCase } from '../cases/index.ts';
import { allStaff, type Substitution, substitutions } from '../identity/index.ts';
import { type CircleOutcome, circlesOf, membersOf } from './circles.ts';
import type { ContactTables } from './tables.ts';
import type { HouseAct } from './topics.ts';

/** Substitutions that run or are to come; more than this no house has at a time. */
const most = 1_000;

/** Somebody stands in for a member of a circle; `open`: they read its notes as long as that lasts. */
export type CircleStandIn = Pick<Substitution, 'id' | 'absentName' | 'substituteName' | 'untilDay'> & {
  readonly open: boolean;
};

/** Who stands in for members of a circle, now or later, and does not belong to it. Callers have asked that the reader belongs to the circle. */
export async function standInsOfCircle(tx: Tx, circleId: string): Promise<CircleStandIn[]> {
  const members = await membersOf(tx, circleId);
  const { rows } = await substitutions(tx, 'all', undefined, most);
  const outside = rows.filter((row) => members.includes(row.absentId) && !members.includes(row.substituteId));
  if (outside.length === 0) return [];
  const opened = await tx
    .tables<ContactTables>()
    .selectFrom('circle_opening')
    .select('substitution_id')
    .where('circle_id', '=', circleId)
    .execute();
  return outside.map((row) => ({
    ...row,
    open: row.circles || opened.some((each) => each.substitution_id === row.id),
  }));
}

/**
 * A member lets the substitute of another member (or their own) read the notes of the circle, until the substitution ends. A lead who does not belong
 * to it cannot: whom a circle trusts, the circle decides (§ 35 SGB I; § 203 StGB).
 */
export async function openToStandIn(
  tx: Tx,
  act: HouseAct,
  circleId: string,
  substitutionId: string,
): Promise<CircleOutcome> {
  const members = await membersOf(tx, circleId);
  if (!members.includes(act.actor.id)) return { kind: 'not-found' };
  const { rows } = await substitutions(tx, 'all', undefined, most);
  const found = rows.find((row) => row.id === substitutionId && members.includes(row.absentId));
  if (found === undefined) return { kind: 'not-found' };
  if (found.circles || members.includes(found.substituteId)) return { kind: 'unchanged' };
  const added = await tx
    .tables<ContactTables>()
    .insertInto('circle_opening')
    .values({
      id: tx.newId(),
      circle_id: circleId,
      substitution_id: found.id,
      absent_id: found.absentId,
      substitute_id: found.substituteId,
      until_day: found.untilDay,
      opened_at: tx.now,
      opened_by: act.actor.id,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return { kind: 'unchanged' };
  const detail = { staffId: found.substituteId, until: found.untilDay };
  await recordAudit(tx, act.actor, { action: 'circle.opened', subjectType: 'circle', subjectId: circleId, detail });
  return { kind: 'done' };
}

/** What stays closed to somebody who stands in: how many notes in all, and who can open them. Neither a case nor a circle is named. */
export type ClosedNotes = { readonly count: number; readonly ask: readonly string[] };

/**
 * Notes of the circles of those for whom the reader stands in, in cases that the reader may see, and which they cannot read. Only how many in all, so that
 * somebody knows whom to ask before a talk; undefined where there are none.
 */
export async function notesClosedTo(tx: Tx, reader: CaseReader): Promise<ClosedNotes | undefined> {
  const absent = (reader.standsFor ?? []).map((each) => each.staffId);
  if (absent.length === 0 || reader.role === 'program') return undefined;
  const readable = new Set((await circlesOf(tx, reader)).map((each) => each.id));
  const theirs = await tx
    .tables<ContactTables>()
    .selectFrom('circle_member')
    .select('circle_id')
    .where('staff_id', 'in', absent)
    .where('left_at', 'is', null)
    .execute();
  const closed = [...new Set(theirs.map((row) => row.circle_id))].filter((id) => !readable.has(id));
  if (closed.length === 0) return undefined;
  const here = await tx
    .tables<ContactTables>()
    .selectFrom('circle_note')
    .select((eb) => ['circle_id', eb.fn.countAll<string>().as('count')])
    .where('circle_id', 'in', closed)
    .where(({ exists, ref }) => exists(openableCase(tx, reader)(ref('circle_note.case_id')) as never))
    .groupBy('circle_id')
    .execute();
  if (here.length === 0) return undefined;
  const askable = new Set<string>();
  for (const { circle_id: circleId } of here)
    for (const id of await membersOf(tx, circleId)) if (!absent.includes(id)) askable.add(id);
  const ask = (await allStaff(tx)).filter((each) => askable.has(each.id)).map((each) => each.name);
  return { count: here.reduce((sum, row) => sum + Number(row.count), 0), ask };
}
