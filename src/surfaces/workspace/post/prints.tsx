import { recordAudit } from '../../../modules/audit/index.ts';
import { casesByIds, issueReturnCode } from '../../../modules/cases/index.ts';
import { findReceipt, findSubmission, submissionsOfCase } from '../../../modules/intake/index.ts';
import { markPrinted, type ReceiptPrint, waitingPrints } from '../../../modules/post/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import type { Secret } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { defaultLanguage, isLanguage } from '../../../platform/i18n/index.ts';
import { typeset } from '../../../platform/pdf/index.ts';
import { Alert, Button, ButtonGroup, ButtonLink, Form, formatDateTime, Icon, Table } from '../../../ui/index.ts';
import { printBundle } from '../../print-bundle.ts';
import { type ReceiptPaperInput, receiptPaper } from '../../receipt-paper.ts';
import { statedAddress } from '../case/item-letter.tsx';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { printLists } from '../letters/print-lists.tsx';
import { OneSided, sidesOf } from '../letters/sides.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, queryText, type StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';

type Waiting = { readonly print: ReceiptPrint; readonly name: string; readonly addressed: boolean };

async function namesOf(tx: Tx, prints: readonly ReceiptPrint[]): Promise<Waiting[]> {
  const waiting: Waiting[] = [];
  for (const print of prints) {
    const found = await findSubmission(tx, print.submissionId);
    const stated = found === undefined ? '' : statedAddress(await submissionsOfCase(tx, found.caseId));
    const name = [found?.person.familyName, found?.person.givenName].filter(Boolean).join(', ');
    waiting.push({ print, name, addressed: stated.includes('\n') });
  }
  return waiting;
}

/** To whom a receipt goes; whether the window of the envelope will show where. */
const Whose = ({ visit, of }: { visit: StaffVisit; of: Waiting }) => (
  <>
    {nameOnCase(visit, of.name)}
    {of.addressed ? null : (
      <span class="tw-sub tw-warn">
        <Icon name="warning" small /> {visit.t('post:print.noAddress')}
      </span>
    )}
  </>
);

/** What goes out on paper: letters, and receipts for people who get theirs by letter: print all, then mark them. */
export async function printPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t, language } = visit;
  const waiting = await namesOf(tx, await waitingPrints(tx, visit.reader));
  await recordAudit(tx, visit.actor, {
    action: 'receipt.listed',
    subjectType: 'receipt',
    subjectId: 'print-queue',
    detail: { rows: waiting.length },
  });
  const letters = await printLists(tx, visit);
  const ok = queryText(visit, 'ok');
  return show(
    visit,
    { title: t('post:print.heading'), active: 'post' },
    <>
      {ok === '' ? null : (
        <Alert
          tone="success"
          live
          title={t(ok === 'brief' || ok === 'post' ? `notices:print.marked.${ok}` : 'post:print.marked')}
        />
      )}
      <WithHelp visit={visit} of="post-print">
        <h1>{t('post:print.heading')}</h1>
      </WithHelp>
      {letters}
      <h2>{t('post:print.title')}</h2>
      <p class="td-muted">{t('post:print.text')}</p>
      {waiting.length === 0 ? (
        <p class="td-muted">{t('post:print.empty')}</p>
      ) : (
        <Form action={paths.printQueue} csrf={visit.csrf}>
          <Table
            caption={t('post:print.title')}
            rows={waiting}
            columns={[
              {
                header: t('receipt:number'),
                head: true,
                cell: ({ print }) => (
                  <>
                    <input type="hidden" name="print" value={print.id} />
                    <a href={paths.receipt(print.receiptNumber)}>{print.receiptNumber}</a>
                  </>
                ),
              },
              { header: t('receipt:facts.person'), cell: (row) => <Whose visit={visit} of={row} /> },
              { header: t('post:print.since'), cell: ({ print }) => formatDateTime(print.askedAt, language, t) },
            ]}
          />
          <ButtonGroup>
            <ButtonLink href={paths.printQueuePaper} shortcut="d" file>
              {t('post:print.all', { count: waiting.length })}
            </ButtonLink>
            <Button variant="secondary" shortcut="m">
              {t('post:print.mark')}
            </Button>
          </ButtonGroup>
          <OneSided visit={visit} href={paths.printQueuePaper} />
        </Form>
      )}
      <p>
        <a href={paths.letters}>{t('notices:list.title')}</a> · <a href={paths.post}>{t('post:list.title')}</a>
      </p>
    </>,
  );
}

/** Notes that those on the page are on paper; what came since waits on. */
export async function markPrints(visit: StaffVisit): Promise<Response> {
  const ids = [visit.input['print'] ?? []].flat();
  await inTenant(visit, (tx) => markPrinted(tx, visit.actor, visit.reader, ids));
  return visit.c.redirect(`${paths.printQueue}?ok=1`, 303);
}

/**
 * All waiting receipts as one PDF, each with its address for the window. The code that opens the state of a case is left out, because a letter may
 * go astray; the other one, for handing in more, stands on every letter and shows nothing of the case.
 */
export async function printPaper(visit: StaffVisit): Promise<Response> {
  const { services, jobcenter } = visit;
  const { codes } = await services.keyring.of(jobcenter.id);
  const profile = await services.profile(jobcenter.id);
  const papers: Uint8Array[] = [];
  for (const print of await inTenant(visit, (tx) => waitingPrints(tx, visit.reader))) {
    // One transaction each: a code locks its case, and nobody waits for a whole pile.
    const posted = await inTenant(visit, (tx) => postedReceipt(tx, visit, codes, print));
    if (posted === undefined) continue;
    const { concern, language: written } = posted.submission;
    const form = await services.catalogue.find(jobcenter.id, concern);
    const language = isLanguage(written) ? written : defaultLanguage;
    const paper = receiptPaper(services, { ...posted, jobcenter, profile, form, language });
    papers.push(await typeset('receipt.typ', paper));
  }
  if (papers.length === 0) return notFound(visit);
  const pdf = await printBundle(papers, sidesOf(visit), services.clock.now());
  const headers = { 'Content-Type': 'application/pdf', 'Content-Disposition': 'inline; filename="Bestaetigungen.pdf"' };
  return new Response(pdf, { headers });
}

type Posted = Omit<ReceiptPaperInput, 'jobcenter' | 'profile' | 'form' | 'language'>;

/** What a receipt that goes out by post is set from; each look is in the log of its case. */
async function postedReceipt(
  tx: Tx,
  visit: StaffVisit,
  codes: Secret,
  print: ReceiptPrint,
): Promise<Posted | undefined> {
  const receipt = await findReceipt(tx, print.receiptNumber);
  const submission = await findSubmission(tx, print.submissionId);
  const [found] = submission === undefined ? [] : await casesByIds(tx, [submission.caseId]);
  if (receipt === undefined || submission === undefined || found === undefined) return undefined;
  await recordAudit(tx, visit.actor, {
    action: 'receipt.read',
    subjectType: 'receipt',
    subjectId: receipt.number,
    caseId: found.id,
    reason: visit.t('post:readReason'),
    detail: { withCode: false },
  });
  const target = { caseId: found.id, purpose: 'receipt', by: visit.staff.id } as const;
  const returnCode = (await issueReturnCode(tx, codes, target))?.code;
  const team = (await allTeams(tx)).find(({ id }) => id === found.teamId);
  return {
    receipt,
    submission,
    ...(returnCode === undefined ? {} : { returnCode }),
    paperOnly: found.birthDate === null,
    ...(team === undefined ? {} : { team }),
    dueOn: found.dueOn,
    recipient: statedAddress(await submissionsOfCase(tx, found.id)),
  };
}
