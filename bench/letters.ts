// `npm run bench:letters`: lays invented papers of eight kinds on one stack and looks where letters are suggested to begin and what they
// are taken for. Words come from the papers themselves, so it is the suggestions that are measured and not the reading. `--bases 80 --seed 301`.
import { beginsLetter, linesOf, type PageSigns, pageSigns, suggestKind } from '../src/modules/documents/index.ts';
import { readNumbers, round } from '../test/proof/support/numbers.ts';
import { makeBases } from './support/duplicate-set/bases.ts';

const options = readNumbers(process.argv.slice(2), { bases: 240, seed: 301 });
/** A4 in points, as the words of the papers are placed. */
const [width, height] = [595, 842];
const found = { letters: 0, pages: 0, kindRight: 0, begins: 0, falseBegins: 0 };
let before: PageSigns | undefined;
for (const base of await makeBases(options.seed, options.bases)) {
  const pages = base.pages.map(({ words }) => ({ width, height, words }));
  const kind = suggestKind(linesOf(pages[0] ?? { width, height, words: [] })).kind;
  // The set calls a letter what here is "letter of an authority" or "other".
  const right = kind === base.kind || (base.kind === 'letter' && (kind === 'other' || kind === 'authority'));
  found.letters += 1;
  found.pages += pages.length;
  if (right) found.kindRight += 1;
  else console.log(`${base.id} is taken for: ${kind}`);
  for (const [index, page] of pages.entries()) {
    const signs = pageSigns(page);
    const begins = before === undefined || beginsLetter(signs, before) !== undefined;
    if (begins && index === 0) found.begins += 1;
    else if (begins) found.falseBegins += 1;
    before = signs;
  }
}
const { letters, kindRight, begins, falseBegins } = found;
console.log(
  JSON.stringify({
    ...options,
    letters,
    pages: found.pages,
    kindRight: round(kindRight / letters, 3),
    beginRecall: round(begins / letters, 3),
    beginPrecision: round(begins / (begins + falseBegins), 3),
  }),
);
process.exit(0);
