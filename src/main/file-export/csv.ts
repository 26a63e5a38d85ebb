/** A line of a table for programs of offices: semicolons, quotes, and nothing that a spreadsheet would take for a formula. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(';')}\r\n`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The same table as a page that any browser shows; the last column of a row may link to a file beside it. */
export function htmlIndex(page: {
  readonly language: string;
  readonly title: string;
  readonly intro: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly file?: string }[];
}): string {
  const head = page.columns.map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
  const rows = page.rows.map(({ cells, file }) => {
    const last = cells.length - 1;
    const link = (text: string): string =>
      file === undefined ? escaped(text) : `<a href="${encodeURI(file)}">${escaped(text)}</a>`;
    return `<tr>${cells.map((cell, index) => `<td>${index === last ? link(cell) : escaped(cell)}</td>`).join('')}</tr>`;
  });
  const intro = page.intro.map((text) => `<p>${escaped(text)}</p>`).join('');
  return `<!doctype html><html lang="${page.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(page.title)}</title></head><body><main><h1>${escaped(page.title)}</h1>${intro}<table><caption>${escaped(page.title)}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></main></body></html>`;
}
