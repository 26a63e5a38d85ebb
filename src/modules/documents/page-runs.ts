/** Page numbers in their order as runs: 1, 2, 3, 7 is 1–3 and 7. */
export function pageRuns(pages: readonly number[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last?.[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs;
}
