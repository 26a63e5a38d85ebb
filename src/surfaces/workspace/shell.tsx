import type { Content } from '../../ui/index.ts';
import { WorkspacePage } from '../../ui/page.tsx';
import { PracticeBand } from './help/practice-band.tsx';
import { paths } from './paths.ts';
import { PageNotes, storeKey } from './together/page-notes.tsx';
import type { StaffVisit, Visit } from './visit.ts';

export type Area = 'today' | 'inbox' | 'clarify' | 'counter' | 'post' | 'promises' | 'employers' | 'search';

export type Page = {
  readonly title: string;
  /** The area it belongs to; what is of no area, as a case or a file, names none. */
  readonly active?: Area;
  readonly alerts?: Content;
  readonly narrow?: boolean;
  /** The page has the search field itself: it does not stand in the head a second time. */
  readonly ownSearch?: boolean;
  readonly status?: 200 | 400 | 403 | 404 | 413 | 422 | 429 | 500 | 503;
  readonly shortcuts?: readonly { key: string; text: string }[];
  /** Further stylesheets of src/assets/css. */
  readonly styles?: readonly string[];
  /** Further modules of src/assets/js. */
  readonly scripts?: readonly string[];
  /** Shown beside the areas. */
  readonly counts?: Partial<Record<Area, number>>;
  readonly headers?: Record<string, string>;
  /** Without scripts the page looks again after so many seconds. */
  readonly refresh?: number | undefined;
};

/** What makes a page of a practice Jobcenter plain to see: the way out is for who is signed in. */
const practiceParts = (visit: Visit) => ({
  label: visit.t('help:practice.title'),
  band: <PracticeBand visit={visit} staff={isStaff(visit) ? visit : undefined} />,
});

const isStaff = (visit: Visit): visit is StaffVisit => 'staff' in visit;

/** A page of the workspace as an answer. */
export function show(visit: Visit, page: Page, children: Content): Response {
  const { t, services } = visit;
  const document = (
    <WorkspacePage
      t={t}
      language={visit.language}
      title={page.title}
      path={visit.path}
      jobcenterName={visit.jobcenter.name}
      staffName={isStaff(visit) ? visit.staff.name : undefined}
      csrf={visit.csrf}
      active={page.active}
      counts={page.counts}
      hrefs={{ inbox: paths.home, home: paths.home, account: paths.account, house: paths.house }}
      news={isStaff(visit) ? { href: paths.news, unread: visit.unreadNews } : undefined}
      shortcuts={page.shortcuts}
      data={isStaff(visit) ? { 'data-staff': visit.staff.id, 'data-store-key': storeKey(visit) } : undefined}
      alerts={
        <>
          {isStaff(visit) ? <PageNotes visit={visit} /> : null}
          {page.alerts}
        </>
      }
      narrow={page.narrow}
      practice={visit.jobcenter.practiceOf == null ? undefined : practiceParts(visit)}
      search={page.ownSearch ? undefined : paths.search}
      asset={services.asset}
      head={
        <>
          <link rel="stylesheet" href={services.asset('css/workspace-pages.css')} />
          {page.styles?.map((file) => (
            <link rel="stylesheet" href={services.asset(file)} />
          ))}
          {page.refresh === undefined ? null : (
            <noscript>
              <meta http-equiv="refresh" content={String(page.refresh)} />
            </noscript>
          )}
          {page.scripts?.map((file) => (
            <script type="module" src={services.asset(file)} />
          ))}
        </>
      }
    >
      {children}
    </WorkspacePage>
  );
  return visit.c.html(`<!doctype html>${document}`, page.status ?? 200, page.headers);
}
