import { addDays, dayInGermany, instantInGermany } from '../../../kernel/dates.ts';
import { appointmentLines, appointmentMatters } from '../../../modules/appointments/index.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import {
  arrivedLines,
  type DayCursor,
  type DayPage,
  type DueLine,
  dueLines,
  ownLoad,
  pageOf,
  type Whose,
  waitingLines,
} from '../../../modules/cases/index.ts';
import { type ClosedNotes, notesClosedTo } from '../../../modules/contacts/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import { countReturned, countToRelease } from '../../../modules/notices/index.ts';
import { type PlanLine, planLines } from '../../../modules/plans/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { BackLink, EmptyState, formatLongDate, Pagination } from '../../../ui/index.ts';
import { showAppointments } from '../appointments/day.tsx';
import { Done } from '../case/done.tsx';
import { holidayPlace } from '../free-day.tsx';
import { WithHelp } from '../help/help.tsx';
import { me } from '../inbox/filter.ts';
import { below, paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { ago, concernTitles } from '../words.tsx';
import { asCursor, fromCursor, readWay, writeWay } from './cursor.ts';
import {
  applications,
  type LineContext,
  Lines,
  type ShownLine,
  showArrived,
  showDue,
  showPlan,
  showWaiting,
} from './lines.tsx';
import { DayLinks, rowKeys } from './links.tsx';

/** The parts of a day, as they stand in the address. */
const parts = ['termine', 'terminklaerung', 'faellig', 'anrufe', 'neu', 'wartet', 'team'] as const;
type Part = (typeof parts)[number];
const isPart = (text: string): text is Part => parts.some((part) => part === text);

/** So many lines each part shows on the page of the day; alone it has pages of forty. */
const few = 12;
const many = 40;

/** Keys that open lines: letters that neither the list of rows nor the areas use. */
const keys = 'abcdefgilmnopqrstuvwxyz';

type Read = (tx: Tx, context: LineContext, after: DayCursor | undefined, size: number) => Promise<DayPage<ShownLine>>;

const shown = <Line,>(page: DayPage<Line>, as: (line: Line) => ShownLine): DayPage<ShownLine> => ({
  lines: page.lines.map(as),
  next: page.next,
});

const due =
  (whose: Whose): Read =>
  async (tx, context, after, size) =>
    shown(
      // One more of each than a page has: so the page knows whether another one follows.
      pageOf<DueLine | PlanLine>(
        [
          (await dueLines(tx, context.visit.reader, { whose, applications, place: context.place }, after, size + 1))
            .lines,
          (await planLines(tx, context.visit.reader, { whose }, after, size + 1)).lines,
        ],
        size,
      ),
      (line) => (line.kind === 'plan' ? showPlan(context, line) : showDue(context, line)),
    );

const reads: Readonly<Record<Part, Read>> = {
  termine: async (tx, context, after, size) => {
    const today = dayInGermany(tx.now);
    const span = { from: instantInGermany(today, '00:00'), until: instantInGermany(addDays(today, 1), '00:00') };
    return showAppointments(context, await appointmentLines(tx, context.visit.reader, span, after, size));
  },
  terminklaerung: async (tx, context, after, size) =>
    showAppointments(context, await appointmentMatters(tx, context.visit.reader, after, size)),
  faellig: due('mine'),
  team: due('team'),
  neu: async (tx, context, after, size) =>
    shown(await arrivedLines(tx, context.visit.reader, 'others', after, size), (line) => showArrived(context, line)),
  anrufe: async (tx, context, after, size) =>
    shown(await arrivedLines(tx, context.visit.reader, 'calls', after, size), (line) => showArrived(context, line)),
  wartet: async (tx, context, after, size) =>
    shown(await waitingLines(tx, context.visit.reader, after, size, context.place), (line) =>
      showWaiting(context, line),
    ),
};

async function contextOf(tx: Tx, visit: StaffVisit): Promise<LineContext> {
  const names = new Map((await allStaff(tx)).map((each) => [each.id, each.name]));
  let used = 0;
  return {
    visit,
    concern: await concernTitles(visit),
    names,
    place: await holidayPlace(visit),
    key: () => keys[used++],
  };
}

const looked = (tx: Tx, visit: StaffVisit, detail: Record<string, string | number>): Promise<void> =>
  recordAudit(tx, visit.actor, { action: 'inbox.read', subjectType: 'inbox', subjectId: 'today', detail });

/** How many notes of circles stay closed to who stands in, and whom to ask; not in which case. */
const closedWords = ({ t }: StaffVisit, { count, ask }: ClosedNotes): string =>
  ask.length === 0
    ? t('myday:standIn.closedNobody', { count })
    : t('myday:standIn.closed', { count, names: ask.join(', ') });

/** My day: what is due, who called, what came in, what waits for whom. */
async function todayPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const part = queryText(visit, 'teil');
  const context = await contextOf(tx, visit);
  if (isPart(part)) return partPage(tx, context, part);
  const { t, language } = visit;
  const today = dayInGermany(tx.now);
  const own = await ownLoad(tx, visit.reader, today);
  const found: { part: Part; page: DayPage<ShownLine> }[] = [];
  for (const each of parts) found.push({ part: each, page: await reads[each](tx, context, undefined, few) });
  await looked(tx, visit, { rows: found.reduce((sum, { page }) => sum + page.lines.length, 0) });
  const toRelease = await countToRelease(tx, visit.reader);
  const returned = await countReturned(tx, visit.reader);
  const closed = await notesClosedTo(tx, visit.reader);
  const absent = visit.staff.standsFor.map((each) => context.names.get(each.staffId) ?? '');
  return show(
    visit,
    { title: t('myday:title'), active: 'today', scripts: ['js/rows.js'], shortcuts: rowKeys(visit) },
    <>
      <Done visit={visit} />
      <div class="td-title-row">
        <WithHelp visit={visit} of="today">
          <h1>
            {t('myday:title')} <span class="tw-head__concern">{formatLongDate(today, language)}</span>
          </h1>
        </WithHelp>
        <DayLinks visit={visit} active="today" />
      </div>
      <p>
        {t('myday:own.open', { count: own.open })}{' '}
        {own.overdue === 0 ? null : `${t(`myday:own.overdue${own.open === 1 ? 'It' : ''}`, { count: own.overdue })} `}
        {own.oldest === null
          ? null
          : t(`myday:own.oldest${own.open === 1 ? 'It' : ''}`, { age: ago(visit, own.oldest) })}{' '}
        {own.decided === 0 ? null : (
          <a href={withQuery(paths.home, { zustaendig: me, stand: 'decided' })}>
            {t('myday:own.decided', { count: own.decided })}
          </a>
        )}{' '}
        <span class="td-muted">{t('myday:own.onlyYou')}</span>
      </p>
      {toRelease === 0 ? null : (
        <p class="tw-note">
          <a href={paths.letters}>{t('notices:list.waits', { count: toRelease })}</a>
        </p>
      )}
      {returned === 0 ? null : (
        <p class="tw-note">
          <a href={`${paths.letters}#returned`}>{t('notices:list.back', { count: returned })}</a>
        </p>
      )}
      {absent.length === 0 ? null : (
        <p class="tw-for tw-for--absent">
          {t('myday:standIn.now', { names: absent.join(', ') })}{' '}
          {closed === undefined ? null : closedWords(visit, closed)}
        </p>
      )}
      {found
        .filter(({ part: each, page }) => each !== 'terminklaerung' || page.lines.length > 0)
        .map(({ part: each, page }) => (
          <PartSection context={context} part={each} page={page} />
        ))}
    </>,
  );
}

const PartSection = (props: { context: LineContext; part: Part; page: DayPage<ShownLine> }) => {
  const { context, part, page } = props;
  const { t } = context.visit;
  const title = t(`myday:part.${part}.title`);
  return (
    <section class="td-flow" aria-labelledby={`part-${part}`}>
      <h2 id={`part-${part}`}>{title}</h2>
      {page.lines.length === 0 ? (
        <p class="td-muted">{t(`myday:part.${part}.empty`)}</p>
      ) : (
        <Lines context={context} caption={title} lines={page.lines} />
      )}
      {page.next === undefined ? null : (
        <p>
          <a href={withQuery(paths.today, { teil: part })}>{t('myday:more', { part: title })}</a>
        </p>
      )}
    </section>
  );
};

/** One part of the day with all its pages. */
async function partPage(tx: Tx, context: LineContext, part: Part): Promise<Response> {
  const { visit } = context;
  const { t } = visit;
  const way = readWay(queryText(visit, 'nach'));
  const page = await reads[part](tx, context, asCursor(way.at(-1)), many);
  await looked(tx, visit, { part, rows: page.lines.length, page: way.length + 1 });
  const turn = (to: readonly string[]): string => withQuery(paths.today, { teil: part, nach: writeWay(to) });
  const title = t(`myday:part.${part}.title`);
  return show(
    visit,
    { title: `${title} – ${t('myday:title')}`, active: 'today', scripts: ['js/rows.js'], shortcuts: rowKeys(visit) },
    <>
      <BackLink href={paths.today}>{t('myday:title')}</BackLink>
      <h1>{title}</h1>
      {page.lines.length === 0 ? (
        <EmptyState title={t(`myday:part.${part}.empty`)} />
      ) : (
        <Lines context={context} caption={title} lines={page.lines} />
      )}
      <Pagination
        t={t}
        previous={way.length === 0 ? undefined : turn(way.slice(0, -1))}
        next={page.next === undefined ? undefined : turn([...way, fromCursor(page.next)])}
      />
    </>,
  );
}

export const todayRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.today),
    access: 'staff',
    audit: { records: 'inbox.read' },
    handle: { page: todayPage },
  },
];
