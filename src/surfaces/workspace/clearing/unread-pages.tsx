import { type ClearingItem, type PartlyRead, papersOfDoubt } from '../../../modules/cases/index.ts';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

/** What may have stood in the way. */
const reasons = ['timeout', 'memory', 'broken', 'too-many-pages'] as const;
/** So many runs of pages are named one by one. */
const mostNamed = 10;

/** Runs of pages as a person reads them: `3, 7–9`. */
export const namedRuns = (runs: PartlyRead['unread']): string => {
  const words = runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
  return words.length > mostNamed ? `${words.slice(0, mostNamed).join(', ')} …` : words.join(', ');
};

/** The pages that nobody could read, each paper with the way to the first of them, and what to do now; nothing for other doubts. */
export function UnreadPages({ visit, item }: { readonly visit: StaffVisit; readonly item: ClearingItem }) {
  const { t } = visit;
  const papers = papersOfDoubt(item, 'partly-read');
  if (papers.length === 0) return null;
  return (
    <>
      {papers.map(({ documentId, unread, pages, why }) => {
        const reason = reasons.find((each) => each === why);
        const words = t('workspace:unreadPages.which', { unread: namedRuns(unread), pages });
        const first = String(unread[0]?.[0] ?? 1);
        return (
          <p>
            <a href={`${withQuery(paths.case(item.caseId), { dok: documentId, seite: first })}#papers`}>{words}</a>
            {reason === undefined ? null : <span class="tw-sub">{t(`workspace:unreadPages.why.${reason}`)}</span>}
          </p>
        );
      })}
      <p class="td-muted">{t('workspace:unreadPages.next')}</p>
    </>
  );
}
