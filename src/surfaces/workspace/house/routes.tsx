import type { Tx } from '../../../platform/database/index.ts';
import { maySee as maySeeFields } from '../fields/known.ts';
import { below, paths } from '../paths.ts';
import { show } from '../shell.tsx';
import type { StaffVisit, WorkspaceRoute } from '../visit.ts';

/** What a house sets itself, and what its people look up, in the order in which it stands; `lead`: a page for leads. */
const parts = [
  {
    name: 'work',
    pages: [
      { name: 'views', href: paths.workViews },
      { name: 'topics', href: paths.noteTopics, lead: true },
      { name: 'circles', href: paths.circles },
      { name: 'fields', href: paths.fields, lead: true },
      { name: 'fieldOrders', href: paths.fieldOrders },
    ],
  },
  {
    name: 'papers',
    pages: [
      { name: 'letters', href: paths.letterTexts },
      { name: 'plan', href: paths.filePlan, lead: true },
      { name: 'twice', href: paths.twiceOverview, lead: true },
      { name: 'mailboxes', href: paths.mailboxes, lead: true },
      { name: 'tablets', href: paths.tablets, lead: true },
    ],
  },
  {
    name: 'people',
    pages: [
      { name: 'team', href: paths.team },
      { name: 'substitutions', href: paths.substitutions },
      { name: 'tour', href: paths.tour },
      { name: 'employers', href: paths.employers },
      { name: 'practice', href: paths.practice },
    ],
  },
] as const;

/** The rules and lists of the house in one place, each with a sentence; who may not open one does not see it. */
async function housePage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t, staff } = visit;
  const fields = await maySeeFields(visit, tx);
  const open = (page: { readonly name: string; readonly lead?: true }): boolean =>
    page.name === 'fields' ? fields : page.lead === undefined || staff.role === 'lead';
  return show(
    visit,
    { title: t('house:title'), narrow: true },
    <>
      <h1>{t('house:title')}</h1>
      <p class="td-lead">{t('house:text')}</p>
      {parts.map((part) => (
        <section aria-labelledby={`haus-${part.name}`}>
          <h2 id={`haus-${part.name}`}>{t(`house:${part.name}.title`)}</h2>
          <ul class="tw-open">
            {part.pages.filter(open).map((page) => (
              <li>
                <span>
                  <a href={page.href}>{t(`house:${part.name}.${page.name}.title`)}</a>
                  <span class="tw-sub">{t(`house:${part.name}.${page.name}.text`)}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>,
  );
}

export const houseRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.house),
    access: 'staff',
    audit: { nothing: 'links to the rules of the house, no data of people' },
    handle: { page: housePage },
  },
];
