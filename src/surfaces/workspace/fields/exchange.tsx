import { exportFields, type FieldsImported, type FileProblem, importFields } from '../../../modules/fields/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  BackLink,
  Button,
  ErrorSummary,
  type FieldProblem,
  FileField,
  Form,
  fieldId,
  Select,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { newCommand } from '../case/verb-marks.tsx';
import { once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, queryText, type StaffVisit } from '../visit.ts';
import { here, isLead } from './known.ts';

/** More sentences about one file than this nobody reads. */
const mostProblems = 30;

/** All fields as a file, for another Jobcenter or to keep. */
export async function exportAct(visit: StaffVisit, tx: Tx): Promise<Response> {
  if (!isLead(visit)) return notFound(visit);
  const text = await exportFields(tx);
  return visit.c.body(text, 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${visit.jobcenter.key}-felder.json"`,
    'cache-control': 'no-store',
  });
}

/** The counts that the address of the page says after an import. */
const counts = ['added', 'changed', 'unchanged', 'waiting'] as const;

export const importPage = (visit: StaffVisit, tx: Tx): Promise<Response> => page(visit, tx, {});

async function page(
  visit: StaffVisit,
  tx: Tx,
  came: { readonly problems?: readonly FieldProblem[]; readonly text?: string },
): Promise<Response> {
  if (!isLead(visit)) return notFound(visit);
  const { t, input } = visit;
  const { problems = [] } = came;
  const sum = counts.map((name) => [name, Number(queryText(visit, name)) || 0] as const);
  const { teams } = await here(visit, tx);
  return show(
    visit,
    { title: t('own:import.title'), status: problems.length > 0 ? 422 : 200 },
    <>
      <BackLink href={paths.fields}>{t('own:title')}</BackLink>
      <h1>{t('own:import.title')}</h1>
      {queryText(visit, 'ok') === 'eingelesen' ? (
        <Alert tone="success" live title={t('own:import.done', Object.fromEntries(sum))} />
      ) : null}
      <ErrorSummary t={t} problems={problems} />
      <p>{t('own:import.text')}</p>
      <Form action={paths.fieldsImport} csrf={visit.csrf} hidden={{ command: newCommand(visit) }} multipart>
        <FileField
          t={t}
          name="file"
          label={t('own:import.file')}
          hint={t('own:import.fileHint')}
          accept="application/json,.json"
          optional
        />
        <TextArea t={t} name="text" label={t('own:import.paste')} value={came.text ?? ''} rows={6} optional />
        <Select
          t={t}
          name="team"
          label={t('own:import.team')}
          hint={t('own:import.teamHint')}
          options={teams.map((team) => ({ value: team.key, label: team.name }))}
          value={one(input, 'team')}
          empty={t('own:import.noTeam')}
          optional
        />
        <TextField t={t} name="why" label={t('own:form.why')} value={one(input, 'why')} maxLength={300} />
        <Button>{t('own:import.send')}</Button>
      </Form>
    </>,
  );
}

const problemWords = (visit: StaffVisit, { field, label, at, why, name }: FileProblem): string => {
  const { t } = visit;
  const what = t(`own:problem.${why}`, { name: name ?? at });
  if (field === undefined) return what;
  return t(label === undefined || label === '' ? 'own:import.inField' : 'own:import.inNamed', {
    n: field,
    label: label ?? '',
    what,
  });
};

/** Takes a file over, all of it or nothing. What was sent stands in the form again when something is wrong with it. */
export async function importAct(visit: StaffVisit): Promise<Response> {
  if (!isLead(visit)) return notFound(visit);
  const { t, input } = visit;
  const uploaded = visit.files.find((file) => file.field === 'file');
  const pasted = [input['text'] ?? ''].flat()[0] ?? '';
  const text = uploaded === undefined ? pasted : uploaded.bytes.toString('utf8');
  const why = one(input, 'why').slice(0, 300);
  const problems: FieldProblem[] = [
    ...(text.trim() === '' ? [{ id: fieldId('file'), text: t('own:problem.noFile') }] : []),
    ...(uploaded?.tooLarge ? [{ id: fieldId('file'), text: t('own:problem.fileTooLarge') }] : []),
    ...(why === '' ? [{ id: fieldId('why'), text: t('own:problem.why') }] : []),
  ];
  const again = (found: readonly FieldProblem[]) =>
    inTenant(visit, (tx) => page(visit, tx, { problems: found, text: text.slice(0, 200_000) }));
  if (problems.length > 0) return again(problems);
  let taken: FieldsImported | undefined;
  const outcome = await once(visit, async (tx) => {
    const { known } = await here(visit, tx);
    const team = known.teams.find((key) => key === one(input, 'team'));
    taken = await importFields(tx, { actor: visit.actor, role: visit.staff.role }, { text, why, team }, known);
    if (taken.kind === 'not-found') return { kind: 'not-found' };
    if (taken.kind === 'imported') return { kind: 'done' };
    const words = taken.problems.slice(0, mostProblems).map((each) => problemWords(visit, each));
    return { kind: 'wrong', problems: words.map((each) => ({ id: fieldId('file'), text: each })) };
  });
  if (outcome.kind === 'not-found') return notFound(visit);
  if (outcome.kind === 'wrong') return again(outcome.problems);
  const sum = taken?.kind === 'imported' ? taken : undefined;
  const told = Object.fromEntries(counts.map((name) => [name, sum === undefined ? undefined : String(sum[name])]));
  return visit.c.redirect(withQuery(paths.fieldsImport, { ok: 'eingelesen', ...told }), 303);
}
