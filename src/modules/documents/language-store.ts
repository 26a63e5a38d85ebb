import type { Tx } from '../../platform/database/index.ts';
import { foreignLanguage } from './recognize/language.ts';
import type { SeenWord } from './recognize/lines.ts';

/** A language of a paper (`pl`, or `und-Cyrl` where the script alone is sure) and the pages that are written in it. */
export type ForeignPages = { readonly language: string; readonly pages: readonly number[] };

type Tables = {
  document_language: { document_id: string; language: string; pages: number[]; told_at: Date };
};
/** Looked at, and nothing to say: German, or too little text. */
const nothing = '';

type Page = {
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly words: readonly (SeenWord & { readonly sure: number })[];
  readonly language?: string;
};

/** The languages of pages that are not in German; empty where nothing is sure. */
export async function foreignPages(pages: readonly Page[]): Promise<ForeignPages[]> {
  const found = new Map<string, number[]>();
  for (const page of pages) {
    const language = await foreignLanguage(page);
    if (language !== undefined) found.set(language, [...(found.get(language) ?? []), page.page]);
  }
  return [...found].map(([language, numbers]) => ({ language, pages: numbers }));
}

/** The language of a text that has no pages, as of an e-mail: judged as a page with the same lines is. Undefined for German, and where it is doubtful. */
export function foreignText(text: string): Promise<string | undefined> {
  const lines = text.split('\n').map((line) => line.split(/\s+/).filter((word) => word !== ''));
  const place = { width: 1, height: 1, sure: 1 };
  const words = lines.flatMap((line, row) => line.map((word, x) => ({ text: word, x: x * 2, y: row * 2, ...place })));
  return foreignLanguage({ width: 1, height: 2 * lines.length, words });
}

/** Keeps the languages of a paper beside its reading, in the place of what was kept. */
export async function keepLanguages(tx: Tx, documentId: string, found: readonly ForeignPages[]): Promise<void> {
  const db = tx.tables<Tables>();
  await db.deleteFrom('document_language').where('document_id', '=', documentId).execute();
  const rows = found.length === 0 ? [{ language: nothing, pages: [] }] : found;
  await db
    .insertInto('document_language')
    .values(
      rows.map(({ language, pages }) => ({ document_id: documentId, language, pages: [...pages], told_at: tx.now })),
    )
    .onConflict((c) => c.doNothing())
    .execute();
}

/** The foreign languages of these documents, each with its pages; German ones, and those nobody told yet, are not among them. */
export async function languagesOf(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly ForeignPages[]>> {
  const found = new Map<string, ForeignPages[]>();
  if (ids.length === 0) return found;
  const rows = await tx
    .tables<Tables>()
    .selectFrom('document_language')
    .select(['document_id as documentId', 'language', 'pages'])
    .where('document_id', 'in', [...ids])
    .where('language', '!=', nothing)
    .orderBy('language')
    .execute();
  for (const { documentId, ...row } of rows) found.set(documentId, [...(found.get(documentId) ?? []), row]);
  return found;
}

/** Forgets the languages of a document that is erased. */
export async function forgetLanguages(tx: Tx, documentId: string): Promise<void> {
  await tx.tables<Tables>().deleteFrom('document_language').where('document_id', '=', documentId).execute();
}
