// Makes src/assets/fonts/*.woff2: `node tools/fonts.mjs`. Fira Sans as KERN ships it (129 KB a style), cut down to what the
// languages in Latin script of our region need: German, English, Turkish, Polish, Romanian, Croatian, French, Spanish.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { root } from './build.mjs';

const ranges = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x218, 0x21b],
  [0x1e9e, 0x1e9e],
];
const extra =
  '\u2009\u200b\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2020\u2022\u2026\u202f\u2030\u2039\u203a\u2044\u20ac\u20ba\u2116\u2122\u2190\u2191\u2192\u2193\u2212\u2260\u2264\u2265';
let text = extra;
for (const [from, to] of ranges) for (let code = from; code <= to; code++) text += String.fromCodePoint(code);

for (const style of ['Regular', 'SemiBold']) {
  const source = readFileSync(join(root, `node_modules/@kern-ux/native/dist/fonts/fira-sans/FiraSans-${style}.woff2`));
  const font = await subsetFont(source, text, { targetFormat: 'woff2' });
  writeFileSync(join(root, `src/assets/fonts/FiraSans-${style}.woff2`), font);
  console.log(`FiraSans-${style}.woff2 ${font.length} bytes`);
}
