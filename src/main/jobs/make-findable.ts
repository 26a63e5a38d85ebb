import { z } from 'zod';
import { dayInGermany } from '../../kernel/dates.ts';
import { isId } from '../../kernel/ids.ts';
import { findableAppointments } from '../../modules/appointments/index.ts';
import { appointmentsOfEntries, casesByIds, writtenEvents } from '../../modules/cases/index.ts';
import { findableNotes, noteTopics } from '../../modules/contacts/index.ts';
import { copiesAreGone, findDocument, hadWords, keptWords, languagesOf } from '../../modules/documents/index.ts';
import { marksOfDocument } from '../../modules/files/index.ts';
import { originOfPaper } from '../../modules/intake/index.ts';
import { forgetFindable, keepFindable, placedText } from '../../modules/search/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { translate } from '../../platform/i18n/index.ts';
import { originOfLetter } from '../../surfaces/letter-origin.ts';
import type { Services } from '../../surfaces/services.ts';
import { formatLanguage } from '../../ui/index.ts';
import { knownOfPaper } from './known-of-paper.ts';
import { wordsOfNotes } from './note-fields.ts';

type Needed = Pick<Services, 'database' | 'vault' | 'keyring'>;
type Pages = readonly { readonly words: readonly { readonly text: string }[] }[];

/**
 * Makes a paper findable by the words on it and by what is known of it, which comes before words that it only names; one that nobody could read also
 * by the day it came. What somebody noted at a place of it comes before its words. One that lies in a draft only is not. `pages`: as they were read just now.
 */
export async function makePaperFindable(
  tx: Tx,
  { vault, keyring }: Needed,
  documentId: string,
  pages?: Pages,
): Promise<boolean> {
  const origin = (await originOfPaper(tx, documentId)) ?? (await originOfLetter(tx, documentId));
  if (origin === undefined) return false;
  // What it was found by stays until it was read again: what is left says less.
  if (pages === undefined && (await copiesAreGone(tx, vault, documentId)) && (await hadWords(tx, documentId)))
    return false;
  const texts = (pages ?? []).map(({ words }) => placedText(words).text);
  if (pages === undefined)
    for await (const { words } of keptWords(tx, vault, documentId)) texts.push(placedText(words).text);
  const read = texts.join('\n').trim();
  const head = await knownOfPaper(tx, documentId, origin);
  const languages = (await languagesOf(tx, [documentId])).get(documentId) ?? [];
  const t = translate('de');
  const marks = await marksOfDocument(tx, documentId);
  const topics = new Map((await topicWords(tx)).filter(([key]) => marks.some(({ topic }) => topic === key)));
  const marked = marks.map(({ note, topic }) => [topics.get(topic ?? '') ?? '', note].join(' ').trim());
  const inWords = languages.map(({ language }) => formatLanguage(language, 'de', t));
  await keepFindable(tx, await keyring.of(tx.jobcenterId), {
    ...origin,
    id: documentId,
    kind: 'document',
    head,
    languages: languages.map(({ language }) => language),
    markedAs: [...topics.keys()],
    text: [...marked, read === '' ? dayInGermany(origin.at) : read, ...inWords].join('\n'),
  });
  return true;
}

/** Makes written entries of timelines, and notes of circles, findable; a note by what stands in its own fields, too; of an entry about an appointment the appointment. */
export async function makeEventsFindable(
  tx: Tx,
  { keyring }: Pick<Needed, 'keyring'>,
  ids: readonly string[],
): Promise<void> {
  const keys = await keyring.of(tx.jobcenterId);
  const fields = await wordsOfNotes(tx, ids);
  const withFields = <T extends { readonly id: string; readonly text: string }>(entry: T): T => ({
    ...entry,
    text: [entry.text, fields.get(entry.id) ?? ''].join('\n').trim(),
  });
  const events = (await writtenEvents(tx, ids)).map(({ authorName: _, ...event }) => event);
  const notes = await findableNotes(tx, ids);
  const headOf = await headsOf(tx, [...events, ...notes]);
  for (const entry of [...events, ...notes])
    await keepFindable(tx, keys, { ...withFields(entry), head: headOf(entry) });
  await makeAppointmentsFindable(tx, { keyring }, await appointmentsOfEntries(tx, ids));
}

/** Makes appointments findable, once each; what their entries in the timeline were found by before is forgotten. */
export async function makeAppointmentsFindable(
  tx: Tx,
  { keyring }: Pick<Needed, 'keyring'>,
  ids: readonly string[],
): Promise<void> {
  const keys = await keyring.of(tx.jobcenterId);
  const found = await findableAppointments(tx, ids);
  const headOf = await headsOf(tx, found);
  const called = translate('de')('search:kind.appointment');
  for (const { appointment: _, authorName: __, entryIds, ...entry } of found) {
    for (const entryId of entryIds) await forgetFindable(tx, entryId);
    await keepFindable(tx, keys, { ...entry, head: [called, headOf(entry)].join('\n').trim() });
  }
}

/** The topics of notes, each with what it is called now. */
async function topicWords(tx: Tx): Promise<[string, string][]> {
  const t = translate('de');
  return (await noteTopics(tx)).map(({ key, name }) => [key, name ?? t(`myday:topic.${key}`)]);
}

type About = { readonly caseId: string; readonly topic: string };

/** Whose case something was written in, and about what: somebody is found together with a word of their notes. */
async function headsOf(tx: Tx, entries: readonly About[]): Promise<(entry: About) => string> {
  const cases = await casesByIds(
    tx,
    entries.map(({ caseId }) => caseId),
  );
  const names = new Map(cases.map(({ id, personName }) => [id, personName]));
  const topics = new Map(await topicWords(tx));
  return ({ caseId, topic }) => [names.get(caseId) ?? '', topics.get(topic) ?? ''].join('\n').trim();
}

const id = z.string().refine(isId);
const one = z.union([z.object({ jobcenterId: id, eventId: id }), z.object({ jobcenterId: id, documentId: id })]);

/**
 * A note, a message or a decision was written, or somebody said what a paper is. Verbs know no keys, so this follows them, announced in their own
 * transaction.
 */
export const makeEventFindable =
  (services: Needed) =>
  async (payload: unknown): Promise<void> => {
    const asked = one.parse(payload);
    await services.database.tenant(asked.jobcenterId, async (tx) => {
      if ('eventId' in asked) return makeEventsFindable(tx, services, [asked.eventId]);
      // Erased since, it is found no more.
      if ((await findDocument(tx, asked.documentId))?.erasedAt === null)
        await makePaperFindable(tx, services, asked.documentId);
    });
  };
