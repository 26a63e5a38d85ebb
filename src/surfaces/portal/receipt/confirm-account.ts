import { bankConfirmation, confirmBankByLetter, isBankCode } from '../../../modules/cases/index.ts';
import { beginAttempt, takeBack } from '../../../modules/identity/index.ts';
import { one } from '../../request.ts';
import { inTenant, present, type ReceiptVisit } from '../visit.ts';
import { clientActor, withReceipt } from './load.ts';
import { statusAgain } from './status.tsx';

/**
 * Wrong codes a day for one account number from one address, and over all addresses. The second is higher, so that a stranger
 * with the receipt hardly keeps the owner from it; the counter is open in any case.
 */
const limitsOf = (visit: ReceiptVisit, confirmationId: string) => [
  { kind: 'bank-code-address', subject: `${confirmationId} ${visit.address}`, most: 10, minutes: 24 * 60 },
  { kind: 'bank-code', subject: confirmationId, most: 50, minutes: 24 * 60 },
];

type Outcome = 'done' | 'wrong' | 'slow';

/** Takes the code of the letter. */
export async function confirmAccount(visit: ReceiptVisit): Promise<Response> {
  const typed = one(visit.input, 'code').slice(0, 60);
  if (typed === '') return statusAgain(visit, { code: visit.t('portal:bank.empty') });
  const { codes } = await visit.services.keyring.of(visit.jobcenter.id);
  const { client } = await withReceipt(visit, 'case.read-by-client', async (_tx, view) => view);
  const caseId = client.case.id;
  const actor = clientActor(visit);
  const outcome = await inTenant(visit, async (tx): Promise<Outcome> => {
    const bank = await bankConfirmation(tx, caseId);
    if (bank === undefined || bank.confirmedAt !== null) return 'done'; // said twice, or in the meantime at the counter
    const attempt = await beginAttempt(tx, codes, limitsOf(visit, bank.id));
    if (attempt === undefined) return 'slow';
    if (!isBankCode(codes, bank, typed)) return 'wrong';
    await takeBack(tx, attempt);
    present((await confirmBankByLetter(tx, actor, caseId)).kind === 'not-found' ? undefined : caseId);
    return 'done';
  });
  if (outcome !== 'done') return statusAgain(visit, { code: visit.t(`portal:bank.${outcome}`) });
  return visit.c.redirect(`/eingang/${visit.number}?konto=1`, 303);
}
