import type { Day } from '../../kernel/dates.ts';

/**
 * Ways of working with a case (Arbeitslogiken): its facts and rules, matching and agreements, the person and the surroundings. They cut
 * across job roles: whoever works chooses, and may choose again at any moment.
 */
export const workViews = ['administrative', 'placement', 'social'] as const;
export type WorkView = (typeof workViews)[number];
export const isWorkView = (text: string): text is WorkView => workViews.some((view) => view === text);

/** How a block stands in a view. A hidden one is a click away ("show everything"), so nothing is ever out of reach. */
export const shownAs = ['open', 'folded', 'hidden'] as const;
export type ShownAs = (typeof shownAs)[number];
export type BlockRule = { readonly block: string; readonly shown: ShownAs };

/** What a view shows from a day on: in the whole Jobcenter, or in the cases of one team. */
export type RuleVersion = {
  readonly id: string;
  readonly view: WorkView;
  readonly version: number;
  readonly blocks: readonly BlockRule[];
  /** Verbs that stand first, in this order; null in versions that said nothing of them: then the shipped ones. */
  readonly verbs: readonly string[] | null;
  readonly validFrom: Day;
  readonly teamId: string | null;
  readonly reason: string;
  readonly madeAt: Date;
  readonly madeBy: string;
};

const rule = (open: readonly string[], folded: readonly string[], hidden: readonly string[] = []): BlockRule[] => [
  ...open.map((block) => ({ block, shown: 'open' as const })),
  ...folded.map((block) => ({ block, shown: 'folded' as const })),
  ...hidden.map((block) => ({ block, shown: 'hidden' as const })),
];

/** What holds where a Jobcenter has changed nothing. A block that no rule names yet is shown, below the others. */
export const shippedBlocks: Readonly<Record<WorkView, readonly BlockRule[]>> = {
  administrative: rule(
    [
      'facts',
      'open',
      'appointments',
      'letters',
      'follow-ups',
      'checks',
      'own-fields',
      'answers',
      'papers',
      'notes',
      'history',
    ],
    [],
    ['plan', 'strengths', 'proposals', 'partners', 'surroundings', 'referrals'],
  ),
  placement: rule(
    [
      'facts',
      'appointments',
      'plan',
      'strengths',
      'proposals',
      'partners',
      'open',
      'follow-ups',
      'own-fields',
      'notes',
      'history',
    ],
    ['referrals', 'letters', 'answers', 'papers'],
    ['surroundings', 'checks'],
  ),
  social: rule(
    [
      'facts',
      'appointments',
      'surroundings',
      'strengths',
      'plan',
      'referrals',
      'open',
      'follow-ups',
      'own-fields',
      'notes',
      'history',
    ],
    ['letters', 'answers', 'papers'],
    ['proposals', 'partners', 'checks'],
  ),
};

/**
 * What each way of working does all day, where a Jobcenter has changed nothing: so few that they stand in one row. Every other verb is one step away,
 * under "more", and every key works from everywhere: an order takes nothing away.
 */
export const shippedVerbs: Readonly<Record<WorkView, readonly string[]>> = {
  administrative: [
    ...['anforderungen', 'nachrichten', 'brief', 'entscheidung', 'abschluss'],
    ...['wiederaufnahme', 'wiedervorlage', 'notizen'],
  ],
  placement: [...['notizen', 'vereinbarung', 'vorschlag', 'nachrichten', 'brief'], ...['wiedervorlage', 'zusage']],
  social: [...['notizen', 'weitervermittlung', 'vereinbarung', 'nachrichten', 'brief'], ...['wiedervorlage', 'zusage']],
};

/** The verbs that stand first by a version, or as shipped. */
export const firstVerbs = (view: WorkView, version: RuleVersion | undefined): readonly string[] =>
  version?.verbs ?? shippedVerbs[view];

/**
 * The version that holds for cases of a team on a day: of those that have begun and are meant for the team or for all, the one that began
 * last; of two that began on one day, the later one. Undefined where the shipped order holds.
 */
export function ruleInForce(
  versions: readonly RuleVersion[],
  where: { readonly teamId: string | null; readonly today: Day },
): RuleVersion | undefined {
  return versions
    .filter((each) => each.validFrom <= where.today && (each.teamId === null || each.teamId === where.teamId))
    .toSorted((a, b) => (a.validFrom === b.validFrom ? a.version - b.version : a.validFrom < b.validFrom ? -1 : 1))
    .at(-1);
}

/** The blocks there are, in the order and state of a rule; what it does not know follows, open: nothing new is ever lost. */
export function arrange(rules: readonly BlockRule[], names: readonly string[]): BlockRule[] {
  const known = rules.filter(({ block }) => names.includes(block));
  const rest = names.filter((name) => !known.some(({ block }) => block === name));
  return [...known, ...rest.map((block) => ({ block, shown: 'open' as const }))];
}

/** Whether verbs can stand first: each once, and at least one. */
export const areFirst = (verbs: readonly string[]): boolean =>
  verbs.length > 0 && verbs.length <= 50 && new Set(verbs).size === verbs.length;

/** Whether blocks can be a rule: each once, and at least one that is open. */
export const isRule = (blocks: readonly BlockRule[]): boolean =>
  new Set(blocks.map(({ block }) => block)).size === blocks.length && blocks.some(({ shown }) => shown === 'open');
