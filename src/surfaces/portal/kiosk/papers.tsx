import { recordAudit } from '../../../modules/audit/index.ts';
import { issueReturnCode, returnPath } from '../../../modules/cases/index.ts';
import { accessCode, earlierAnswer, findSubmission, type Receipt } from '../../../modules/intake/index.ts';
import { qrSvg } from '../../../platform/pdf/index.ts';
import { Accordion, Alert, ButtonGroup, ButtonLink, CodeBox, formatDateTime } from '../../../ui/index.ts';
import { portalAddress } from '../../portal-address.ts';
import { checkView, toMend } from '../../questions/check.tsx';
import { inDraft } from '../../questions/open-draft.ts';
import { draftActor, draftCommand, personOf, submitDraft } from '../../questions/send-draft.ts';
import { checkPath } from '../../receipt-paper.ts';
import { Documents } from '../receipt/paper.tsx';
import type { KioskVisit } from '../visit.ts';
import { NobodyHere, type PapersVisit, papersVisit } from './desk.tsx';
import { showKiosk } from './shell.tsx';

/** A page of the papers that somebody is handing in here; the start page where nobody is. */
export const atTablet =
  (work: (visit: PapersVisit) => Response | Promise<Response>) =>
  async (visit: KioskVisit): Promise<Response> => {
    const papers = papersVisit(visit);
    const gone = (): Response =>
      visit.wantsJson ? visit.c.json({ error: visit.t('kiosk:gone') }, 409) : visit.c.redirect('/kiosk', 303);
    if (papers === undefined) return gone();
    try {
      return await work(papers);
    } catch (error) {
      if (error instanceof NobodyHere) return gone();
      throw error;
    }
  };

/** Hands the papers in; a second touch leads to the same receipt. */
export async function sendPapersHere(visit: PapersVisit): Promise<Response> {
  const { services, jobcenter, language, kiosk } = visit;
  const keys = await services.keyring.of(jobcenter.id);
  const outcome = await inDraft(visit, 'change', async (tx, open) => {
    if (open.draft.submittedAt !== null) return { kind: 'sent' } as const;
    if (open.newer !== undefined) return { kind: 'newer' } as const;
    const person = personOf(open.answers);
    if (toMend(visit, open).length > 0 || person === undefined) return { kind: 'mend', open } as const;
    const actor = draftActor(open.draft.id);
    const teamId = await services.teamFor(jobcenter.id, open.form.team);
    const received = await submitDraft(
      tx,
      actor,
      { jobcenter, keys, language, channel: 'kiosk', teamId },
      open,
      person,
    );
    if (received.kind === 'received')
      await recordAudit(tx, actor, {
        action: 'kiosk.handed-in',
        subjectType: 'kiosk',
        subjectId: kiosk.id,
        caseId: received.caseId,
      });
    return received;
  });
  if (outcome.kind === 'newer') return visit.c.redirect(`${visit.desk.base}/neu`, 303);
  if (outcome.kind === 'mend') return checkView(visit, outcome.open, 422);
  if (outcome.kind === 'received') services.metrics.submissions.inc({ channel: 'kiosk' });
  return visit.c.redirect(`${visit.desk.base}/gesendet`, 303);
}

type Shown = { readonly receipt: Receipt; readonly returnUrl: string | undefined };

/** The receipt of what was handed in here, with the address for handing in more. */
async function receiptHere(visit: PapersVisit): Promise<Shown | undefined> {
  const { services, jobcenter, kiosk } = visit;
  const { codes } = await services.keyring.of(jobcenter.id);
  return inDraft(visit, 'read', async (tx, { draft }) => {
    const actor = draftActor(draft.id);
    const earlier = await earlierAnswer(tx, actor, draftCommand(draft.id));
    if (earlier === undefined || earlier.kind === 'key-reused') return undefined;
    const { receipt } = earlier;
    const caseId = (await findSubmission(tx, receipt.submissionId))?.caseId;
    if (caseId === undefined) return undefined;
    await recordAudit(tx, actor, { action: 'receipt.read', subjectType: 'receipt', subjectId: receipt.number, caseId });
    const issued = await issueReturnCode(tx, codes, { caseId, purpose: 'receipt', by: `kiosk:${kiosk.id}` });
    const portal = portalAddress(services, jobcenter);
    return { receipt, returnUrl: issued === undefined ? undefined : `${portal}${returnPath(issued.code)}` };
  });
}

/**
 * Number, code to check it, and papers on the screen: to be photographed, or printed where there is a printer. What is printed is
 * this page, not a PDF: a viewer knows no reset, and a downloaded file would stay on the tablet.
 */
export async function receiptOnTablet(visit: PapersVisit): Promise<Response> {
  const { t, language, services } = visit;
  const shown = await receiptHere(visit);
  if (shown === undefined) return visit.c.redirect(`${visit.desk.base}/pruefen`, 303);
  const { payload, number } = shown.receipt;
  const code = accessCode((await services.keyring.of(visit.jobcenter.id)).codes, number);
  return showKiosk(
    visit,
    { title: t('receipt:title'), path: `${visit.desk.base}/gesendet` },
    <>
      <h1>{t('kiosk:done')}</h1>
      <Alert tone="success" title={t('portal:paper.arrived', { at: formatDateTime(payload.receivedAt, language, t) })}>
        <p class="tk-screen">{t('kiosk:photo')}</p>
      </Alert>
      <div class="tk-receipt">
        <Qr url={`${portalAddress(services, visit.jobcenter)}${checkPath(number)}`} alt={t('receipt:check.alt')} />
        <CodeBox label={t('portal:paper.number')} code={number} />
      </div>
      <h2>{t('receipt:documents.heading')}</h2>
      <Documents visit={visit} receipt={shown.receipt} />
      <div class="tk-screen">
        <Accordion title={t('kiosk:showCode')}>
          <CodeBox label={t('receipt:access.heading')} code={code} />
          <p>{t('receipt:access.text')}</p>
        </Accordion>
      </div>
      <div class="tk-paper">
        <p>
          {t('receipt:access.heading')}: <strong>{code}</strong>
        </p>
        <p>{t('receipt:access.text')}</p>
        {shown.returnUrl === undefined ? null : (
          <div class="tk-receipt">
            <Qr url={shown.returnUrl} alt={t('receipt:more.alt')} />
            <p>
              {t('receipt:more.text')}
              <br />
              <strong>{shown.returnUrl}</strong>
            </p>
          </div>
        )}
      </div>
      <div class="tk-screen">
        <ButtonGroup>
          <button type="button" class="kern-btn kern-btn--primary" data-print hidden>
            <span class="kern-label">{t('kiosk:print')}</span>
          </button>
          <ButtonLink href="/kiosk/ende" variant="secondary">
            {t('kiosk:finish')}
          </ButtonLink>
        </ButtonGroup>
      </div>
    </>,
  );
}

const Qr = ({ url, alt }: { url: string; alt: string }) => (
  <img
    class="tk-qr"
    src={`data:image/svg+xml;base64,${Buffer.from(qrSvg(url)).toString('base64')}`}
    alt={alt}
    width="200"
    height="200"
  />
);
