import { isId } from '../../../../kernel/ids.ts';
import { makeAgreement, planEntries, sides } from '../../../../modules/plans/index.ts';
import { formatDate, RadioGroup, Select, TextArea, TextField } from '../../../../ui/index.ts';
import { one } from '../../../request.ts';
import { holidayPlace, ToldDay, usualDay } from '../../free-day.tsx';
import type { VerbPart } from '../more-verbs.ts';
import { Sheet } from '../verb-sheet.tsx';
import type { Tried } from '../verbs.ts';
import {
  askedOfDay,
  choices,
  comingDay,
  isProblem,
  planField,
  problem,
  said,
  staffAct,
  told,
  wrong,
} from './fields.tsx';

/** Days that are usual for an agreement, unless both say otherwise. */
const usualDays = 14;

/** Who does what by when: of both sides, in one form. */
export const agreementVerb: VerbPart = {
  form: async (tx, props) => {
    const { visit, data } = props;
    const goals = (await planEntries(tx, data.case.id)).filter((each) => each.kind === 'goal' && each.endedAt === null);
    return (
      <Sheet {...props} verb="vereinbarung">
        <ToldDay input={props.view.input} question={props.view.question} />
        <RadioGroup {...planField(props, 'side')} options={choices(visit, 'side', sides)} horizontal />
        <TextArea {...planField(props, 'what')} hint={visit.t('plans:hint.what')} rows={2} maxLength={300} />
        <div class="tw-fields">
          <TextField {...planField(props, 'who')} maxLength={80} optional />
          <TextField
            {...planField(
              props,
              'due',
              formatDate(usualDay(visit, await holidayPlace(visit), usualDays), visit.language),
            )}
            width="s"
            maxLength={20}
          />
        </div>
        {goals.length === 0 ? null : (
          <Select
            {...planField(props, 'goal')}
            optional
            empty={visit.t('plans:noGoal')}
            options={goals.map((each) => ({ value: each.id, label: each.words ?? '' }))}
          />
        )}
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const side = sides.find((each) => each === one(visit.input, 'side'));
    const what = said(visit, 'what', 300);
    const dueOn = comingDay(visit, 'due');
    const goal = one(visit.input, 'goal');
    const problems = wrong([
      side === undefined ? problem(visit, 'side', 'side') : undefined,
      what === '' ? problem(visit, 'what', 'what') : undefined,
      isProblem(dueOn) ? dueOn : undefined,
    ]);
    if (problems !== undefined || side === undefined || isProblem(dueOn)) return problems as Tried;
    const asked = await askedOfDay(visit, dueOn, 'due');
    if (asked !== undefined) return asked;
    const outcome = await makeAgreement(tx, staffAct(visit, caseId), {
      side,
      what,
      who: said(visit, 'who', 80),
      dueOn,
      goalId: isId(goal) ? goal : null,
      reminder: visit.t('plans:reminder.agreement', { what }),
      begins: { summary: visit.t('plans:begun'), reminder: visit.t('plans:reminder.review') },
    });
    return told(visit, outcome.kind);
  },
};
