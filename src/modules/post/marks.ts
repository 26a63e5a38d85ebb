import type { Tx } from '../../platform/database/index.ts';
import { findReturnCode, parseReturnCode } from '../cases/index.ts';
import { foreignLanguage, pageSigns, type SeenPage } from '../documents/index.ts';
import type { PageMarks } from './batch.ts';

/** What a separator sheet (Trennblatt) carries in its corners; a later form gets another number. */
export const separatorCode = 'TANDEM-TRENNBLATT-v1';

/** Words that touch an edge this close (part of the page's width) were probably cut off there. */
const edge = 0.004;
const manyAtEdge = 6;

/** What a page says about its place in the batch, from its words and its codes. */
export async function marksOf(
  tx: Tx,
  page: SeenPage & { readonly language?: string },
  codes: readonly string[],
): Promise<{ separator: boolean; marks: PageMarks }> {
  const returns = await returnOf(tx, codes);
  const language = await foreignLanguage(page);
  return {
    separator: codes.includes(separatorCode),
    marks: {
      ...pageSigns(page),
      words: page.words.length,
      ...(returns === undefined ? {} : { returns }),
      ...(page.language === undefined ? {} : { foreign: true as const }),
      ...(language === undefined ? {} : { language }),
      ...(isCut(page) ? { cut: true as const } : {}),
    },
  };
}

/**
 * The case or item a code of ours names, however old it is and whatever became of it since: on paper it still tells where the page belongs (ADR 0017).
 * Whether the item is still missing is asked when somebody looks at the letter.
 */
async function returnOf(tx: Tx, codes: readonly string[]): Promise<PageMarks['returns']> {
  for (const text of codes) {
    const code = parseReturnCode(text);
    const found = code === undefined ? undefined : await findReturnCode(tx, code);
    if (found !== undefined)
      return { caseId: found.caseId, ...(found.itemId === undefined ? {} : { itemId: found.itemId }) };
  }
  return undefined;
}

function isCut(page: SeenPage): boolean {
  const most = page.width * (1 - edge);
  const least = page.width * edge;
  const right = page.words.filter((word) => word.x + word.width >= most).length;
  const left = page.words.filter((word) => word.x <= least).length;
  return Math.max(left, right) >= manyAtEdge;
}
