import { recordAudit } from '../../../modules/audit/index.ts';
import { type CaseDetail, findCase, issueReturnCode } from '../../../modules/cases/index.ts';
import {
  accessCode,
  findReceipt,
  findSubmission,
  normalizeReceiptNumber,
  type Receipt,
  type Submission,
} from '../../../modules/intake/index.ts';
import { allTeams, type Team } from '../../../modules/settings/index.ts';
import { hmac, sameBytes } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { defaultLanguage, isLanguage } from '../../../platform/i18n/index.ts';
import { typeset } from '../../../platform/pdf/index.ts';
import { ButtonGroup, ButtonLink, CodeBox, formatBytes, formatDateTime, KeyValue, Table } from '../../../ui/index.ts';
import { receiptPaper } from '../../receipt-paper.ts';
import { notFound } from '../errors.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, queryText, type StaffVisit } from '../visit.ts';
import { concernTitles } from '../words.tsx';

/**
 * Proves that this very session took the submission. Only then the access code is shown: with it, whoever holds the paper
 * sees the state of the case, and colleagues have no need of it.
 */
export const freshMark = (visit: StaffVisit, number: string): string =>
  hmac(visit.services.linkKey, `fresh receipt ${number} ${visit.token}`).toString('base64url').slice(0, 32);

function isFresh(visit: StaffVisit, number: string): boolean {
  const given = Buffer.from(queryText(visit, 'neu').padEnd(32).slice(0, 32));
  return sameBytes(given, Buffer.from(freshMark(visit, number)));
}

type Found = {
  readonly receipt: Receipt;
  readonly submission: Submission;
  readonly case: CaseDetail;
  readonly team: Team | undefined;
  /** The case may be another team's: then whoever took the visit sees the receipt, and nothing else of it. */
  readonly mayOpen: boolean;
};

/** Whoever has just taken a visit hands out its receipt, whosever case it became. */
const office = { role: 'program', id: 'counter', teamIds: [] } as const;

async function readReceipt(tx: Tx, visit: StaffVisit): Promise<Found | undefined> {
  const number = normalizeReceiptNumber(visit.c.req.param('number') ?? '');
  const receipt = number === undefined ? undefined : await findReceipt(tx, number);
  const submission = receipt === undefined ? undefined : await findSubmission(tx, receipt.submissionId);
  if (receipt === undefined || submission === undefined) return undefined;
  const own = await findCase(tx, visit.reader, submission.caseId);
  const found = own ?? (isFresh(visit, receipt.number) ? await findCase(tx, office, submission.caseId) : undefined);
  if (found === undefined) return undefined;
  const team = (await allTeams(tx)).find((each) => each.id === found.teamId);
  await recordAudit(tx, visit.actor, {
    action: 'receipt.read',
    subjectType: 'receipt',
    subjectId: receipt.number,
    caseId: found.id,
    reason: visit.t('workspace:case.readReason'),
    detail: { withCode: isFresh(visit, receipt.number) },
  });
  return { receipt, submission, case: found, team, mayOpen: own !== undefined };
}

const codeOf = async (visit: StaffVisit, number: string): Promise<string | undefined> =>
  isFresh(visit, number) ? accessCode((await visit.services.keyring.of(visit.jobcenter.id)).codes, number) : undefined;

/** The receipt on screen: number, code for the person, everything that arrived, and the way to print it. */
export async function receiptPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t, language } = visit;
  const found = await readReceipt(tx, visit);
  if (found === undefined) return notFound(visit);
  const { receipt, submission } = found;
  const code = await codeOf(visit, receipt.number);
  const concern = (await concernTitles(visit))(submission.concern);
  const mark = code === undefined ? '' : `?neu=${freshMark(visit, receipt.number)}`;
  return show(
    visit,
    { title: t('receipt:title'), active: 'counter' },
    <>
      <h1>{code === undefined ? t('receipt:title') : t('workspace:receipt.done')}</h1>
      <div class="tw-columns">
        <div>
          <CodeBox label={t('receipt:number')} code={receipt.number} />
          {code === undefined ? null : <CodeBox label={t('receipt:access.heading')} code={code} />}
          <ButtonGroup>
            <ButtonLink href={`${paths.receiptPaper(receipt.number)}${mark}`} shortcut="d" file>
              {t('workspace:receipt.print')}
            </ButtonLink>
            {found.mayOpen ? (
              <ButtonLink href={paths.case(found.case.id)} variant="secondary">
                {t('workspace:receipt.toCase')}
              </ButtonLink>
            ) : null}
            <ButtonLink href={paths.counter} variant="secondary" shortcut="w">
              {t('workspace:receipt.next')}
            </ButtonLink>
          </ButtonGroup>
          {found.mayOpen ? null : (
            <p class="td-muted">{t('workspace:receipt.elsewhere', { team: found.team?.name ?? '' })}</p>
          )}
        </div>
        <div>
          <KeyValue
            items={[
              { key: t('receipt:facts.receivedAt'), value: formatDateTime(submission.receivedAt, language, t) },
              { key: t('receipt:facts.channel'), value: t(`workspace:channel.${submission.channel}`) },
              {
                key: t('receipt:facts.person'),
                value: `${submission.person.givenName} ${submission.person.familyName}`,
              },
              { key: t('receipt:facts.concern'), value: concern },
            ]}
          />
          {receipt.payload.documents.length === 0 ? (
            <p>{t('receipt:documents.none')}</p>
          ) : (
            <Table
              caption={t('receipt:documents.heading')}
              showCaption
              rows={receipt.payload.documents}
              columns={[
                { header: t('receipt:documents.name'), head: true, cell: (row) => <span>{row.name}</span> },
                { header: t('receipt:documents.pages'), numeric: true, cell: (row) => row.pages },
                {
                  header: t('receipt:documents.size'),
                  numeric: true,
                  cell: (row) => formatBytes(row.bytes, language, t),
                },
              ]}
            />
          )}
        </div>
      </div>
    </>,
  );
}

/** The same paper that the portal gives, in the language of the submission. */
export async function receiptPdf(visit: StaffVisit): Promise<Response> {
  const { services, jobcenter } = visit;
  const { codes } = await services.keyring.of(jobcenter.id);
  const found = await inTenant(visit, async (tx) => {
    const read = await readReceipt(tx, visit);
    if (read === undefined) return undefined;
    const target = { caseId: read.case.id, purpose: 'receipt', by: visit.staff.id } as const;
    return { ...read, returnCode: (await issueReturnCode(tx, codes, target))?.code };
  });
  if (found === undefined) return notFound(visit);
  const { receipt, submission } = found;
  const code = await codeOf(visit, receipt.number);
  const data = receiptPaper(services, {
    jobcenter,
    profile: await services.profile(jobcenter.id),
    receipt,
    submission,
    form: await services.catalogue.find(jobcenter.id, submission.concern),
    language: isLanguage(submission.language) ? submission.language : defaultLanguage,
    ...(code === undefined ? {} : { accessCode: code }),
    ...(found.returnCode === undefined ? {} : { returnCode: found.returnCode }),
    ...(found.team === undefined ? {} : { team: found.team }),
    paperOnly: found.case.birthDate === null,
    dueOn: found.case.dueOn,
  });
  const pdf = await typeset('receipt.typ', data);
  const headers = {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `inline; filename="${receipt.number}.pdf"`,
  };
  return new Response(new Uint8Array(pdf), { headers });
}
