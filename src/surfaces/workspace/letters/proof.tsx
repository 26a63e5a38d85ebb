import { addDays, dayInGermany } from '../../../kernel/dates.ts';
import { Button, DateField, Form, formatDate, formatDateTime, TextArea, Timeline } from '../../../ui/index.ts';
import { actorWords } from '../case/history.tsx';
import { newCommand } from '../case/verb-marks.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import type { LetterData } from './load.ts';
import { effectWords, stepWords } from './words.ts';

/** How a letter went, what follows from it, and what the person says about it. */
export function Proof({ visit, data }: { visit: StaffVisit; data: LetterData }) {
  const { t, language } = visit;
  const { notice } = data;
  return (
    <>
      <section aria-labelledby="effect" class="tw-panel">
        <WithHelp visit={visit} of="letter-effect">
          <h2 id="effect">{t('notices:effect.title')}</h2>
        </WithHelp>
        <p>{notice.effect === undefined ? t('notices:effect.none') : effectWords(visit, notice.effect)}</p>
        {notice.effect?.kind === 'known' ? <p class="td-muted">{t('notices:effect.law')}</p> : null}
      </section>
      <section aria-labelledby="proof" class="tw-panel">
        <h2 id="proof">{t('notices:proof.title')}</h2>
        <Timeline
          items={notice.steps.map((step) => ({
            at: formatDateTime(step.at, language, t),
            datetime: step.at.toISOString(),
            title: stepWords(visit, step),
            by: actorWords(visit, step.actorKind, step.actorName),
            ...(step.note === '' ? {} : { body: step.note }),
          }))}
        />
        {notice.sha256 === null ? null : (
          <p class="td-muted tw-letter__hash">
            {t('notices:proof.hash')} <code>{notice.sha256.toString('hex')}</code>
          </p>
        )}
      </section>
      <Later visit={visit} data={data} />
    </>
  );
}

/** What comes after: the person says it came late or never, or the post brings it back. */
function Later({ visit, data }: { visit: StaffVisit; data: LetterData }) {
  const { t, language } = visit;
  const { notice } = data;
  const usual = formatDate(addDays(dayInGermany(visit.services.clock.now()), 0), language);
  return (
    <section aria-labelledby="later" class="tw-panel">
      <h2 id="later">{t('notices:later.title')}</h2>
      <details>
        <summary>{t('notices:later.dispute')}</summary>
        <Form
          action={paths.letterVerb(notice.id, 'bestreiten')}
          csrf={visit.csrf}
          hidden={{ command: newCommand(visit) }}
          label={t('notices:later.dispute')}
        >
          <DateField
            t={t}
            name="claimed"
            label={t('notices:later.claimed')}
            hint={t('notices:later.claimedHint', { date: usual })}
            optional
          />
          <TextArea t={t} name="said" label={t('notices:later.said')} rows={2} maxLength={2000} />
          <Button variant="secondary">{t('notices:later.keep')}</Button>
        </Form>
      </details>
      <details>
        <summary>{t('notices:later.returned')}</summary>
        <Form
          action={paths.letterVerb(notice.id, 'ruecklauf')}
          csrf={visit.csrf}
          hidden={{ command: newCommand(visit) }}
          label={t('notices:later.returned')}
        >
          <TextArea t={t} name="reason" label={t('notices:later.reason')} rows={2} maxLength={1000} />
          <Button variant="secondary">{t('notices:later.keep')}</Button>
        </Form>
      </details>
    </section>
  );
}
