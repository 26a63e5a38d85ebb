import { dayInGermany } from '../../../kernel/dates.ts';
import { markNewsSeen, type NewsEntry, seenNews } from '../../../modules/help/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Badge, EmptyState, formatDate, Prose } from '../../../ui/index.ts';
import { show } from '../shell.tsx';
import type { StaffVisit } from '../visit.ts';
import { HelpNav } from './help-nav.tsx';

/** What changed and why, the newest first. Looking at it is what "seen" means, so it is kept in the same transaction. */
export async function newsPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t, shelf, language, staff } = visit;
  const entries = shelf.news(language, dayInGermany(visit.services.clock.now()));
  const seen = await seenNews(tx, staff.id);
  const unseen = entries.filter((entry) => !seen.has(entry.key));
  await markNewsSeen(
    tx,
    staff.id,
    unseen.map((entry) => entry.key),
  );
  const shown: StaffVisit = { ...visit, unreadNews: false };
  return show(
    shown,
    { title: t('help:news.title') },
    <>
      <h1>{t('help:news.title')}</h1>
      <HelpNav visit={visit} here="news" />
      <p class="td-lead">{t('help:news.text')}</p>
      {entries.length === 0 ? <EmptyState title={t('help:news.empty')} /> : null}
      {entries.map((entry) => (
        <Entry visit={visit} entry={entry} unseen={unseen.includes(entry)} />
      ))}
    </>,
  );
}

const Entry = ({ visit, entry, unseen }: { visit: StaffVisit; entry: NewsEntry; unseen: boolean }) => {
  const { t, language } = visit;
  return (
    <article
      class="tw-text td-flow"
      aria-labelledby={`neu-${entry.key}`}
      lang={entry.language === language ? undefined : entry.language}
    >
      <div class="td-title-row">
        <h2 id={`neu-${entry.key}`}>{entry.title}</h2>
        {unseen ? <Badge tone="info">{t('help:news.unseen')}</Badge> : null}
      </div>
      <p class="td-muted">
        <time datetime={entry.date}>{formatDate(entry.date, language)}</time> · {entry.audience}
      </p>
      <Prose blocks={entry.blocks} level={3} />
      <p>
        <strong>{t('help:news.why')}</strong> {entry.why}
      </p>
    </article>
  );
};
