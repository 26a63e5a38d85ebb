import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { FileTables } from './tables.ts';

/** Classes of documents by how long they are kept. */
export const retentionClasses = ['benefits', 'statements', 'integration', 'health', 'general'] as const;
export type RetentionClass = (typeof retentionClasses)[number];
/**
 * What else has a rule: the case itself, once its papers are gone, and people at employers', from the day on which somebody last knew that they are
 * the ones to call.
 */
export const ruleClasses = [...retentionClasses, 'case', 'employer-contacts'] as const;
export type RuleClass = (typeof ruleClasses)[number];

/**
 * How long documents of a class are kept: whole years after the end of the year in which their case was closed. `byItself`: they are
 * deleted without a person who confirms it. `source`: the law or decision it rests on.
 */
export type RetentionRule = {
  readonly class: RuleClass;
  readonly years: number;
  readonly byItself: boolean;
  readonly source: string;
};

/** What holds where a Jobcenter has set nothing of its own. No paper and no case is deleted by itself as shipped; people of whom nobody knows any more are. */
export const shippedRules: Readonly<Record<RuleClass, Omit<RetentionRule, 'class'>>> = {
  benefits: {
    years: 10,
    byItself: false,
    source: 'Art. 17 Abs. 1 Buchst. a DSGVO; § 45 Abs. 3 Satz 4 und § 50 Abs. 4 SGB X',
  },
  statements: {
    years: 10,
    byItself: false,
    source: 'BSG, Urteil vom 14.05.2020, B 14 AS 7/19 R; Art. 17 Abs. 1 Buchst. a DSGVO',
  },
  integration: { years: 5, byItself: false, source: 'Art. 17 Abs. 1 Buchst. a DSGVO; § 45 SGB I' },
  health: { years: 4, byItself: false, source: 'Art. 17 Abs. 1 Buchst. a und Art. 9 DSGVO; § 45 SGB I' },
  general: { years: 5, byItself: false, source: 'Art. 17 Abs. 1 Buchst. a DSGVO; § 45 SGB I' },
  case: {
    years: 10,
    byItself: false,
    source: 'Art. 17 Abs. 1 Buchst. a DSGVO; § 45 Abs. 3 Satz 4 und § 50 Abs. 4 SGB X',
  },
  'employer-contacts': {
    years: 2,
    byItself: true,
    source: 'Art. 5 Abs. 1 Buchst. e und Art. 17 Abs. 1 Buchst. a DSGVO',
  },
};

/**
 * The class of a document: what a person chose, else by its kind, by whether it tells of somebody's health (Art. 9 DSGVO), and by the part it
 * lies in.
 */
export function retentionClassOf(document: {
  readonly retention: string | null;
  readonly health: boolean;
  readonly kind: string | null;
  readonly part: string;
}): RetentionClass {
  const chosen = retentionClasses.find((each) => each === document.retention);
  if (chosen !== undefined) return chosen;
  if (document.kind === 'account-statement') return 'statements';
  if (document.health) return 'health';
  if (document.part === 'benefits') return 'benefits';
  return document.part === 'integration' ? 'integration' : 'general';
}

/** The first day on which a document may be deleted: after the last day of the year of closing, and so many whole years. */
export const dueOnOf = (closedOn: Day, years: number): Day =>
  `${String(Number(closedOn.slice(0, 4)) + years + 1).padStart(4, '0')}-01-01`;

/**
 * The rules that hold now, one for each class. Before a whole year is over nothing is deleted by itself, also by a rule of no years that was set when that
 * was still taken: somebody confirms it.
 */
export async function retentionRules(tx: Tx): Promise<Record<RuleClass, RetentionRule>> {
  const rows = await tx
    .tables<FileTables>()
    .selectFrom('retention_rule')
    .select(['class', 'years', 'by_itself as byItself', 'source'])
    .orderBy('id')
    .execute();
  const own = new Map(rows.map((row) => [row.class, row])); // the last one written counts
  const rule = (name: RuleClass): RetentionRule => {
    const set = own.get(name) ?? shippedRules[name];
    return { ...set, class: name, byItself: set.byItself && set.years > 0 };
  };
  return {
    benefits: rule('benefits'),
    statements: rule('statements'),
    integration: rule('integration'),
    health: rule('health'),
    general: rule('general'),
    case: rule('case'),
    'employer-contacts': rule('employer-contacts'),
  };
}

/** Sets the rule of a class from now on; what held before stays on record. */
export async function setRetentionRule(tx: Tx, rule: RetentionRule, by: string): Promise<void> {
  const row = {
    id: tx.newId(),
    class: rule.class,
    years: rule.years,
    by_itself: rule.byItself,
    source: rule.source,
    at: tx.now,
    actor_name: by,
  };
  await tx.insertInto<FileTables['retention_rule']>('retention_rule', [row]);
}
