import type { Day } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import {
  type CaseDetail,
  findCase,
  issueReturnCode,
  openRequiredItems,
  type RequiredItem,
  returnPath,
} from '../../../modules/cases/index.ts';
import type { Address } from '../../../modules/forms/index.ts';
import { receiptOfSubmission, type Submission, submissionsOfCase } from '../../../modules/intake/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { BackLink, Button, Form, formatDate, TextArea } from '../../../ui/index.ts';
import { portalAddress } from '../../portal-address.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { type LetterFrom, type LetterTools, type LetterWords, printLetter, returnBox } from './letter.ts';

type Found = LetterFrom & {
  readonly case: CaseDetail;
  readonly item: RequiredItem;
  readonly submissions: readonly Submission[];
};

/** The open request that the address names, with what its letter is written from. */
async function requestOf(tx: Tx, visit: StaffVisit): Promise<Found | undefined> {
  const [id, itemId] = [visit.c.req.param('id') ?? '', visit.c.req.param('item') ?? ''];
  if (!isId(id) || !isId(itemId)) return undefined;
  const found = await findCase(tx, visit.reader, id);
  if (found === undefined) return undefined;
  const item = (await openRequiredItems(tx, id)).find((each) => each.id === itemId);
  const submissions = await submissionsOfCase(tx, id);
  const submission = submissions[0];
  if (item === undefined || submission === undefined) return undefined;
  const number = (await receiptOfSubmission(tx, submission.id))?.number ?? '';
  const team = (await allTeams(tx)).find((each) => each.id === found.teamId);
  return { case: found, item, submissions, submission, number, team };
}

const record = (tx: Tx, visit: StaffVisit, action: string, caseId: string): Promise<void> =>
  recordAudit(tx, visit.actor, {
    action,
    subjectType: 'case',
    subjectId: caseId,
    caseId,
    reason: visit.t('workspace:case.readReason'),
  });

/** Asks where the letter goes; what the person wrote last is there already and can be changed. */
export async function itemLetterPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t, language } = visit;
  const found = await requestOf(tx, visit);
  if (found === undefined) return notFound(visit);
  await record(tx, visit, 'case.read', found.case.id);
  const { item } = found;
  return show(
    visit,
    { title: t('workspace:itemLetter.title'), active: 'inbox' },
    <>
      <BackLink href={paths.case(found.case.id)}>{`${found.case.personName}, ${found.case.number}`}</BackLink>
      <WithHelp visit={visit} of="item-letter">
        <h1>{t('workspace:itemLetter.title')}</h1>
      </WithHelp>
      <p>
        <strong>{item.what}</strong>
      </p>
      <p>{t('workspace:itemLetter.until', { date: formatDate(item.dueOn, language) })}</p>
      <p class="td-muted">{t('workspace:itemLetter.text')}</p>
      <Form action={paths.itemLetter(found.case.id, item.id)} csrf={visit.csrf}>
        <TextArea
          t={t}
          name="address"
          label={t('workspace:verb.konto.address')}
          hint={t('workspace:itemLetter.addressHint')}
          value={statedAddress(found.submissions)}
          rows={4}
          maxLength={500}
        />
        <Button>{t('workspace:itemLetter.print')}</Button>
      </Form>
    </>,
  );
}

/** Name and address as last stated in a form; only the name where none was. */
export function statedAddress(submissions: readonly Submission[]): string {
  const last = submissions.at(-1)?.person;
  const name = last === undefined ? '' : `${last.givenName} ${last.familyName}`.trim();
  for (const { answers } of submissions.toReversed()) {
    const given = (answers as { readonly address?: Partial<Address> } | null)?.address;
    if (given?.street !== undefined && given.city !== undefined)
      return [
        name,
        `${given.street} ${given.houseNumber ?? ''}`.trim(),
        given.addition ?? '',
        `${given.postalCode ?? ''} ${given.city}`.trim(),
      ]
        .filter((line) => line !== '')
        .join('\n');
  }
  return name;
}

/** The request as a letter with the code for exactly this item: what, why, by when, how, and what the law says (§ 66 (3) SGB I). */
export async function itemLetter(visit: StaffVisit): Promise<Response> {
  const { codes } = await visit.services.keyring.of(visit.jobcenter.id);
  const found = await inTenant(visit, async (tx) => {
    const request = await requestOf(tx, visit);
    if (request === undefined) return undefined;
    const target = { caseId: request.case.id, item: request.item, purpose: 'item', by: visit.staff.id } as const;
    const issued = await issueReturnCode(tx, codes, target);
    if (issued === undefined) return undefined;
    await record(tx, visit, 'case.item-letter', request.case.id);
    return { ...request, issued };
  });
  if (found === undefined) return notFound(visit);
  return printLetter(visit, found, (tools) => words(visit, tools, found, found.issued));
}

function words(
  visit: StaffVisit,
  { t, language, phone, profile }: LetterTools,
  found: Found,
  { code, expiresOn }: { readonly code: string; readonly expiresOn: Day },
): LetterWords {
  const { item } = found;
  const date = formatDate(item.dueOn, language);
  // Without a known day of birth nobody can prove who they are online: the code then files paper only.
  const online = found.case.birthDate !== null;
  const address = profile === undefined ? undefined : `${profile.street}, ${profile.postcode} ${profile.town}`;
  return {
    title: t('letter:item.title'),
    parts: [
      { paragraphs: [t('letter:item.what')], items: [item.what] },
      { heading: t('letter:item.whyTitle'), paragraphs: [item.why] },
      { heading: t('letter:item.untilTitle'), paragraphs: [t('letter:item.until', { date, phone })] },
      {
        heading: t('letter:item.waysTitle'),
        items: [
          ...(online ? [t('letter:item.online')] : []),
          t('letter:item.post'),
          ...(address === undefined ? [] : [t('letter:item.inPerson', { address })]),
        ],
      },
      {
        heading: t('letter:item.lawTitle'),
        paragraphs: [t('letter:item.law60'), t('letter:item.law66', { date }), t('letter:item.law67')],
      },
    ],
    check: returnBox(
      `${portalAddress(visit.services, visit.jobcenter)}${returnPath(code)}`,
      online ? t('letter:item.scan', { date: formatDate(expiresOn, language) }) : t('letter:item.scanPaper'),
      t('letter:item.alt'),
    ),
  };
}
