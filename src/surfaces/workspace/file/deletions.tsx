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
  isCaseHeld,
  isHeld,
  retentionClasses,
} from '../../../modules/files/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  BackLink,
  EmptyState,
  ErrorSummary,
  type FieldProblem,
  formatDate,
  Pagination,
} from '../../../ui/index.ts';
import { caseOfPaper } from '../../letter-origin.ts';
import { once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';
import { DeletedCases, DueCases, loadCaseDeletions } from './case-deletions.tsx';
import { DeletionList } from './deletion-list.tsx';
import { placeOf, tickId } from './deletion-ticks.tsx';

const size = 50;
const doneWords = ['loeschung', 'vorgaenge', 'beides', 'schon', 'nichts'] as const;
type Row = {
  readonly due: DueDeletion;
  readonly document: Document;
  readonly case: FiledCase | undefined;
  readonly held: boolean;
};

/** What is due to be deleted and waits for a person, papers and cases, and what was deleted; for the lead, who sees every case. */
export async function deletionsPage(
  visit: StaffVisit,
  tx: Tx,
  problems: readonly FieldProblem[] = [],
): Promise<Response> {
  const { t } = visit;
  if (visit.staff.role !== 'lead') return notFound(visit);
  const [dueOn = '', documentId] = placeOf(visit, 'nach').split('_');
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
    {
      title: t('file:deletion.title'),
      status: problems.length === 0 ? 200 : 422,
      styles: ['css/file-pages.css'],
      scripts: ['js/rows.js'],
    },
    <div class="tw-file">
      <BackLink href={paths.filePlan}>{t('file:plan.title')}</BackLink>
      <h1>{t('file:deletion.title')}</h1>
      {problems.length === 0 ? null : <ErrorSummary t={t} problems={problems} />}
      {done === undefined ? null : <Alert tone="success" live title={t(`file:deletion.done.${done}`)} />}
      <section class="tw-panel" aria-labelledby="due-papers">
        <h2 id="due-papers">{t('file:deletion.papers')}</h2>
        {rows.length === 0 ? (
          <EmptyState title={t('file:deletion.none')} />
        ) : (
          <>
            <p>{t('file:deletion.text')}</p>
            <List visit={visit} rows={rows} />
          </>
        )}
        <Pagination
          t={t}
          previous={after === undefined ? undefined : `${paths.fileDeletions}#due-papers`}
          next={
            last === undefined
              ? undefined
              : `${withQuery(paths.fileDeletions, { nach: `${last.dueOn}_${last.documentId}` })}#due-papers`
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
        held: await isHeld(tx, place, document.id),
      });
  }
  return rows;
}

function List({ visit, rows }: { visit: StaffVisit; rows: readonly Row[] }) {
  const { t, language } = visit;
  const header = (name: 'choose' | 'document' | 'person' | 'class' | 'due') => t(`file:deletion.column.${name}`);
  const classOf = (name: string): string =>
    t(`file:class.${retentionClasses.find((each) => each === name) ?? 'general'}`);
  return (
    <DeletionList
      visit={visit}
      of="unterlage"
      place="nach"
      at="due-papers"
      caption={t('file:deletion.title')}
      choose={header('choose')}
      confirm={t('file:deletion.confirm')}
      rows={rows}
      tick={({ document: { id, name }, held }) => ({ id, held, label: t('file:deletion.tick', { name }) })}
      columns={[
        {
          header: header('document'),
          head: true,
          cell: ({ document }) => (
            <a href={paths.document(document.id)} data-row>
              {document.name}
            </a>
          ),
        },
        {
          header: header('person'),
          cell: (row) => (
            <span>
              {nameOnCase(visit, row.case?.personName ?? '')}
              <span class="tw-sub">{row.case?.number}</span>
            </span>
          ),
        },
        { header: header('class'), cell: ({ due }) => classOf(due.class) },
        { header: header('due'), cell: ({ due }) => formatDate(due.dueOn, language) },
      ]}
    />
  );
}

/**
 * A person confirms; the job deletes at once, and looks once more whether it still may. What was held since the page was shown is refused by name, with
 * all the rest: whoever ticked it looks again.
 */
export async function confirm(visit: StaffVisit): Promise<Response> {
  if (visit.staff.role !== 'lead') return notFound(visit);
  const ticked = (name: string): string[] => [visit.input[name] ?? []].flat().filter(isId).slice(0, size);
  const [papers, cases] = [ticked('unterlage'), ticked('vorgang')];
  let word: (typeof doneWords)[number] = papers.length + cases.length === 0 ? 'nichts' : 'schon';
  const outcome = await once(visit, async (tx) => {
    const problems = await heldNow(visit, tx, papers, cases);
    if (problems.length > 0) return { kind: 'wrong', problems };
    const confirmed = {
      papers: await confirmDeletions(tx, papers, visit.staff.name),
      cases: await confirmCases(tx, cases, visit.staff.name),
    };
    if (confirmed.papers.length + confirmed.cases.length === 0) return { kind: 'unchanged' };
    word = confirmed.cases.length === 0 ? 'loeschung' : confirmed.papers.length === 0 ? 'vorgaenge' : 'beides';
    const action = 'deletion.confirmed';
    for (const subjectId of confirmed.papers)
      await recordAudit(tx, visit.actor, { action, subjectType: 'document', subjectId });
    for (const caseId of confirmed.cases)
      await recordAudit(tx, visit.actor, { action, subjectType: 'case', subjectId: caseId, caseId });
    await tx.enqueue('erase-due', { jobcenterId: tx.jobcenterId }, { jobKey: `erase ${tx.jobcenterId}` });
    return { kind: 'done' };
  });
  if (outcome.kind === 'wrong') return inTenant(visit, (tx) => deletionsPage(visit, tx, outcome.problems));
  const place = { nach: placeOf(visit, 'nach'), nachVorgang: placeOf(visit, 'nachVorgang') };
  const given = Object.entries(place).filter(([, value]) => value !== '');
  return visit.c.redirect(withQuery(paths.fileDeletions, { ok: word, ...Object.fromEntries(given) }), 303);
}

/** Ticked papers and cases that are held by now, each by its name. Whoever sets a hold at this moment is asked for again by the job. */
async function heldNow(
  visit: StaffVisit,
  tx: Tx,
  papers: readonly string[],
  cases: readonly string[],
): Promise<FieldProblem[]> {
  const problem = (id: string, name: string): FieldProblem => ({
    id: tickId(id),
    text: visit.t('file:deletion.heldNow', { name }),
  });
  const problems: FieldProblem[] = [];
  const documents = await documentsByIds(tx, papers);
  for (const document of documents) {
    const caseId = await caseOfPaper(tx, document.id);
    const [place] = caseId === undefined ? [] : await casesByIds(tx, [caseId]);
    if (await isHeld(tx, place, document.id)) problems.push(problem(document.id, document.name));
  }
  for (const place of await casesByIds(tx, cases))
    if (await isCaseHeld(tx, place)) problems.push(problem(place.id, place.number));
  return problems;
}
