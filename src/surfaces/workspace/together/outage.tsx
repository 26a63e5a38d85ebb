import { newId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import type { OutageRow } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Button, EmptyState, formatDate, formatDateTime, Table } from '../../../ui/index.ts';
import { type FormInput, readForm } from '../../request.ts';
import { whenWords, whereWords } from '../appointments/words.ts';
import { topicWords } from '../contacts/words.ts';
import { trouble } from '../errors.tsx';
import { paths } from '../paths.ts';
import { claimedSession } from '../session-cookie.ts';
import { show } from '../shell.tsx';
import type { StaffVisit, Visit } from '../visit.ts';
import { concernTitles } from '../words.tsx';
import { outageRows } from './outage-rows.ts';

/** The list as it would be read in an outage, while there is none: so that everybody knows it, and can print it in time. */
export async function outagePage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const rows = await outageRows(tx, visit.reader, await concernTitles(visit));
  await recordAudit(tx, visit.actor, {
    action: 'inbox.read',
    subjectType: 'inbox',
    subjectId: 'outage',
    detail: { rows: rows.length },
  });
  return listPage(visit, rows, visit.t('together:outage.now'), 200);
}

/**
 * Any page while the database is away: it says so, keeps what was typed, and leads to the saved list. A form that was sent can be sent once
 * more as it is: what it wants is done once, whichever time gets through.
 */
export async function withoutDatabase(visit: Visit): Promise<Response> {
  if (visit.c.req.method === 'GET' && visit.c.req.path === paths.outage) {
    const list = await savedList(visit);
    if (list !== undefined) return list;
  }
  const typed = await typedInto(visit);
  const again = typed['csrf'] === undefined || 'password' in typed || 'code' in typed ? undefined : typed;
  return trouble(
    visit,
    'unavailable',
    typed,
    <>
      {again === undefined ? null : <SendAgain visit={visit} typed={again} />}
      <p>
        <a href={paths.outage}>{visit.t('together:outage.link')}</a>
      </p>
    </>,
  );
}

/** What was sent, whether or not somebody had read it before the database was missed. */
async function typedInto(visit: Visit): Promise<FormInput> {
  const { c } = visit;
  if (c.req.method === 'GET') return {};
  const read = c.get('typed');
  if (read !== undefined) return read;
  const simple = /^application\/x-www-form-urlencoded/i.test(c.req.header('content-type') ?? '');
  return simple ? readForm(c).catch(() => ({})) : {};
}

const SendAgain = ({ visit, typed }: { visit: Visit; typed: FormInput }) => (
  <form action={visit.c.req.path} method="post" class="td-form">
    {Object.entries(typed).flatMap(([name, value]) =>
      [value].flat().map((each) => <input type="hidden" name={name} value={each} />),
    )}
    <Button>{visit.t('together:outage.again')}</Button>
  </form>
);

/** The saved list of the session of this browser; its token alone finds and opens it. The look is noted for the log. */
async function savedList(visit: Visit): Promise<Response | undefined> {
  const { services, c, t, language } = visit;
  const claim = claimedSession(c);
  const now = services.clock.now();
  const list = claim && (await services.outage.find(claim.jobcenterId, claim.token, now));
  if (claim === undefined || list === undefined) return undefined;
  const { staffId, staffName, rows } = list;
  await services.outage.noteLook(claim.jobcenterId, newId(now), {
    staffId,
    staffName,
    at: now.toISOString(),
    rows: rows.length,
  });
  const at = formatDateTime(new Date(list.savedAt), language, t);
  return listPage(visit, rows, t('together:outage.saved', { at, name: staffName }), 503);
}

function listPage(visit: Visit, rows: readonly OutageRow[], text: string, status: 200 | 503): Response {
  const { t } = visit;
  const kinds = (['appointment', 'promise', 'follow-up', 'call', 'due'] as const).filter((kind) =>
    rows.some((row) => row.kind === kind),
  );
  return show(
    visit,
    { title: t('together:outage.title'), status, ...(status === 503 ? { headers: { 'Retry-After': '5' } } : {}) },
    <>
      <h1>{t('together:outage.title')}</h1>
      <p>{text}</p>
      <p class="td-muted td-no-print">{t('together:outage.print')}</p>
      {rows.length === 0 ? <EmptyState title={t('together:outage.none')} /> : null}
      {kinds.map((kind) => (
        <section class="td-flow" aria-labelledby={`outage-${kind}`}>
          <h2 id={`outage-${kind}`}>{t(`together:outage.${kind}`)}</h2>
          {kind === 'appointment' ? (
            <Meetings visit={visit} rows={rows.filter((row) => row.kind === kind)} />
          ) : (
            <Rows visit={visit} caption={t(`together:outage.${kind}`)} rows={rows.filter((row) => row.kind === kind)} />
          )}
        </section>
      ))}
    </>,
  );
}

const Person = ({ visit, row }: { visit: Visit; row: OutageRow }) => (
  <>
    {row.person === '' ? visit.t('workspace:person.unknown') : row.person}
    <span class="tw-sub">{row.number}</span>
  </>
);

/** Appointments of today and the next working day: when, with whom, where, and the number to call. */
const Meetings = ({ visit, rows }: { visit: Visit; rows: readonly OutageRow[] }) => {
  const { t } = visit;
  const when = (row: OutageRow): string =>
    whenWords(visit, { startsAt: new Date(row.dueAt ?? ''), minutes: row.minutes ?? 0 });
  const where = (row: OutageRow): string => whereWords(visit, { way: row.way ?? 'office', place: row.place ?? '' });
  return (
    <Table
      caption={t('together:outage.appointment')}
      rows={[...rows]}
      columns={[
        {
          header: t('together:outage.when'),
          cell: (row) => (
            <>
              {when(row)}
              {row.cannotCome === undefined ? null : <strong class="tw-sub">{t('together:outage.cannotCome')}</strong>}
            </>
          ),
        },
        {
          header: t('together:outage.person'),
          head: true,
          cell: (row: OutageRow) => <Person visit={visit} row={row} />,
        },
        {
          header: t('together:outage.where'),
          cell: (row) => (
            <>
              {where(row)}
              {row.holder === undefined || row.holder === '' ? null : (
                <span class="tw-sub">{t('appointments:holder', { name: row.holder })}</span>
              )}
            </>
          ),
        },
        {
          header: t('together:outage.what'),
          cell: (row) => topicWords(visit, { key: row.topic ?? '', name: row.what === '' ? undefined : row.what }),
        },
        { header: t('together:outage.phone'), cell: (row) => row.phone ?? '' },
      ]}
    />
  );
};

const Rows = ({ visit, caption, rows }: { visit: Visit; caption: string; rows: readonly OutageRow[] }) => {
  const { t, language } = visit;
  const until = (row: OutageRow): string =>
    row.dueAt === undefined ? formatDate(row.dueOn ?? '', language) : formatDateTime(new Date(row.dueAt), language, t);
  return (
    <Table
      caption={caption}
      rows={[...rows]}
      columns={[
        { header: t('together:outage.until'), cell: until },
        {
          header: t('together:outage.person'),
          head: true,
          cell: (row: OutageRow) => <Person visit={visit} row={row} />,
        },
        { header: t('together:outage.what'), cell: (row) => row.what },
        { header: t('together:outage.phone'), cell: (row) => row.phone ?? '' },
      ]}
    />
  );
};
