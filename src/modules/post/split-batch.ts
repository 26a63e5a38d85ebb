import { beginsLetter } from '../documents/index.ts';
import type { Beginning, ScanPage } from './batch.ts';

/** Pages that belong together, and why the first of them begins a letter. */
export type LetterRun = { readonly begins: Beginning; readonly pages: readonly ScanPage[] };

/**
 * Cuts a batch into letters: at separator sheets, at codes of our own letters, and where a page looks like a first one. Pages
 * that belong to a letter already stay there. The last run is left out while pages behind it are still to be read.
 */
export function splitBatch(pages: readonly ScanPage[]): LetterRun[] {
  const runs: LetterRun[] = [];
  let current: { begins: Beginning; pages: ScanPage[] } | undefined;
  let before: ScanPage | undefined;
  let separated = false;
  const close = (): void => {
    if (current !== undefined) runs.push(current);
    current = undefined;
  };
  for (const page of pages) {
    if (page.state === 'waiting') return runs; // what follows decides where the current letter ends
    if (page.separator) {
      close();
      separated = true;
      continue;
    }
    if (page.letterId !== null) {
      close();
      before = written(page) ? page : before;
      separated = false;
      continue;
    }
    const begins = separated ? 'separator' : reasonFor(page, before, current?.pages ?? []);
    if (begins !== undefined || current === undefined) {
      close();
      current = { begins: begins ?? (before === undefined ? 'batch-start' : 'first-page'), pages: [] };
    }
    current.pages.push(page);
    before = written(page) ? page : before;
    separated = false;
  }
  close();
  return runs;
}

const written = (page: ScanPage): boolean => !page.blank && page.signs !== null;

/** Why a page begins a letter after the pages so far; undefined when it belongs to them. */
function reasonFor(page: ScanPage, before: ScanPage | undefined, current: readonly ScanPage[]): Beginning | undefined {
  if (!written(page) || before === undefined || before.signs === null || page.signs === null) return undefined;
  if (current.length > 0 && !current.some(written)) return undefined; // blank sheets before it go with it
  const code = page.signs.returns;
  const known = current.some(({ signs }) => signs?.returns && sameTarget(signs.returns, code));
  if (code !== undefined && !known) return 'return-code';
  if (code !== undefined) return undefined;
  return beginsLetter(page.signs, before.signs);
}

type Target = { readonly caseId: string; readonly itemId?: string } | undefined;
const sameTarget = (a: Target, b: Target): boolean => a?.caseId === b?.caseId && a?.itemId === b?.itemId;
