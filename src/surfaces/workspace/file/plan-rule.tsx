import { type RetentionRule, type RuleClass, retentionRules, ruleClasses } from '../../../modules/files/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, Button, Checkbox, type FieldProblem, TextField } from '../../../ui/index.ts';
import { type DueByRule, dueByRule } from '../../due-by-rule.ts';
import type { TeamOf } from '../../file-contents.ts';
import { one } from '../../request.ts';
import { newCommand } from '../case/verb-marks.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

/** A question about a rule that makes more go, or lets it go without a person: what held, what would hold, and what would be due at once. */
export type RuleQuestion = { readonly now: RetentionRule; readonly next: RetentionRule; readonly due: DueByRule };

/** The class that the address names. */
export const ruleOf = (visit: StaffVisit): RuleClass | undefined =>
  ruleClasses.find((each) => each === visit.c.req.param('name'));

const idOf = (name: RuleClass, field: string): string => `f-${name}-${field}`;

/** The rule as it was typed, and what is wrong with it. */
export function readRule(
  visit: StaffVisit,
  name: RuleClass,
): { readonly rule: RetentionRule; readonly problems: readonly FieldProblem[] } {
  const years = Number(one(visit.input, 'jahre'));
  const source = one(visit.input, 'quelle').slice(0, 300);
  // A whole case is never deleted on a slip of the finger: somebody confirms it, and not before a year is over.
  const isCase = name === 'case';
  const byItself = !isCase && one(visit.input, 'selbst') === 'ja';
  const problem = yearsProblem(one(visit.input, 'jahre'), years, { isCase, byItself });
  return {
    rule: { class: name, years, source, byItself },
    problems: [
      ...(problem === undefined ? [] : [{ id: idOf(name, 'jahre'), text: visit.t(`file:plan.${problem}`) }]),
      ...(source === '' ? [{ id: idOf(name, 'quelle'), text: visit.t('file:plan.problemSource') }] : []),
    ],
  };
}

function yearsProblem(typed: string, years: number, of: { readonly isCase: boolean; readonly byItself: boolean }) {
  if (typed === '' || !Number.isInteger(years) || years < 0 || years > 100) return 'problemYears';
  if (years > 0) return undefined;
  return of.isCase ? 'problemCaseYears' : of.byItself ? 'problemAloneYears' : undefined;
}

/** What the form carries once it was asked: this rule is meant. */
const told = ({ years, byItself }: RetentionRule): string => `${years}${byItself ? ' selbst' : ''}`;

/** The question about a rule, unless it was asked already or takes nothing away. */
export async function ruleQuestion(
  tx: Tx,
  visit: StaffVisit,
  teamOf: TeamOf,
  next: RetentionRule,
): Promise<RuleQuestion | undefined> {
  const now = (await retentionRules(tx))[next.class];
  const takes = next.years < now.years || (next.byItself && !now.byItself);
  if (!takes || one(visit.input, 'gefragt') === told(next)) return undefined;
  return { now, next, due: await dueByRule(tx, teamOf, next) };
}

function Asked({ visit, question }: { visit: StaffVisit; question: RuleQuestion }) {
  const { t } = visit;
  const { now, next, due } = question;
  const what = next.class === 'case' ? 'cases' : next.class === 'employer-contacts' ? 'contacts' : 'papers';
  const name = t(`file:class.${next.class}`);
  // People at employers' stand in no list that somebody confirms.
  const stays = what === 'contacts' && !next.byItself;
  const words = {
    name,
    before: t('file:plan.years', { count: now.years }),
    after: t('file:plan.years', { count: next.years }),
  };
  return (
    <div class="tw-question" id="question" tabindex={-1} autofocus>
      <Alert tone="warning" title={t(`file:plan.ask.${next.years < now.years ? 'shorter' : 'alone'}`, words)}>
        {stays ? null : (
          <p>
            {t(`file:plan.ask.${what}`, { count: due.count })} {due.more ? t('file:plan.ask.more') : ''}
          </p>
        )}
        <p>{t(`file:plan.ask.${stays ? 'contactsStay' : next.byItself ? 'byItself' : 'confirmed'}`)}</p>
        <div class="td-toolbar">
          <Button>{t('file:plan.ask.send')}</Button>
          <a href={`#${idOf(next.class, 'jahre')}`}>{t('file:plan.ask.change')}</a>
        </div>
      </Alert>
    </div>
  );
}

/** The rule of a class, to be changed; what was typed and not taken stands in it. */
export function Rule(props: {
  readonly visit: StaffVisit;
  readonly rule: RetentionRule;
  readonly problems: readonly FieldProblem[];
  readonly question: RuleQuestion | undefined;
}) {
  const { visit, rule, problems } = props;
  const { t } = visit;
  const id = (field: string): string => idOf(rule.class, field);
  const wrong = (field: string): string | undefined => problems.find((each) => each.id === id(field))?.text;
  const question = props.question?.next.class === rule.class ? props.question : undefined;
  const typed = question !== undefined || wrong('jahre') !== undefined || wrong('quelle') !== undefined;
  return (
    <details open={typed}>
      <summary>
        {t(`file:class.${rule.class}`)}: {t('file:plan.years', { count: rule.years })}
        {rule.byItself ? `, ${t('file:plan.byItselfShort')}` : ''}
        <span class="tw-sub">{rule.source}</span>
      </summary>
      <form action={paths.filePlanRule(rule.class)} method="post" class="td-form" novalidate>
        <input type="hidden" name="csrf" value={visit.csrf} />
        <input type="hidden" name="command" value={newCommand(visit)} />
        {question === undefined ? null : (
          <>
            <input type="hidden" name="gefragt" value={told(question.next)} />
            <Asked visit={visit} question={question} />
          </>
        )}
        <TextField
          t={t}
          id={id('jahre')}
          name="jahre"
          label={t('file:plan.yearsLabel')}
          value={typed ? one(visit.input, 'jahre') : String(rule.years)}
          error={wrong('jahre')}
          inputMode="numeric"
          width="xs"
          maxLength={3}
        />
        <TextField
          t={t}
          id={id('quelle')}
          name="quelle"
          label={t('file:plan.source')}
          value={typed ? one(visit.input, 'quelle') : rule.source}
          error={wrong('quelle')}
          maxLength={300}
        />
        {rule.class === 'case' ? null : (
          <Checkbox
            t={t}
            id={id('selbst')}
            name="selbst"
            value="ja"
            optional
            label={t('file:plan.byItself')}
            checked={typed ? one(visit.input, 'selbst') === 'ja' : rule.byItself}
          />
        )}
        <Button variant="secondary">{t('file:plan.save')}</Button>
      </form>
    </details>
  );
}
