import { returnPath } from '../../../modules/cases/index.ts';
import { findDraft } from '../../../modules/forms/index.ts';
import { earlierAnswer, findSubmission, type Receipt, type Submission } from '../../../modules/intake/index.ts';
import { typeset } from '../../../platform/pdf/index.ts';
import { Alert, Button, ButtonGroup, ButtonLink, CodeBox, Form, formatDateTime } from '../../../ui/index.ts';
import { draftActor, draftCommand } from '../../questions/send-draft.ts';
import { checkPath, receiptPaper } from '../../receipt-paper.ts';
import { heldSupplement } from '../cookies.ts';
import { Documents } from '../receipt/paper.tsx';
import { show } from '../shell.tsx';
import { present, type ReturnVisit } from '../visit.ts';
import { withReturn } from './load.ts';

type Sent = { readonly receipt: Receipt; readonly submission: Submission; readonly again: boolean };

/** What this device sent with the code. */
const sentWith = (visit: ReturnVisit, action: string): Promise<Sent | undefined> =>
  withReturn(visit, action, async (tx, { code }) => {
    const held = heldSupplement(visit.c, visit.code);
    const draft = held === undefined ? undefined : await findDraft(tx, held.id, held.token);
    if (draft === undefined || draft.submittedAt === null) return undefined;
    const earlier = await earlierAnswer(tx, draftActor(draft.id), draftCommand(draft.id));
    if (earlier?.kind !== 'repeated') return undefined;
    const submission = present(await findSubmission(tx, earlier.receipt.submissionId));
    return { receipt: earlier.receipt, submission, again: code.state === 'open' };
  });

/**
 * The receipt for what was just handed in. It carries no access code: that would open the whole case to whoever holds the
 * letter and knows a birth date.
 */
export async function sentReceiptPage(visit: ReturnVisit): Promise<Response> {
  const { t, language } = visit;
  const sent = await sentWith(visit, 'receipt.read');
  if (sent === undefined) return visit.c.redirect(`${returnPath(visit.code)}/abgeben`, 303);
  const { receipt } = sent;
  return show(
    visit,
    { title: t('receipt:title') },
    <>
      <h1>{t('receipt:title')}</h1>
      <Alert
        tone="success"
        title={t('portal:paper.arrived', { at: formatDateTime(receipt.payload.receivedAt, language, t) })}
      >
        <p>{t('return:safe')}</p>
      </Alert>
      <CodeBox label={t('portal:paper.number')} code={receipt.number} />
      <ButtonGroup>
        <ButtonLink href={`${returnPath(visit.code)}/beleg.pdf`} icon="download">
          {t('portal:paper.download')}
        </ButtonLink>
        {sent.again ? (
          <ButtonLink href={`${returnPath(visit.code)}/abgeben`} variant="secondary">
            {t('return:again')}
          </ButtonLink>
        ) : null}
      </ButtonGroup>
      <h2>{t('receipt:documents.heading')}</h2>
      <Documents visit={visit} receipt={receipt} />
      <p>
        <a href={checkPath(receipt.number)}>{t('portal:paper.checkLink')}</a>
      </p>
      <Form action="/b/beenden" csrf={visit.csrf}>
        <p class="td-muted">{t('portal:receipt.leaveText')}</p>
        <Button variant="secondary" icon="logout">
          {t('portal:receipt.leave')}
        </Button>
      </Form>
    </>,
  );
}

/** The same as tagged PDF; only what was handed in, without team and dates of the case. */
export async function sentReceiptPdf(visit: ReturnVisit): Promise<Response> {
  const { receipt, submission } = present(await sentWith(visit, 'receipt.printed'));
  const form = await visit.services.catalogue.find(visit.jobcenter.id, submission.concern);
  const { jobcenter, profile, language } = visit;
  const pdf = await typeset(
    'receipt.typ',
    receiptPaper(visit.services, { jobcenter, profile, receipt, submission, form, language }),
  );
  return visit.c.body(new Uint8Array(pdf), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${visit.t('portal:paper.fileName')}-${receipt.number}.pdf"`,
  });
}
