import type { FormDefinition, Question } from '../../modules/forms/index.ts';
import { startDraft } from '../../modules/forms/index.ts';
import { Accordion, Alert, BackLink, Button, Form, Inset } from '../../ui/index.ts';
import { holdDraft } from './cookies.ts';
import { show } from './shell.tsx';
import { inTenant, present, type Visit } from './visit.ts';
import { Ways } from './ways.tsx';

/** Names of answers that concerns share: looking at them, everybody knows what is asked. */
const concernOf = async (visit: Visit): Promise<FormDefinition> =>
  present(await visit.services.catalogue.find(visit.jobcenter.id, visit.c.req.param('key') ?? ''));

/** What a concern needs, how long it takes, by when, what it asks, and every way to do it. */
export async function concernPage(visit: Visit): Promise<Response> {
  const { t, language } = visit;
  const form = await concernOf(visit);
  // Account numbers do not belong into an e-mail: where they are asked for, it is no way.
  const email = form.confirmation === 'none' ? await visit.services.mailFor(visit.jobcenter.id, form.team) : undefined;
  return show(
    visit,
    { title: form.title[language], back: <BackLink href="/">{t('portal:allConcerns')}</BackLink> },
    <>
      <h1>{form.title[language]}</h1>
      <p class="td-lead">{form.summary[language]}</p>
      {form.confirmation === 'counter-or-letter-code' ? (
        <Alert tone="info" title={t('portal:concern.confirmTitle')}>
          <p>{t('portal:concern.confirmText')}</p>
        </Alert>
      ) : null}
      {form.whatYouNeed.length === 0 ? null : (
        <>
          <h2>{t('portal:concern.need')}</h2>
          <ul>
            {form.whatYouNeed.map((item) => (
              <li>{item[language]}</li>
            ))}
          </ul>
          {hasLaterEvidence(form) ? <Inset>{t('portal:concern.needLater')}</Inset> : null}
        </>
      )}
      <h2>{t('portal:concern.duration')}</h2>
      <p>{t('portal:concern.minutes', { count: form.minutes })}</p>
      <h2>{t('portal:concern.deadline')}</h2>
      <p>{form.deadline.text[language]}</p>
      <Ways visit={visit} online={<StartForm visit={visit} form={form} />} email={email} />
      <section class="td-flow">
        <h2>{t('portal:concern.more')}</h2>
        <Accordion title={t('portal:concern.asks')}>
          <Asked visit={visit} form={form} />
        </Accordion>
        <Accordion title={t('portal:concern.law')}>
          <ul>
            {form.legalBasis.map((basis) => (
              <li>
                {basis.about[language]} ({basis.law})
              </li>
            ))}
          </ul>
          <p>{t(`portal:concern.side.${form.side.join('')}`)}</p>
        </Accordion>
      </section>
    </>,
  );
}

const hasLaterEvidence = (form: FormDefinition): boolean =>
  form.questions.some((question) => question.fields.some((field) => field.kind === 'documents' && field.mayFollow));

const StartForm = ({ visit, form }: { visit: Visit; form: FormDefinition }) => (
  <>
    <p>{visit.t('portal:concern.onlineText')}</p>
    <Form action={`/anliegen/${form.key}/entwurf`} csrf={visit.csrf}>
      <Button>{visit.t('portal:concern.start')}</Button>
    </Form>
  </>
);

/** Every question with what can be answered, so that nobody has to begin a form to see it. */
const Asked = ({ visit, form }: { visit: Visit; form: FormDefinition }) => (
  <>
    {form.sections.map((section) => (
      <>
        <h3>{section.title[visit.language]}</h3>
        <ol>
          {form.questions
            .filter((question) => question.section === section.key)
            .map((question) => (
              <li>
                {question.title[visit.language]}
                {labels(question, visit) === '' ? null : <div class="kern-hint">{labels(question, visit)}</div>}
                {question.when === undefined ? null : (
                  <div class="kern-hint">{visit.t('portal:concern.sometimes')}</div>
                )}
              </li>
            ))}
        </ol>
      </>
    ))}
  </>
);

const labels = (question: Question, { language }: Visit): string =>
  question.fields.map((field) => field.label[language]).join(' · ');

/** Begins a draft on this device and leads to its first question. */
export async function beginDraft(visit: Visit): Promise<Response> {
  const form = await concernOf(visit);
  const draft = await inTenant(visit, (tx) =>
    startDraft(tx, { concern: form.key, version: form.version, language: visit.language }),
  );
  holdDraft(visit, draft);
  return visit.c.redirect(`/entwurf/${draft.id}/frage/${form.questions[0]?.key}`, 303);
}
