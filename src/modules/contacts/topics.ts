import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { type FollowUpTopic, followUpTopics } from '../cases/index.ts';
import { lockField } from '../together/index.ts';
import type { ContactTables } from './tables.ts';

/** What a note can be about. Without a name it is one of the shipped ones, whose words stand in the locales. */
export type NoteTopic = { readonly key: string; readonly name: string | undefined; readonly closed: boolean };

/** Topics every Jobcenter begins with: the same by which follow-ups are sorted. */
export const shippedTopics: readonly FollowUpTopic[] = followUpTopics;
export const longestTopic = 60;

/** One change of the list, for its history. */
export type TopicChange = NoteTopic & { readonly at: Date; readonly by: string };

const rowsOf = (tx: Tx) =>
  tx
    .tables<ContactTables>()
    .selectFrom('note_topic')
    .select(['key', 'name', 'closed', 'at', 'actor_name as by'])
    .orderBy('id')
    .execute();

/** All topics in their order, shipped ones first; closed ones as well, because old notes have them. */
export async function noteTopics(tx: Tx): Promise<NoteTopic[]> {
  const topics = new Map<string, NoteTopic>(shippedTopics.map((key) => [key, { key, name: undefined, closed: false }]));
  for (const { key, name, closed } of await rowsOf(tx)) topics.set(key, { key, name: name ?? undefined, closed });
  return [...topics.values()];
}

/** Every change of the list, the newest first. */
export const topicChanges = async (tx: Tx): Promise<TopicChange[]> =>
  (await rowsOf(tx)).map(({ name, ...row }) => ({ ...row, name: name ?? undefined })).toReversed();

/** Who changes what holds for the whole Jobcenter. */
export type HouseAct = {
  readonly actor: Actor & { readonly kind: 'staff' };
  readonly role: 'clerk' | 'lead';
};
export type TopicOutcome =
  | { readonly kind: 'done' | 'unchanged' | 'not-found' }
  | { readonly kind: 'refused'; readonly why: 'no-name' | 'exists' | 'last' };

const refused = (why: 'no-name' | 'exists' | 'last'): TopicOutcome => ({ kind: 'refused', why });

/** Adds a topic. */
export async function addTopic(tx: Tx, act: HouseAct, name: string): Promise<TopicOutcome> {
  const topics = await openList(tx, act);
  if (topics === undefined) return { kind: 'not-found' };
  const wanted = name.trim().slice(0, longestTopic);
  if (wanted === '') return refused('no-name');
  if (taken(topics, wanted)) return refused('exists');
  const topic = { key: tx.newId(), name: wanted, closed: false };
  return write(tx, act, topic, topic);
}

/** Gives a topic another word; notes keep the one they were written under, and are found by the new one. */
export async function renameTopic(tx: Tx, act: HouseAct, key: string, name: string): Promise<TopicOutcome> {
  const topics = await openList(tx, act);
  const topic = topics?.find((each) => each.key === key);
  if (topics === undefined || topic === undefined) return { kind: 'not-found' };
  const wanted = name.trim().slice(0, longestTopic);
  if (wanted === '') return refused('no-name');
  if (topic.name === wanted) return { kind: 'unchanged' };
  const others = topics.filter((each) => each !== topic);
  return taken(others, wanted) ? refused('exists') : write(tx, act, { ...topic, name: wanted }, topic);
}

/** Nothing new is written under a closed topic. The last one stays: a note without a topic is not found again. */
export async function closeTopic(tx: Tx, act: HouseAct, key: string, closed: boolean): Promise<TopicOutcome> {
  const topics = await openList(tx, act);
  const topic = topics?.find((each) => each.key === key);
  if (topics === undefined || topic === undefined) return { kind: 'not-found' };
  if (topic.closed === closed) return { kind: 'unchanged' };
  if (closed && topics.filter((each) => !each.closed).length === 1) return refused('last');
  return write(tx, act, { ...topic, closed }, topic);
}

/** The list, locked for the rest of the transaction; undefined for who may not change it. */
async function openList(tx: Tx, act: HouseAct): Promise<NoteTopic[] | undefined> {
  if (act.role !== 'lead') return undefined;
  await lockField(tx, tx.jobcenterId, 'note-topics');
  return noteTopics(tx);
}

const taken = (topics: readonly NoteTopic[], name: string): boolean =>
  topics.some((each) => each.name?.toLowerCase() === name.toLowerCase());

async function write(tx: Tx, { actor }: HouseAct, topic: NoteTopic, before: NoteTopic): Promise<TopicOutcome> {
  const row: ContactTables['note_topic'] = {
    id: tx.newId(),
    key: topic.key,
    name: topic.name ?? null,
    closed: topic.closed,
    at: tx.now,
    actor_id: actor.id,
    actor_name: actor.name,
  };
  await tx.insertInto('note_topic', [row]);
  // Notes are found by the word that holds now.
  if (topic.name !== before.name) await tx.enqueue('find-again', { jobcenterId: tx.jobcenterId, topic: topic.key });
  await recordAudit(tx, actor, { action: 'note-topic.changed', subjectType: 'note-topic', subjectId: topic.key });
  return { kind: 'done' };
}
