import { linesOf, type SeenPage, type SeenWord } from './lines.ts';

/** A page whose words say how surely they were read; a text layer is sure. */
type ReadPage = Omit<SeenPage, 'words'> & { readonly words: readonly (SeenWord & { readonly sure?: number })[] };

/** Words below this are guesses of the recogniser, and a guess may look like any language. */
const SURE = 0.6;
/** Fewer running words than this are names, a table or a stamp, and no text in any language. */
const [FEWEST, FEWEST_IN_ITS_SCRIPT] = [20, 8];
/** Bytes that the detector looks at; longer text is judged piece by piece. */
const PIECE = 300;
/** So much clearer than German must a piece be: the lead of English, the nearest of those that matter, is twice as large. */
const LEAD = 0.2;
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
 * The language of a page that is not in German: an ISO 639-1 code, `und-Cyrl` where the script alone is sure; undefined for German, for pages
 * without enough running text, and wherever it is doubtful. A German form full of foreign names is German.
 */
export async function foreignLanguage(page: ReadPage): Promise<string | undefined> {
  const words = runningWords(page);
  const script = foreignScript(words);
  if (words.length < (script === undefined ? FEWEST : FEWEST_IN_ITS_SCRIPT)) return undefined;
  const found = await agreed(piecesOf(words));
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

/** The language that most pieces are in, each surely and far from German. */
async function agreed(pieces: readonly string[]): Promise<string | undefined> {
  // Loaded with the first page: it takes a second and 60 MB, and a process that serves pages of the workspace never needs it.
  const { eld } = await import('eld/small');
  const votes = new Map<string, number>();
  for (const piece of pieces) {
    const found = eld.detect(piece);
    const { [found.language]: best = 0, de = 0 } = found.getScores();
    const said = found.language === 'de' ? 'de' : found.isReliable() && best - de >= LEAD ? found.language : '';
    votes.set(said, (votes.get(said) ?? 0) + 1);
  }
  if ((votes.get('de') ?? 0) >= pieces.length * GERMAN) return undefined;
  const [first] = [...votes].filter(([said]) => said !== '' && said !== 'de').sort((a, b) => b[1] - a[1]);
  return first !== undefined && first[1] >= pieces.length * AGREED ? first[0] : undefined;
}
