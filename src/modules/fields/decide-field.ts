import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { isPrivacyOfficer } from '../identity/index.ts';
import { lockOwnField, noteField, waitingVersion } from './store.ts';
import type { FieldTables } from './tables.ts';

export type FieldDecided =
  | 'approved'
  | 'refused'
  | 'not-found'
  /** Who proposes does not approve. */
  | 'own-proposal'
  /** Another version waits now than the one that was looked at. */
  | 'changed';

/**
 * The data protection officer approves or refuses a version with sensitive data (Art. 9 (2) with Art. 35, 39 DSGVO). Only then does it
 * exist for anybody. A refusal needs its reason; what was in force before stays in force.
 */
export async function decideField(
  tx: Tx,
  officer: Extract<Actor, { kind: 'staff' }>,
  input: {
    readonly id: string;
    readonly version: number;
    readonly decision: 'approved' | 'refused';
    readonly why: string;
  },
): Promise<FieldDecided> {
  if (!(await isPrivacyOfficer(tx, officer.id))) return 'not-found';
  const field = await lockOwnField(tx, input.id);
  const waiting = field === undefined ? undefined : await waitingVersion(tx, field.id);
  if (field === undefined || waiting === undefined) return 'not-found';
  if (waiting.version !== input.version) return 'changed';
  if (waiting.staff_id === officer.id) return 'own-proposal';
  const approved = input.decision === 'approved';
  const db = tx.tables<FieldTables>();
  await db
    .updateTable('own_field_version')
    .set({
      state: approved ? 'live' : 'refused',
      decided_at: tx.now,
      decided_by: officer.id,
      decided_name: officer.name,
      decided_why: input.why,
    })
    .where('field_id', '=', field.id)
    .where('version', '=', waiting.version)
    .execute();
  if (approved)
    await db
      .updateTable('own_field')
      .set({ current: waiting.version, target: waiting.definition.target })
      .where('id', '=', field.id)
      .execute();
  if (approved) await tx.enqueue('make-field-findable', { jobcenterId: tx.jobcenterId, fieldId: field.id });
  await noteField(tx, officer, `field.${input.decision}`, field.id, waiting.version);
  return input.decision;
}
