import { type Block, parseProse } from '../../kernel/prose.ts';
import { fillText, type PlaceholderProblem, type PlaceholderValues } from './placeholders.ts';

/** A part of a letter as the template sets it: heading, paragraphs, then a list. */
export type LetterPart = {
  readonly heading?: string;
  readonly paragraphs?: readonly string[];
  readonly items?: readonly string[];
  /** The language of the list, where it comes from the case and the text is in another language. */
  readonly itemsLang?: string;
};

/** The text of a letter, ready to be set, and what the case could not fill. */
export type FilledBody = { readonly parts: readonly LetterPart[]; readonly problems: readonly PlaceholderProblem[] };

/** The words of a block, without marks of layout; a link shows its address, paper has nothing to click. */
const wordsOf = (inlines: Extract<Block, { kind: 'paragraph' }>['inlines']): string =>
  inlines
    .map((each) => (each.kind === 'link' && each.href !== each.text ? `${each.text} (${each.href})` : each.text))
    .join('');

/**
 * Reads the text of a letter (paragraphs, `## headings`, `- lists`) and fills it from the case. The layout is read first: what comes from the
 * case stays words, whatever marks it contains. A paragraph that is `{{items}}` alone becomes a list.
 */
export function letterBody(text: string, values: PlaceholderValues, itemsLang?: string): FilledBody {
  const problems: PlaceholderProblem[] = [];
  const parts: { heading?: string; paragraphs: string[]; items: string[]; itemsLang?: string }[] = [];
  const open = () => {
    const last = parts.at(-1);
    if (last !== undefined) return last;
    parts.push({ paragraphs: [], items: [] });
    return parts.at(-1) as (typeof parts)[number];
  };
  const fill = (piece: string): string => {
    const filled = fillText(piece, values);
    problems.push(...filled.problems);
    return filled.text;
  };
  for (const block of parseProse(text).blocks) {
    if (block.kind === 'heading') {
      parts.push({ heading: fill(block.text), paragraphs: [], items: [] });
    } else if (block.kind === 'list') {
      const items = block.items.flatMap((each, index) => {
        const words = wordsOf(each);
        if (isItems(words) && filledItems(values)) return [...(values.items ?? [])];
        return [block.ordered ? `${index + 1}. ${fill(words)}` : fill(words)];
      });
      open().items.push(...items);
    } else {
      const words = wordsOf(block.inlines);
      const list = isItems(words) && filledItems(values);
      // Paragraphs stand before the list of a part: what follows a list begins a part of its own.
      if (open().items.length > 0) parts.push({ paragraphs: [], items: [] });
      if (list) {
        open().items.push(...(values.items ?? []));
        if (itemsLang !== undefined) Object.assign(open(), { itemsLang });
      } else open().paragraphs.push(fill(words));
    }
  }
  return {
    parts: parts.map(({ heading, paragraphs, items, itemsLang }) => ({
      ...(heading === undefined ? {} : { heading }),
      ...(paragraphs.length === 0 ? {} : { paragraphs }),
      ...(items.length === 0 ? {} : { items }),
      ...(itemsLang === undefined ? {} : { itemsLang }),
    })),
    problems: [...new Map(problems.map((each) => [`${each.code} ${each.name}`, each])).values()],
  };
}

const isItems = (words: string): boolean => /^\{\{\s*items\s*\}\}$/.test(words.trim());
const filledItems = ({ items = [] }: PlaceholderValues): boolean => items.length > 0;
