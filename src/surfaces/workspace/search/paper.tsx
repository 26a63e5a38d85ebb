import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { findCase } from '../../../modules/cases/index.ts';
import { findDocument, keptWords } from '../../../modules/documents/index.ts';
import { caseOfDocument } from '../../../modules/intake/index.ts';
import { askedTerms, wordsFound } from '../../../modules/search/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Icon } from '../../../ui/index.ts';
import { widths } from '../case/view.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';

const percent = (part: number, of: number): string => `${Math.round((part / of) * 10_000) / 100}%`;

/** One page of a paper with the places of the asked words outlined on its picture. */
export async function foundPaper(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const id = visit.c.req.param('id');
  const caseId = isId(id) ? await caseOfDocument(tx, id) : undefined;
  const own = caseId === undefined ? undefined : await findCase(tx, visit.reader, caseId);
  const document = own === undefined ? undefined : await findDocument(tx, id ?? '');
  if (own === undefined || document === undefined || document.erasedAt !== null) return notFound(visit);
  await recordAudit(tx, visit.actor, {
    action: 'document.read',
    subjectType: 'document',
    subjectId: document.id,
    caseId: own.id,
    reason: t('search:readReason'),
  });
  const words = queryText(visit, 'suche').slice(0, 100);
  const asked = Number.parseInt(queryText(visit, 'seite'), 10);
  const page = Math.max(1, Math.min(document.pages, asked > 0 ? asked : 1));
  const read = await pageOf(tx, visit, document.id, page);
  const places = read === undefined ? [] : wordsFound(read.words, askedTerms(words));
  const to = (next: number): string => withQuery(paths.foundPaper(document.id), { seite: String(next), suche: words });
  return show(
    visit,
    { title: document.name, active: 'search' },
    <>
      <p>
        <a href={`${withQuery(paths.case(own.id), { dok: document.id })}#papers`} class="td-back">
          <Icon name="arrow-back" small />
          {t('search:paper.back')} {own.number}, {nameOnCase(visit, own.personName)}
        </a>
      </p>
      <h1>{document.name}</h1>
      <nav class="tw-pair__turn" aria-label={t('ui:viewer.label', { name: document.name })}>
        {page > 1 ? (
          <a href={to(page - 1)} data-shortcut="q">
            {t('search:paper.before')} <kbd class="td-kbd">q</kbd>
          </a>
        ) : null}
        <span>{t('ui:viewer.page', { page, of: document.pages })}</span>
        {page < document.pages ? (
          <a href={to(page + 1)} data-shortcut="w">
            {t('search:paper.next')} <kbd class="td-kbd">w</kbd>
          </a>
        ) : null}
      </nav>
      <p>
        {places.length === 0 ? t('search:paper.unmarked') : t('search:paper.marked', { count: places.length })}
        {places.length === 0 ? null : `: ${[...new Set(places.map((word) => word.text))].join(', ')}`}
      </p>
      <div class="tw-marked tw-found">
        <img
          src={read === undefined ? paths.page(document.id, page, widths.steps[0]) : paths.readPage(document.id, page)}
          alt={t('workspace:case.papers.alt', { page, name: document.name })}
          width={read?.width ?? 1240}
          height={read?.height ?? Math.round(1240 * Math.SQRT2)}
        />
        {read === undefined ? null : (
          <svg class="tw-mark tw-mark--found" aria-hidden="true">
            {places.map((word) => (
              <rect
                x={percent(word.x, read.width)}
                y={percent(word.y, read.height)}
                width={percent(word.width, read.width)}
                height={percent(word.height, read.height)}
              />
            ))}
          </svg>
        )}
      </div>
    </>,
  );
}

async function pageOf(tx: Tx, { services }: StaffVisit, documentId: string, wanted: number) {
  for await (const page of keptWords(tx, services.vault, documentId, wanted)) if (page.page === wanted) return page;
  return undefined;
}
