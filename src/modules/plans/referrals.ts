import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { note, notFound, opens, type PlanOutcome, remind, type StaffAct, stopReminding } from './act.ts';
import type { NewsKind, Referral, Service } from './referral.ts';
import type { PlanTables } from './tables.ts';

const query = (tx: Tx, caseId: string) =>
  tx
    .tables<PlanTables>()
    .selectFrom('referral')
    .select([
      'id',
      'service',
      'organisation',
      'reason',
      'may_tell as mayTell',
      'consent_until as consentUntil',
      'revoked_at as revokedAt',
      'follow_up_id as followUpId',
      'made_at as madeAt',
      'ended_at as endedAt',
    ])
    .where('case_id', '=', caseId);

/** Referrals of a case with what came back, the newest first. */
export async function referrals(tx: Tx, caseId: string): Promise<Referral[]> {
  const found = await query(tx, caseId).orderBy('id', 'desc').execute();
  if (found.length === 0) return [];
  const ids = found.map((each) => each.id);
  const news = await tx
    .tables<PlanTables>()
    .selectFrom('referral_news')
    .select(['id', 'referral_id as referralId', 'kind', 'words', 'made_at as madeAt'])
    .where('referral_id', 'in', ids)
    .orderBy('id')
    .execute();
  return found.map((each) => ({ ...each, news: news.filter((one) => one.referralId === each.id) }));
}

export type NewReferral = {
  readonly service: Service;
  readonly organisation: string;
  readonly reason: string;
  /** What the person allows to be told there, and until when; null where nothing is passed on. */
  readonly consent: { readonly mayTell: string; readonly until: Day } | null;
  /** When somebody asks what came of it. */
  readonly askOn: Day;
  readonly reminder: string;
};

/**
 * Offers help of another service (for example § 16a SGB II). Taking it is the person's choice. Without their consent nothing is told there
 * (§ 67b SGB X, Art. 7 DSGVO); the consent says what may be told, until when, and can be revoked. The name of a service may tell of an
 * addiction (Art. 9 DSGVO): it stands on the page of the case alone, not in its timeline, in the search or in a list of the day.
 */
export async function refer(tx: Tx, act: StaffAct, wanted: NewReferral): Promise<PlanOutcome> {
  if (!(await opens(tx, act))) return notFound;
  const { service, organisation, reason, consent, askOn, reminder } = wanted;
  const followUpId = await remind(tx, act, { dueOn: askOn, reason: reminder, topic: 'other', waitsFor: 'office' });
  await tx
    .tables<PlanTables>()
    .insertInto('referral')
    .values({
      id: tx.newId(),
      case_id: act.caseId,
      service,
      organisation,
      reason,
      may_tell: consent?.mayTell ?? null,
      consent_until: consent?.until ?? null,
      revoked_at: null,
      revoked_by: null,
      follow_up_id: followUpId,
      made_at: tx.now,
      made_by: act.staffId,
      ended_at: null,
      ended_by: null,
    })
    .execute();
  return note(tx, act, 'referred');
}

const ends: readonly NewsKind[] = ['helped', 'not-taken'];

/** What came of a referral: the way back. Its last word ends the reminder. */
export async function hearBack(
  tx: Tx,
  act: StaffAct,
  id: string,
  news: { readonly kind: NewsKind; readonly words: string },
): Promise<PlanOutcome> {
  if (!(await opens(tx, act))) return notFound;
  const referral = await query(tx, act.caseId).where('id', '=', id).executeTakeFirst();
  if (referral === undefined) return notFound;
  if (referral.endedAt !== null) return { kind: 'ended' };
  await tx
    .tables<PlanTables>()
    .insertInto('referral_news')
    .values({
      id: tx.newId(),
      referral_id: id,
      kind: news.kind,
      words: news.words,
      made_at: tx.now,
      made_by: act.staffId,
    })
    .execute();
  if (ends.includes(news.kind)) {
    const set = { ended_at: tx.now, ended_by: act.staffId };
    await tx.tables<PlanTables>().updateTable('referral').set(set).where('id', '=', id).execute();
    await stopReminding(tx, act, referral.followUpId);
  }
  return note(tx, act, 'heard-back');
}

/** The person takes their consent back: from now on nothing is told there. It can be given anew with a further referral. */
export async function revokeConsent(tx: Tx, act: StaffAct, id: string): Promise<PlanOutcome> {
  if (!(await opens(tx, act))) return notFound;
  const referral = await query(tx, act.caseId).where('id', '=', id).executeTakeFirst();
  if (referral === undefined) return notFound;
  if (referral.mayTell === null || referral.revokedAt !== null) return { kind: 'unchanged' };
  const set = { revoked_at: tx.now, revoked_by: act.staffId };
  await tx.tables<PlanTables>().updateTable('referral').set(set).where('id', '=', id).execute();
  return note(tx, act, 'consent-revoked');
}
