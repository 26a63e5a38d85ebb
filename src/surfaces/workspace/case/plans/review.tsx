import { holdReview, latestReview } from '../../../../modules/plans/index.ts';
import { formatDate, TextArea, TextField } from '../../../../ui/index.ts';
import { holidayPlace, ToldDay, unasked } from '../../free-day.tsx';
import type { VerbPart } from '../more-verbs.ts';
import { Sheet } from '../verb-sheet.tsx';
import type { Tried } from '../verbs.ts';
import {
  askedOfDay,
  comingDay,
  isProblem,
  pastDay,
  planField,
  problem,
  refuse,
  said,
  staffAct,
  today,
  told,
  wrong,
} from './fields.tsx';

/** Both sides look at the plan: what they saw, and when they look again. */
export const reviewVerb: VerbPart = {
  form: async (_, props) => {
    const { visit } = props;
    const day = today(visit);
    const latest = unasked(latestReview(day), await holidayPlace(visit), -1); // later would be too late
    return (
      <Sheet {...props} verb="durchsicht">
        <ToldDay input={props.view.input} question={props.view.question} />
        <TextArea {...planField(props, 'summary')} hint={visit.t('plans:hint.summary')} rows={4} maxLength={2000} />
        <div class="tw-fields">
          <TextField {...planField(props, 'held', formatDate(day, visit.language))} width="s" maxLength={20} />
          <TextField
            {...planField(props, 'next', formatDate(latest, visit.language))}
            hint={visit.t('plans:hint.next')}
            width="s"
            maxLength={20}
          />
        </div>
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const summary = said(visit, 'summary', 2_000);
    const heldOn = pastDay(visit, 'held');
    const nextOn = comingDay(visit, 'next');
    const problems = wrong([
      summary === '' ? problem(visit, 'summary', 'summary') : undefined,
      isProblem(heldOn) ? heldOn : undefined,
      isProblem(nextOn) ? nextOn : undefined,
    ]);
    if (problems !== undefined || isProblem(heldOn) || isProblem(nextOn)) return problems as Tried;
    const asked = await askedOfDay(visit, nextOn, 'next');
    if (asked !== undefined) return asked;
    const reminder = visit.t('plans:reminder.review');
    const outcome = await holdReview(tx, staffAct(visit, caseId), { heldOn, nextOn, summary, reminder });
    if (outcome.kind === 'future') return refuse(visit, 'held', 'dayBefore');
    if (outcome.kind === 'too-late') return refuse(visit, 'next', 'next');
    return told(visit, outcome.kind);
  },
};
