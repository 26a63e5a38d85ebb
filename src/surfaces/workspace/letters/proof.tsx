import { dayInGermany } from '../../../kernel/dates.ts';
import { type NoticeStep, reasonToSendAgain, standingSteps, wentOut } from '../../../modules/notices/index.ts';
import {
  Button,
  type Content,
  DateField,
  Form,
  fieldId,
  formatDate,
  formatDateTime,
  TextArea,
  Timeline,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { actorWords } from '../case/history.tsx';
import { addressLength } from '../case/item-letter.tsx';
import { newCommand } from '../case/verb-marks.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import type { Typed } from './editor.tsx';
import type { LetterData } from './load.ts';
import { effectWords, stepWords, toldSteps } from './words.ts';

type Props = { readonly visit: StaffVisit; readonly data: LetterData; readonly typed: Typed };

/** How a letter went, what follows from it, and what the person says about it. */
export function Proof({ visit, data, typed }: Props) {
  const { t, language } = visit;
  const { notice } = data;
  return (
    <>
      <Again visit={visit} data={data} typed={typed} />
      <section aria-labelledby="effect" class="tw-panel">
        <WithHelp visit={visit} of="letter-effect">
          <h2 id="effect">{t('notices:effect.title')}</h2>
        </WithHelp>
        <p>{notice.effect === undefined ? t('notices:effect.none') : effectWords(visit, notice.effect)}</p>
        {notice.effect?.kind === 'known' ? (
          <p class="td-muted">{t(data.stateKnown ? 'notices:effect.lawState' : 'notices:effect.law')}</p>
        ) : null}
      </section>
      <section aria-labelledby="proof" class="tw-panel">
        <h2 id="proof">{t('notices:proof.title')}</h2>
        <Timeline
          items={toldSteps(notice.steps).map(({ step, atOnce }) => ({
            at: formatDateTime(step.at, language, t),
            datetime: step.at.toISOString(),
            title: atOnce ? t('notices:step.sentAtOnce') : stepWords(visit, step),
            by: actorWords(visit, step.actorKind, step.actorName),
            ...bodyOf(visit, data, step),
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

/** What stands under a step: what somebody wrote, or where it went this time. */
function bodyOf(visit: StaffVisit, { dispatches, notice }: LetterData, step: NoticeStep): { readonly body?: Content } {
  const to = step.kind === 'again' ? dispatches.find((each) => each.at.getTime() === step.at.getTime()) : undefined;
  const text = to?.recipient ?? step.note;
  // A return that was taken back keeps its picture only where it is held; then the step that took it back has it.
  const shown = step.kind === 'return-mistaken' || standingSteps(notice.steps).includes(step);
  if (step.documentId === null || !shown) return text === '' ? {} : { body: text };
  return {
    body: (
      <>
        {text}{' '}
        <a href={paths.original(step.documentId)} data-download>
          {visit.t('notices:proof.picture')}
        </a>
      </>
    ),
  };
}

const fieldOf = ({ visit, typed }: Props, name: string, first = '') => ({
  t: visit.t,
  name,
  value: typed.small?.[name] === undefined ? first : one(typed.small, name),
  error: typed.problems.find((each) => each.id === fieldId(name))?.text,
});

/** A letter that came back, or never came, goes out once more: to which address, or why not. */
function Again(props: Props) {
  const { visit, data } = props;
  const { t } = visit;
  const { notice } = data;
  const why = reasonToSendAgain(notice, notice.steps);
  const erased = data.document === undefined || data.document.erasedAt !== null;
  const waits = notice.waitsFor === 'address';
  if (why === undefined || (erased && !waits)) return null;
  const left = fieldOf(props, 'left');
  return (
    <section aria-labelledby="again" class="tw-panel">
      <WithHelp visit={visit} of="letter-again">
        <h2 id="again">{t(`notices:again.title.${why}`)}</h2>
      </WithHelp>
      {erased ? (
        <p>{t('notices:sent.erased')}</p>
      ) : data.itemGone ? (
        <p>{t('notices:problem.itemGone')}</p>
      ) : (
        <SendAgain {...props} />
      )}
      {waits ? (
        <details open={left.error !== undefined}>
          <summary>{t('notices:again.leave')}</summary>
          <Form
            action={paths.letterVerb(notice.id, 'belassen')}
            csrf={visit.csrf}
            hidden={{ command: newCommand(visit) }}
            label={t('notices:again.leave')}
          >
            <TextArea {...left} label={t('notices:again.leaveWhy')} rows={2} maxLength={1000} />
            <Button variant="secondary">{t('notices:later.keep')}</Button>
          </Form>
        </details>
      ) : null}
    </section>
  );
}

/** The address of a further dispatch; what was stated last in the case stands beside it, save for a letter that must not go where its sender says. */
function SendAgain(props: Props) {
  const { visit, data } = props;
  const { t } = visit;
  const { notice, stated } = data;
  const last = data.dispatches.at(-1)?.recipient ?? notice.recipient;
  return (
    <>
      <p>
        {t('notices:again.text')} {notice.kind === 'notice' ? t('notices:again.period') : ''}
      </p>
      <Form
        action={paths.letterVerb(notice.id, 'nochmal')}
        csrf={visit.csrf}
        hidden={{ command: newCommand(visit) }}
        label={t('notices:again.send')}
      >
        <TextArea
          {...fieldOf(props, 'again', last)}
          label={t('notices:again.recipient')}
          hint={t('notices:again.hint')}
          rows={4}
          maxLength={addressLength}
        />
        {stated === last || !stated.includes('\n') || notice.bankConfirmationId !== null ? null : (
          <p class="td-muted">
            {t('notices:again.stated')}
            <span class="tw-sub tw-letter__address">{stated}</span>
          </p>
        )}
        <Button>{t('notices:again.send')}</Button>
      </Form>
    </>
  );
}

/** What comes after: the person says it came late or never, or the post brings it back. */
function Later(props: Props) {
  const { visit, data } = props;
  const { t, language } = visit;
  const { notice } = data;
  const out = wentOut(notice.steps);
  const mayReturn = notice.waitsFor === null && out && notice.effect?.kind !== 'undelivered';
  const today = formatDate(dayInGermany(visit.services.clock.now()), language);
  const field = (name: string) => fieldOf(props, name);
  const wrong = (...names: readonly string[]): boolean => names.some((name) => field(name).error !== undefined);
  // What did not go out cannot have come late; a form that was refused for it is shown with what was typed.
  if (!out && !wrong('claimed', 'said')) return null;
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
      {mayReturn ? (
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
      ) : null}
    </section>
  );
}
