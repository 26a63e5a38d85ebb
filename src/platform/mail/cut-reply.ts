/** A mail's text in two: what is new, and what was quoted from earlier mails. Nothing is thrown away. */
export type CutText = { readonly fresh: string; readonly quoted: string };

/** `Am 3. Mai schrieb Mika:`, `On Monday, Mika wrote:` — perhaps broken over up to three lines by the program. */
const introduces = [
  /^(am|on|den|le)\b.{4,300}\b(schrieb|wrote|a écrit)\b.{0,200}:\s*$/i,
  /^.{2,200}\b(schrieb|wrote)\s+(am|on)\b.{2,200}:\s*$/i,
  /^(gesendet|sent):?\s.{4,120}\b(von|from)\b.{2,200}:\s*$/i,
];

/** Lines behind which everything is the earlier mail. */
const divides = [
  /^-{2,}\s*(original message|original-?nachricht|urspr(ü|ue)ngliche nachricht|urspr\. nachricht)\s*-{2,}\s*$/i,
  /^-{3,}\s*(antwort auf|in antwort auf)\b.*$/i,
  /^-{2,}\s*(reply above this line|bitte oberhalb dieser (linie|zeile) antworten)\s*-{0,}\s*$/i,
];
const from = /^\s*\*?(von|from)\s?:\*?\s?\S/i;
const field = /^\s*\*?(von|from|gesendet|sent|datum|date|an|to|betreff|subject|cc)\s?:\*?\s?\S/i;
const rule = /^[_-]{8,}$/;

/** True where a block of `Von: Gesendet: An: Betreff:` begins, in whatever order, perhaps under a rule. */
function beginsBlock(lines: readonly string[], at: number): boolean {
  const under = rule.test(lines[at]?.trim() ?? '') ? at + 1 : at;
  const block = lines.slice(under, under + 6);
  return (
    field.test(block[0] ?? '') &&
    block.some((each) => from.test(each)) &&
    block.filter((each) => field.test(each)).length >= 3
  );
}

const quoted = (line: string): boolean => /^\s?[>|]/.test(line);

/**
 * Cuts quoted mails off a text: what stands under `Am … schrieb …:`, behind `-----Original Message-----` or under a block of
 * `Von: Gesendet: An: Betreff:`, and lines that begin with `>`. Answers between and below quoted lines stay. A forwarded mail
 * is new to whoever gets it: with `forwarded` only `>` lines are cut.
 */
export function cutReply(text: string, options: { readonly forwarded?: boolean } = {}): CutText {
  const lines = text.split('\n');
  const fresh: string[] = [];
  const old: string[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    const head = options.forwarded ? 0 : headAt(lines, i);
    if (quoted(line)) old.push(line);
    else if (head === 0) fresh.push(line);
    else if (quotedAfter(lines, i + head)) {
      old.push(...lines.slice(i, i + head));
      i += head - 1;
    } else {
      old.push(...lines.slice(i));
      break;
    }
  }
  return { fresh: tidy(fresh), quoted: tidy(old) };
}

/** How many lines at `at` introduce a quoted mail; 0 where none begins. */
function headAt(lines: readonly string[], at: number): number {
  const line = lines[at]?.trim() ?? '';
  if (line === '') return 0;
  if (divides.some((pattern) => pattern.test(line))) return 1;
  if (beginsBlock(lines, at)) return 1;
  for (let count = 1; count <= 3; count += 1) {
    const joined = lines
      .slice(at, at + count)
      .map((each) => each.trim())
      .join(' ');
    if (joined.length > 700) return 0;
    if (introduces.some((pattern) => pattern.test(joined))) return count;
  }
  return 0;
}

/** True when the next line that says something is a quoted one: then only quoted lines belong to the earlier mail. */
function quotedAfter(lines: readonly string[], at: number): boolean {
  const next = lines.slice(at).find((line) => line.trim() !== '');
  return next !== undefined && quoted(next);
}

const tidy = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** True for a subject that says the mail was passed on. */
export const isForwarded = (subject: string): boolean => /^\s*(wg|fw|fwd|weitergeleitet)\s*:/i.test(subject);
