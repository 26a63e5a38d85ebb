/** A statement with its numbered parameters. */
export type Statement = { readonly text: string; readonly values: readonly unknown[] };

const longest = 16;
const merged = new Map<string, string>();

/**
 * Inserts of a transaction that ask nothing back wait here, and go to the database together as one statement: one round
 * trip instead of one each. Whoever asks the database for anything else sends them first; so does the commit. An insert
 * that fails is therefore told at the next question or at the commit, and the transaction is rolled back as ever.
 */
export class InsertBatch {
  #waiting: Statement[] = [];

  /** False when what waits must go first: it is enough, or the same insert is among it (the parts run in any order). */
  hasRoomFor(text: string): boolean {
    return this.#waiting.length < longest && this.#waiting.every((each) => each.text !== text);
  }

  add(statement: Statement): void {
    this.#waiting.push(statement);
  }

  /** What waits, as one statement; undefined when nothing does. */
  take(): Statement | undefined {
    const waiting = this.#waiting;
    if (waiting.length === 0) return undefined;
    this.#waiting = [];
    if (waiting.length === 1) return waiting[0];
    return { text: mergedText(waiting), values: waiting.flatMap(({ values }) => values) };
  }
}

/** Foreign keys between the rows are checked at the end of the whole statement, so the order of its parts does not matter. */
function mergedText(statements: readonly Statement[]): string {
  const key = statements.map(({ text }) => text).join(';');
  const known = merged.get(key);
  if (known !== undefined) return known;
  let before = 0;
  const parts = statements.map(({ text, values }) => {
    const shifted = text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + before}`);
    before += values.length;
    return shifted;
  });
  const last = parts.pop() ?? '';
  const text = `with ${parts.map((part, i) => `part_${i} as (${part})`).join(', ')} ${last}`;
  if (merged.size > 500) merged.clear();
  merged.set(key, text);
  return text;
}

const texts = new Map<string, string>();

/** The insert of rows of one shape into a table of a tenant, made once for each shape and number of rows. */
export function insertStatement(jobcenterId: string, table: string, rows: readonly object[]): Statement {
  const columns = Object.keys(rows[0] ?? {});
  const key = `${table} ${rows.length} ${columns.join()}`;
  let text = texts.get(key);
  if (text === undefined) {
    if (texts.size > 500) texts.clear();
    text = insertText(table, [...columns, 'jobcenter_id'], rows.length);
    texts.set(key, text);
  }
  return { text, values: rows.flatMap((row) => [...Object.values(row), jobcenterId]) };
}

function insertText(table: string, columns: readonly string[], rows: number): string {
  const places = (row: number): string => columns.map((_, i) => `$${row * columns.length + i + 1}`).join(', ');
  const lists = Array.from({ length: rows }, (_, row) => `(${places(row)})`);
  return `insert into "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) values ${lists.join(', ')}`;
}
