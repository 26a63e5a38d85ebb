import type { Tx } from '../../platform/database/index.ts';
import type { PageReading } from '../../platform/reading/index.ts';
import { haveReadSometime } from './announce.ts';
import { isHardlyLegible } from './legible.ts';
import type { DocumentVault } from './vault.ts';

/** The method by which pages are read and compared; a change of it reads everything anew (`tandem read-again`). */
export const READING_METHOD = 4;

export type ReadingProblem = 'timeout' | 'memory' | 'broken' | 'too-many-pages';
/** What was read in a document. `partly`: some pages could not be read; they are shown all the same. */
export type DocumentReading = {
  readonly documentId: string;
  readonly method: number;
  readonly state: 'read' | 'partly' | 'unreadable';
  readonly pages: number;
  readonly problem: ReadingProblem | null;
  readonly readAt: Date;
};

type Tables = {
  document_reading: {
    document_id: string;
    method: number;
    state: DocumentReading['state'];
    pages: number;
    problem: ReadingProblem | null;
    read_at: Date;
    hard_to_read: boolean;
  };
  page_mark: { mark: string; document_id: string; page: number };
};

const columns = ['document_id as documentId', 'method', 'state', 'pages', 'problem', 'read_at as readAt'] as const;

/** How far a document was read; undefined while nobody has. */
export const readingOf = (tx: Tx, documentId: string): Promise<DocumentReading | undefined> =>
  tx
    .tables<Tables>()
    .selectFrom('document_reading')
    .select(columns)
    .where('document_id', '=', documentId)
    .executeTakeFirst();

/** Of these documents, those of which a page could hardly be read; what was not read yet is not among them. */
export async function hardToRead(tx: Tx, documentIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (documentIds.length === 0) return new Set();
  const rows = await tx
    .tables<Tables>()
    .selectFrom('document_reading')
    .select('document_id as id')
    .where('document_id', 'in', [...documentIds])
    .where('hard_to_read', '=', true)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Documents that were not read by the present method, in the order of their ids, `size` after the given one. */
export async function unreadDocuments(tx: Tx, after: string, size: number): Promise<string[]> {
  const rows = await tx
    .tables<Tables & { document: { id: string; raw: boolean; erased_at: Date | null } }>()
    .selectFrom('document as d')
    .leftJoin('document_reading as r', (join) =>
      join.onRef('r.document_id', '=', 'd.id').on('r.method', '=', READING_METHOD),
    )
    .select('d.id')
    .where('d.id', '>', after)
    .where('d.erased_at', 'is', null)
    .where('d.raw', '=', false)
    .where('r.document_id', 'is', null)
    .orderBy('d.id')
    .limit(size)
    .execute();
  return rows.map((row) => row.id);
}

const wordsName = (page: number): string => `reading-${READING_METHOD}-${page}.json`;
const pictureName = (page: number): string => `reading-${READING_METHOD}-${page}.jpg`;

/** Keeps what was read: words and pictures sealed beside the document, marks and state in the database. Repeatable. */
export async function keepReading(
  tx: Tx,
  vault: DocumentVault,
  reading: Omit<DocumentReading, 'method' | 'readAt'>,
  pages: readonly PageReading[],
  marks: readonly { readonly page: number; readonly mark: bigint }[],
): Promise<void> {
  const { documentId, state, problem } = reading;
  for (const { picture, ...page } of pages) {
    await vault.keepDerived(tx, documentId, wordsName(page.page), Buffer.from(JSON.stringify(page)));
    await vault.keepDerived(tx, documentId, pictureName(page.page), picture);
  }
  const db = tx.tables<Tables>();
  const hard = pages.some(isHardlyLegible);
  const row = { method: READING_METHOD, state, pages: reading.pages, problem, read_at: tx.now, hard_to_read: hard };
  await db
    .insertInto('document_reading')
    .values({ document_id: documentId, ...row })
    .onConflict((c) =>
      c.columns(['jobcenter_id', 'document_id'] as never).doUpdateSet((eb) => ({
        method: eb.ref('excluded.method'),
        state: eb.ref('excluded.state'),
        pages: eb.ref('excluded.pages'),
        problem: eb.ref('excluded.problem'),
        read_at: eb.ref('excluded.read_at'),
        hard_to_read: eb.ref('excluded.hard_to_read'),
      })),
    )
    .execute();
  await db.deleteFrom('page_mark').where('document_id', '=', documentId).execute();
  const rows = marks.map(({ page, mark }) => ({ mark: String(mark), document_id: documentId, page }));
  if (rows.length > 0)
    await db
      .insertInto('page_mark')
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute();
}

/** A paper is not read over and over where nothing can be kept of it (a full disk): after a reading it rests for so long. */
const restMs = 60 * 60_000;

/** What was read is not there any more: the paper is read again, behind what people wait for. */
async function readAgain(
  tx: Tx,
  { documentId, readAt }: Pick<DocumentReading, 'documentId' | 'readAt'>,
): Promise<void> {
  if (tx.now.getTime() - readAt.getTime() >= restMs) await haveReadSometime(tx, documentId);
}

/** Pages that were read for sure: all of them, or of a paper that was read in part those whose words told something. */
async function surelyRead(tx: Tx, { documentId, state, pages }: DocumentReading): Promise<number[]> {
  if (state === 'read') return Array.from({ length: pages }, (_, i) => i + 1);
  if (state === 'unreadable') return [];
  const rows = await tx
    .tables<Tables>()
    .selectFrom('page_mark')
    .select('page')
    .distinct()
    .where('document_id', '=', documentId)
    .execute();
  return rows.map(({ page }) => page);
}

/**
 * Whether what was read in a document is not there any more: the folder of it may be deleted, and a backup does not carry it. False for what the
 * present method has not read.
 */
export async function isGone(tx: Tx, vault: DocumentVault, reading: DocumentReading): Promise<boolean> {
  const { documentId, method, state, pages } = reading;
  if (method !== READING_METHOD || state === 'unreadable') return false;
  const possible = Array.from({ length: pages }, (_, i) => i + 1);
  const names = possible.flatMap((page) => [wordsName(page), pictureName(page)]);
  const missing = new Set(await vault.missingDerived(tx, documentId, names));
  if (missing.size === 0) return false;
  const isThere = (page: number): boolean => !missing.has(wordsName(page)) && !missing.has(pictureName(page));
  return !possible.some(isThere) || !(await surelyRead(tx, reading)).every(isThere);
}

/** The same by the document; such a one is announced to be read again, and until then nothing follows from it. */
export async function copiesAreGone(tx: Tx, vault: DocumentVault, documentId: string): Promise<boolean> {
  const reading = await readingOf(tx, documentId);
  if (reading === undefined || !(await isGone(tx, vault, reading))) return false;
  await readAgain(tx, reading);
  return true;
}

/** Whether words were read in a document that tell it from others. */
export async function hadWords(tx: Tx, documentId: string): Promise<boolean> {
  const mark = await tx
    .tables<Tables>()
    .selectFrom('page_mark')
    .select('page')
    .where('document_id', '=', documentId)
    .limit(1)
    .executeTakeFirst();
  return mark !== undefined;
}

/** The pages of a document as they were read; undefined while it was not read, or when the copies are gone (then it is read again). */
export async function keptPages(tx: Tx, vault: DocumentVault, documentId: string): Promise<PageReading[] | undefined> {
  const reading = await readingOf(tx, documentId);
  if (reading === undefined || reading.method !== READING_METHOD) return undefined;
  const pages: PageReading[] = [];
  for (let page = 1; page <= reading.pages; page++) {
    const words = await vault.readDerived(tx, documentId, wordsName(page));
    const picture = await vault.readDerived(tx, documentId, pictureName(page));
    if (words !== undefined && picture !== undefined)
      pages.push({
        ...(JSON.parse(words.toString()) as Omit<PageReading, 'picture'>),
        picture: new Uint8Array(picture),
      });
  }
  if (reading.state === 'unreadable' || pages.length === reading.pages) return pages;
  const there = new Set(pages.map(({ page }) => page));
  const whole = pages.length > 0 && (await surelyRead(tx, reading)).every((page) => there.has(page));
  if (whole) return pages;
  await readAgain(tx, reading);
  return undefined;
}

/**
 * The words of a document page by page (beginning with `from`), without the pictures, one page at a time: whoever has found what they look for stops. A
 * page whose copy is gone is left out, and the document is read again.
 */
export async function* keptWords(
  tx: Tx,
  vault: DocumentVault,
  documentId: string,
  from = 1,
): AsyncGenerator<Omit<PageReading, 'picture'>> {
  const reading = await readingOf(tx, documentId);
  if (reading === undefined || reading.method !== READING_METHOD) return;
  for (let page = from; page <= reading.pages; page++) {
    const words = await vault.readDerived(tx, documentId, wordsName(page));
    if (words !== undefined) yield JSON.parse(words.toString()) as Omit<PageReading, 'picture'>;
    else if (reading.state === 'read') await readAgain(tx, reading);
  }
}

/** Pages from one to another, both among them. */
export type PageRun = readonly [from: number, to: number];

/** The pages of a document (of so many) that nobody has read, in runs: some could not be read, others lie beyond what is read at all. */
export async function unreadPages(tx: Tx, vault: DocumentVault, documentId: string, pages: number): Promise<PageRun[]> {
  const read = new Set<number>();
  for await (const { page } of keptWords(tx, vault, documentId)) read.add(page);
  const runs: [number, number][] = [];
  for (let page = 1; page <= pages; page++) {
    const last = runs.at(-1);
    if (read.has(page)) continue;
    if (last?.[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs;
}

/** Documents that were read by the present method, in the order of their ids, `size` after the given one. */
export async function readDocumentsAfter(tx: Tx, after: string, size: number): Promise<string[]> {
  const rows = await tx
    .tables<Tables>()
    .selectFrom('document_reading')
    .select('document_id')
    .where('method', '=', READING_METHOD)
    .where('document_id', '>', after)
    .orderBy('document_id')
    .limit(size)
    .execute();
  return rows.map((row) => row.document_id);
}

/** One thing that was kept of a page; where it should be there and is not, the document is read again. */
async function keptOf(
  tx: Tx,
  vault: DocumentVault,
  documentId: string,
  page: number,
  name: string,
): Promise<Buffer | undefined> {
  const kept = await vault.readDerived(tx, documentId, name);
  const reading = kept === undefined ? await readingOf(tx, documentId) : undefined;
  if (reading?.method === READING_METHOD && (await surelyRead(tx, reading)).includes(page))
    await readAgain(tx, reading);
  return kept;
}

/** The words of one page as it was read, in pixels of its picture; undefined while it was not read, or when the copy is gone. */
export async function keptPageWords(
  tx: Tx,
  vault: DocumentVault,
  documentId: string,
  page: number,
): Promise<Omit<PageReading, 'picture'> | undefined> {
  const words = await keptOf(tx, vault, documentId, page, wordsName(page));
  return words === undefined ? undefined : (JSON.parse(words.toString()) as Omit<PageReading, 'picture'>);
}

/** The upright picture of a page as it was read, a grey JPEG; undefined while it was not read, or when the copy is gone. */
export const keptPicture = (
  tx: Tx,
  vault: DocumentVault,
  documentId: string,
  page: number,
): Promise<Buffer | undefined> => keptOf(tx, vault, documentId, page, pictureName(page));

/** Other documents that share marks with this one, the most shared first, with how many; at most `size`. */
export async function documentsWithMarks(
  tx: Tx,
  documentId: string,
  fewest: number,
  size: number,
): Promise<{ documentId: string; shared: number }[]> {
  return tx.raw<{ documentId: string; shared: number }>(
    `select o.document_id as "documentId", count(distinct o.mark)::int as shared
       from page_mark m join page_mark o on o.jobcenter_id = m.jobcenter_id and o.mark = m.mark
      where m.jobcenter_id = $1 and o.jobcenter_id = $1 and m.document_id = $2 and o.document_id <> $2
      group by o.document_id having count(distinct o.mark) >= $3
      order by shared desc, o.document_id desc limit $4`,
    [tx.jobcenterId, documentId, fewest, size],
  );
}

/** Forgets what was read in a document that is erased. */
export async function forgetReading(tx: Tx, documentId: string): Promise<void> {
  await tx.tables<Tables>().deleteFrom('page_mark').where('document_id', '=', documentId).execute();
  await tx.tables<Tables>().deleteFrom('document_reading').where('document_id', '=', documentId).execute();
}
