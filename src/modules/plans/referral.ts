import type { Day } from '../../kernel/dates.ts';

/** Services that help beside the Jobcenter; the first four are those of § 16a SGB II. */
export const services = [
  'care',
  'debts',
  'psychosocial',
  'addiction',
  'language',
  'housing',
  'health',
  'other',
] as const;
export type Service = (typeof services)[number];

/** What came of it (the way back). `helped` and `not-taken` end a referral. */
export const newsKinds = ['appointment', 'helping', 'helped', 'not-taken', 'other'] as const;
export type NewsKind = (typeof newsKinds)[number];

export type ReferralNews = {
  readonly id: string;
  readonly kind: NewsKind;
  readonly words: string;
  readonly madeAt: Date;
};

/** Help of another service that was offered, and what the person allows to be told there. */
export type Referral = {
  readonly id: string;
  readonly service: string;
  readonly organisation: string;
  readonly reason: string;
  /** What may be told there; null where the person goes by themselves and nothing is passed on. */
  readonly mayTell: string | null;
  readonly consentUntil: Day | null;
  readonly revokedAt: Date | null;
  readonly followUpId: string | null;
  readonly madeAt: Date;
  readonly endedAt: Date | null;
  readonly news: readonly ReferralNews[];
};

/** Whether something may be told on a day: the person consented, did not revoke, and the time has not run out (§ 67b SGB X). */
export const mayTellOn = (
  referral: Pick<Referral, 'mayTell' | 'consentUntil' | 'revokedAt'>,
  today: Day,
): 'yes' | 'never' | 'revoked' | 'over' => {
  if (referral.mayTell === null || referral.consentUntil === null) return 'never';
  if (referral.revokedAt !== null) return 'revoked';
  return today <= referral.consentUntil ? 'yes' : 'over';
};
