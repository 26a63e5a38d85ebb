import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import {
  type BankConfirmation,
  bankCode,
  bankConfirmation,
  findCase,
  issueReturnCode,
  returnPath,
} from '../../../modules/cases/index.ts';
import { receiptOfSubmission, submissionsOfCase } from '../../../modules/intake/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import type { Secret } from '../../../platform/crypto/index.ts';
import { portalAddress } from '../../portal-address.ts';
import { notFound } from '../errors.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { type LetterFrom, type LetterTools, type LetterWords, printLetter, returnBox } from './letter.ts';

type Found = LetterFrom & { readonly bank: BankConfirmation; readonly returnCode: string };

const openOf = (visit: StaffVisit, id: string, codes: Secret): Promise<Found | undefined> =>
  inTenant(visit, async (tx) => {
    const found = await findCase(tx, visit.reader, id);
    const bank = found === undefined ? undefined : await bankConfirmation(tx, id);
    const submission = (await submissionsOfCase(tx, id))[0];
    if (found === undefined || bank === undefined || bank.confirmedAt !== null || submission === undefined) return;
    await recordAudit(tx, visit.actor, { action: 'case.bank-letter', subjectType: 'case', subjectId: id, caseId: id });
    const issued = await issueReturnCode(tx, codes, { caseId: id, purpose: 'letter', by: visit.staff.id });
    if (issued === undefined) return;
    const number = (await receiptOfSubmission(tx, submission.id))?.number ?? '';
    const team = (await allTeams(tx)).find((each) => each.id === found.teamId);
    return { bank, submission, number, team, returnCode: issued.code };
  });

/**
 * The letter with the code that confirms an account number. The address is typed by staff from the file: one that came with the
 * same submission would lead the letter to whoever sent it. Printed again, it carries the same code.
 */
export async function bankLetter(visit: StaffVisit): Promise<Response> {
  const id = visit.c.req.param('id') ?? '';
  const { codes } = await visit.services.keyring.of(visit.jobcenter.id);
  const found = isId(id) ? await openOf(visit, id, codes) : undefined;
  if (found === undefined) return notFound(visit);
  return printLetter(visit, found, (tools) => words(visit, tools, found, bankCode(codes, found.bank)));
}

function words(visit: StaffVisit, { t, phone }: LetterTools, found: Found, code: string): LetterWords {
  const portal = portalAddress(visit.services, visit.jobcenter);
  return {
    title: t('letter:bank.title'),
    parts: [
      { paragraphs: [t('letter:bank.why')] },
      {
        heading: t('letter:bank.code', { code }),
        items: [t('letter:bank.online', { url: `${portal}/stand` }), t('letter:bank.counter')],
      },
      { heading: t('letter:bank.notYouTitle'), paragraphs: [t('letter:bank.notYou', { phone })] },
    ],
    check: returnBox(`${portal}${returnPath(found.returnCode)}`, t('letter:bank.scan'), t('letter:bank.alt')),
  };
}
