import { isDay } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { casesByIds, type FiledCase } from '../../../modules/cases/index.ts';
import { type Document, documentsByIds } from '../../../modules/documents/index.ts';
import {
  confirmCases,
  confirmDeletions,
  type DueDeletion,
  dueDeletions,
  isHeld,
  retentionClasses,
} from '../../../modules/files/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, BackLink, Button, EmptyState, formatDate, Pagination } from '../../../ui/index.ts';
import { newCommand } from '../case/verb-marks.tsx';
import { once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';
import { DeletedCases, DueCases, loadCaseDeletions } from './case-deletions.tsx';

const size = 50;
const doneWords = ['loeschung', 'vorgaenge', 'nichts'] as const;
type Row = {
  readonly due: DueDeletion;
  readonly document: Document;
  readonly case: FiledCase | undefined;
  readonly held: boolean;
};

/** What is due to be deleted and waits for a person, papers and cases, and what was deleted; for the lead, who sees every case. */
export async function deletionsPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  if (visit.staff.role !== 'lead') return notFound(visit);
  const [dueOn = '', documentId] = queryText(visit, 'nach').split('_');
  const after = isDay(dueOn) && isId(documentId) ? { dueOn, documentId } : undefined;
  const due = await dueDeletions(tx, after, size + 1);
  const rows = await asRows(tx, due.slice(0, size));
  const last = due.length > size ? due[size - 1] : undefined;
  const cases = await loadCaseDeletions(visit, tx);
  const done = doneWords.find((word) => word === visit.c.req.query('ok'));
  await recordAudit(tx, visit.actor, {
    action: 'deletion.read',
    subjectType: 'deletion',
    subjectId: 'due',
    detail: { rows: rows.length, cases: cases.rows.length },
  });
  return show(
    visit,
    { title: t('file:deletion.title'), styles: ['css/file-pages.css'], scripts: ['js/rows.js'] },
    <div class="tw-file">
      <BackLink href={paths.filePlan}>{t('file:plan.title')}</BackLink>
      <h1>{t('file:deletion.title')}</h1>
      {done === undefined ? null : <Alert tone="success" live title={t(`file:deletion.done.${done}`)} />}
      <section class="tw-panel" aria-labelledby="due-papers">
        <h2 id="due-papers">{t('file:deletion.papers')}</h2>
        <p>{t('file:deletion.text')}</p>
        {rows.length === 0 ? <EmptyState title={t('file:deletion.none')} /> : <List visit={visit} rows={rows} />}
        <Pagination
          t={t}
          previous={after === undefined ? undefined : paths.fileDeletions}
          next={
            last === undefined
              ? undefined
              : withQuery(paths.fileDeletions, { nach: `${last.dueOn}_${last.documentId}` })
          }
        />
      </section>
      <DueCases visit={visit} found={cases} />
      <DeletedCases visit={visit} found={cases} />
    </div>,
  );
}

async function asRows(tx: Tx, due: readonly DueDeletion[]): Promise<Row[]> {
  const documents = await documentsByIds(
    tx,
    due.map((each) => each.documentId),
  );
  const cases = await casesByIds(
    tx,
    due.map((each) => each.caseId),
  );
  const rows: Row[] = [];
  for (const each of due) {
    const document = documents.find(({ id }) => id === each.documentId);
    const place = cases.find(({ id }) => id === each.caseId);
    if (document !== undefined)
      rows.push({
        due: each,
        document,
        case: place,
        held: await isHeld(tx, place?.fileId ?? null, document.id),
      });
  }
  return rows;
}

function List({ visit, rows }: { visit: StaffVisit; rows: readonly Row[] }) {
  const { t, language } = visit;
  const columns = ['choose', 'document', 'person', 'class', 'due'] as const;
  const header = (name: string): string => t(`file:deletion.column.${name}`);
  const classOf = (name: string): string =>
    t(`file:class.${retentionClasses.find((each) => each === name) ?? 'general'}`);
  return (
    <form action={paths.fileDeletions} method="post" data-submit-once="">
      <input type="hidden" name="csrf" value={visit.csrf} />
      <input type="hidden" name="command" value={newCommand(visit)} />
      <table class="kern-table tw-inbox">
        <caption class="kern-sr-only">{t('file:deletion.title')}</caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th scope="col">{header(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr class="tw-row">
              <td data-label={header('choose')}>
                {row.held ? (
                  t('file:deletion.held')
                ) : (
                  <input
                    type="checkbox"
                    class="tw-file__tick"
                    name="unterlage"
                    value={row.document.id}
                    aria-label={t('file:deletion.tick', { name: row.document.name })}
                  />
                )}
              </td>
              <th scope="row" data-label={header('document')}>
                <a href={paths.document(row.document.id)} data-row>
                  {row.document.name}
                </a>
              </th>
              <td data-label={header('person')}>
                <span>
                  {nameOnCase(visit, row.case?.personName ?? '')}
                  <span class="tw-sub">{row.case?.number}</span>
                </span>
              </td>
              <td data-label={header('class')}>{classOf(row.due.class)}</td>
              <td data-label={header('due')}>{formatDate(row.due.dueOn, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button variant="danger">{t('file:deletion.confirm')}</Button>
    </form>
  );
}

/** A person confirms; the job deletes at once, and looks once more whether it still may. */
export async function confirm(visit: StaffVisit): Promise<Response> {
  if (visit.staff.role !== 'lead') return notFound(visit);
  const ticked = (name: string): string[] => [visit.input[name] ?? []].flat().filter(isId).slice(0, size);
  const [papers, cases] = [ticked('unterlage'), ticked('vorgang')];
  await once(visit, async (tx) => {
    const count = await confirmDeletions(tx, papers, visit.staff.name);
    const confirmed = await confirmCases(tx, cases, visit.staff.name);
    if (count === 0 && confirmed.length === 0) return { kind: 'unchanged' };
    const action = 'deletion.confirmed';
    if (count > 0)
      for (const subjectId of papers)
        await recordAudit(tx, visit.actor, { action, subjectType: 'document', subjectId });
    for (const caseId of confirmed)
      await recordAudit(tx, visit.actor, { action, subjectType: 'case', subjectId: caseId, caseId });
    await tx.enqueue('erase-due', { jobcenterId: tx.jobcenterId }, { jobKey: `erase ${tx.jobcenterId}` });
    return { kind: 'done' };
  });
  const ok = cases.length > 0 ? 'vorgaenge' : papers.length > 0 ? 'loeschung' : 'nichts';
  return visit.c.redirect(withQuery(paths.fileDeletions, { ok }), 303);
}
