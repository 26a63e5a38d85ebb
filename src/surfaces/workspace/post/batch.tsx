import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import {
  type BatchRow,
  eraseDay,
  findBatch,
  hasPages,
  lettersOfBatch,
  nextOpenLetter,
  pagesOfBatch,
  type ScanLetter,
  type ScanPage,
} from '../../../modules/post/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  BackLink,
  Badge,
  ButtonLink,
  formatDate,
  formatDateTime,
  Icon,
  KeyValue,
  Table,
} from '../../../ui/index.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { widths } from '../case/view.ts';
import { notFound } from '../errors.tsx';
import { namesOfLanguages } from '../languages.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit } from '../visit.ts';
import { BatchState, grownWords, ScanGoes } from './list.tsx';

/** Seconds after which the page looks again while pages are read. */
const lookAgain = 5;

/** How many pages are read, in words and as a bar; the script takes this part anew until it says that it is ready. */
export function Standing({ visit, batch }: { visit: StaffVisit; batch: BatchRow }) {
  const { t } = visit;
  const reading = batch.state === 'arrived' || batch.state === 'reading';
  return (
    <div id="stand" data-standing={paths.scanProgress(batch.id)} data-state={batch.state} data-letters={batch.letters}>
      <p>
        <BatchState visit={visit} batch={batch} />
      </p>
      {batch.problem === null ? null : (
        <Alert tone="danger" title={t('post:state.problem')}>
          <p>{t(`post:problem.${batch.problem}`)}</p>
        </Alert>
      )}
      {reading ? (
        <div class="kern-progress">
          <p class="td-progress__text" id="standing-text">
            {batch.pages === 0
              ? t('post:batch.waiting')
              : t('post:batch.progress', { read: batch.read, pages: batch.pages })}
          </p>
          <progress value={batch.read} max={Math.max(1, batch.pages)} aria-labelledby="standing-text" />
          {batch.open > 0 ? <p class="td-muted">{t('post:batch.meanwhile')}</p> : null}
        </div>
      ) : null}
    </div>
  );
}

async function loadBatch(visit: StaffVisit, tx: Tx): Promise<BatchRow | undefined> {
  const id = visit.c.req.param('id');
  return isId(id) ? findBatch(tx, visit.reader, id) : undefined;
}

/** The part of the page that says how far reading is; nothing personal in it. */
export async function standingPart(visit: StaffVisit, tx: Tx): Promise<Response> {
  const batch = await loadBatch(visit, tx);
  if (batch === undefined) return notFound(visit);
  return visit.c.html(String(<Standing visit={visit} batch={batch} />));
}

/** A stack with its letters: what each may be, what is wrong with it, where it went. */
export async function batchPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t, language } = visit;
  const batch = await loadBatch(visit, tx);
  if (batch === undefined) return notFound(visit);
  const letters = await lettersOfBatch(tx, batch.id);
  const pages = await pagesOfBatch(tx, batch.id);
  const next = await nextOpenLetter(tx, batch.id, 0);
  await recordAudit(tx, visit.actor, {
    action: 'scan-batch.read',
    subjectType: 'scan-batch',
    subjectId: batch.id,
    reason: t('post:readReason'),
    detail: { letters: letters.length },
  });
  const reading = batch.state === 'arrived' || batch.state === 'reading';
  return show(
    visit,
    {
      title: batch.name,
      active: 'post',
      scripts: ['js/rows.js', 'js/standing.js'],
      refresh: reading ? lookAgain : undefined,
    },
    <>
      {queryText(visit, 'wieder') === '1' ? (
        <Alert tone="info" live title={t('post:batch.again')}>
          <p>{t('post:upload.againText')}</p>
        </Alert>
      ) : null}
      {queryText(visit, 'fertig') === '1' ? <Finished visit={visit} batch={batch} /> : null}
      <BackLink href={paths.post}>{t('post:list.title')}</BackLink>
      <h1>{batch.name}</h1>
      {grownWords(visit, batch).map(({ text, batchId, link }) => (
        <Alert tone="warning" title={text}>
          <p>
            <a href={paths.scanBatch(batchId)}>{link}</a>
          </p>
        </Alert>
      ))}
      <Standing visit={visit} batch={batch} />
      <KeyValue
        items={[
          { key: t('post:list.came'), value: formatDateTime(batch.createdAt, language, t) },
          { key: t('post:upload.receivedOn'), value: formatDate(batch.receivedOn, language) },
          { key: t('post:batch.source'), value: t(`post:source.${batch.source}`) },
          { key: t('post:list.pages'), value: batch.pages || '–' },
          { key: t('post:batch.blank'), value: pages.filter((page) => page.blank).length },
          { key: t('post:batch.separators'), value: pages.filter((page) => page.separator).length },
        ]}
      />
      <Scan visit={visit} batch={batch} letters={letters} pages={pages} />
      <p>
        {next === undefined ? null : (
          <ButtonLink href={paths.scanLetter(next.id)} shortcut="w" id="go-on">
            {t('post:batch.goOn', { count: batch.open })}
          </ButtonLink>
        )}
      </p>
      {letters.length === 0 ? null : (
        <section>
          <h2>{t('post:batch.letters')}</h2>
          <Table
            caption={t('post:batch.letters')}
            rows={letters}
            columns={[
              {
                header: t('post:batch.letter'),
                head: true,
                cell: (row) => <LetterLink visit={visit} letter={row} pages={pages} />,
              },
              { header: t('post:letter.sender'), cell: (row) => row.suggestion.sender?.name ?? '–' },
              { header: t('post:batch.begins'), cell: (row) => t(`post:begins.${row.begins}`) },
              { header: t('post:batch.doubts'), cell: (row) => <Doubts visit={visit} letter={row} /> },
              { header: t('post:list.state'), cell: (row) => <LetterState visit={visit} letter={row} batch={batch} /> },
            ]}
          />
        </section>
      )}
    </>,
  );
}

/** That nobody has to look at a letter any more; of those that were put aside somebody has. */
function Finished({ visit, batch }: { visit: StaffVisit; batch: BatchRow }) {
  const { t } = visit;
  if (batch.open > 0) return null;
  if (batch.aside === 0) return <Alert tone="success" live title={t('post:batch.finished')} />;
  return <Alert tone="warning" live title={t('post:batch.finishedAside', { count: batch.aside })} />;
}

type ScanOf = {
  readonly visit: StaffVisit;
  readonly batch: BatchRow;
  readonly letters: readonly ScanLetter[];
  readonly pages: readonly ScanPage[];
};

/** When the scanner's file is deleted, as soon as the day is known, or that it is. */
function Scan({ visit, batch, letters, pages }: ScanOf) {
  const { t, language } = visit;
  if (batch.state !== 'ready') return null;
  const day = batch.documentId === null ? undefined : eraseDay(batch, letters, pages, visit.services.scanKeepDays);
  const words =
    batch.documentId === null
      ? t('post:batch.erased')
      : day === undefined
        ? t('post:batch.keptUntilFiled')
        : t('post:batch.eraseOn', { date: formatDate(day, language) });
  if (day === undefined || !letters.some(({ state }) => state === 'aside'))
    return (
      <p>
        {t('post:batch.scan')}: {words}
      </p>
    );
  return (
    <>
      <p>
        <ScanGoes visit={visit} day={day} />
      </p>
      <p>{t('post:batch.eraseAside')}</p>
    </>
  );
}

function LetterLink({ visit, letter, pages }: { visit: StaffVisit; letter: ScanLetter; pages: readonly ScanPage[] }) {
  const own = pages.filter((page) => page.letterId === letter.id);
  const first = own.find((page) => !page.blank) ?? own[0];
  return (
    <a href={paths.scanLetter(letter.id)} data-row class="tp-letter">
      {first === undefined ? null : (
        <img
          src={paths.scanPicture(letter.batchId, first.page, widths.strip)}
          alt=""
          width={48}
          height={68}
          loading="lazy"
        />
      )}
      <span>
        {visit.t(`post:kind.${letter.suggestion.kind}`)}
        <span class="tw-sub">{visit.t('post:batch.ofPages', { count: own.length, from: letter.position })}</span>
      </span>
    </a>
  );
}

const languageWords = (visit: StaffVisit, { suggestion }: ScanLetter): string =>
  namesOfLanguages(
    visit,
    (suggestion.languages ?? []).map((language) => ({ language })),
  );

export function Doubts({ visit, letter }: { visit: StaffVisit; letter: ScanLetter }) {
  if (letter.doubts.length === 0) return <span class="td-muted">–</span>;
  return (
    <ul class="tp-doubts">
      {letter.doubts.map((doubt) => (
        <li class="tw-warn">
          <Icon name="warning" small /> {visit.t(`post:doubt.${doubt}`, { languages: languageWords(visit, letter) })}
        </li>
      ))}
    </ul>
  );
}

/** Where a letter of a stack stands; one that lies aside is taken up from here, as long as it has pages. */
function LetterState({ visit, letter, batch }: { visit: StaffVisit; letter: ScanLetter; batch: BatchRow }) {
  const { t } = visit;
  if (letter.state === 'filed')
    return (
      <>
        <Badge tone="success" icon>
          {t('post:letterState.filed')}
        </Badge>
        <span class="tw-sub">{letter.receiptNumber}</span>
      </>
    );
  if (letter.state === 'returned')
    return (
      <Badge tone="success" icon>
        {t('post:letterState.returned')}
      </Badge>
    );
  if (letter.state === 'aside')
    return (
      <>
        <Badge tone="warning">{t('post:letterState.aside')}</Badge>
        <span class="tw-sub">{letter.asideReason === null ? '' : t(`post:aside.${letter.asideReason}`)}</span>
        {hasPages(letter, batch) ? (
          <form action={paths.scanVerb(letter.id, 'wieder')} method="post">
            <VerbMarks visit={visit} />
            <button
              type="submit"
              class="td-link-button"
              aria-label={t('post:batch.takeUpLabel', { from: letter.position })}
            >
              {t('post:letter.takeUp')}
            </button>
          </form>
        ) : null}
      </>
    );
  return <Badge>{t('post:letterState.open')}</Badge>;
}
