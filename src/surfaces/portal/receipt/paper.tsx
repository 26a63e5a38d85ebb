import { issueReturnCode } from '../../../modules/cases/index.ts';
import type { FrozenItem } from '../../../modules/forms/index.ts';
import { changedSince, type FormDefinition, formVersion, saveDraft, startDraft } from '../../../modules/forms/index.ts';
import { accessCode, type Receipt } from '../../../modules/intake/index.ts';
import { typeset } from '../../../platform/pdf/index.ts';
import {
  Accordion,
  Alert,
  Button,
  ButtonGroup,
  ButtonLink,
  CodeBox,
  DescriptionList,
  Form,
  formatBytes,
  formatDate,
  formatDateTime,
} from '../../../ui/index.ts';
import { Lines } from '../../questions/check.tsx';
import { checkPath, frozenSections, receiptPaper } from '../../receipt-paper.ts';
import { holdDraft } from '../cookies.ts';
import { show } from '../shell.tsx';
import { inTenant, present, type ReceiptVisit, type Visit } from '../visit.ts';
import { type ReceiptView, withReceipt } from './load.ts';
import { LeaveForm, ReceiptHead } from './tabs.tsx';

const codeOf = async (visit: ReceiptVisit): Promise<string> =>
  accessCode((await visit.services.keyring.of(visit.jobcenter.id)).codes, visit.number);

/** The receipt on screen: number, code, what came and how, answers as given, and what happens now. */
export async function receiptPage(visit: ReceiptVisit): Promise<Response> {
  const { t, language } = visit;
  const view = await withReceipt(visit, 'receipt.read', async (_tx, found) => found);
  const forms = await visit.services.catalogue.all(visit.jobcenter.id);
  const form = forms.get(view.submission.concern);
  const { payload } = view.receipt;
  return show(
    visit,
    { title: t('receipt:title') },
    <>
      <ReceiptHead visit={visit} title={t('portal:paper.title')} current="receipt" />
      <Alert tone="success" title={t('portal:paper.arrived', { at: formatDateTime(payload.receivedAt, language, t) })}>
        <p>{t('portal:paper.safe')}</p>
      </Alert>
      <CodeBox label={t('portal:paper.number')} code={view.receipt.number} />
      <CodeBox label={t('receipt:access.heading')} code={await codeOf(visit)} />
      <p>{t('receipt:access.text')}</p>
      {isSupplement(view) ? <p>{t('portal:paper.bothCodes')}</p> : null}
      <ButtonGroup>
        <ButtonLink href={`/eingang/${visit.number}/beleg.pdf`} icon="download">
          {t('portal:paper.download')}
        </ButtonLink>
      </ButtonGroup>
      <h2>{t('receipt:next.heading')}</h2>
      <NextSteps visit={visit} view={view} />
      {view.client.bank?.confirmedAt === null ? (
        <Alert tone="warning" title={t('portal:concern.confirmTitle')}>
          <p>{t('portal:concern.confirmText')}</p>
        </Alert>
      ) : null}
      <NextConcern visit={visit} form={form} forms={forms} />
      <h2>{t('portal:paper.facts')}</h2>
      <DescriptionList
        rows={[
          { key: t('receipt:facts.concern'), value: form?.title[language] ?? view.submission.concern },
          { key: t('receipt:facts.receivedAt'), value: formatDateTime(payload.receivedAt, language, t) },
          { key: t('receipt:facts.channel'), value: t(`receipt:channel.${payload.channel}`) },
          {
            key: t('receipt:facts.person'),
            value: `${view.submission.person.givenName} ${view.submission.person.familyName}`,
          },
        ]}
      />
      <h2>{t('receipt:documents.heading')}</h2>
      <Documents visit={visit} receipt={view.receipt} />
      <h2>{t('receipt:answers.heading')}</h2>
      <p>{t('receipt:answers.intro')}</p>
      {frozenSections(view.submission.frozen).map((section) => (
        <section class="td-flow" lang={view.submission.language}>
          <h3>{section.title}</h3>
          <DescriptionList
            rows={section.items.map((item) => ({ key: item.label, value: <FrozenAnswer item={item} /> }))}
          />
        </section>
      ))}
      <Accordion title={t('receipt:check.heading')}>
        <p>{t('portal:paper.check')}</p>
        <p>
          <a href={checkPath(visit.number)}>{t('portal:paper.checkLink')}</a>
        </p>
        <p class="td-muted">{t('receipt:signature.text')}</p>
        <p>
          <code>{view.receipt.signature}</code>
        </p>
      </Accordion>
      <LeaveForm visit={visit} />
    </>,
  );
}

/** It came for a case that was there: who sends it may have a number and a code already, which open the same case. */
const isSupplement = ({ client, submission }: ReceiptView): boolean =>
  client.events.some(
    (event) => event.kind === 'received' && event.detail.submissionId === submission.id && event.detail.supplement,
  );

const NextSteps = ({ visit, view }: { visit: Visit; view: ReceiptView }) => {
  const { t, language, profile } = visit;
  const phone = view.team?.phone ?? profile?.phone;
  return (
    <>
      <ol>
        <li>
          {view.team === undefined ? t('receipt:next.reads') : t('receipt:next.teamReads', { team: view.team.name })}
        </li>
        <li>{t('receipt:next.missing')}</li>
        <li>{t('receipt:next.answerBy', { date: formatDate(view.client.case.dueOn, language) })}</li>
      </ol>
      {phone === undefined ? null : (
        <p>{t('receipt:next.contact', { who: view.team?.name ?? t('receipt:next.house'), phone })}</p>
      )}
    </>
  );
};

/** The second step of an application, begun with the answers of the first. */
const NextConcern = ({
  visit,
  form,
  forms,
}: {
  visit: ReceiptVisit;
  form: FormDefinition | undefined;
  forms: ReadonlyMap<string, FormDefinition>;
}) => {
  const next = form?.next;
  const following = next === undefined ? undefined : forms.get(next.concern);
  if (next === undefined || following === undefined) return null;
  return (
    <Alert tone="info" title={visit.t('portal:paper.nextConcern', { concern: following.title[visit.language] })}>
      <p>{next.text[visit.language]}</p>
      <Form action={`/eingang/${visit.number}/weiter`} csrf={visit.csrf}>
        <Button>{visit.t('portal:paper.nextStart', { count: following.minutes })}</Button>
      </Form>
    </Alert>
  );
};

/** Documents with what proves them: pages, size and the hash of their bytes. */
export const Documents = ({ visit, receipt }: { visit: Visit; receipt: Receipt }) => {
  const { t, language } = visit;
  if (receipt.payload.documents.length === 0) return <p>{t('receipt:documents.none')}</p>;
  return (
    <ol>
      {receipt.payload.documents.map((document) => (
        <li class="td-flow">
          <p>
            <strong>{document.name}</strong>
            <br />
            <span class="td-muted">
              {t('portal:file.pages', { count: document.pages })}, {formatBytes(document.bytes, language, t)}
            </span>
          </p>
          <p class="td-muted">
            {t('portal:file.hash')} <code>{document.sha256}</code>
          </p>
        </li>
      ))}
    </ol>
  );
};

const FrozenAnswer = ({ item }: { item: FrozenItem }) =>
  item.rows === undefined ? (
    <Lines text={item.text} />
  ) : (
    <ol>
      {item.rows.map((row) => (
        <li>
          {row.items.map((each) => (
            <div>
              {each.label}: {each.text}
            </div>
          ))}
        </li>
      ))}
    </ol>
  );

/** The receipt as tagged PDF. */
export async function receiptPdf(visit: ReceiptVisit): Promise<Response> {
  const { codes } = await visit.services.keyring.of(visit.jobcenter.id);
  const { returnCode, ...view } = await withReceipt(visit, 'receipt.printed', async (tx, found) => {
    const target = { caseId: found.client.case.id, purpose: 'receipt', by: visit.number } as const;
    return { ...found, returnCode: (await issueReturnCode(tx, codes, target))?.code };
  });
  const form = await visit.services.catalogue.find(visit.jobcenter.id, view.submission.concern);
  const paper = receiptPaper(visit.services, {
    jobcenter: visit.jobcenter,
    profile: visit.profile,
    receipt: view.receipt,
    submission: view.submission,
    form,
    language: visit.language,
    accessCode: await codeOf(visit),
    ...(returnCode === undefined ? {} : { returnCode }),
    ...(view.team === undefined ? {} : { team: view.team }),
    dueOn: view.client.case.dueOn,
  });
  const pdf = await typeset('receipt.typ', paper);
  return visit.c.body(new Uint8Array(pdf), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${visit.t('portal:paper.fileName')}-${visit.number}.pdf"`,
  });
}

/** Begins the concern that follows, with the answers that mean the same there. */
export async function beginNext(visit: ReceiptVisit): Promise<Response> {
  const { services, jobcenter } = visit;
  const forms = await services.catalogue.all(jobcenter.id);
  const view = await withReceipt(visit, 'receipt.continued', async (tx, found) => ({
    ...found,
    form: await formVersion(tx, found.submission.concern, found.submission.formVersion ?? 0),
  }));
  const form = view.form ?? present(forms.get(view.submission.concern));
  const next = present(forms.get(form.next?.concern ?? ''));
  const answers = changedSince(form, next, withoutDocuments(view.submission.answers)).answers;
  const draft = await inTenant(visit, async (tx) => {
    const begun = await startDraft(tx, { concern: next.key, version: next.version, language: visit.language });
    await saveDraft(tx, begun.id, { answers });
    return begun;
  });
  holdDraft(visit, draft);
  return visit.c.redirect(`/entwurf/${draft.id}/frage/${next.questions[0]?.key ?? ''}`, 303);
}

/** Documents belong to the submission they came with. */
const withoutDocuments = (answers: unknown): Parameters<typeof changedSince>[2] =>
  Object.fromEntries(
    Object.entries((answers ?? {}) as Parameters<typeof changedSince>[2]).filter(
      ([, value]) => !(typeof value === 'object' && value !== null && 'documents' in value),
    ),
  );
