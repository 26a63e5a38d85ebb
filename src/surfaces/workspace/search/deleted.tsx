import { deletedCaseOf } from '../../../modules/files/index.ts';
import { findKeptReceipt, normalizeReceiptNumber } from '../../../modules/intake/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, formatDate } from '../../../ui/index.ts';
import { checkPath } from '../../receipt-paper.ts';
import type { StaffVisit } from '../visit.ts';
import { caseNumberIn } from './people-and-cases.ts';

/**
 * Somebody calls with a number of something that was deleted: that it was, and when, is all there is to say; whose it was nobody knows any more. Undefined
 * for any other text.
 */
export async function sayDeleted(visit: StaffVisit, tx: Tx, text: string) {
  const { t, language } = visit;
  const number = caseNumberIn(text);
  const gone = number === undefined ? undefined : await deletedCaseOf(tx, number);
  if (gone !== undefined)
    return (
      <Alert
        tone="info"
        title={t('search:deletedCase', { number: gone.number, date: formatDate(gone.deletedAt, language) })}
      >
        <p>{t('search:deletedCaseText', { date: formatDate(gone.closedOn, language) })}</p>
      </Alert>
    );
  const receipt = normalizeReceiptNumber(text);
  const kept = receipt === undefined ? undefined : await findKeptReceipt(tx, receipt);
  if (kept === undefined) return undefined;
  return (
    <Alert
      tone="info"
      title={t('search:deletedReceipt', { number: kept.number, date: formatDate(kept.forgottenOn, language) })}
    >
      <p>{t('search:deletedReceiptText')}</p>
      <p>
        <a href={checkPath(kept.number)}>{t('search:deletedReceiptCheck')}</a>
      </p>
    </Alert>
  );
}
