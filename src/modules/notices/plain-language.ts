/**
 * A hint on words that are hard to read: which kind, the words it is about, and a better word where there is one. Hints never keep a letter
 * from being sent: the law's own words must sometimes stand.
 */
export type PlainHint = {
  readonly kind: 'long' | 'nested' | 'passive' | 'nouns' | 'abbreviation' | 'jargon';
  /** The beginning of the sentence, or the word. */
  readonly words: string;
  readonly better?: string;
};

/** Office words with a plain one, as `texts/letters/words.txt` lists them: the word in small letters, and what to write instead. */
export type PlainWords = ReadonlyMap<string, string>;

const mostWords = 18;
const mostHints = 60;

/** Abbreviations that readers stumble over, with the words in full. In citations of the law, paragraphs and sentences may be short. */
const abbreviations: readonly (readonly [RegExp, string])[] = [
  [/\bz\.\s?B\./g, 'zum Beispiel'],
  [/\bu\.\s?a\./g, 'unter anderem'],
  [/\bd\.\s?h\./g, 'das heißt'],
  [/\bi\.\s?d\.\s?R\./g, 'meistens'],
  [/\bi\.\s?H\.\s?v\./g, 'von'],
  [/\bi\.\s?V\.\s?m\./g, 'zusammen mit'],
  [/\bi\.\s?S\.\s?d\./g, 'nach'],
  [/\bo\.\s?g\./g, 'oben genannt'],
  [/\bg{2}f\./g, 'vielleicht'],
  [/\bbzw\./g, 'oder'],
  [/\bbzgl\./g, 'zu'],
  [/\bgem\./g, 'nach'],
  [/\blt\./g, 'nach'],
  [/\bvsl\./g, 'wahrscheinlich'],
  [/\busw\./g, 'und so weiter'],
  [/\bca\./g, 'ungefähr'],
  [/\bmtl\./g, 'im Monat'],
  [/\bAZ:?\s/g, 'Aktenzeichen'],
  [/\bKdU\b/g, 'Kosten für Unterkunft und Heizung'],
  [/\bBG\b/g, 'Bedarfsgemeinschaft'],
  [/\bEGV\b/g, 'Kooperationsplan'],
];

const subordinate =
  /\b(?:dass|weil|obwohl|sofern|soweit|falls|wenn|nachdem|bevor|während|indem|wobei|wodurch|welche[rsmn]?)\b/gi;
const passive = /\b(?:wird|werden|wurde|wurden|worden)\b/i;
const participle =
  /\b(?:ge\p{L}{2,}(?:t|en)|\p{L}{2,}ge\p{L}{2,}(?:t|en)|(?:be|er|ver|zer|ent|emp)\p{L}{2,}(?:t|en)|\p{L}{3,}iert)\b/iu;
const noun = /\p{Lu}\p{Ll}+(?:ung|heit|keit|tion|nahme|ismus)(?:en|s)?\b/gu;

/** What of a text is hard to read, in the order of the text. Pure; `words` are the office words of the house. */
export function plainHints(text: string, words: PlainWords): PlainHint[] {
  const hints: PlainHint[] = [];
  for (const sentence of sentencesOf(text)) {
    const about = beginning(sentence);
    const count = sentence.split(/\s+/).length;
    if (count > mostWords) hints.push({ kind: 'long', words: about });
    if ((sentence.match(subordinate) ?? []).length > 1 || (sentence.match(/,/g) ?? []).length > 3)
      hints.push({ kind: 'nested', words: about });
    if (isPassive(sentence)) hints.push({ kind: 'passive', words: about });
    if ((sentence.match(noun) ?? []).length > 2) hints.push({ kind: 'nouns', words: about });
  }
  for (const [pattern, better] of abbreviations)
    for (const found of new Set(text.match(pattern) ?? []))
      hints.push({ kind: 'abbreviation', words: found.trim(), better });
  for (const word of new Set(text.match(/[\p{L}-]{3,}/gu) ?? [])) {
    const better = words.get(word.toLowerCase());
    if (better !== undefined) hints.push({ kind: 'jargon', words: word, better });
  }
  return hints.slice(0, mostHints);
}

/** The helping verb and a participle: `werden` alone is the future, or what somebody becomes. */
function isPassive(sentence: string): boolean {
  const at = passive.exec(sentence);
  if (at === null) return false;
  const rest = sentence.replace(at[0], ' ');
  return participle.test(rest) && !/\b(?:ich|wir|sie)\s+werden\b/i.test(sentence.slice(0, at.index + at[0].length));
}

/** Sentences, without marks of layout; headings and items of lists are sentences of their own. */
function sentencesOf(text: string): string[] {
  return text
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.|##))/)
    .flatMap((part) =>
      part
        .replace(/^\s*(?:[-*]|\d+\.|##+)\s+/, '')
        .replace(/\s+/g, ' ')
        .split(/(?<=[.!?:])\s+(?=[\p{Lu}„"])/u),
    )
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function beginning(sentence: string): string {
  const words = sentence.split(' ');
  return words.length <= 7 ? sentence : `${words.slice(0, 7).join(' ')} …`;
}
