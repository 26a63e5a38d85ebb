import { openMessages } from '../../../modules/cases/index.ts';
import { Checkbox, type Content } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import type { CaseData } from './load.ts';
import { VerbMarks } from './verb-marks.tsx';
import type { FormProps } from './verb-sheet.tsx';

/** Messages of the office that the page of the person still puts before them, the oldest first. */
const waiting = (visit: StaffVisit, data: CaseData) => openMessages(data.events, visit.services.clock.now());

/** Says at the newest message that waits that it does, and settles all of them where the person answered by telephone or at the counter. */
export function messageWaits(visit: StaffVisit, data: CaseData): readonly (readonly [string, Content])[] {
  const open = waiting(visit, data);
  const newest = open.at(-1);
  if (newest === undefined) return [];
  const { t } = visit;
  return [
    [
      newest.id,
      <form action={paths.messagesAnswered(data.case.id)} method="post">
        <VerbMarks visit={visit} />
        <input type="hidden" name="bis" value={newest.id} />
        <span class="td-muted">{t('workspace:message.waits', { count: open.length })}</span>{' '}
        <button type="submit" class="td-link-button">
          {t('workspace:message.answered')}
        </button>
      </form>,
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
