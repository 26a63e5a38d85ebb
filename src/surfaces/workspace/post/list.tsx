import { type Day, dayInGermany } from '../../../kernel/dates.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { countWaiting, mostLetters } from '../../../modules/notices/index.ts';
import {
  type BatchRow,
  comesSoon,
  type EndingBatch,
  endingBatches,
  eraseDays,
  listBatches,
  waitingPrints,
} from '../../../modules/post/index.ts';
import { allTeams, type Team } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  Badge,
  Button,
  ButtonGroup,
  ButtonLink,
  DateField,
  EmptyState,
  ErrorSummary,
  type FieldProblem,
  FileField,
  Form,
  formatDate,
  formatDateTime,
  Icon,
  Select,
  Table,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit } from '../visit.ts';
import { Separators } from './separators.tsx';

/** Teams for which somebody may bring in a stack: their own; leads for every team. */
export const teamsToScanFor = async (tx: Tx, visit: StaffVisit): Promise<Team[]> =>
  (await allTeams(tx)).filter((team) => visit.staff.role === 'lead' || visit.staff.teamIds.includes(team.id));

/** Where a batch stands, in words. */
export function BatchState({ visit, batch }: { visit: StaffVisit; batch: BatchRow }) {
  const { t } = visit;
  if (batch.problem !== null)
    return (
      <Badge tone="danger" icon>
        {t('post:state.problem')}
      </Badge>
    );
  if (batch.state !== 'ready' && batch.pages === 0) return <Badge tone="info">{t('post:state.arrived')}</Badge>;
  if (batch.state !== 'ready')
    return <Badge tone="info">{t('post:state.reading', { read: batch.read, pages: batch.pages })}</Badge>;
  if (batch.open > 0) return <Badge tone="warning">{t('post:state.open', { count: batch.open })}</Badge>;
  if (batch.aside > 0) return <Badge tone="warning">{t('post:state.aside', { count: batch.aside })}</Badge>;
  return (
    <Badge tone="success" icon>
      {t('post:state.done')}
    </Badge>
  );
}

/** What is to be known where a scanner went on writing into a file that was taken, and the batch that holds the other pages. */
export function grownWords({ t }: StaffVisit, batch: BatchRow): { text: string; batchId: string; link: string }[] {
  const { earlier, later } = batch;
  const since = batch.problem === null ? 'post:list.grownInto' : 'post:list.takenSince';
  return [
    ...(earlier === undefined
      ? []
      : [{ text: t('post:list.grown'), batchId: earlier, link: t('post:list.toEarlier') }]),
    ...(later === undefined ? [] : [{ text: t(since), batchId: later, link: t('post:list.toLater') }]),
  ];
}

/** From which day letters that lie aside have no pages any more; where that is soon, so that nobody overlooks it. */
export function ScanGoes({ visit, day }: { visit: StaffVisit; day: Day }) {
  const words = visit.t('post:list.scanGoes', { date: formatDate(day, visit.language) });
  if (!comesSoon(day, visit.services.clock.now())) return <>{words}</>;
  return (
    <span class="tw-warn">
      <Icon name="warning" small /> {words}
    </span>
  );
}

/** Stacks whose letters that lie aside lose their pages soon, also those that the list below is too short for. */
function Ending({ visit, ending }: { visit: StaffVisit; ending: readonly EndingBatch[] }) {
  const { t, language } = visit;
  if (ending.length === 0) return null;
  return (
    <Alert tone="warning" title={t('post:list.ending', { count: ending.length })}>
      <p>{t('post:list.endingText')}</p>
      <ul>
        {ending.map(({ id, name, aside, day }) => (
          <li>
            <a href={paths.scanBatch(id)}>{name}</a>: {t('post:state.aside', { count: aside })}.{' '}
            {t('post:list.scanGoes', { date: formatDate(day, language) })}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** What is to be done with the batch next, in one sentence; `day`: when its scan goes, where letters lie aside. */
function NextStep({ visit, batch, day }: { visit: StaffVisit; batch: BatchRow; day: Day | undefined }) {
  const { t } = visit;
  const lines = [
    ...(batch.problem === null ? [] : [t(`post:problem.${batch.problem}`)]),
    ...(batch.doubtful > 0 ? [t('post:list.doubtful', { count: batch.doubtful })] : []),
    ...(batch.again > 0 ? [t('post:list.again', { count: batch.again })] : []),
    ...grownWords(visit, batch).map(({ text }) => text),
  ];
  return (
    <>
      {lines.map((line) => (
        <span class="tw-sub">{line}</span>
      ))}
      {day === undefined ? null : (
        <span class="tw-sub">
          <ScanGoes visit={visit} day={day} />
        </span>
      )}
    </>
  );
}

async function uploadForm(visit: StaffVisit, tx: Tx, problems: readonly FieldProblem[]) {
  const { t } = visit;
  const teams = await teamsToScanFor(tx, visit);
  const error = (name: string) => problems.find((problem) => problem.id === `f-${name}`)?.text;
  return (
    <Form action={paths.post} csrf={visit.csrf} multipart label={t('post:upload.title')}>
      <FileField
        t={t}
        name="files"
        label={t('post:upload.files')}
        hint={t('post:upload.hint')}
        accept="application/pdf,image/tiff,image/jpeg,image/png,.tif,.tiff"
        error={error('files')}
        multiple
      />
      <div class="tw-fields">
        {teams.length < 2 ? null : (
          <Select
            t={t}
            name="team"
            label={t('post:upload.team')}
            value={one(visit.input, 'team') || visit.staff.teamIds[0]}
            options={teams.map((team) => ({ value: team.id, label: team.name }))}
          />
        )}
        <DateField
          t={t}
          name="receivedOn"
          label={t('post:upload.receivedOn')}
          hint={t('post:upload.receivedOnHint')}
          value={one(visit.input, 'receivedOn') || formatDate(dayInGermany(visit.services.clock.now()), visit.language)}
          error={error('receivedOn')}
        />
      </div>
      <Button>{t('post:upload.send')}</Button>
    </Form>
  );
}

/** What came of the last upload. */
function Came({ visit }: { visit: StaffVisit }) {
  const { t } = visit;
  const [taken, again] = [Number(queryText(visit, 'neu')), Number(queryText(visit, 'wieder'))];
  return (
    <>
      {taken > 0 ? <Alert tone="success" live title={t('post:upload.taken', { count: taken })} /> : null}
      {again > 0 ? (
        <Alert tone="info" live title={t('post:upload.again', { count: again })}>
          <p>{t('post:upload.againText')}</p>
        </Alert>
      ) : null}
    </>
  );
}

/** How much waits to go out on paper, in words; of very many letters no more is said than that they are more. */
export function printWords(
  t: StaffVisit['t'],
  { receipts, letters, printed }: { readonly receipts: number; readonly letters: number; readonly printed: number },
): { readonly way: string; readonly waits: string } {
  const [more, moreHere] = [letters > mostLetters, printed > mostLetters];
  const lettersWord = more
    ? t('post:list.printLettersMore', { most: mostLetters })
    : t('post:list.printLetters', { count: letters });
  const what = [
    ...(letters === 0 ? [] : [lettersWord]),
    ...(receipts === 0 ? [] : [t('post:list.printReceipts', { count: receipts })]),
  ].join(', ');
  const here = moreHere
    ? t('post:list.handOverMore', { most: mostLetters })
    : t('post:list.handOver', { count: printed });
  return {
    way: more
      ? t('post:list.printsMore', { most: receipts + mostLetters })
      : t('post:list.prints', { count: receipts + letters }),
    waits: [
      what === '' ? t('post:list.printNone') : t('post:list.printWaits', { what }),
      ...(printed === 0 ? [] : [here]),
    ].join(' '),
  };
}

/** The one way to everything that goes out on paper, with how much of it waits; and what is printed and lies here still. */
async function printWay(visit: StaffVisit, tx: Tx) {
  const { way, waits } = printWords(visit.t, {
    receipts: (await waitingPrints(tx, visit.reader)).length,
    letters: await countWaiting(tx, visit.reader, 'print'),
    printed: await countWaiting(tx, visit.reader, 'hand-over'),
  });
  return (
    <>
      <ButtonGroup>
        <ButtonLink href={paths.printQueue} variant="secondary">
          {way}
        </ButtonLink>
      </ButtonGroup>
      <p>{waits}</p>
    </>
  );
}

/** Stacks of letters: bring one in, see how far each is, go on. */
export async function listPage(visit: StaffVisit, tx: Tx, problems: readonly FieldProblem[] = []): Promise<Response> {
  const { t, language } = visit;
  const batches = await listBatches(tx, visit.reader);
  const aside = batches.filter((batch) => batch.aside > 0 && batch.open === 0);
  const days = await eraseDays(tx, aside, visit.services.scanKeepDays);
  const ending = await endingBatches(tx, visit.reader, visit.services.scanKeepDays);
  await recordAudit(tx, visit.actor, {
    action: 'scan-batch.listed',
    subjectType: 'scan-batch',
    subjectId: 'list',
    detail: { rows: batches.length },
  });
  return show(
    visit,
    { title: t('post:list.title'), active: 'post', scripts: ['js/rows.js'], status: problems.length > 0 ? 422 : 200 },
    <>
      <ErrorSummary t={t} problems={problems} />
      <WithHelp visit={visit} of="post">
        <h1>{t('post:list.title')}</h1>
      </WithHelp>
      <Came visit={visit} />
      <Ending visit={visit} ending={ending} />
      {await printWay(visit, tx)}
      {batches.length === 0 ? (
        <EmptyState title={t('post:list.empty')}>
          <p>{t('post:list.emptyHint')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={t('post:list.title')}
          rows={batches}
          columns={[
            {
              header: t('post:list.batch'),
              head: true,
              cell: (row) => (
                <>
                  <a href={paths.scanBatch(row.id)} data-row>
                    {row.name}
                  </a>
                  <NextStep visit={visit} batch={row} day={days.get(row.id)} />
                </>
              ),
            },
            { header: t('post:list.came'), cell: (row) => formatDateTime(row.createdAt, language, t) },
            { header: t('post:list.pages'), numeric: true, cell: (row) => row.pages || '–' },
            { header: t('post:list.letters'), numeric: true, cell: (row) => row.letters || '–' },
            { header: t('post:list.state'), cell: (row) => <BatchState visit={visit} batch={row} /> },
          ]}
        />
      )}
      <div class="tw-columns">
        <section>
          <h2>{t('post:upload.title')}</h2>
          {await uploadForm(visit, tx, problems)}
        </section>
        <section>
          <h2>{t('post:separator.title')}</h2>
          <Separators visit={visit} />
        </section>
      </div>
    </>,
  );
}
