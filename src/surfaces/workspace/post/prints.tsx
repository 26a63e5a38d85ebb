import { recordAudit } from '../../../modules/audit/index.ts';
import { findReceipt, findSubmission } from '../../../modules/intake/index.ts';
import { markPrinted, type ReceiptPrint, waitingPrints } from '../../../modules/post/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { defaultLanguage, isLanguage } from '../../../platform/i18n/index.ts';
import { typeset } from '../../../platform/pdf/index.ts';
import { Alert, Button, ButtonGroup, ButtonLink, EmptyState, Form, formatDateTime, Table } from '../../../ui/index.ts';
import { printBundle } from '../../print-bundle.ts';
import { receiptPaper } from '../../receipt-paper.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { printLists } from '../letters/print-lists.tsx';
import { OneSided, sidesOf } from '../letters/sides.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, queryText, type StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';

type Waiting = { readonly print: ReceiptPrint; readonly name: string };

async function namesOf(tx: Tx, prints: readonly ReceiptPrint[]): Promise<Waiting[]> {
  const waiting: Waiting[] = [];
  for (const print of prints) {
    const person = (await findSubmission(tx, print.submissionId))?.person;
    waiting.push({ print, name: [person?.familyName, person?.givenName].filter(Boolean).join(', ') });
  }
  return waiting;
}

/** Receipts that go to people by letter: print all, then mark them. */
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
    { title: t('post:print.title'), active: 'post' },
    <>
      {ok === '' ? null : (
        <Alert
          tone="success"
          live
          title={t(ok === 'brief' || ok === 'post' ? `notices:print.marked.${ok}` : 'post:print.marked')}
        />
      )}
      <WithHelp visit={visit} of="post-print">
        <h1>{t('post:print.title')}</h1>
      </WithHelp>
      <p class="td-muted">{t('post:print.text')}</p>
      {waiting.length === 0 ? (
        <EmptyState title={t('post:print.empty')} />
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
              { header: t('receipt:facts.person'), cell: ({ name }) => nameOnCase(visit, name) },
              { header: t('post:print.since'), cell: ({ print }) => formatDateTime(print.askedAt, language, t) },
            ]}
          />
          <ButtonGroup>
            <ButtonLink href={paths.printQueuePaper} shortcut="d">
              {t('post:print.all', { count: waiting.length })}
            </ButtonLink>
            <Button variant="secondary" shortcut="m">
              {t('post:print.mark')}
            </Button>
          </ButtonGroup>
          <OneSided visit={visit} href={paths.printQueuePaper} />
        </Form>
      )}
      {letters}
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

/** All waiting receipts as one PDF. The code that opens the state of a case is left out: a letter may go astray. */
export async function printPaper(visit: StaffVisit): Promise<Response> {
  const { services, jobcenter, t } = visit;
  const receipts = await inTenant(visit, async (tx) => {
    const found = [];
    for (const print of await waitingPrints(tx, visit.reader)) {
      const receipt = await findReceipt(tx, print.receiptNumber);
      const submission = await findSubmission(tx, print.submissionId);
      if (receipt === undefined || submission === undefined) continue;
      await recordAudit(tx, visit.actor, {
        action: 'receipt.read',
        subjectType: 'receipt',
        subjectId: receipt.number,
        caseId: submission.caseId,
        reason: t('post:readReason'),
        detail: { withCode: false },
      });
      found.push({ receipt, submission });
    }
    return found;
  });
  const profile = await services.profile(jobcenter.id);
  const papers: Uint8Array[] = [];
  for (const { receipt, submission } of receipts) {
    const form = await services.catalogue.find(jobcenter.id, submission.concern);
    const language = isLanguage(submission.language) ? submission.language : defaultLanguage;
    papers.push(
      await typeset('receipt.typ', receiptPaper(services, { jobcenter, profile, receipt, submission, form, language })),
    );
  }
  if (papers.length === 0) return notFound(visit);
  const pdf = await printBundle(papers, sidesOf(visit), services.clock.now());
  const headers = { 'Content-Type': 'application/pdf', 'Content-Disposition': 'inline; filename="Bestaetigungen.pdf"' };
  return new Response(pdf, { headers });
}
