import type { Visit } from '../visit.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A page in place of one that cannot be drawn: it says so, and that the original is there. */
export function placeholder(visit: Visit, width: number): Response {
  const lines = [visit.t('workspace:case.papers.failed'), visit.t('workspace:case.papers.failedHint')];
  const text = lines.map(
    (line, index) => `<text x="300" y="${400 + index * 34}" text-anchor="middle">${escaped(line)}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 848" width="${width}" height="${Math.round(width * Math.SQRT2)}" font-family="sans-serif" font-size="22" fill="#333"><rect width="600" height="848" fill="#f4f4f4" stroke="#999"/>${text.join('')}</svg>`;
  return new Response(svg, { headers: { 'Content-Type': 'image/svg+xml' } });
}
