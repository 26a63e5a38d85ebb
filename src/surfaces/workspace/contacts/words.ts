import type { NoteAbout } from '../../../modules/cases/index.ts';
import { type NoteTopic, noteTopics } from '../../../modules/contacts/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { formatDate, type Option } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';

/** The topic under which talks with employers, providers and networks are written. */
export const partnerTopic = 'partners';

type Words = Pick<StaffVisit, 't' | 'language'>;

/** A topic in words: what the Jobcenter calls it, or the shipped word. */
export const topicWords = ({ t }: Words, topic: { readonly key: string; readonly name?: string | undefined }): string =>
  topic.name ?? t(`myday:topic.${topic.key}`);

/** Topics to choose from; closed ones only where `also` names one. */
export const topicOptions = (visit: Words, topics: readonly NoteTopic[], also = ''): Option[] =>
  topics
    .filter((each) => !each.closed || each.key === also)
    .map((each) => ({ value: each.key, label: topicWords(visit, each) }));

/** Words of all topics by their key, closed ones too: for notes that have them. */
export async function topicTitles(tx: Tx, visit: Words): Promise<Map<string, string>> {
  return new Map((await noteTopics(tx)).map((each) => [each.key, topicWords(visit, each)]));
}

/** What a note is about, in words: topic, whom, which way and day. */
export function aboutWords(visit: Words, about: NoteAbout): string[] {
  const { t, language } = visit;
  if (about.topic === undefined) return [];
  return [
    topicWords(visit, { key: about.topic, name: about.topicName }),
    about.personName ?? t('contacts:household'),
    ...(about.way === undefined ? [] : [t(`contacts:way.${about.way}`)]),
    ...(about.employer === undefined ? [] : [t('contacts:with', { employer: about.employer })]),
    ...(about.day === undefined ? [] : [t('contacts:on', { date: formatDate(about.day, language) })]),
  ];
}

/** The line above a note in a history. */
export const noteTitle = (visit: Words, about: NoteAbout): string =>
  [
    visit.t(about.corrects === undefined ? 'workspace:event.note' : 'contacts:correction'),
    ...aboutWords(visit, about),
    ...(about.circle === undefined ? [] : [visit.t('contacts:circle.only', { circle: about.circle })]),
  ].join(' · ');
