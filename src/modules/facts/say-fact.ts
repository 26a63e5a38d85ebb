import { dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import {
  type CaseReader,
  findCase,
  lockCase,
  recordFact,
  type VerbOutcome,
  visibleCases,
  writtenEvents,
} from '../cases/index.ts';
import { type HouseAct, noteTopics, peopleOfCase } from '../contacts/index.ts';
import { caseOfDocument, findSubmission } from '../intake/index.ts';
import { type BoardCases, boardCases, boardFact } from './board.ts';
import { type Fact, type FactProblem, isUnnamed, type NewFact, problemOf } from './fact.ts';
import { type FactTables, factRows } from './tables.ts';

export type FactAct = {
  readonly actor: HouseAct['actor'];
  readonly reader: CaseReader;
  /** The case in whose timeline it stands. */
  readonly caseId: string;
};
export type FactOutcome =
  | VerbOutcome
  | { readonly kind: 'refused'; readonly why: FactProblem }
  /** Somebody else was faster: what was to be replaced holds no more. `now` is what stands there instead, where anything does. */
  | { readonly kind: 'overtaken'; readonly now: Fact | undefined };

const refused = (why: FactProblem): FactOutcome => ({ kind: 'refused', why });

/**
 * Says a fact, with its source and its day. With `replaces` it takes the place of a fact of the same kind, which stays in the history; two who
 * replace the same one do not overwrite each other: the second one is told what stands there now.
 */
export async function sayFact(tx: Tx, act: FactAct, fact: NewFact, replaces: string | null): Promise<FactOutcome> {
  const found = await lockCase(tx, act);
  const cases = found === undefined ? undefined : await boardCases(tx, act.reader, act.caseId);
  if (found === undefined || cases === undefined) return { kind: 'not-found' };
  const problem = problemOf(fact, dayInGermany(tx.now)) ?? (await problemWithin(tx, act, cases, fact));
  if (problem !== undefined) return refused(problem);
  const old = replaces === null ? undefined : await lockFact(tx, cases, replaces);
  if (replaces !== null && (old === undefined || old.kind !== fact.kind)) return { kind: 'not-found' };
  if (old !== undefined && old.closedAs !== null) return { kind: 'overtaken', now: await newestOf(tx, cases, old) };
  const person = await personOf(tx, act, fact.whom);
  if (person === undefined) return refused('whom');
  const topic = (await noteTopics(tx)).find((each) => each.key === fact.detail.topic);
  const id = tx.newId();
  const row = {
    id,
    case_id: act.caseId,
    kind: fact.kind,
    person_id: person.id,
    person_name: person.name,
    text: fact.text.trim() === '' ? '–' : fact.text.trim(),
    detail: JSON.stringify({ ...fact.detail, ...(topic?.name === undefined ? {} : { topicName: topic.name }) }),
    // The same words of the same page stand where they stood.
    places: old !== undefined && sameWords(old, fact) ? JSON.stringify(old.places) : null,
    valid_from: fact.validFrom,
    valid_until: fact.validUntil,
    source: fact.source.kind,
    source_id: fact.source.id,
    source_page: fact.source.page,
    source_day: fact.source.day,
    said_at: tx.now,
    said_by: act.actor.id,
    said_by_name: act.actor.name,
    ...confirmedBy(tx, act),
    ...open,
  };
  await tx.tables<FactTables>().insertInto('fact').values(row).execute();
  if (old !== undefined) await close(tx, act, old.id, { as: 'replaced', reason: null, replacedBy: id });
  touchAll(tx, cases);
  const said = { factId: id, fact: fact.kind, text: row.text, person: person.name };
  return recordFact(tx, act, {
    kind: 'fact-said',
    detail: { ...said, ...(topic === undefined ? {} : { topic: topic.key }) },
  });
}

/**
 * A person looked at a suggestion and takes it over; nothing a machine read is a fact before. `whom`: about whom it is, as in `NewFact`; without it that
 * is said later (`nameFact`), and until then an export for one person does not hold it.
 */
export async function confirmFact(tx: Tx, act: FactAct, id: string, whom?: string): Promise<FactOutcome> {
  const { cases, fact } = await openFact(tx, act, id);
  if (cases === undefined || fact === undefined) return { kind: 'not-found' };
  if (fact.confirmedAt !== null || fact.closedAs !== null) return { kind: 'unchanged' };
  if (whom !== undefined) return withWhom(tx, act, fact, whom);
  await tx.tables<FactTables>().updateTable('fact').set(confirmedBy(tx, act)).where('id', '=', id).execute();
  touchAll(tx, cases);
  return recordFact(tx, act, { kind: 'fact-confirmed', detail: asDetail(fact) });
}

/** Says whose a fact is that was read and taken over without saying so. `unchanged`: it has somebody already. */
export async function nameFact(tx: Tx, act: FactAct, id: string, whom: string): Promise<FactOutcome> {
  const { cases, fact } = await openFact(tx, act, id);
  if (cases === undefined || fact === undefined) return { kind: 'not-found' };
  if (fact.confirmedAt === null || fact.closedAs !== null || !isUnnamed(fact)) return { kind: 'unchanged' };
  return withWhom(tx, act, fact, whom);
}

/** What was read is never overwritten: the same words take its place, with whose they are, and it stays in the history. */
function withWhom(tx: Tx, act: FactAct, fact: Fact, whom: string): Promise<FactOutcome> {
  const { id, kind, text, detail, validFrom, validUntil, source } = fact;
  return sayFact(tx, act, { kind, text, detail, validFrom, validUntil, source, whom }, id);
}

/**
 * A fact holds no more: it ended (a mandate is revoked, somebody moved out), or it was wrong. With a reason; it stays in the history. A suggestion
 * that is wrong needs none.
 */
export async function closeFact(
  tx: Tx,
  act: FactAct,
  id: string,
  how: { readonly as: 'ended' | 'wrong'; readonly reason: string },
): Promise<VerbOutcome | { readonly kind: 'refused'; readonly why: 'reason' }> {
  const { cases, fact } = await openFact(tx, act, id);
  if (cases === undefined || fact === undefined) return { kind: 'not-found' };
  if (fact.closedAs !== null) return { kind: 'unchanged' };
  const suggested = fact.confirmedAt === null;
  if (how.reason.trim() === '' && !(suggested && how.as === 'wrong')) return { kind: 'refused', why: 'reason' };
  await close(tx, act, id, { as: how.as, reason: how.reason.trim(), replacedBy: null });
  touchAll(tx, cases);
  const detail = { ...asDetail(fact), reason: how.reason.trim() };
  return recordFact(tx, act, { kind: how.as === 'ended' ? 'fact-ended' : 'fact-wrong', detail });
}

async function openFact(tx: Tx, act: FactAct, id: string) {
  const cases = (await lockCase(tx, act)) === undefined ? undefined : await boardCases(tx, act.reader, act.caseId);
  return { cases, fact: cases === undefined ? undefined : await lockFact(tx, cases, id) };
}

async function lockFact(tx: Tx, cases: BoardCases, id: string): Promise<Fact | undefined> {
  await factRows(tx).where('id', '=', id).forUpdate().executeTakeFirst();
  return boardFact(tx, cases, id);
}

async function newestOf(tx: Tx, cases: BoardCases, fact: Fact): Promise<Fact | undefined> {
  let at: Fact | undefined = fact;
  while (at?.replacedBy != null) at = await boardFact(tx, cases, at.replacedBy);
  return at?.closedAs === null ? at : undefined;
}

const open = {
  closed_as: null,
  closed_at: null,
  closed_by: null,
  closed_by_name: null,
  closed_reason: null,
  replaced_by: null,
} as const;

const confirmedBy = (tx: Tx, { actor }: FactAct) => ({
  confirmed_at: tx.now,
  confirmed_by: actor.id,
  confirmed_by_name: actor.name,
});

async function close(
  tx: Tx,
  { actor }: FactAct,
  id: string,
  how: {
    readonly as: 'replaced' | 'ended' | 'wrong';
    readonly reason: string | null;
    readonly replacedBy: string | null;
  },
): Promise<void> {
  const set = {
    closed_as: how.as,
    closed_at: tx.now,
    closed_by: actor.id,
    closed_by_name: actor.name,
    closed_reason: how.reason,
    replaced_by: how.replacedBy,
  };
  await tx.tables<FactTables>().updateTable('fact').set(set).where('id', '=', id).execute();
}

const sameWords = (old: Fact, fact: NewFact): boolean =>
  old.text === fact.text && old.source.id === fact.source.id && old.source.page === fact.source.page;

const asDetail = ({ id, kind, text, personName }: Fact) => ({ factId: id, fact: kind, text, person: personName });

/** Open windows of the other cases of the file show the same board. */
const touchAll = (tx: Tx, { all }: BoardCases): void => {
  for (const id of all) tx.touch(id);
};

/** Whom a fact is about; undefined for somebody who does not belong to the household of the case. */
async function personOf(
  tx: Tx,
  act: FactAct,
  whom: string,
): Promise<{ readonly id: string | null; readonly name: string } | undefined> {
  const found = await findCase(tx, act.reader, act.caseId);
  if (found === undefined) return undefined;
  if (whom === 'household') return { id: null, name: '' };
  if (whom === 'stated' && found.personId === null) return { id: null, name: found.personName };
  const id = whom === 'stated' ? found.personId : whom; // confirmed while the form was open
  return (await peopleOfCase(tx, found)).find((each) => each.id === id);
}

/** The topic is one of the list, and the source lies in the file where the reader may see it. A note of a circle is no source: others would learn of it. */
async function problemWithin(tx: Tx, act: FactAct, cases: BoardCases, fact: NewFact): Promise<FactProblem | undefined> {
  if (fact.kind === 'free') {
    const topic = (await noteTopics(tx)).find((each) => each.key === fact.detail.topic);
    if (topic === undefined || topic.closed) return 'topic';
  }
  const { kind, id } = fact.source;
  if (id === null) return undefined;
  const caseId = await caseOfSource(tx, kind, id);
  if (caseId === undefined || !cases.visible.includes(caseId)) return 'source';
  return (await visibleCases(tx, act.reader, [caseId])).has(caseId) ? undefined : 'source';
}

async function caseOfSource(tx: Tx, kind: Fact['source']['kind'], id: string): Promise<string | undefined> {
  if (kind === 'document') return caseOfDocument(tx, id);
  if (kind === 'submission') return (await findSubmission(tx, id))?.caseId;
  const [event] = await writtenEvents(tx, [id]);
  return event?.kind === 'note' ? event.caseId : undefined;
}
