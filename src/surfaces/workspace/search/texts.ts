import { findableAppointments } from '../../../modules/appointments/index.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { appointmentsOfEntries, findCase, openableCase, writtenEvents } from '../../../modules/cases/index.ts';
import { circleNote, circlesOf } from '../../../modules/contacts/index.ts';
import { documentsByIds, keptWords } from '../../../modules/documents/index.ts';
import { findableValue, listedFields, ownValues } from '../../../modules/fields/index.ts';
import { marksOfDocument } from '../../../modules/files/index.ts';
import { answerLines } from '../../../modules/forms/index.ts';
import { findSubmission } from '../../../modules/intake/index.ts';
import {
  beginningOf,
  findNewest,
  findTexts,
  placedText,
  type Snippet,
  searchKey,
  snippetOf,
  type TextHit,
  type TextQuery,
} from '../../../modules/search/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { whenWords } from '../appointments/words.ts';
import type { StaffVisit } from '../visit.ts';

/** A hit as the page shows it: opened, with the piece in which the words stand. */
export type ShownText = TextHit & {
  readonly title: string;
  readonly caseNumber: string;
  readonly personName: string;
  readonly authorName: string;
  readonly snippet: Snippet | undefined;
  /** Where the words stand in a document. */
  readonly page?: number;
  /** They stand in what somebody wrote at a place of it: who did, and when. */
  readonly mark?: { readonly by: string; readonly at: Date };
};
export type ShownTexts = {
  readonly texts: readonly ShownText[];
  /** The last hit, behind which the next page begins; it is not shown where its thing was erased in between. */
  readonly last: TextHit | undefined;
  readonly words: number;
  readonly more: boolean;
  /** Asked without a word: what is older was not looked for. */
  readonly older: boolean;
};

const SIZE = 20;
/** Pages that are opened for one page of hits; where the words stand further behind, the document is shown without its place. */
const MOST_PAGES = 120;

/**
 * Finds texts and opens those of this page: what is sealed is unsealed now, and each look is logged with its case, because a
 * piece of a letter is social data as well as the whole of it.
 */
export async function loadTexts(tx: Tx, visit: StaffVisit, query: TextQuery): Promise<ShownTexts> {
  const { services, reader } = visit;
  const key = searchKey(await services.keyring.of(tx.jobcenterId));
  const circles = (await circlesOf(tx, reader)).map((each) => each.id);
  const find = query.terms.length === 0 ? findNewest : findTexts;
  const found = await find(tx, key, { circles, mayOpen: openableCase(tx, reader) }, query, SIZE);
  const left = { pages: MOST_PAGES };
  const texts: ShownText[] = [];
  for (const hit of found.hits) {
    const shown = await openHit(tx, visit, hit, query.terms, left);
    if (shown !== undefined) texts.push(shown);
  }
  return { texts, last: found.hits.at(-1), words: found.words, more: found.more, older: found.older === true };
}

async function openHit(
  tx: Tx,
  visit: StaffVisit,
  hit: TextHit,
  terms: readonly string[],
  left: { pages: number },
): Promise<ShownText | undefined> {
  const own = await findCase(tx, visit.reader, hit.caseId);
  const opened = await contentOf(tx, visit, hit, terms, left);
  if (own === undefined || opened === undefined) return undefined;
  await recordAudit(tx, visit.actor, {
    action: hit.kind === 'document' ? 'document.read' : 'case.read',
    subjectType: hit.kind === 'document' ? 'document' : 'case',
    subjectId: hit.kind === 'document' ? hit.id : hit.caseId,
    caseId: hit.caseId,
    reason: visit.t('search:readReason'),
  });
  return { ...hit, ...opened, caseNumber: own.number, personName: own.personName };
}

/** The place where the words stand, or the beginning of what was found by its person, kind or topic. */
const shown = (text: string, terms: readonly string[]): Snippet | undefined =>
  snippetOf(text, terms) ?? beginningOf(text);

type Opened = Pick<ShownText, 'title' | 'authorName' | 'snippet' | 'page' | 'mark'>;

async function contentOf(
  tx: Tx,
  visit: StaffVisit,
  hit: TextHit,
  terms: readonly string[],
  left: { pages: number },
): Promise<Opened | undefined> {
  if (hit.kind === 'document') return paperOf(tx, visit, hit.id, terms, left);
  const title = visit.t(`search:kind.${hit.kind}`);
  if (hit.kind === 'answers') {
    const submission = await findSubmission(tx, hit.id);
    if (submission === undefined) return undefined;
    const { givenName, familyName, birthDate } = submission.person;
    const said = answerLines(submission.frozen).map(({ label, text }) => `${label}: ${text}`);
    const text = [`${givenName} ${familyName}`, birthDate ?? '', ...said].join(' · ');
    return { title, authorName: '', snippet: shown(text, terms) };
  }
  if (hit.kind === 'field') {
    const [value] = await ownValues(tx, [hit.id]);
    const field = (await listedFields(tx)).find((each) => each.id === value?.fieldId);
    if (value === undefined || field?.current === undefined || field.hidden) return undefined;
    const found = findableValue(value, field.current.definition, '');
    return found && { title, authorName: value.writtenName, snippet: shown(found.text, terms) };
  }
  if (hit.kind === 'appointment') return appointmentOf(tx, visit, hit, hit.id, terms);
  const [event] = await writtenEvents(tx, [hit.id]);
  if (event !== undefined) return { title, authorName: event.authorName, snippet: shown(event.text, terms) };
  const note = await circleNote(tx, visit, hit.id);
  if (note !== undefined)
    return {
      title: visit.t('contacts:circle.title', { circle: note.about.circle ?? '' }),
      authorName: note.authorName,
      snippet: shown(note.text, terms),
    };
  // Until "search-again" has run, an appointment of before stands in the index by each entry that is about it.
  const [appointmentId] = await appointmentsOfEntries(tx, [hit.id]);
  return appointmentId === undefined ? undefined : appointmentOf(tx, visit, hit, appointmentId, terms);
}

async function appointmentOf(
  tx: Tx,
  visit: StaffVisit,
  hit: TextHit,
  id: string,
  terms: readonly string[],
): Promise<Opened | undefined> {
  const [found] = await findableAppointments(tx, [id]);
  if (found === undefined || found.caseId !== hit.caseId) return undefined;
  const { appointment, authorName, text } = found;
  const ended = appointment.endedAs === null ? '' : ` (${visit.t(`appointments:how.${appointment.endedAs}`)})`;
  const title = `${visit.t('search:kind.appointment')}: ${whenWords(visit, appointment)}${ended}`;
  return { title, authorName, snippet: shown(text, terms) };
}

/** The note at a marked place in which most of the words stand. */
async function markOf(tx: Tx, documentId: string, terms: readonly string[]): Promise<Placed | undefined> {
  const found = (await marksOfDocument(tx, documentId)).flatMap(({ note, page, madeBy, madeAt }): Placed[] => {
    const snippet = snippetOf(note, terms);
    return snippet === undefined ? [] : [{ snippet, page, met: metBy(snippet), mark: { by: madeBy, at: madeAt } }];
  });
  return found.toSorted((a, b) => b.met - a.met)[0];
}

type Placed = Required<Pick<Opened, 'page'>> &
  Pick<Opened, 'mark'> & { readonly snippet: Snippet; readonly met: number };
const metBy = (snippet: Snippet): number => snippet.filter((part) => part.hit).length;

/** The first page on which most of the words stand, as far as pages may be opened. */
async function paperOf(
  tx: Tx,
  { services }: StaffVisit,
  documentId: string,
  terms: readonly string[],
  left: { pages: number },
): Promise<Opened | undefined> {
  const [document] = await documentsByIds(tx, [documentId]);
  if (document === undefined || document.erasedAt !== null) return undefined;
  let best = await markOf(tx, documentId, terms);
  let first: Snippet | undefined;
  for await (const page of keptWords(tx, services.vault, documentId)) {
    if (best !== undefined && best.met >= terms.length) break;
    if (left.pages-- <= 0) break;
    const { text } = placedText(page.words);
    first ??= beginningOf(text);
    const snippet = snippetOf(text, terms);
    if (snippet === undefined) continue;
    const met = metBy(snippet);
    if (best === undefined || met > best.met) best = { snippet, page: page.page, met };
    if (met >= terms.length) break;
  }
  const mark = best?.mark && { mark: best.mark };
  const place = best && { page: best.page };
  return { title: document.name, authorName: '', snippet: best?.snippet ?? first, ...place, ...mark };
}
