import { linesOf, type SeenPage, type SeenWord } from './lines.ts';

/**
 * A page whose words say how surely they were read; a text layer is sure. `language`: it was recognised with the letters of that language alone, so that
 * Russian comes out in Ukrainian letters, and Persian in Arabic ones.
 */
type ReadPage = Omit<SeenPage, 'words'> & {
  readonly words: readonly (SeenWord & { readonly sure?: number })[];
  readonly language?: string;
};

/** Words below this are guesses of the recogniser, and a guess may look like any language. */
const SURE = 0.6;
/** Fewer running words than this are names, a table or a stamp, and no text in any language. */
const [FEWEST, FEWEST_IN_ITS_SCRIPT] = [20, 8];
/** Bytes that the detector looks at; longer text is judged piece by piece. */
const PIECE = 300;
/** So much clearer than German must a piece be: the lead of English, the nearest of those that matter, is twice as large. */
const LEAD = 0.2;
/**
 * So much clearer than its runner-up must a language be, in the middle of its pieces: Norwegian leads by 0.036 and more, the others by 0.05. Spanish and
 * Portuguese lead by 0.1, Galician, which is taken for one of them, by 0.056 at most; Cyrillic scores lie closer: Bulgarian and Russian lead by 0.018 and
 * more, Macedonian, taken for Serbian or Bulgarian, by 0.012 at most.
 */
const CLEAR = 0.03;
const clearOf: Readonly<Record<string, number>> = {
  es: 0.08,
  pt: 0.08,
  be: 0.015,
  bg: 0.015,
  ru: 0.015,
  sr: 0.015,
  uk: 0.015,
};
/** The same where letters are missing: Ukrainian leads by 0.03, Bulgarian and Belarusian by 0.015; Arabic by 0.08, Persian by 0.026. */
const clearWith: Readonly<Record<string, number>> = { ukr: 0.025, ara: 0.05 };
/** Share of the pieces that must agree on a language, and of German ones from which on a page is a German form with a translation. */
const [AGREED, GERMAN] = [0.6, 0.25];

const scripts = {
  Cyrl: /\p{Script=Cyrillic}/gu,
  Arab: /\p{Script=Arabic}/gu,
  Grek: /\p{Script=Greek}/gu,
  Hebr: /\p{Script=Hebrew}/gu,
  Ethi: /\p{Script=Ethiopic}/gu,
  Geor: /\p{Script=Georgian}/gu,
  Armn: /\p{Script=Armenian}/gu,
} as const;
const letter = /\p{L}/gu;
const lettered = /^\p{L}[\p{L}\p{M}'’-]*$/u;
const edges = /^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu;
/** The running words of a text: written small in scripts that know it, so that names, titles and German nouns say nothing. */
const running = (word: string): boolean => lettered.test(word) && word.length > 1 && !/^\p{Lu}/u.test(word);

/**
 * The language of a page that is not in German: an ISO 639-1 code, `und-Cyrl` where the script alone is sure, also because two languages are too near;
 * undefined for German, for pages without enough running text, and wherever it is doubtful. A German form full of foreign names is German.
 */
export async function foreignLanguage(page: ReadPage): Promise<string | undefined> {
  const words = runningWords(page);
  const script = foreignScript(words);
  if (words.length < (script === undefined ? FEWEST : FEWEST_IN_ITS_SCRIPT)) return undefined;
  const found = await agreed(piecesOf(words), clearWith[page.language ?? '']);
  return found ?? (script === undefined ? undefined : `und-${script}`);
}

/** Running words of the lines that read like sentences; a line of names, labels or figures has too few of them. */
function runningWords(page: ReadPage): string[] {
  const sure = { ...page, words: page.words.filter((word) => (word.sure ?? 1) >= SURE) };
  return linesOf(sure).flatMap(({ text }) => {
    const words = text.split(/\s+/).map((word) => word.replace(edges, ''));
    const small = words.filter(running);
    return small.length >= 3 && small.length >= words.length / 3 ? small : [];
  });
}

function foreignScript(words: readonly string[]): string | undefined {
  const text = words.join('');
  const all = text.match(letter)?.length ?? 0;
  return Object.entries(scripts).find(([, own]) => (text.match(own)?.length ?? 0) > all * 0.6)?.[0];
}

/** The words in pieces that the detector reads to their end; a short rest goes to the piece before. */
function piecesOf(words: readonly string[]): string[] {
  const pieces: string[] = [];
  for (const word of words) {
    const last = pieces.at(-1);
    if (last === undefined || Buffer.byteLength(last) + Buffer.byteLength(word) > PIECE) pieces.push(word);
    else pieces[pieces.length - 1] = `${last} ${word}`;
  }
  const rest = pieces.length > 1 && Buffer.byteLength(pieces.at(-1) ?? '') < PIECE / 3 ? pieces.pop() : undefined;
  return rest === undefined ? pieces : [...pieces.slice(0, -1), `${pieces.at(-1)} ${rest}`];
}

/** The language that most pieces are in, each surely and far from German, and all together far from the next language. */
async function agreed(pieces: readonly string[], clear?: number): Promise<string | undefined> {
  // Loaded with the first page: it takes a second and 60 MB, and a process that serves pages of the workspace never needs it.
  const { eld } = await import('eld/small');
  const leads = new Map<string, number[]>();
  for (const piece of pieces) {
    const found = eld.detect(piece);
    const scores = found.getScores();
    // Its `isReliable` asks for a usual score; the runner-up it knows by its place in the list alone, so the lead is taken here.
    const [best = 0, second = 0] = Object.values(scores).sort((a, b) => b - a);
    const far = found.isReliable() && best - (scores['de'] ?? 0) >= LEAD;
    const said = found.language === 'de' ? 'de' : far ? found.language : '';
    leads.set(said, [...(leads.get(said) ?? []), best - second]);
  }
  if ((leads.get('de')?.length ?? 0) >= pieces.length * GERMAN) return undefined;
  const named = [...leads].filter(([said]) => said !== '' && said !== 'de').sort((a, b) => b[1].length - a[1].length);
  const [[language, each] = ['', []]] = named;
  if (each.length === 0 || each.length < pieces.length * AGREED) return undefined;
  return each.reduce((sum, lead) => sum + lead, 0) / each.length >= (clear ?? clearOf[language] ?? CLEAR)
    ? language
    : undefined;
}
