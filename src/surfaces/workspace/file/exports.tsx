import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { circlesOf } from '../../../modules/contacts/index.ts';
import {
  askForExport,
  exportDays,
  exportPurposes,
  type FileExport,
  findExport,
  lockFile,
  piecesOf,
} from '../../../modules/files/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  BackLink,
  Button,
  Checkbox,
  CheckboxGroup,
  ErrorSummary,
  type FieldProblem,
  fieldId,
  formatDate,
  formatDateTime,
  RadioGroup,
  Select,
  TextField,
} from '../../../ui/index.ts';
import { everyDocument } from '../../file-contents.ts';
import { fileLink, one } from '../../request.ts';
import { newCommand } from '../case/verb-marks.tsx';
import { once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { titleWords } from '../reader/words.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { type ExportPerson, exportPeople, representable } from './export-people.ts';
import { fileId, loadFile, readContents } from './load.ts';
import { type FileData, fileName } from './page.tsx';

/** An export shows what the one who asked may see: nobody else takes it away, but the lead, who sees everything but notes of circles. */
const mayTake = (visit: StaffVisit, each: FileExport): boolean =>
  each.reader.id === visit.staff.id || (visit.staff.role === 'lead' && !each.circles);

export async function exportPage(visit: StaffVisit, tx: Tx, problems: readonly FieldProblem[] = []): Promise<Response> {
  const { t } = visit;
  const data = await loadFile(tx, visit, fileId(visit));
  if (data === undefined) return notFound(visit);
  const name = fileName(visit, data.contents);
  const circles = await circlesOf(tx, { ...visit.reader, standsFor: [] });
  const people = await exportPeople(tx, data.contents);
  const own = [];
  for (const each of data.exports.filter((one) => mayTake(visit, one)))
    own.push({ each, pieces: await piecesOf(tx, each.id) });
  return show(
    visit,
    {
      title: t('file:export.title'),
      styles: ['css/file-pages.css'],
      status: problems.length > 0 ? 422 : 200,
    },
    <div class="tw-file">
      <BackLink href={paths.file(data.contents.file.id)}>{t('file:title', { name })}</BackLink>
      <h1>{t('file:export.title')}</h1>
      {visit.c.req.query('ok') === 'ausgabe' ? <Alert tone="success" live title={t('file:done.ausgabe')} /> : null}
      <p>{t('file:export.text', { days: exportDays })}</p>
      <Ask visit={visit} data={data} problems={problems} people={people} circles={circles.map((each) => each.name)} />
      <section class="tw-panel" aria-labelledby="made">
        <h2 id="made">{t('file:export.made')}</h2>
        {own.length === 0 ? <p class="td-muted">{t('file:export.none')}</p> : null}
        <ul class="tw-file__cases">
          {own.map(({ each, pieces }) => (
            <Made visit={visit} each={each} pieces={pieces} people={people} />
          ))}
        </ul>
      </section>
    </div>,
  );
}

type AskProps = {
  readonly visit: StaffVisit;
  readonly data: FileData;
  readonly problems: readonly FieldProblem[];
  /** Whose things it can hold. */
  readonly people: readonly ExportPerson[];
  /** Circles whose notes can be handed out with the file. */
  readonly circles: readonly string[];
};

function Ask({ visit, data, problems, people, circles }: AskProps) {
  const { t, language } = visit;
  const living = everyDocument(data.contents.documents).filter((each) => each.document.erasedAt === null);
  const chosen = [visit.input['zurueck'] ?? []].flat();
  const errorOf = (name: string) => problems.find((each) => each.id === fieldId(name))?.text;
  return (
    <form
      action={paths.fileExports(data.contents.file.id)}
      method="post"
      class="td-form"
      novalidate
      data-submit-once=""
    >
      <input type="hidden" name="csrf" value={visit.csrf} />
      <input type="hidden" name="command" value={newCommand(visit)} />
      {problems.length === 0 ? null : <ErrorSummary t={t} problems={problems} />}
      <TextField
        t={t}
        name="anlass"
        label={t('file:export.why')}
        hint={t('file:export.whyHint')}
        value={one(visit.input, 'anlass')}
        maxLength={300}
        error={errorOf('anlass')}
      />
      <RadioGroup
        t={t}
        name="zweck"
        label={t('file:export.purpose.label')}
        hint={t('file:export.purpose.hint')}
        value={one(visit.input, 'zweck') || 'person'}
        options={exportPurposes.map((value) => ({ value, label: t(`file:export.purpose.${value}`) }))}
      />
      <ForWhom visit={visit} people={people} error={errorOf('wer')} />
      <details open={chosen.length > 0}>
        <summary>{t('file:export.withhold')}</summary>
        <p class="td-muted">{t('file:export.withholdHint')}</p>
        <fieldset class="tw-lines">
          <legend class="kern-label">{t('file:export.withhold')}</legend>
          {living.map((each) => (
            <label>
              <input
                type="checkbox"
                name="zurueck"
                value={each.document.id}
                checked={chosen.includes(each.document.id)}
              />{' '}
              <span>
                {titleWords(visit, each)} ({formatDate(each.at, language)})
              </span>
            </label>
          ))}
        </fieldset>
        <TextField
          t={t}
          name="weil"
          label={t('file:export.because')}
          optional
          value={one(visit.input, 'weil')}
          maxLength={300}
          error={errorOf('weil')}
        />
      </details>
      {circles.length === 0 ? null : (
        <Checkbox
          t={t}
          name="kreise"
          value="ja"
          optional
          label={t('contacts:export', { circles: circles.join(', ') })}
          hint={t('contacts:exportHint')}
          checked={one(visit.input, 'kreise') === 'ja'}
        />
      )}
      <Button>{t('file:export.make')}</Button>
    </form>
  );
}

type ForWhomProps = {
  readonly visit: StaffVisit;
  readonly people: readonly ExportPerson[];
  readonly error: string | undefined;
};

/** Which person of the household it is for, and which children they represent: said, not guessed, because parents may have no custody. */
function ForWhom({ visit, people, error }: ForWhomProps) {
  const { t, language } = visit;
  const children = people.filter((each) => each.minor);
  if (people.length === 0) return null;
  return (
    <>
      <Select
        t={t}
        name="wer"
        label={t('file:export.person')}
        hint={t('file:export.personHint')}
        value={one(visit.input, 'wer') || (people.length === 1 ? people[0]?.id : '')}
        error={error}
        empty={t('file:export.personNone')}
        options={people.map((each) => ({
          value: each.id,
          label: `${each.name}, ${formatDate(each.birthDate, language)}`,
        }))}
      />
      {children.length === 0 || people.length === children.length ? null : (
        <CheckboxGroup
          t={t}
          name="kinder"
          optional
          label={t('file:export.children')}
          hint={t('file:export.childrenHint')}
          values={[visit.input['kinder'] ?? []].flat()}
          options={children.map((each) => ({ value: each.id, label: each.name }))}
        />
      )}
    </>
  );
}

type MadeProps = {
  readonly visit: StaffVisit;
  readonly each: FileExport;
  readonly pieces: Awaited<ReturnType<typeof piecesOf>>;
  readonly people: readonly ExportPerson[];
};

function Made({ visit, each, pieces, people }: MadeProps) {
  const { t, language } = visit;
  const state =
    each.goneAt !== null
      ? t('file:export.gone')
      : each.madeAt !== null
        ? t('file:export.until', { date: formatDate(each.expiresAt, language) })
        : t(each.failedAt === null ? 'file:export.waiting' : 'file:export.failed');
  const name = people.find(({ id }) => id === each.forPerson)?.name ?? '';
  return (
    <li>
      <span class="tw-typed">{each.reason}</span>
      {name === '' ? null : <span class="tw-sub">{t('file:export.paper.for', { name })}</span>}
      <span class="tw-sub">
        {each.by}, {formatDateTime(each.askedAt, language, t)} · {state}
      </span>
      <span class="tw-file__tools">
        {pieces.map(({ kind, position }) => (
          <a href={paths.fileExportPiece(each.fileId, each.id, position)} data-download>
            {t(kind === 'pdf' ? 'file:export.pdf' : 'file:export.zip', {
              n: pieces.filter((piece) => piece.kind === kind && piece.position <= position).length,
            })}
          </a>
        ))}
      </span>
    </li>
  );
}

/** Asks for an export: made by a job, with the eyes of who asks, and logged in every case of it. */
export async function ask(visit: StaffVisit): Promise<Response> {
  const reason = one(visit.input, 'anlass').slice(0, 300);
  const because = one(visit.input, 'weil').slice(0, 300);
  const chosen = [visit.input['zurueck'] ?? []].flat().filter(isId);
  const outcome = await once(visit, async (tx) => {
    const file = fileId(visit);
    if (isId(file)) await lockFile(tx, file); // a deletion that came first is over: what is gone by then is not asked for
    const contents = await readContents(tx, visit, file);
    if (contents === undefined) return { kind: 'not-found' };
    const people = await exportPeople(tx, contents);
    // Whoever does not say that it is for the person or for a court gets what they may see themselves.
    const purpose = exportPurposes.find((each) => each === one(visit.input, 'zweck')) ?? 'other';
    const only = people.length === 1 ? people[0] : undefined;
    const person = people.find((each) => each.id === one(visit.input, 'wer')) ?? only;
    const problems = [
      ...(reason === '' ? [{ id: fieldId('anlass'), text: visit.t('file:export.problemWhy') }] : []),
      ...(chosen.length > 0 && because === ''
        ? [{ id: fieldId('weil'), text: visit.t('file:export.problemBecause') }]
        : []),
      ...(purpose === 'person' && person === undefined && people.length > 0
        ? [{ id: fieldId('wer'), text: visit.t('file:export.problemPerson') }]
        : []),
    ];
    if (problems.length > 0) return { kind: 'wrong', problems };
    const { role, id, teamIds } = visit.staff;
    const children = representable(people, person).filter((id) => [visit.input['kinder'] ?? []].flat().includes(id));
    const forPerson = purpose === 'person' ? (person?.id ?? null) : null;
    const exportId = await askForExport(tx, {
      fileId: contents.file.id,
      reason,
      language: visit.language,
      withheld: Object.fromEntries(chosen.map((each) => [each, because])),
      reader: { role, id, teamIds },
      circles: one(visit.input, 'kreise') === 'ja',
      purpose,
      forPerson,
      forChildren: forPerson === null ? [] : children,
      by: visit.staff.name,
    });
    for (const each of contents.cases)
      await recordAudit(tx, visit.actor, {
        action: 'file.exported',
        subjectType: 'file-export',
        subjectId: exportId,
        caseId: each.id,
        detail: { withheld: chosen.length, purpose, forPerson },
      });
    return { kind: 'done' };
  });
  if (outcome.kind === 'not-found') return notFound(visit);
  if (outcome.kind === 'wrong') return inTenant(visit, (tx) => exportPage(visit, tx, outcome.problems));
  return visit.c.redirect(withQuery(paths.fileExports(fileId(visit)), { ok: 'ausgabe' }), 303);
}

/** Hands a piece out, over a path without cookies; logged here, where the link is made. */
export async function takePiece(visit: StaffVisit): Promise<Response> {
  const { c, services, jobcenter } = visit;
  const exportId = c.req.param('export') ?? '';
  const documentId = await inTenant(visit, async (tx) => {
    const contents = await readContents(tx, visit, fileId(visit));
    const each = contents === undefined || !isId(exportId) ? undefined : await findExport(tx, exportId);
    if (contents === undefined || each?.fileId !== contents.file.id || !mayTake(visit, each) || each.goneAt !== null)
      return undefined;
    const position = Number(c.req.param('position'));
    const piece = (await piecesOf(tx, exportId)).find((one) => one.position === position);
    if (piece === undefined) return undefined;
    for (const { id } of contents.cases)
      await recordAudit(tx, visit.actor, {
        action: 'file.export-read',
        subjectType: 'file-export',
        subjectId: exportId,
        caseId: id,
        reason: each.reason,
      });
    return piece.documentId;
  });
  if (documentId === undefined) return notFound(visit);
  return c.redirect(fileLink(services.linkKey, jobcenter.id, documentId, services.clock.now()), 303);
}
