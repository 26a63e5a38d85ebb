import { dayInGermany } from '../../kernel/dates.ts';
import { casesByIds } from '../../modules/cases/index.ts';
import { peopleOfCase } from '../../modules/contacts/index.ts';
import {
  daysIn,
  documentsAfter,
  keptWords,
  linesOf,
  readingOf,
  suggestKind,
  suggestSender,
} from '../../modules/documents/index.ts';
import { type PaperPage, readPaper, suggestRunning } from '../../modules/facts/index.ts';
import { factsOfDocuments, suggestFacts } from '../../modules/files/index.ts';
import { caseOfDocument } from '../../modules/intake/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

/** In the head of a letter stands its own day; further down are days it tells about. */
const head = 0.5;

/**
 * Suggests kind, sender and day of a document by the words of its first page, once it was read. A suggestion never takes the place of
 * what a person said. What its pages say of rents, wages, contracts and days is suggested for the board of facts.
 */
export async function describeDocument(
  tx: Tx,
  { vault }: Pick<JobServices, 'vault'>,
  documentId: string,
  ownName: string,
): Promise<void> {
  const pages: PaperPage[] = [];
  let first: ReturnType<typeof linesOf> | undefined;
  for await (const page of keptWords(tx, vault, documentId)) {
    if (page.page > mostPages) break;
    const lines = linesOf(page);
    if (page.page === 1) first = lines;
    pages.push({ page: page.page, lines });
  }
  if (first === undefined) return;
  const lines = first;
  const today = dayInGermany(tx.now);
  const text = lines
    .filter((line) => line.top < head)
    .map((line) => line.text)
    .join('\n');
  const { kind } = suggestKind(lines);
  const datedOn = daysIn(text, Number(today.slice(0, 4))).find(({ day }) => day <= today && day > '1990')?.day ?? null;
  await suggestFacts(tx, documentId, {
    kind: kind === 'other' ? null : kind,
    sender:
      suggestSender(
        lines.filter((line) => !booking.test(line.text)),
        ownName,
      )?.name ?? null,
    datedOn,
  });
  const caseId = await caseOfDocument(tx, documentId);
  if (caseId === undefined) return;
  for (const { page, ...read } of readPaper(pages, { kind, people: await namesIn(tx, caseId) }))
    await suggestRunning(tx, { caseId, documentId, page, datedOn }, read);
}

/** How the people of a case are called; whom it names, while nobody is confirmed. */
async function namesIn(tx: Tx, caseId: string): Promise<string[]> {
  const [found] = await casesByIds(tx, [caseId]);
  if (found === undefined) return [];
  return [found.personName, ...(await peopleOfCase(tx, found)).map((each) => each.name)];
}

/** A contract is shorter; of what is longer the beginning is read. */
const mostPages = 60;

/** A booking on an account statement names others than who writes. */
const booking = /^\s*\d{1,2}\.\s?\d{1,2}\./;

const portion = 200;

/** Every night: describes what was read before documents were described, and what a job that was lost left out. */
export const describeDocuments = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async ({ id, name }) => {
    for (let after: string | undefined; ; ) {
      const ids = await services.database.tenant(id, async (tx) => {
        const rows = await documentsAfter(tx, after, portion);
        const known = await factsOfDocuments(
          tx,
          rows.map((row) => row.id),
        );
        for (const row of rows)
          if (!known.has(row.id) && row.erasedAt === null) await describeIfRead(tx, services, row.id, name);
        return rows.map((row) => row.id);
      });
      if (ids.length < portion) return;
      after = ids.at(-1);
    }
  });

/** A paper that came for a case and was read; files that papers are cut out of are neither. */
async function describeIfRead(tx: Tx, services: JobServices, documentId: string, ownName: string): Promise<void> {
  if ((await caseOfDocument(tx, documentId)) === undefined || (await readingOf(tx, documentId)) === undefined) return;
  await describeDocument(tx, services, documentId, ownName);
}
