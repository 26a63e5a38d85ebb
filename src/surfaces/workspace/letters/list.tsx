import { recordAudit } from '../../../modules/audit/index.ts';
import { findCase } from '../../../modules/cases/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import { lettersToRelease, type Notice, ownDrafts, titleOf, waitingLetters } from '../../../modules/notices/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type Column, formatDateTime, Table } from '../../../ui/index.ts';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import type { StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';

type Line = { readonly notice: Notice; readonly name: string; readonly number: string; readonly by: string };

async function linesOf(tx: Tx, visit: StaffVisit, list: readonly Notice[]): Promise<Line[]> {
  const names = new Map((await allStaff(tx)).map((each) => [each.id, each.name]));
  const lines: Line[] = [];
  for (const notice of list) {
    const found = await findCase(tx, visit.reader, notice.caseId);
    if (found === undefined) continue;
    const by = names.get(notice.submittedBy ?? notice.begunBy) ?? '';
    lines.push({ notice, name: found.personName, number: found.number, by });
  }
  return lines;
}

/** Letters that wait for somebody to release them, those that came back, and what the reader began and has not sent. */
export async function lettersPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t, language } = visit;
  const waiting = await linesOf(tx, visit, await lettersToRelease(tx, visit.reader));
  const returned = await linesOf(tx, visit, await waitingLetters(tx, visit.reader, 'address'));
  const drafts = await linesOf(tx, visit, await ownDrafts(tx, visit.reader));
  await recordAudit(tx, visit.actor, {
    action: 'letters.listed',
    subjectType: 'notice',
    subjectId: 'list',
    detail: { rows: waiting.length + returned.length + drafts.length },
  });
  const columns: readonly Column<Line>[] = [
    {
      header: t('notices:list.letter'),
      head: true,
      cell: ({ notice }) => <a href={paths.letter(notice.id)}>{titleOf(notice)}</a>,
    },
    { header: t('notices:list.person'), cell: ({ name }) => nameOnCase(visit, name) },
    {
      header: t('workspace:case.number'),
      cell: ({ notice, number }) => <a href={paths.case(notice.caseId)}>{number}</a>,
    },
    { header: t('notices:list.by'), cell: ({ by }) => by },
    { header: t('notices:list.since'), cell: ({ notice }) => formatDateTime(notice.changedAt, language, t) },
  ];
  const part = (id: string, rows: readonly Line[]) => (
    <section class="td-flow" aria-labelledby={id}>
      <h2 id={id}>{t(`notices:list.${id}`)}</h2>
      {rows.length === 0 ? (
        <p class="td-muted">{t(`notices:list.none.${id}`)}</p>
      ) : (
        <Table caption={t(`notices:list.${id}`)} rows={rows} columns={columns} />
      )}
    </section>
  );
  return show(
    visit,
    { title: t('notices:list.title'), active: 'post' },
    <>
      <WithHelp visit={visit} of="letters">
        <h1>{t('notices:list.title')}</h1>
      </WithHelp>
      <p>
        <a href={paths.printQueue}>{t('post:print.heading')}</a> ·{' '}
        <a href={paths.letterTexts}>{t('notices:texts.title')}</a>
      </p>
      {part('release', waiting)}
      {part('returned', returned)}
      {part('drafts', drafts)}
    </>,
  );
}
