import { isId } from '../../../../kernel/ids.ts';
import { addCheck, caseChecks, checkResults, standingChecks } from '../../../../modules/cases/index.ts';
import { caseOfDocument } from '../../../../modules/intake/index.ts';
import type { Tx } from '../../../../platform/database/index.ts';
import { fieldId, RadioGroup, Select, TextArea, TextField } from '../../../../ui/index.ts';
import { one } from '../../../request.ts';
import type { StaffVisit } from '../../visit.ts';
import type { VerbPart } from '../more-verbs.ts';
import { papersOf } from '../papers.tsx';
import { errorOf, type FormProps, Sheet } from '../verb-sheet.tsx';
import type { Tried } from '../verbs.ts';

const checkField = ({ visit, view }: FormProps, name: string, otherwise = '') => ({
  t: visit.t,
  name,
  label: visit.t(`checks:field.${name}`),
  value: one(view.input, name) || otherwise,
  error: errorOf(view, name),
});

const said = (visit: StaffVisit, name: string, most: number): string => one(visit.input, name).slice(0, most).trim();

/** Whether a paper that came lies in this case. */
async function liesInCase(tx: Tx, caseId: string, documentId: string): Promise<boolean> {
  return (await caseOfDocument(tx, documentId)) === caseId;
}

/** What was checked, with its result and what it rests on. */
export const checkVerb: VerbPart = {
  form: async (tx, props) => {
    const { visit, data, view } = props;
    const { t } = visit;
    const standing = standingChecks(await caseChecks(tx, data.case.id));
    const again = standing.find(({ id }) => id === one(view.input, 'entry'));
    return (
      <Sheet {...props} verb="pruefung">
        <TextField {...checkField(props, 'matter', again?.what)} hint={t('checks:hint.matter')} maxLength={200} />
        <RadioGroup
          {...checkField(props, 'outcome')}
          options={checkResults.map((value) => ({ value, label: t(`checks:result.${value}`) }))}
        />
        <TextArea {...checkField(props, 'source')} hint={t('checks:hint.source')} rows={2} maxLength={500} />
        <Select
          {...checkField(props, 'paper')}
          optional
          empty={t('checks:noPaper')}
          options={papersOf(data)
            .filter((each) => each.erasedAt === null)
            .map((each) => ({ value: each.id, label: each.name }))}
        />
        {standing.length === 0 ? null : (
          <Select
            {...checkField(props, 'entry')}
            optional
            empty={t('checks:nothingBefore')}
            options={standing.map((each) => ({ value: each.id, label: each.what }))}
          />
        )}
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const [what, source] = [said(visit, 'matter', 200), said(visit, 'source', 500)];
    const result = checkResults.find((each) => each === one(visit.input, 'outcome'));
    const [paper, before] = [one(visit.input, 'paper'), one(visit.input, 'entry')];
    const wrong = (name: string, key: string) => ({ id: fieldId(name), text: visit.t(`checks:problem.${key}`) });
    const problems = [
      ...(what === '' ? [wrong('matter', 'matter')] : []),
      ...(result === undefined ? [wrong('outcome', 'outcome')] : []),
      ...(source === '' ? [wrong('source', 'source')] : []),
      ...(paper === '' || (isId(paper) && (await liesInCase(tx, caseId, paper))) ? [] : [wrong('paper', 'paper')]),
    ];
    if (problems.length > 0 || result === undefined) return { kind: 'wrong', problems };
    const act = {
      actor: visit.actor,
      reader: visit.reader,
      caseId,
      staffId: visit.staff.id,
      staffName: visit.staff.name,
    };
    const outcome = await addCheck(tx, act, {
      what,
      result,
      source,
      documentId: paper === '' ? null : paper,
      replaces: isId(before) ? before : null,
    });
    const ended: Tried = { kind: 'wrong', problems: [wrong('entry', 'ended')] };
    return outcome.kind === 'ended' ? ended : outcome;
  },
};
