import { isId } from '../../../../kernel/ids.ts';
import {
  goOn,
  isOver,
  proposalKinds,
  proposalSteps,
  proposals,
  propose,
  refusers,
} from '../../../../modules/plans/index.ts';
import { formatDate, RadioGroup, Select, TextArea, TextField } from '../../../../ui/index.ts';
import { one } from '../../../request.ts';
import { chooseProblem, chosenEmployer, employerField } from '../../employers/choose.tsx';
import type { VerbPart } from '../more-verbs.ts';
import { Sheet } from '../verb-sheet.tsx';
import type { Tried } from '../verbs.ts';
import {
  choices,
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

/** A job, a training place or a measure that was proposed. */
export const proposalVerb: VerbPart = {
  form: async (tx, props) => {
    const { visit } = props;
    return (
      <Sheet {...props} verb="vorschlag">
        <RadioGroup
          {...planField(props, 'proposalKind')}
          options={choices(visit, 'proposalKind', proposalKinds)}
          horizontal
        />
        <TextField {...planField(props, 'title')} maxLength={150} />
        {
          await employerField(tx, props, {
            name: 'provider',
            label: visit.t('plans:field.provider'),
            hint: visit.t('plans:hint.provider'),
          })
        }
        <TextField
          {...planField(props, 'onDay', formatDate(today(visit), visit.language))}
          label={visit.t('plans:field.proposedOn')}
          width="s"
          maxLength={20}
        />
        <TextArea {...planField(props, 'remark')} hint={visit.t('plans:hint.fits')} rows={2} maxLength={500} optional />
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const kind = proposalKinds.find((each) => each === one(visit.input, 'proposalKind'));
    const title = said(visit, 'title', 150);
    const onDay = pastDay(visit, 'onDay');
    const provider = await chosenEmployer(tx, visit.input, 'provider');
    const problems = wrong([
      kind === undefined ? problem(visit, 'proposalKind', 'proposalKind') : undefined,
      title === '' ? problem(visit, 'title', 'title') : undefined,
      provider.kind === 'ask' ? chooseProblem(visit, 'provider') : undefined,
      isProblem(onDay) ? onDay : undefined,
    ]);
    if (problems !== undefined || kind === undefined || isProblem(onDay) || provider.kind === 'ask')
      return problems as Tried;
    const employerId = provider.kind === 'meant' ? provider.employerId : null;
    const wanted = { kind, title, provider: provider.words, employerId, onDay, words: said(visit, 'remark', 500) };
    return told(visit, (await propose(tx, staffAct(visit, caseId), wanted)).kind);
  },
};

/** Steps that can follow; the first one is made with the proposal itself. */
const following = proposalSteps.filter((step) => step !== 'proposed');

/** What happened next with a proposal, or a talk with those who offer it. */
export const courseVerb: VerbPart = {
  form: async (tx, props) => {
    const { visit, data } = props;
    const open = (await proposals(tx, data.case.id)).filter((each) => !isOver(each.course));
    if (open.length === 0) return <p>{visit.t('plans:none.proposals')}</p>;
    return (
      <Sheet {...props} verb="verlauf">
        <Select
          {...planField(props, 'entry', open[0]?.id)}
          label={visit.t('plans:field.proposal')}
          options={open.map((each) => ({ value: each.id, label: each.title }))}
        />
        <RadioGroup {...planField(props, 'step')} options={choices(visit, 'step', following)} />
        <RadioGroup
          {...planField(props, 'refuser')}
          hint={visit.t('plans:hint.refuser')}
          options={choices(visit, 'refuser', refusers)}
          horizontal
          optional
        />
        <TextArea
          {...planField(props, 'remark')}
          hint={visit.t('plans:hint.remark')}
          rows={3}
          maxLength={1000}
          optional
        />
        <TextField {...planField(props, 'onDay', formatDate(today(visit), visit.language))} width="s" maxLength={20} />
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const id = one(visit.input, 'entry');
    const step = following.find((each) => each === one(visit.input, 'step'));
    const side = refusers.find((each) => each === one(visit.input, 'refuser')) ?? null;
    const words = said(visit, 'remark', 1_000);
    const onDay = pastDay(visit, 'onDay');
    const refused = step === 'refused';
    const problems = wrong([
      isId(id) ? undefined : problem(visit, 'entry', 'choose'),
      step === undefined ? problem(visit, 'step', 'step') : undefined,
      refused && side === null ? problem(visit, 'refuser', 'refuser') : undefined,
      (refused || step === 'contact') && words === '' ? problem(visit, 'remark', 'remark') : undefined,
      isProblem(onDay) ? onDay : undefined,
    ]);
    if (problems !== undefined || step === undefined || isProblem(onDay)) return problems as Tried;
    const outcome = await goOn(tx, staffAct(visit, caseId), id, { step, onDay, side: refused ? side : null, words });
    return outcome.kind === 'wrong' ? refuse(visit, 'refuser', 'refuser') : told(visit, outcome.kind);
  },
};
