import { recordAudit } from '../../../modules/audit/index.ts';
import {
  addPart,
  closePart,
  fileParts,
  retentionRules,
  ruleClasses,
  setRetentionRule,
  shippedParts,
} from '../../../modules/files/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { languages, translate } from '../../../platform/i18n/index.ts';
import { Alert, Button, ErrorSummary, type FieldProblem, fieldId, TextField } from '../../../ui/index.ts';
import { teamOfConcern } from '../../file-contents.ts';
import { one } from '../../request.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { type Outcome, once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { partWords } from '../reader/words.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { Rule, type RuleQuestion, readRule, ruleOf, ruleQuestion } from './plan-rule.tsx';

const doneWords = ['teil', 'teilEnde', 'frist', 'unveraendert'] as const;

/** What holds for all files of the Jobcenter: their parts, and how long what is kept. For the lead. */
export async function planPage(
  visit: StaffVisit,
  tx: Tx,
  problems: readonly FieldProblem[] = [],
  question?: RuleQuestion,
): Promise<Response> {
  const { t } = visit;
  if (visit.staff.role !== 'lead') return notFound(visit);
  const parts = await fileParts(tx);
  const rules = await retentionRules(tx);
  const ok = doneWords.find((word) => word === visit.c.req.query('ok'));
  return show(
    visit,
    {
      title: t('file:plan.title'),
      styles: ['css/file-pages.css'],
      status: problems.length > 0 || question !== undefined ? 422 : 200,
    },
    <div class="tw-file">
      <WithHelp visit={visit} of="file-plan">
        <h1>{t('file:plan.title')}</h1>
      </WithHelp>
      {ok === undefined ? null : <Alert tone="success" live title={t(`file:plan.done.${ok}`)} />}
      {problems.length === 0 ? null : <ErrorSummary t={t} problems={problems} />}
      <p>
        <a href={paths.fileDeletions}>{t('file:deletion.title')}</a> · <a href={paths.fields}>{t('own:title')}</a>
      </p>
      <section class="tw-panel" aria-labelledby="parts">
        <h2 id="parts">{t('file:parts')}</h2>
        <ul class="tw-file__cases">
          {parts.map((part) => (
            <li class="tw-file__tools">
              <span>{partWords(visit, parts, part.key)}</span>
              {part.name === undefined ? null : (
                <form action={paths.filePlanPartEnd(part.key)} method="post">
                  <VerbMarks visit={visit} />
                  <button
                    type="submit"
                    class="td-link-button"
                    aria-label={t('file:plan.closeLabel', { name: part.name })}
                  >
                    {t('file:plan.close')}
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
        <form action={paths.filePlanParts} method="post" class="td-form" novalidate>
          <VerbMarks visit={visit} />
          <TextField
            t={t}
            name="name"
            label={t('file:plan.name')}
            value={one(visit.input, 'name')}
            error={problems.find(({ id }) => id === fieldId('name'))?.text}
            maxLength={60}
          />
          <Button variant="secondary">{t('file:plan.add')}</Button>
        </form>
      </section>
      <section class="tw-panel" aria-labelledby="rules">
        <h2 id="rules">{t('file:plan.rules')}</h2>
        <p class="td-muted">{t('file:plan.rulesText')}</p>
        {ruleClasses.map((name) => (
          <Rule visit={visit} rule={rules[name]} problems={problems} question={question} />
        ))}
      </section>
    </div>,
  );
}

const act =
  (done: string, attempt: (tx: Tx, visit: StaffVisit) => Promise<Outcome>) =>
  async (visit: StaffVisit): Promise<Response> => {
    if (visit.staff.role !== 'lead') return notFound(visit);
    const outcome = await once(visit, (tx) => attempt(tx, visit));
    if (outcome.kind === 'not-found') return notFound(visit);
    if (outcome.kind === 'wrong') return inTenant(visit, (tx) => planPage(visit, tx, outcome.problems));
    const ok = outcome.kind === 'done' ? done : 'unveraendert';
    return visit.c.redirect(withQuery(paths.filePlan, { ok }), 303);
  };

const record = (tx: Tx, visit: StaffVisit, action: string, subjectId: string): Promise<void> =>
  recordAudit(tx, visit.actor, { action, subjectType: 'file-plan', subjectId });

/** What the parts are called that every file has, in each language: no other may look like one of them. */
const shippedNames = (): string[] =>
  languages.flatMap((each) => shippedParts.map((key) => translate(each)(`file:part.${key}`)));

export const addPartAct = act('teil', async (tx, visit) => {
  const name = one(visit.input, 'name').slice(0, 60).replaceAll(/\s+/g, ' ').trim();
  const wrong = (key: string): Outcome => ({
    kind: 'wrong',
    problems: [{ id: fieldId('name'), text: visit.t(`file:plan.${key}`) }],
  });
  if (name === '') return wrong('problemName');
  if ((await addPart(tx, name, visit.staff.name, shippedNames())) === 'exists') return wrong('problemExists');
  await record(tx, visit, 'file-plan.part-added', 'parts');
  return { kind: 'done' };
});

export const closePartAct = act('teilEnde', async (tx, visit) => {
  const key = visit.c.req.param('key') ?? '';
  if (!(await fileParts(tx)).some((part) => part.key === key && part.name !== undefined)) return { kind: 'unchanged' };
  await closePart(tx, key);
  await record(tx, visit, 'file-plan.part-closed', key);
  return { kind: 'done' };
});

/** Sets the rule of a class. A rule that makes more go, or lets it go without a person, is asked about once, with how much it is. */
export async function setRuleAct(visit: StaffVisit): Promise<Response> {
  const name = ruleOf(visit);
  if (visit.staff.role !== 'lead' || name === undefined) return notFound(visit);
  const { rule, problems } = readRule(visit, name);
  const teamOf = await teamOfConcern(visit.services, visit.jobcenter.id);
  let question: RuleQuestion | undefined;
  const outcome = await once(visit, async (tx): Promise<Outcome> => {
    if (problems.length > 0) return { kind: 'wrong', problems };
    question = await ruleQuestion(tx, visit, teamOf, rule);
    if (question !== undefined) return { kind: 'wrong', problems: [] };
    await setRetentionRule(tx, rule, visit.staff.name);
    await record(tx, visit, 'file-plan.rule-set', name);
    return { kind: 'done' };
  });
  if (outcome.kind === 'wrong') return inTenant(visit, (tx) => planPage(visit, tx, outcome.problems, question));
  return visit.c.redirect(withQuery(paths.filePlan, { ok: outcome.kind === 'done' ? 'frist' : 'unveraendert' }), 303);
}
