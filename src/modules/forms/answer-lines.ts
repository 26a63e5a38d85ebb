import type { FrozenAnswers } from './freeze.ts';

/**
 * What somebody answered, question by question, as the search may hold it: without answers about health and the like (Art. 9 GDPR) and without those that were deleted; none where a
 * program sent no answers. Takes what `freeze` made.
 */
export function answerLines(frozen: unknown): { readonly label: string; readonly text: string }[] {
  const sections = (frozen as Partial<FrozenAnswers> | null)?.sections;
  if (!Array.isArray(sections)) return [];
  return (sections as FrozenAnswers['sections']).flatMap((section) =>
    section.items
      .filter((item) => item.sensitive !== true && item.forgotten !== true)
      .flatMap((item) =>
        item.rows === undefined || item.rows.length === 0
          ? [{ label: item.label, text: item.text }]
          : item.rows.flatMap((row) => row.items.map(({ label, text }) => ({ label, text }))),
      ),
  );
}
