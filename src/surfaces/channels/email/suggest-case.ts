import { searchCases } from '../../../modules/cases/index.ts';
import {
  findReceipt,
  findSubmission,
  type MailMessage,
  normalizeReceiptNumber,
} from '../../../modules/intake/index.ts';
import type { Tx } from '../../../platform/database/index.ts';

/** Why a mail may belong to a case: it carries a number of ours, or answers something of this case. */
export type CaseHint = { readonly caseId: string; readonly reason: 'receipt-number' | 'case-number' | 'reply' };

const office = { role: 'program', id: 'email', teamIds: [] } as const;
const receiptNumbers = /(?<![0-9A-Z-])[0-9A-Z]{4}[- ]?[0-9A-Z]{4}[- ]?[0-9A-Z]{4}(?![0-9A-Z-])/gi;
const caseNumbers = /(?<![0-9A-Z])V-[0-9A-Z]{4}-[0-9A-Z]{4}(?![0-9A-Z-])/gi;
/** So many numbers are looked up; nobody writes about more cases in one mail. */
const most = 20;

/** Cases that a mail names or answers. Only staff are told, and only they put it there: a number can be guessed or copied. */
export async function suggestCases(tx: Tx, text: string, thread: readonly MailMessage[]): Promise<CaseHint[]> {
  const hints = new Map<string, CaseHint>();
  const add = (caseId: string | undefined, reason: CaseHint['reason']): void => {
    if (caseId !== undefined && !hints.has(caseId)) hints.set(caseId, { caseId, reason });
  };
  const numbers = found(text, receiptNumbers).flatMap((typed) => normalizeReceiptNumber(typed) ?? []);
  for (const number of numbers.slice(0, most)) {
    const receipt = await findReceipt(tx, number);
    if (receipt !== undefined) add(await caseOf(tx, receipt.submissionId), 'receipt-number');
  }
  for (const number of found(text, caseNumbers).slice(0, most))
    add((await searchCases(tx, office, { number: number.toUpperCase() }))[0]?.id, 'case-number');
  for (const { submissionId } of thread.slice(-most))
    if (submissionId !== null) add(await caseOf(tx, submissionId), 'reply');
  return [...hints.values()];
}

const found = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[0])),
];

const caseOf = async (tx: Tx, submissionId: string): Promise<string | undefined> =>
  (await findSubmission(tx, submissionId))?.caseId;
