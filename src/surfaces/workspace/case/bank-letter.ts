import { dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { type BankConfirmation, bankCode, bankConfirmation, findCase } from '../../../modules/cases/index.ts';
import { receiptOfSubmission, type Submission, submissionsOfCase } from '../../../modules/intake/index.ts';
import { allTeams, type Team } from '../../../modules/settings/index.ts';
import { defaultLanguage, isLanguage, translate } from '../../../platform/i18n/index.ts';
import { typeset } from '../../../platform/pdf/index.ts';
import type { LetterPaper } from '../../../platform/pdf/papers.ts';
import { formatDate } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';

type Found = {
  readonly bank: BankConfirmation;
  readonly submission: Submission;
  readonly number: string;
  readonly team: Team | undefined;
};

const openOf = (visit: StaffVisit, id: string): Promise<Found | undefined> =>
  inTenant(visit, async (tx) => {
    const found = await findCase(tx, visit.reader, id);
    const bank = found === undefined ? undefined : await bankConfirmation(tx, id);
    const submission = (await submissionsOfCase(tx, id))[0];
    if (found === undefined || bank === undefined || bank.confirmedAt !== null || submission === undefined) return;
    await recordAudit(tx, visit.actor, { action: 'case.bank-letter', subjectType: 'case', subjectId: id, caseId: id });
    const number = (await receiptOfSubmission(tx, submission.id))?.number ?? '';
    return { bank, submission, number, team: (await allTeams(tx)).find((each) => each.id === found.teamId) };
  });

/**
 * The letter with the code that confirms an account number. The address is typed by staff from the file: one that came with the
 * same submission would lead the letter to whoever sent it. Printed again, it carries the same code.
 */
export async function bankLetter(visit: StaffVisit): Promise<Response> {
  const id = visit.c.req.param('id') ?? '';
  const address = one(visit.input, 'address').slice(0, 500).split('\n');
  const recipient = address.map((line) => line.trim()).filter((line) => line !== '');
  const found = isId(id) ? await openOf(visit, id) : undefined;
  if (found === undefined) return notFound(visit);
  const pdf = await typeset('letter.typ', await letter(visit, found, recipient.slice(0, 7)));
  return new Response(new Uint8Array(pdf), {
    headers: { 'Content-Type': 'application/pdf', 'Content-Disposition': 'inline; filename="brief.pdf"' },
  });
}

async function letter(visit: StaffVisit, found: Found, recipient: readonly string[]): Promise<LetterPaper> {
  const { services, jobcenter, staff } = visit;
  const { submission, number, team } = found;
  const language = isLanguage(submission.language) ? submission.language : defaultLanguage;
  const t = translate(language);
  const profile = await services.profile(jobcenter.id);
  const today = dayInGermany(services.clock.now());
  const place = profile === undefined ? [] : [profile.street, `${profile.postcode} ${profile.town}`];
  const phone = team?.phone ?? profile?.phone ?? '';
  const name = `${submission.person.givenName} ${submission.person.familyName}`;
  return {
    lang: language,
    date: today,
    title: t('letter:bank.title'),
    sender: { name: jobcenter.name, lines: [place.join(', '), t('receipt:phone', { phone }), profile?.email ?? ''] },
    running: t('receipt:running', { number }),
    footer: jobcenter.name,
    pageLabel: t('receipt:pageLabel'),
    returnLine: [jobcenter.name, ...place].join(' · '),
    recipient: recipient.length === 0 ? [name] : recipient,
    facts: [
      { label: t('letter:date'), value: formatDate(today, language) },
      { label: t('receipt:number'), value: number },
    ],
    salutation: t('letter:salutation', { name }),
    parts: [
      { paragraphs: [t('letter:bank.why')] },
      {
        heading: t('letter:bank.code', {
          code: bankCode((await services.keyring.of(jobcenter.id)).codes, found.bank),
        }),
        items: [t('letter:bank.online', { url: `${services.baseUrl}/stand` }), t('letter:bank.counter')],
      },
      { heading: t('letter:bank.notYouTitle'), paragraphs: [t('letter:bank.notYou', { phone })] },
    ],
    closing: t('letter:closing'),
    signer: [staff.name, team?.name ?? ''].join('\n').trim(),
  };
}
