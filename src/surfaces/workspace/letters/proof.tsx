import { dayInGermany } from '../../../kernel/dates.ts';
import { Button, DateField, Form, fieldId, formatDate, formatDateTime, TextArea, Timeline } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { actorWords } from '../case/history.tsx';
import { newCommand } from '../case/verb-marks.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import type { Typed } from './editor.tsx';
import type { LetterData } from './load.ts';
import { effectWords, stepWords } from './words.ts';

type Props = { readonly visit: StaffVisit; readonly data: LetterData; readonly typed: Typed };

/** How a letter went, what follows from it, and what the person says about it. */
export function Proof({ visit, data, typed }: Props) {
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
      <Later visit={visit} data={data} typed={typed} />
    </>
  );
}

/** What comes after: the person says it came late or never, or the post brings it back. */
function Later({ visit, data, typed }: Props) {
  const { t, language } = visit;
  const { notice } = data;
  const today = formatDate(dayInGermany(visit.services.clock.now()), language);
  const field = (name: string) => ({
    t,
    name,
    value: typed.small === undefined ? '' : one(typed.small, name),
    error: typed.problems.find((each) => each.id === fieldId(name))?.text,
  });
  const wrong = (...names: readonly string[]): boolean => names.some((name) => field(name).error !== undefined);
  return (
    <section aria-labelledby="later" class="tw-panel">
      <h2 id="later">{t('notices:later.title')}</h2>
      <details open={wrong('claimed', 'said')}>
        <summary>{t('notices:later.dispute')}</summary>
        <Form
          action={paths.letterVerb(notice.id, 'bestreiten')}
          csrf={visit.csrf}
          hidden={{ command: newCommand(visit) }}
          label={t('notices:later.dispute')}
        >
          <DateField
            {...field('claimed')}
            label={t('notices:later.claimed')}
            hint={t('notices:later.claimedHint', { date: today })}
            optional
          />
          <TextArea {...field('said')} label={t('notices:later.said')} rows={2} maxLength={2000} />
          <Button variant="secondary">{t('notices:later.keep')}</Button>
        </Form>
      </details>
      <details open={wrong('reason')}>
        <summary>{t('notices:later.returned')}</summary>
        <Form
          action={paths.letterVerb(notice.id, 'ruecklauf')}
          csrf={visit.csrf}
          hidden={{ command: newCommand(visit) }}
          label={t('notices:later.returned')}
        >
          <TextArea {...field('reason')} label={t('notices:later.reason')} rows={2} maxLength={1000} />
          <Button variant="secondary">{t('notices:later.keep')}</Button>
        </Form>
      </details>
    </section>
  );
}
