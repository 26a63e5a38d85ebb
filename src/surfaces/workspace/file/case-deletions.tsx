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
import { Alert, EmptyState, formatDate, formatDateTime, Pagination } from '../../../ui/index.ts';
import { type OpenInCase, openInCase } from '../../open-in-case.ts';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { queryText, type StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';
import { DeletionList, DeletionTable } from './deletion-list.tsx';
import { placeOf } from './deletion-ticks.tsx';

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

/** By which rule a case is or was due. */
const rule = ({ t }: StaffVisit, { years, source }: { years: number; source: string }) => (
  <span>
    {t('file:plan.years', { count: years })}
    <span class="tw-sub">{source}</span>
  </span>
);

type ColumnName = 'choose' | 'case' | 'closed' | 'rule' | 'due' | 'confirmed' | 'deleted';
const headerOf =
  ({ t }: StaffVisit) =>
  (name: ColumnName): string =>
    t(`file:deletion.cases.column.${name}`);

function List({ visit, rows }: { visit: StaffVisit; rows: readonly Row[] }) {
  const { t, language } = visit;
  const header = headerOf(visit);
  return (
    <DeletionList
      visit={visit}
      of="vorgang"
      place="nachVorgang"
      at="due-cases"
      caption={t('file:deletion.cases.title')}
      choose={header('choose')}
      confirm={t('file:deletion.cases.confirm')}
      rows={rows}
      tick={({ due: { caseId, number }, held }) => ({
        id: caseId,
        held,
        label: t('file:deletion.cases.tick', { number }),
      })}
      columns={[
        {
          header: header('case'),
          head: true,
          cell: ({ due, case: place, open }) => (
            <span>
              <a href={paths.case(due.caseId)} data-row>
                {due.number}
              </a>
              <span class="tw-sub">{nameOnCase(visit, place?.personName ?? '')}</span>
              {openWords(visit, open) === undefined ? null : <span class="tw-sub">{openWords(visit, open)}</span>}
            </span>
          ),
        },
        { header: header('closed'), cell: ({ due }) => formatDate(due.closedOn, language) },
        { header: header('rule'), cell: ({ due }) => rule(visit, due) },
        { header: header('due'), cell: ({ due }) => formatDate(due.dueOn, language) },
      ]}
    />
  );
}

/** What is left of deleted cases: no word about whom or what they were. */
export const DeletedCases = ({ visit, found }: { visit: StaffVisit; found: CaseDeletions }) => {
  const { t, language } = visit;
  const header = headerOf(visit);
  if (found.deleted.length === 0 && !found.laterDeleted) return null;
  return (
    <section class="tw-panel" aria-labelledby="deleted-cases">
      <h2 id="deleted-cases">{t('file:deletion.cases.gone')}</h2>
      <p class="td-muted">{t('file:deletion.cases.goneText')}</p>
      <DeletionTable
        caption={t('file:deletion.cases.gone')}
        rows={found.deleted}
        columns={[
          { header: header('case'), head: true, cell: ({ number }) => number },
          { header: header('closed'), cell: ({ closedOn }) => formatDate(closedOn, language) },
          { header: header('rule'), cell: (each) => rule(visit, each) },
          {
            header: header('confirmed'),
            cell: ({ confirmedBy, source }) => (confirmedBy === source ? t('file:plan.byItselfShort') : confirmedBy),
          },
          { header: header('deleted'), cell: ({ deletedAt }) => formatDateTime(deletedAt, language, t) },
        ]}
      />
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
