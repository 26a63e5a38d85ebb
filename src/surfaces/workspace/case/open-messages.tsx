import { openMessages, unansweredMessages } from '../../../modules/cases/index.ts';
import { Checkbox, type Content, formatDate, Icon } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { StaffVisit } from '../visit.ts';
import type { CaseData } from './load.ts';
import type { FormProps } from './verb-sheet.tsx';
import { type CaseView, firstField, viewPath } from './view.ts';

/** Messages of the office that the page of the person still puts before them, the oldest first. */
const waiting = (visit: StaffVisit, data: CaseData) => openMessages(data.events, visit.services.clock.now());

/** The note of a talk, with the box ticked that the person answered up to this message: what they said stands beside it. */
const talkPath = (data: CaseData, view: CaseView, upTo: string): string =>
  `${viewPath(data.case.id, view, { verb: 'notizen' })}&beantwortet=${upTo}#${firstField.notizen}`;

/** Where an entry of the history stands on the page. */
export const entryAnchor = (id: string): string => `ereignis-${id}`;

/**
 * At the top of the case: what the person wrote and nobody has answered, and what of ours waits for them; each leads to where it stands. Where the history
 * is hidden, it is shown.
 */
export function MessagesOnTop(props: FormProps & { readonly historyShown: boolean }) {
  const { visit, data, view, historyShown } = props;
  const { t, language } = visit;
  const theirs = unansweredMessages(data.events);
  const [first, ours] = [theirs[0], waiting(visit, data)];
  const newest = ours.at(-1);
  if (first === undefined && newest === undefined) return null;
  const to = (id: string): string =>
    `${historyShown ? '' : viewPath(data.case.id, view, { all: true })}#${entryAnchor(id)}`;
  const when = (at: Date): string => formatDate(at, language);
  return (
    <ul class="tw-open">
      {first === undefined ? null : (
        <li>
          <span class="tw-warn">
            <Icon name="warning" small />{' '}
            {t('workspace:message.theirs', { count: theirs.length, date: when(first.at) })}
          </span>
          <div class="tw-acts">
            <a href={to(first.id)}>{t('workspace:message.read')}</a>
            <a href={`${viewPath(data.case.id, view, { verb: 'nachrichten' })}#${firstField.nachrichten}`}>
              {t('workspace:message.reply')}
            </a>
          </div>
        </li>
      )}
      {newest === undefined ? null : (
        <li>
          <span>{t('workspace:message.ours', { count: ours.length, date: when(newest.at) })}</span>
          <div class="tw-acts">
            <a href={to(newest.id)}>{t('workspace:message.toOurs')}</a>
          </div>
        </li>
      )}
    </ul>
  );
}

/** Says at the newest message that waits that it does, and leads to the note of a talk, where the person answered by telephone or at the counter. */
export function messageWaits(
  visit: StaffVisit,
  data: CaseData,
  view: CaseView,
): readonly (readonly [string, Content])[] {
  const open = waiting(visit, data);
  const newest = open.at(-1);
  if (newest === undefined) return [];
  const { t } = visit;
  return [
    [
      newest.id,
      <p>
        <span class="td-muted">{t('workspace:message.waits', { count: open.length })}</span>{' '}
        <a href={talkPath(data, view, newest.id)}>{t('workspace:message.answered')}</a>
      </p>,
    ],
  ];
}

/**
 * The same beside the note of a talk, where a message waits. The box carries the newest message that stood on the page when it was ticked, and counts those
 * that it settles: what a colleague wrote since waits on. `circles`: the note may be one of a circle, the answer never is.
 */
export function AnsweredInTalk({ visit, data, view, circles }: FormProps & { readonly circles: boolean }) {
  const { t } = visit;
  const open = waiting(visit, data);
  const ticked = open.find(({ id }) => id === one(view.input, 'answered'));
  const newest = ticked ?? open.at(-1);
  if (newest === undefined) return null;
  const settles = open.filter(({ id }) => id <= newest.id);
  return (
    <Checkbox
      t={t}
      name="answered"
      value={newest.id}
      optional
      checked={ticked !== undefined}
      label={t('workspace:message.answeredInTalk', { count: settles.length })}
      hint={t(`workspace:message.${circles ? 'answeredHintCircle' : 'answeredHint'}`)}
    />
  );
}
