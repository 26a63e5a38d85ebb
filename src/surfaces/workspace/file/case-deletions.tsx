import { isDay } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { casesByIds, type FiledCase } from '../../../modules/cases/index.ts';
import {
  type DeletedCase,
  type DueCase,
  deletedCases,
  dueCases,
  failedCases,
  isCaseHeld,
} from '../../../modules/files/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, Button, EmptyState, formatDate, formatDateTime, Pagination } from '../../../ui/index.ts';
import { type OpenInCase, openInCase } from '../../open-in-case.ts';
import { newCommand } from '../case/verb-marks.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { queryText, type StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';
import { isTicked, placeOf, TickAll, tickId } from './deletion-ticks.tsx';

const size = 50;
type Row = {
  readonly due: DueCase;
  readonly case: FiledCase | undefined;
  readonly held: boolean;
  readonly open: OpenInCase;
};

/** Cases that wait for a person to confirm their deletion, and what is left of those that were deleted. */
export type CaseDeletions = {
  readonly rows: readonly Row[];
  readonly deleted: readonly DeletedCase[];
  /** Confirmed, and not done: something is wrong with the program or its data. */
  readonly failed: Awaited<ReturnType<typeof failedCases>>;
  /** Where each list goes on, and whether this is a later page of it. */
  readonly next: string | undefined;
  readonly later: boolean;
  readonly nextDeleted: string | undefined;
  readonly laterDeleted: boolean;
};

export async function loadCaseDeletions(visit: StaffVisit, tx: Tx): Promise<CaseDeletions> {
  const [dueOn = '', caseId] = placeOf(visit, 'nachVorgang').split('_');
  const after = isDay(dueOn) && isId(caseId) ? { dueOn, caseId } : undefined;
  const due = await dueCases(tx, after, size + 1);
  const shown = due.slice(0, size);
  const cases = await casesByIds(
    tx,
    shown.map((each) => each.caseId),
  );
  const rows: Row[] = [];
  for (const each of shown) {
    const place = cases.find(({ id }) => id === each.caseId);
    rows.push({
      due: each,
      case: place,
      held: place !== undefined && (await isCaseHeld(tx, place)),
      open: await openInCase(tx, each.caseId),
    });
  }
  const last = due.length > size ? shown.at(-1) : undefined;
  const [deletedAt = '', deletedId] = queryText(visit, 'nachGeloescht').split('_');
  const since =
    /^\d{1,15}$/.test(deletedAt) && isId(deletedId)
      ? { deletedAt: new Date(Number(deletedAt)), caseId: deletedId }
      : undefined;
  const deleted = await deletedCases(tx, size + 1, since);
  const lastDeleted = deleted.length > size ? deleted[size - 1] : undefined;
  return {
    rows,
    deleted: deleted.slice(0, size),
    failed: await failedCases(tx, size),
    nextDeleted: lastDeleted === undefined ? undefined : `${lastDeleted.deletedAt.getTime()}_${lastDeleted.caseId}`,
    laterDeleted: since !== undefined,
    next: last === undefined ? undefined : `${last.dueOn}_${last.caseId}`,
    later: after !== undefined,
  };
}

export const DueCases = ({ visit, found }: { visit: StaffVisit; found: CaseDeletions }) => {
  const { t } = visit;
  return (
    <section class="tw-panel" aria-labelledby="due-cases">
      <WithHelp visit={visit} of="case-deletion">
        <h2 id="due-cases">{t('file:deletion.cases.title')}</h2>
      </WithHelp>
      {found.rows.length === 0 ? null : <p>{t('file:deletion.cases.text')}</p>}
      <Failed visit={visit} found={found} />
      {found.rows.length === 0 ? (
        <EmptyState title={t('file:deletion.cases.none')} />
      ) : (
        <List visit={visit} rows={found.rows} />
      )}
      <Pagination
        t={t}
        previous={found.later ? `${paths.fileDeletions}#due-cases` : undefined}
        next={
          found.next === undefined
            ? undefined
            : `${withQuery(paths.fileDeletions, { nachVorgang: found.next })}#due-cases`
        }
      />
    </section>
  );
};

/** Cases that could not be deleted, although somebody had confirmed it: nobody finds them in another list. */
function Failed({ visit, found }: { visit: StaffVisit; found: CaseDeletions }) {
  const { t, language } = visit;
  if (found.failed.length === 0) return null;
  return (
    <Alert tone="warning" title={t('file:deletion.cases.failed', { count: found.failed.length })}>
      <p>{t('file:deletion.cases.failedText')}</p>
      <ul>
        {found.failed.map((each) => (
          <li>
            <a href={paths.case(each.caseId)}>{each.number}</a>, {formatDateTime(each.failedAt, language, t)}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** What nobody has ended in a case that is due, in words; undefined where there is nothing. */
function openWords({ t }: StaffVisit, { followUps, promises, appointments, drafts }: OpenInCase): string | undefined {
  const words = [
    ...(followUps === 0 ? [] : [t('file:deletion.cases.followUps', { count: followUps })]),
    ...(promises === 0 ? [] : [t('file:deletion.cases.promises', { count: promises })]),
    ...(appointments === 0 ? [] : [t('file:deletion.cases.appointments', { count: appointments })]),
    ...(drafts === 0 ? [] : [t('file:deletion.cases.drafts', { count: drafts })]),
  ];
  return words.length === 0 ? undefined : t('file:deletion.cases.open', { what: words.join(', ') });
}

function List({ visit, rows }: { visit: StaffVisit; rows: readonly Row[] }) {
  const { t, language } = visit;
  const columns = ['choose', 'case', 'closed', 'rule', 'due'] as const;
  const header = (name: (typeof columns)[number]): string => t(`file:deletion.cases.column.${name}`);
  return (
    <form action={paths.fileDeletions} method="post" data-submit-once="">
      <input type="hidden" name="csrf" value={visit.csrf} />
      <input type="hidden" name="command" value={newCommand(visit)} />
      <input type="hidden" name="nachVorgang" value={placeOf(visit, 'nachVorgang')} />
      {rows.some((row) => !row.held) ? <TickAll visit={visit} of="vorgang" place="nachVorgang" at="due-cases" /> : null}
      <table class="kern-table tw-inbox">
        <caption class="kern-sr-only">{t('file:deletion.cases.title')}</caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th scope="col">{header(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ due, case: place, held, open }) => (
            <tr class="tw-row">
              <td data-label={header('choose')}>
                {held ? (
                  <span id={tickId(due.caseId)}>{t('file:deletion.held')}</span>
                ) : (
                  <input
                    type="checkbox"
                    class="tw-file__tick"
                    name="vorgang"
                    id={tickId(due.caseId)}
                    value={due.caseId}
                    checked={isTicked(visit, 'vorgang', due.caseId)}
                    aria-label={t('file:deletion.cases.tick', { number: due.number })}
                  />
                )}
              </td>
              <th scope="row" data-label={header('case')}>
                <span>
                  <a href={paths.case(due.caseId)} data-row>
                    {due.number}
                  </a>
                  <span class="tw-sub">{nameOnCase(visit, place?.personName ?? '')}</span>
                  {openWords(visit, open) === undefined ? null : <span class="tw-sub">{openWords(visit, open)}</span>}
                </span>
              </th>
              <td data-label={header('closed')}>{formatDate(due.closedOn, language)}</td>
              <td data-label={header('rule')}>
                <span>
                  {t('file:plan.years', { count: due.years })}
                  <span class="tw-sub">{due.source}</span>
                </span>
              </td>
              <td data-label={header('due')}>{formatDate(due.dueOn, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.every((row) => row.held) ? null : <Button variant="danger">{t('file:deletion.cases.confirm')}</Button>}
    </form>
  );
}

/** What is left of deleted cases: no word about whom or what they were. */
export const DeletedCases = ({ visit, found }: { visit: StaffVisit; found: CaseDeletions }) => {
  const { t, language } = visit;
  const columns = ['case', 'closed', 'rule', 'confirmed', 'deleted'] as const;
  const header = (name: (typeof columns)[number]): string => t(`file:deletion.cases.column.${name}`);
  if (found.deleted.length === 0 && !found.laterDeleted) return null;
  return (
    <section class="tw-panel" aria-labelledby="deleted-cases">
      <h2 id="deleted-cases">{t('file:deletion.cases.gone')}</h2>
      <p class="td-muted">{t('file:deletion.cases.goneText')}</p>
      <table class="kern-table tw-inbox">
        <caption class="kern-sr-only">{t('file:deletion.cases.gone')}</caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th scope="col">{header(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.deleted.map((each) => (
            <tr class="tw-row">
              <th scope="row" data-label={header('case')}>
                {each.number}
              </th>
              <td data-label={header('closed')}>{formatDate(each.closedOn, language)}</td>
              <td data-label={header('rule')}>
                <span>
                  {t('file:plan.years', { count: each.years })}
                  <span class="tw-sub">{each.source}</span>
                </span>
              </td>
              <td data-label={header('confirmed')}>
                {each.confirmedBy === each.source ? t('file:plan.byItselfShort') : each.confirmedBy}
              </td>
              <td data-label={header('deleted')}>{formatDateTime(each.deletedAt, language, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pagination
        t={t}
        previous={found.laterDeleted ? `${paths.fileDeletions}#deleted-cases` : undefined}
        next={
          found.nextDeleted === undefined
            ? undefined
            : `${withQuery(paths.fileDeletions, { nachGeloescht: found.nextDeleted })}#deleted-cases`
        }
      />
    </section>
  );
};
