/** A piece of a line. A link leads to our own pages or to an http(s) address, never anywhere else. */
export type Inline =
  | { readonly kind: 'text' | 'strong'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] };

/** What a text may not hold, with the line (from 1) it stands in. */
export type ProseProblem = { readonly line: number; readonly code: 'html' | 'link' | 'picture' | 'layout' };
export type Prose = { readonly blocks: readonly Block[]; readonly problems: readonly ProseProblem[] };

/** True for an address a text may lead to: http(s), or a page of ours. */
export const isSafeLink = (href: string): boolean =>
  /^\/(?![/\\])[\w\-./?=&%+~:,#]*$/.test(href) || (/^https?:\/\/[^\s"'<>\\]+$/i.test(href) && URL.canParse(href));

/**
 * Reads the small part of Markdown that people write texts in: paragraphs, lists (`-`, `1.`), headings (`##`), `**strong**`, `[words](address)`.
 * HTML, pictures, tables and the like are problems, not content; what comes out holds words and checked addresses only. Lines count
 * from `firstLine`.
 */
export function parseProse(text: string, firstLine = 1): Prose {
  const lines = text.split('\n');
  const problems = lines.flatMap((line, index) => problemsOf(line).map((code) => ({ line: firstLine + index, code })));
  const blocks: Block[] = [];
  for (const group of groupsOf(lines)) blocks.push(...blocksOf(group));
  return { blocks, problems };
}

function problemsOf(line: string): ProseProblem['code'][] {
  const found: ProseProblem['code'][] = [];
  if (/<[a-z!/?]/i.test(line)) found.push('html');
  if (/!\[/.test(line)) found.push('picture');
  if (/^\s*(```|~~~|\||>|#\s|####)/.test(line)) found.push('layout');
  for (const [, href] of line.matchAll(linkPattern)) if (!isSafeLink(href ?? '')) found.push('link');
  return found;
}

const linkPattern = /\[[^\]]*\]\(([^)]*)\)/g;

/** Lines between empty ones. */
function groupsOf(lines: readonly string[]): string[][] {
  const groups: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === '') groups.push([]);
    else groups.at(-1)?.push(line.trim());
  }
  return groups.filter((group) => group.length > 0);
}

const item = /^(?:[-*]|(\d+)\.)\s+/;

/** A heading ends with its line; a list begins with its first mark; every other line goes on with what stands before it. */
function blocksOf(group: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let open: { ordered: boolean | undefined; texts: string[] } | undefined;
  const close = (): void => {
    if (open?.ordered !== undefined)
      blocks.push({ kind: 'list', ordered: open.ordered, items: open.texts.map(inlines) });
    else if (open !== undefined) blocks.push({ kind: 'paragraph', inlines: inlines(open.texts.join(' ')) });
    open = undefined;
  };
  for (const line of group) {
    const heading = /^###?\s+(.*)$/.exec(line)?.[1];
    const mark = item.exec(line);
    if (heading !== undefined) {
      close();
      blocks.push({ kind: 'heading', text: heading });
    } else if (mark !== null) {
      const ordered = mark[1] !== undefined;
      if (open?.ordered !== ordered) close();
      open ??= { ordered, texts: [] };
      open.texts.push(line.slice(mark[0].length));
    } else if (open === undefined) open = { ordered: undefined, texts: [line] };
    else open.texts.push(`${open.ordered === undefined ? '' : (open.texts.pop() ?? '')} ${line}`.trim());
  }
  close();
  return blocks;
}

/** Words, strong words and links of a line; a link that leads elsewhere keeps its words alone. */
function inlines(text: string): Inline[] {
  const found: Inline[] = [];
  const add = (part: Inline): void => {
    if (part.text !== '') found.push(part);
  };
  let at = 0;
  for (const match of text.matchAll(/\*\*(.+?)\*\*|\[([^\]]*)\]\(([^)]*)\)/g)) {
    add({ kind: 'text', text: text.slice(at, match.index) });
    const [whole, strong, words = '', href = ''] = match;
    if (strong !== undefined) add({ kind: 'strong', text: strong });
    else add(isSafeLink(href) ? { kind: 'link', text: words, href } : { kind: 'text', text: words });
    at = match.index + whole.length;
  }
  add({ kind: 'text', text: text.slice(at) });
  return found;
}
