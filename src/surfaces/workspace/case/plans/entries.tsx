import { isId } from '../../../../kernel/ids.ts';
import {
  addEntry,
  type EntryKind,
  endEntry,
  entryEnds,
  planEntries,
  quietKinds,
} from '../../../../modules/plans/index.ts';
import { RadioGroup, Select, TextArea } from '../../../../ui/index.ts';
import { one } from '../../../request.ts';
import type { VerbPart } from '../more-verbs.ts';
import { Sheet } from '../verb-sheet.tsx';
import type { Tried } from '../verbs.ts';
import type { Verb } from '../view.ts';
import { choices, planField, problem, refuse, said, staffAct, told, wrong } from './fields.tsx';

/** Keeps a goal, a strength, a burden, or who is around the person, in the words that were said. */
export const entryVerb = (verb: Verb, kind: EntryKind): VerbPart => ({
  form: (_, props) => (
    <Sheet {...props} verb={verb}>
      <TextArea
        {...planField(props, 'words')}
        label={props.visit.t(`plans:words.${kind}`)}
        hint={props.visit.t(`plans:wordsHint.${kind}`)}
        rows={3}
        maxLength={1000}
      />
    </Sheet>
  ),
  attempt: async (tx, visit, caseId) => {
    const words = said(visit, 'words', 1_000);
    if (words === '') return refuse(visit, 'words', `words.${kind}`);
    return told(visit, (await addEntry(tx, staffAct(visit, caseId), { kind, words })).kind);
  },
});

/** A goal is reached, something is not so any more, or the person takes it back. */
export const entryEndVerb: VerbPart = {
  form: async (tx, props) => {
    const { visit, data } = props;
    const all = await planEntries(tx, data.case.id);
    const open = all.filter((each) => each.words !== null && (each.endedAt === null || quietKinds.includes(each.kind)));
    if (open.length === 0) return <p>{visit.t('plans:none.entries')}</p>;
    return (
      <Sheet {...props} verb="eintragsende">
        <Select
          {...planField(props, 'entry', open[0]?.id)}
          options={open.map((each) => ({
            value: each.id,
            label: `${visit.t(`plans:kind.${each.kind}`)}: ${each.words?.slice(0, 80)}`,
          }))}
        />
        <RadioGroup {...planField(props, 'end')} options={choices(visit, 'entryEnd', entryEnds)} />
        <TextArea {...planField(props, 'why')} rows={2} maxLength={500} optional />
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const id = one(visit.input, 'entry');
    const as = entryEnds.find((each) => each === one(visit.input, 'end'));
    const problems = wrong([
      isId(id) ? undefined : problem(visit, 'entry', 'choose'),
      as === undefined ? problem(visit, 'end', 'end') : undefined,
    ]);
    if (problems !== undefined || as === undefined) return problems as Tried;
    const outcome = await endEntry(tx, staffAct(visit, caseId), id, { as, reason: said(visit, 'why', 500) });
    return outcome.kind === 'unchanged' ? refuse(visit, 'end', 'takeBack') : told(visit, outcome.kind);
  },
};
