import type { Actor } from '../../kernel/actor.ts';
import { actorId } from '../../kernel/actor.ts';
import { derivedCode, isDerivedCode, type Secret } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { CaseTables } from './tables.ts';
import { type Act, change, lockCase, type VerbOutcome } from './verbs.ts';

/** How an account number was confirmed: the person showed an identity document, or typed the code of a letter. */
export type BankWay = 'counter' | 'letter-code';

/** An account number that takes effect only when its owner confirmed it in a way a stranger cannot. */
export type BankConfirmation = {
  readonly id: string;
  readonly raisedAt: Date;
  readonly confirmedAt: Date | null;
  readonly confirmedWay: BankWay | null;
};

/** Notes, in the transaction of the submission, that the account number in it is not confirmed yet. */
export async function requireBankConfirmation(tx: Tx, caseId: string, submissionId: string): Promise<void> {
  const row: CaseTables['bank_confirmation'] = {
    id: tx.newId(),
    case_id: caseId,
    submission_id: submissionId,
    raised_at: tx.now,
    confirmed_at: null,
    confirmed_way: null,
    confirmed_by: null,
  };
  await tx.insertInto('bank_confirmation', [row]);
}

/** The newest account number of the case and whether it is confirmed; undefined when the case has none. */
export const bankConfirmation = (tx: Tx, caseId: string): Promise<BankConfirmation | undefined> =>
  tx
    .tables<CaseTables>()
    .selectFrom('bank_confirmation')
    .select(['id', 'raised_at as raisedAt', 'confirmed_at as confirmedAt', 'confirmed_way as confirmedWay'])
    .where('case_id', '=', caseId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/**
 * The code of the letter: derived, so that the letter can be printed again and nobody reads it from the database. It stands in
 * no receipt and on no page; whoever has the light access does not have it.
 */
export const bankCode = (codes: Secret, confirmation: Pick<BankConfirmation, 'id'>): string =>
  derivedCode(codes, `bank ${confirmation.id}`);

/** True when a typed code is that of the letter; takes the same time for every wrong one. */
export const isBankCode = (codes: Secret, confirmation: Pick<BankConfirmation, 'id'>, typed: string): boolean =>
  isDerivedCode(codes, `bank ${confirmation.id}`, typed);

/** Staff saw the person and their identity document. */
export const confirmBankAtCounter = (tx: Tx, act: Act): Promise<VerbOutcome> => confirm(tx, act, 'counter');

/** The person typed the code of the letter; the caller has checked it and counts wrong ones. */
export const confirmBankByLetter = (tx: Tx, actor: Actor, caseId: string): Promise<VerbOutcome> =>
  confirm(tx, { actor, caseId, reader: { role: 'program', id: 'client', teamIds: [] } }, 'letter-code');

async function confirm(tx: Tx, act: Act, way: BankWay): Promise<VerbOutcome> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const { numUpdatedRows } = await tx
    .tables<CaseTables>()
    .updateTable('bank_confirmation')
    .set({ confirmed_at: tx.now, confirmed_way: way, confirmed_by: actorId(act.actor) })
    .where('case_id', '=', act.caseId)
    .where('confirmed_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return { kind: 'unchanged' };
  return change(tx, act, { kind: 'bank-confirmed', detail: { way } }, {});
}
