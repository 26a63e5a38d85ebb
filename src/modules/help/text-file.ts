import { type Block, type ProseProblem, parseProse } from '../../kernel/prose.ts';
import { plainLine, plainText } from '../../kernel/text.ts';

/** What is wrong with a text file; `field` for something of its head. Lines count from 1. */
export type TextProblem = {
  readonly line: number;
  readonly code: ProseProblem['code'] | 'head' | 'unknown' | 'missing' | 'value' | 'empty' | 'size' | 'name';
  readonly field?: string;
};

/** How the head of a kind of file looks: each field with a pattern, and whether it must be there. */
export type HeadRule = Readonly<Record<string, { readonly pattern: RegExp; readonly required?: boolean }>>;

export type TextFile = {
  readonly head: ReadonlyMap<string, string>;
  readonly blocks: readonly Block[];
  /** The Jobcenter does not want to see this text. */
  readonly hidden: boolean;
  readonly problems: readonly TextProblem[];
};

/** The most a file may hold, in bytes. */
export const textLimit = 20_000;
export const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
export const line = /^.{1,200}$/;

/**
 * Reads a text file: between two lines `---` its head with `name: value`, below it the text. Everything is checked: with a problem the file
 * is not used. `hidden: yes` in the head needs nothing else.
 */
export function readTextFile(raw: string, rule: HeadRule): TextFile {
  const lines = plainText(raw.replace(/^\uFEFF/, ''))
    .trimEnd()
    .split('\n');
  const end = lines[0]?.trim() === '---' ? lines.findIndex((each, index) => index > 0 && each.trim() === '---') : -1;
  if (end === -1) return { head: new Map(), blocks: [], hidden: false, problems: [{ line: 1, code: 'head' }] };
  const { head, problems } = readHead(lines.slice(1, end), rule);
  const hidden = head.get('hidden') === 'yes';
  const prose = parseProse(lines.slice(end + 1).join('\n'), end + 2);
  if (hidden) return { head, blocks: prose.blocks, hidden, problems: [] };
  for (const [field, { required }] of Object.entries(rule))
    if (required && !head.has(field)) problems.push({ line: 1, code: 'missing', field });
  if (prose.blocks.length === 0) problems.push({ line: end + 2, code: 'empty' });
  return { head, blocks: prose.blocks, hidden, problems: [...problems, ...prose.problems] };
}

function readHead(lines: readonly string[], rule: HeadRule): { head: Map<string, string>; problems: TextProblem[] } {
  const head = new Map<string, string>();
  const problems: TextProblem[] = [];
  lines.forEach((each, index) => {
    if (each.trim() === '') return;
    const at = { line: index + 2 };
    const [, field, value = ''] = /^\s*([a-z]+)\s*:\s*(.*)$/.exec(each) ?? [];
    const wanted = field === 'hidden' ? /^yes$/ : Object.entries(rule).find(([name]) => name === field)?.[1].pattern;
    const text = plainLine(value).trim();
    if (field === undefined) problems.push({ ...at, code: 'head' });
    else if (wanted === undefined) problems.push({ ...at, code: 'unknown', field });
    else if (!wanted.test(text)) problems.push({ ...at, code: 'value', field });
    else head.set(field, text);
  });
  return { head, problems };
}
