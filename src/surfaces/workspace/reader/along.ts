import type { ReaderData } from './load.ts';

/** Names of the papers that came with this one: a submission stays whole, so they go along to another case. */
export function goesAlong({ filed, others }: Pick<ReaderData, 'filed' | 'others'>): string[] {
  const own = new Set(filed.ways.filter((way) => way.documentId === filed.document.id).map((way) => way.submissionId));
  return others
    .filter((each) => each.facts.copyOf === null && each.ways.some((way) => own.has(way.submissionId)))
    .map((each) => each.document.name);
}
