import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

export type HelpPart = 'news' | 'tour' | 'practice' | 'help';

/** The pages for who is new here, beside each other. */
export function HelpNav({ visit, here }: { visit: StaffVisit; here: HelpPart }) {
  const parts: readonly [HelpPart, string][] = [
    ['news', paths.news],
    ['tour', paths.tour],
    ['practice', paths.practice],
    ['help', paths.help],
  ];
  return (
    <nav class="tw-views" aria-label={visit.t('help:nav.label')}>
      <ul>
        {parts.map(([part, href]) => (
          <li>
            <a href={href} aria-current={part === here ? 'page' : undefined}>
              {visit.t(`help:nav.${part}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
