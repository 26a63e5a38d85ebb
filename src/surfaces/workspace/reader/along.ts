import type { ReaderData } from './load.ts';

/** Names of the papers that came with this one and lie beside it: they go along to another case unless it goes alone. */
export function goesAlong({ filed, others }: Pick<ReaderData, 'filed' | 'others'>): string[] {
  const own = new Set(filed.ways.filter((way) => way.documentId === filed.document.id).map((way) => way.submissionId));
  return others
    .filter((each) => each.case.id === filed.case.id && each.facts.copyOf === null)
    .filter((each) => each.ways.some((way) => own.has(way.submissionId)))
    .map((each) => each.document.name);
}
