import { z } from 'zod';
import { dayInGermany } from '../../kernel/dates.ts';
import { isId } from '../../kernel/ids.ts';
import { casesByIds } from '../../modules/cases/index.ts';
import { peopleOfCase } from '../../modules/contacts/index.ts';
import {
  copiesAreGone,
  daysIn,
  documentsAfter,
  keptWords,
  linesOf,
  READING_METHOD,
  readingOf,
  suggestKind,
  suggestSender,
} from '../../modules/documents/index.ts';
import { factsBehind, noteFactsRead, type PaperPage, readPaper, suggestRunning } from '../../modules/facts/index.ts';
import { suggestFacts } from '../../modules/files/index.ts';
import { caseOfDocument } from '../../modules/intake/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';
import { touchShown } from './touch-shown.ts';

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
  // It is read again, and described then.
  if (await copiesAreGone(tx, vault, documentId)) return;
  // Without its first page a paper says nothing of what it is; it is not asked again by the same method.
  if (first === undefined) return noteFactsRead(tx, documentId, []);
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
  const readings = readPaper(pages, { kind, people: await namesIn(tx, caseId) });
  for (const { page, ...read } of readings) await suggestRunning(tx, { caseId, documentId, page, datedOn }, read);
  await noteFactsRead(
    tx,
    documentId,
    readings.map(({ text: said }) => said),
  );
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

const one = z.object({ jobcenterId: z.string().refine(isId), documentId: z.string().refine(isId) });

/** Describes one paper and reads its facts, unless that was done by the present method meanwhile. */
export const describeOne =
  (services: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { jobcenterId, documentId } = one.parse(payload);
    const ownName = (await services.directory.byId(jobcenterId))?.name ?? '';
    await services.database.tenant(jobcenterId, async (tx) => {
      if ((await factsBehind(tx, [documentId])).length === 0 || !(await isReadPaper(tx, documentId))) return;
      await describeDocument(tx, services, documentId, ownName);
      await touchShown(tx, documentId);
    });
  };

/**
 * Announces the papers whose facts were read by an older method, `most` of them, and gives how many. A paper that is to be read itself first is left
 * out: its facts are read with it. Stopped anywhere, it goes on with what is still behind.
 */
export async function announceBehind(
  services: Pick<JobServices, 'database'>,
  jobcenterId: string,
  most: number,
): Promise<number> {
  let found = 0;
  for (let after: string | undefined; found < most; ) {
    const ids = await services.database.tenant(jobcenterId, async (tx) => {
      const rows = await documentsAfter(tx, after, portion);
      const there = rows.filter((row) => row.erasedAt === null).map((row) => row.id);
      for (const documentId of await factsBehind(tx, there)) {
        if (found >= most || !(await isReadPaper(tx, documentId))) continue;
        await tx.enqueue('describe-document', { jobcenterId, documentId }, { jobKey: `describe ${documentId}` });
        found += 1;
      }
      return rows.map((row) => row.id);
    });
    if (ids.length < portion) return found;
    after = ids.at(-1);
  }
  return found;
}

/** So many a night, that the morning finds the workers free. */
const mostByNight = 2_000;

/** Every night: papers that were read before they were described, those a lost job left out, and those whose facts are behind. */
export const describeDocuments = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async ({ id }) => {
    await announceBehind(services, id, mostByNight);
  });

/** A paper that came for a case and was read by the present method; files that papers are cut out of are neither. */
async function isReadPaper(tx: Tx, documentId: string): Promise<boolean> {
  const reading = await readingOf(tx, documentId);
  if (reading?.method !== READING_METHOD || reading.state === 'unreadable') return false;
  return (await caseOfDocument(tx, documentId)) !== undefined;
}
