import { isId } from '../../../kernel/ids.ts';
import { casesOfBoard } from '../../../modules/facts/index.ts';
import { presentIn } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, type FieldProblem } from '../../../ui/index.ts';
import { notFound } from '../errors.tsx';
import { drawBoard } from '../facts/board.tsx';
import { show } from '../shell.tsx';
import { LivePage } from '../together/live-page.tsx';
import { casesFollowed, stampOf } from '../together/stamp.ts';
import type { StaffVisit } from '../visit.ts';
import { fileId, loadFile } from './load.ts';
import { Documents, Filter, fileName, Household, Parts } from './page.tsx';
import { Side } from './side.tsx';

const doneWords = ['fakten', 'sperre', 'freigabe', 'ausgabe', 'unveraendert'] as const;

/** The file: whose it is, its parts, and every document once, with what belongs to it. */
export async function filePage(visit: StaffVisit, tx: Tx, problems: readonly FieldProblem[] = []): Promise<Response> {
  const { t } = visit;
  const id = fileId(visit);
  // Before the rest is read: an entry in between makes it another one than the stream says.
  const before = isId(id) ? await casesFollowed(tx, visit.reader, id) : [];
  const stamp = await stampOf(tx, before);
  const data = await loadFile(tx, visit, id);
  if (data === undefined) return notFound(visit);
  const props = { visit, data };
  const cases = await casesOfBoard(tx, visit.reader, data.contents.file.id);
  const newest = data.contents.cases[0]?.id;
  const place = { page: 'akte', fileId: data.contents.file.id } as const;
  const board = cases === undefined || newest === undefined ? null : await drawBoard(tx, visit, cases, newest, place);
  const name = fileName(visit, data.contents);
  const ok = doneWords.find((word) => word === visit.c.req.query('ok'));
  return show(
    visit,
    {
      title: t('file:title', { name }),
      styles: ['css/file-pages.css'],
      scripts: ['js/rows.js'],
      status: problems.length > 0 ? 422 : 200,
      shortcuts: [
        { key: 'j', text: t('workspace:inbox.keys.down') },
        { key: 'k', text: t('workspace:inbox.keys.up') },
        { key: 'f', text: t('workspace:inbox.keys.filter') },
        { key: 'x', text: t('file:export.link') },
        { key: 'w', text: t('facts:say') },
        { key: 's', text: t('facts:confirm') },
      ],
    },
    <div class="tw-file">
      <header class="tw-head">
        <h1>{t('file:title', { name })}</h1>
        <Household {...props} />
      </header>
      {newest === undefined ? null : (
        <LivePage
          visit={visit}
          caseId={newest}
          fileId={data.contents.file.id}
          part="akte"
          stamp={stamp}
          present={await presentIn(tx, before, visit.staff.id)}
          refresh={problems.length === 0}
        />
      )}
      {ok === undefined ? null : <Alert tone="success" live title={t(`file:done.${ok}`)} />}
      {board}
      <Parts {...props} />
      <Filter {...props} />
      <div class="tw-file__columns">
        <div>
          <Documents {...props} />
        </div>
        <aside class="tw-file__side" aria-label={t('file:about')}>
          <Side {...props} problems={problems} />
        </aside>
      </div>
    </div>,
  );
}
