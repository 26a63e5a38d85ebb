import { isId } from '../../../../kernel/ids.ts';
import { adjustAgreement, agreementEnds, agreements, endAgreement } from '../../../../modules/plans/index.ts';
import { formatDate, RadioGroup, Select, TextArea, TextField } from '../../../../ui/index.ts';
import { one } from '../../../request.ts';
import { ToldDay } from '../../free-day.tsx';
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
  refuse,
  said,
  staffAct,
  told,
  wrong,
} from './fields.tsx';

/** How it stands with an agreement: it is done, both agree on something else, or it is left; the reason is kept. */
export const agreementStateVerb: VerbPart = {
  form: async (tx, props) => {
    const { visit, data } = props;
    const { t, language } = visit;
    const open = (await agreements(tx, data.case.id)).filter((each) => each.endedAt === null);
    if (open.length === 0) return <p>{t('plans:none.agreements')}</p>;
    return (
      <Sheet {...props} verb="vereinbarungsstand">
        <ToldDay input={props.view.input} question={props.view.question} />
        <Select
          {...planField(props, 'entry', open[0]?.id)}
          label={t('plans:field.agreement')}
          options={open.map((each) => ({
            value: each.id,
            label: `${t(`plans:side.${each.side}`)}, ${formatDate(each.dueOn, language)}: ${each.what}`,
          }))}
        />
        <RadioGroup {...planField(props, 'how')} options={choices(visit, 'agreementEnd', agreementEnds)} />
        <TextArea {...planField(props, 'why')} hint={t('plans:hint.why')} rows={2} maxLength={500} optional />
        <TextArea {...planField(props, 'instead')} hint={t('plans:hint.instead')} rows={2} maxLength={300} optional />
        <TextField {...planField(props, 'insteadDue')} width="s" maxLength={20} optional />
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const id = one(visit.input, 'entry');
    const how = agreementEnds.find((each) => each === one(visit.input, 'how'));
    const reason = said(visit, 'why', 500);
    const problems = wrong([
      isId(id) ? undefined : problem(visit, 'entry', 'choose'),
      how === undefined ? problem(visit, 'how', 'how') : undefined,
      how !== undefined && how !== 'done' && reason === '' ? problem(visit, 'why', 'why') : undefined,
    ]);
    if (problems !== undefined || how === undefined) return problems as Tried;
    const act = staffAct(visit, caseId);
    if (how !== 'adjusted') return told(visit, (await endAgreement(tx, act, id, { as: how, reason })).kind);
    const before = (await agreements(tx, caseId)).find((each) => each.id === id);
    if (before === undefined) return { kind: 'not-found' };
    const what = said(visit, 'instead', 300) || before.what;
    const dueOn = one(visit.input, 'insteadDue').trim() === '' ? before.dueOn : comingDay(visit, 'insteadDue');
    if (isProblem(dueOn)) return { kind: 'wrong', problems: [dueOn] };
    const asked = dueOn === before.dueOn ? undefined : await askedOfDay(visit, dueOn, 'insteadDue');
    if (asked !== undefined) return asked;
    const reminder = visit.t('plans:reminder.agreement', { what });
    const outcome = await adjustAgreement(tx, act, id, { what, dueOn, reason, reminder });
    return outcome.kind === 'unchanged' ? refuse(visit, 'instead', 'instead') : told(visit, outcome.kind);
  },
};
