import { dayInGermany } from '../kernel/dates.ts';
import { translate } from '../platform/i18n/index.ts';
import { joinPdfs } from '../platform/media/index.ts';
import { typeset } from '../platform/pdf/index.ts';
import type { BlankPaper } from '../platform/pdf/papers.ts';

/** Whether a job is printed on both sides of a sheet, or on one. */
export type Sides = 'both' | 'one';

/**
 * Papers as one PDF for the printer, in their order. On both sides each of them begins on a sheet of its own: a page that says that it is empty fills the
 * back of the sheet before, so that nobody's letter stands on the back of another one, and no letter on the back of the sheet with its address.
 */
export async function printBundle(
  papers: readonly Uint8Array[],
  sides: Sides,
  now: Date,
): Promise<Uint8Array<ArrayBuffer>> {
  const blank: BlankPaper = { lang: 'de', date: dayInGermany(now), text: translate('de')('notices:paper.blank') };
  const filler = sides === 'one' || papers.length < 2 ? undefined : await typeset('blank.typ', blank);
  const pdf = await joinPdfs(papers, filler);
  if ('failed' in pdf) throw new Error('The papers for the printer cannot be joined.');
  return new Uint8Array(pdf);
}
