import { type Block, isSafeLink } from '../../kernel/prose.ts';
import { isHelpKey } from './keys.ts';
import { day, type HeadRule, line, readTextFile, type TextProblem } from './text-file.ts';

export type TextKind = 'help' | 'news' | 'tour';
export const textKinds: readonly TextKind[] = ['help', 'news', 'tour'];

/** What every text has: its name (that of its file), its title, and whether the Jobcenter wrote it itself. */
export type Written = {
  readonly key: string;
  readonly language: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly own: boolean;
};
/** An explanation in place: what it is and why, since which day (ISO) it is so, and the law it rests on. */
export type HelpText = Written & { readonly since: string; readonly law: string | undefined };
/** What changed, on which day (ISO), why, and for whom. */
export type NewsEntry = Written & { readonly date: string; readonly why: string; readonly audience: string };
/** A small task of the first week: its day from 1 to 5, and the page it is done at, in the practice Jobcenter or in the own one. */
export type TourTask = Written & {
  readonly day: number;
  readonly link: string;
  readonly place: 'practice' | 'own';
};
export type AnyText = HelpText | NewsEntry | TourTask;

const title = { pattern: line, required: true } as const;
const ownPage = /^\/arbeit(?:[/?#].*)?$/;

const rules: Readonly<Record<TextKind, HeadRule>> = {
  help: { title, since: { pattern: day, required: true }, law: { pattern: line } },
  news: {
    title,
    date: { pattern: day, required: true },
    why: { pattern: line, required: true },
    for: { pattern: line, required: true },
  },
  tour: {
    title,
    day: { pattern: /^[1-5]$/, required: true },
    link: { pattern: ownPage, required: true },
    place: { pattern: /^(practice|own)$/, required: true },
  },
};

/** What a file gives: a text, the wish not to see one, or what is wrong with it. */
export type ReadText =
  | { readonly kind: 'text'; readonly text: AnyText }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'problems'; readonly problems: readonly TextProblem[] };

/** Reads one file of a kind; `key` is its name without the ending. */
export function readText(
  kind: TextKind,
  raw: string,
  { key, language, own }: Pick<Written, 'key' | 'language' | 'own'>,
): ReadText {
  const nameless: TextProblem = { line: 1, code: 'name' };
  if (!/^[a-z0-9][a-z0-9-]{0,79}$/.test(key) || (kind === 'help' && !isHelpKey(key)))
    return { kind: 'problems', problems: [nameless] };
  const file = readTextFile(raw, rules[kind]);
  const of = (field: string): string => file.head.get(field) ?? '';
  const problems = [...file.problems];
  if (file.head.has('link') && !isSafeLink(of('link'))) problems.push({ line: 1, code: 'value', field: 'link' });
  if (file.hidden) return { kind: 'hidden' };
  if (problems.length > 0) return { kind: 'problems', problems };
  const base: Written = { key, language, own, title: of('title'), blocks: file.blocks };
  switch (kind) {
    case 'help':
      return { kind: 'text', text: { ...base, since: of('since'), law: file.head.get('law') } };
    case 'news':
      return { kind: 'text', text: { ...base, date: of('date'), why: of('why'), audience: of('for') } };
    case 'tour': {
      const place = of('place') === 'own' ? 'own' : 'practice';
      return { kind: 'text', text: { ...base, day: Number(of('day')), link: of('link'), place } };
    }
  }
}
