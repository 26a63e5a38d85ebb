import { recordAudit } from '../../../modules/audit/index.ts';
import { countDoubts, countPromises, inbox } from '../../../modules/cases/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Done } from '../case/done.tsx';
import { neglected } from '../mailboxes/routes.tsx';
import { paths, withQuery } from '../paths.ts';
import { warnMs } from '../promises/promise-words.tsx';
import { show } from '../shell.tsx';
import { draftsWaiting } from '../together/drafts.tsx';
import { queryText, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { concernOptions, concernTitles } from '../words.tsx';
import { asCursor, asFilter, fromCursor, readQuery, readWay, writeWay } from './filter.ts';
import { InboxView } from './page.tsx';

/** Enough for a screen and a half; the next page costs what the first one costs. */
const size = 40;
/** Doubts and promises are counted up to here; more is "many" to anybody. */
const manyDoubts = 99;

async function inboxPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const concerns = await concernOptions(visit);
  const query = readQuery(
    visit,
    concerns.map((each) => each.value),
  );
  const way = readWay(queryText(visit, 'nach'));
  const page = await inbox(tx, visit.reader, asFilter(visit, query), asCursor(way.at(-1)), size);
  const [teams, staff] = [await allTeams(tx), await allStaff(tx)];
  const doubts = await countDoubts(tx, visit.reader, manyDoubts);
  const soon = new Date(visit.services.clock.now().getTime() + warnMs);
  const promises = await countPromises(tx, visit.reader, soon, manyDoubts);
  const unread = await neglected(tx, visit);
  const filtered = Object.entries(query)
    .filter(([, value]) => value !== '')
    .map(([name]) => name);
  await recordAudit(tx, visit.actor, {
    action: 'inbox.read',
    subjectType: 'inbox',
    subjectId: 'cases',
    detail: { filters: filtered, rows: page.rows.length, page: way.length + 1 },
  });
  const turn = (to: readonly string[]): string => withQuery(paths.home, { ...query, nach: writeWay(to) });
  const data = {
    page,
    query,
    teams,
    staff,
    concerns,
    concern: await concernTitles(visit),
    previous: way.length === 0 ? undefined : turn(way.slice(0, -1)),
    next: page.next === undefined ? undefined : turn([...way, fromCursor(page.next)]),
  };
  const shortcuts = [
    { key: 'j', text: visit.t('workspace:inbox.keys.down') },
    { key: 'k', text: visit.t('workspace:inbox.keys.up') },
    { key: 'f', text: visit.t('workspace:inbox.keys.filter') },
  ];
  return show(
    visit,
    {
      title: visit.t('workspace:inbox.title'),
      active: 'inbox',
      counts: { ...(doubts === 0 ? {} : { clarify: doubts }), ...(promises === 0 ? {} : { promises }) },
      shortcuts,
      scripts: ['js/rows.js'],
    },
    <>
      <Done visit={visit} />
      {unread}
      {await draftsWaiting(visit, tx)}
      <InboxView visit={visit} data={data} />
    </>,
  );
}

export const inboxRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/', access: 'staff', audit: { records: 'inbox.read' }, handle: { page: inboxPage } },
];
