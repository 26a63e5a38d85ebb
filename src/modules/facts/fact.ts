import { type Day, isDay } from '../../kernel/dates.ts';
import type { ContactWay } from '../cases/index.ts';

/** What a board of facts holds. `until`: what runs until when, or from when on. */
export const factKinds = ['member', 'reach', 'language', 'helper', 'until', 'address', 'free'] as const;
export type FactKind = (typeof factKinds)[number];

/**
 * Kinds that serve everybody who works with the household: who belongs to it, how to reach and understand it, who helps it. What runs, and what has
 * a topic, is read by who may see the case in which it was said (§ 35 SGB I).
 */
export const sharedKinds: readonly FactKind[] = ['member', 'reach', 'language', 'helper', 'address'];

/** Of some kinds one at a time holds for each person: a new one takes the place of the old one. */
export const singleKinds: readonly FactKind[] = ['reach', 'language', 'address'];

/** How a person prefers to be reached. */
export const reachWays = ['phone', 'message', 'email', 'post', 'in-person', 'video'] as const;
export type ReachWay = (typeof reachWays)[number] | ContactWay;

/** What a helper may do: as a proxy (Vollmacht, § 13 (1) SGB X) or beside the person (Beistand, § 13 (4) SGB X). */
export const helperScopes = ['everything', 'inform', 'apply', 'receive', 'accompany'] as const;
export type HelperScope = (typeof helperScopes)[number];

/** What a kind says beside its text. */
export type FactDetail = {
  readonly way?: ReachWay;
  readonly interpreter?: boolean;
  readonly scopes?: readonly HelperScope[];
  readonly topic?: string;
  readonly topicName?: string;
};

/** From where it is known; `person`: said by them on that day. */
export const factSources = ['person', 'staff', 'document', 'submission', 'note'] as const;
export type FactSourceKind = (typeof factSources)[number];
export type FactSource = {
  readonly kind: FactSourceKind;
  readonly id: string | null;
  readonly page: number | null;
  readonly day: Day;
};

export type Fact = {
  readonly id: string;
  readonly caseId: string;
  readonly kind: FactKind;
  readonly personId: string | null;
  readonly personName: string;
  readonly text: string;
  readonly detail: FactDetail;
  /** Of what was read: the words of the page that say so, as they stand there. */
  readonly places: readonly string[];
  readonly validFrom: Day | null;
  readonly validUntil: Day | null;
  readonly source: FactSource;
  readonly saidAt: Date;
  readonly saidByName: string;
  /** Null while it is a suggestion that nobody has looked at. */
  readonly confirmedAt: Date | null;
  readonly confirmedByName: string | null;
  readonly closedAs: 'replaced' | 'ended' | 'wrong' | null;
  readonly closedAt: Date | null;
  readonly closedByName: string | null;
  readonly closedReason: string | null;
  readonly replacedBy: string | null;
};

/** What somebody says: whom it is about by id, `household` for all, `stated` for whom the case names, confirmed or not. */
export type NewFact = {
  readonly kind: FactKind;
  readonly whom: string;
  readonly text: string;
  readonly detail: FactDetail;
  readonly validFrom: Day | null;
  readonly validUntil: Day | null;
  readonly source: FactSource;
};

export type FactProblem = 'no-text' | 'whom' | 'days' | 'no-day' | 'way' | 'scope' | 'topic' | 'source' | 'source-day';

/** What of a new fact does not fit together, as far as it can be seen without the case; today is the day in Germany. */
export function problemOf(fact: NewFact, today: Day): FactProblem | undefined {
  const { kind, detail, validFrom, validUntil, source } = fact;
  if (fact.text.trim() === '' && kind !== 'reach') return 'no-text';
  if (kind === 'reach' && detail.way === undefined) return 'way';
  if (kind === 'helper' && (detail.scopes ?? []).length === 0) return 'scope';
  if (kind === 'free' && (detail.topic ?? '') === '') return 'topic';
  if (kind === 'until' && validFrom === null && validUntil === null) return 'no-day';
  if (validFrom !== null && validUntil !== null && validUntil < validFrom) return 'days';
  if (!isDay(source.day) || source.day > today) return 'source-day';
  const named = source.kind === 'document' || source.kind === 'submission' || source.kind === 'note';
  return named === (source.id !== null) && (source.page === null || source.kind === 'document') ? undefined : 'source';
}

/** What a home costs is assessed for all who live in it (§ 22 (1), § 7 (3) SGB II). */
export const isOfHome = ({ detail }: Pick<Fact, 'detail'>): boolean => detail.topic === 'housing';

/** Whether a fact was read on a page and nobody said whose it is; what a home costs is the household's. */
export const isUnnamed = (fact: Pick<Fact, 'personId' | 'personName' | 'saidByName' | 'detail'>): boolean =>
  fact.personId === null && fact.personName === '' && fact.saidByName === '' && !isOfHome(fact);

/** Where a fact stands on a day: it may begin later or be over, and still be shown as such. */
export const standingOf = (fact: Pick<Fact, 'validFrom' | 'validUntil'>, today: Day): 'later' | 'now' | 'over' => {
  if (fact.validUntil !== null && fact.validUntil < today) return 'over';
  return fact.validFrom !== null && fact.validFrom > today ? 'later' : 'now';
};
