import { isId } from '../../../kernel/ids.ts';
import {
  addField,
  changeField,
  type DefinitionProblem,
  type FieldSaved,
  hideField,
  type ListedField,
  listedFields,
  type OwnDefinition,
} from '../../../modules/fields/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, BackLink, type FieldProblem, fieldId, formatDateTime } from '../../../ui/index.ts';
import { type FormInput, one } from '../../request.ts';
import { once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { DraftNote, draftAt } from '../together/drafts.tsx';
import { dropTaken } from '../together/keep-unsent.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { DefinitionForm } from './definition-form.tsx';
import { asInput, inputOf, readDefinition } from './definition-input.ts';
import { Differences, labelOf, problemText } from './field-words.tsx';
import { HideForm } from './hide.tsx';
import { here, isLead } from './known.ts';
import { OwnInput } from './own-input.tsx';

type Shown = {
  readonly id: string | undefined;
  readonly input: FormInput;
  readonly problems?: readonly FieldProblem[];
  readonly preview?: OwnDefinition | undefined;
  /** Somebody else changed the field meanwhile. */
  readonly conflict?: Extract<FieldSaved, { kind: 'conflict' }>;
  readonly draftAt?: Date | undefined;
  readonly opened?: number;
};

const find = async (tx: Tx, id: string | undefined): Promise<ListedField | undefined> =>
  id === undefined ? undefined : (await listedFields(tx)).find((each) => each.id === id);

/** The form of a field with its preview; a new one where there is no id. */
async function editPage(visit: StaffVisit, tx: Tx, shown: Shown): Promise<Response> {
  const { t, language } = visit;
  const field = await find(tx, shown.id);
  if (!isLead(visit) || (shown.id !== undefined && field === undefined)) return notFound(visit);
  const around = await here(visit, tx);
  const newest = field?.pending ?? field?.current;
  const title = newest === undefined ? t('own:new') : t('own:change', { label: labelOf(visit, newest.definition) });
  const preview = shown.preview ?? newest?.definition;
  const { conflict, problems = [] } = shown;
  const place = shown.id === undefined ? paths.fieldNew : paths.field(shown.id);
  return show(
    visit,
    { title, status: problems.length > 0 || conflict !== undefined ? 422 : 200 },
    <>
      <BackLink href={paths.fields}>{t('own:title')}</BackLink>
      <WithHelp visit={visit} of="field">
        <h1>{title}</h1>
      </WithHelp>
      {field?.pending?.state === 'waiting' ? <Alert tone="info" title={t('own:waits')} /> : null}
      {field?.pending?.state === 'refused' ? (
        <Alert
          tone="warning"
          title={t('own:refusedBy', {
            name: field.pending.decided_name ?? '',
            why: field.pending.decided_why ?? '',
          })}
        />
      ) : null}
      {shown.draftAt === undefined ? null : (
        <DraftNote visit={visit} savedAt={shown.draftAt} place={place} page={place} />
      )}
      {conflict === undefined ? null : (
        <section class="tw-panel" role="alert" tabindex={-1} aria-labelledby="conflict-title">
          <h2 id="conflict-title">
            {t('own:conflict', {
              name: conflict.theirs.staff_name,
              at: formatDateTime(conflict.theirs.at, language, t),
            })}
          </h2>
          <p>{t('own:conflictText')}</p>
          <Differences visit={visit} here={around} before={undefined} after={conflict.theirs.definition} />
        </section>
      )}
      {preview === undefined ? null : (
        <section class="tw-panel td-flow" aria-labelledby="preview">
          <h2 id="preview">{t('own:preview')}</h2>
          <OwnInput visit={visit} name="preview-field" definition={preview} raw={{}} errors={{}} />
        </section>
      )}
      <DefinitionForm
        visit={visit}
        here={around}
        id={shown.id}
        input={shown.input}
        problems={problems}
        opened={shown.opened ?? field?.last ?? 0}
        fixed={field?.current !== undefined}
        draftAt={shown.draftAt}
      />
      {field?.current === undefined ? null : <HideForm visit={visit} field={field} problems={problems} />}
    </>,
  );
}

/** GET: a new field, or one that is there; with what was typed and not sent. */
export const editField =
  (isNew: boolean) =>
  async (visit: StaffVisit, tx: Tx): Promise<Response> => {
    const id = isNew ? undefined : (visit.c.req.param('id') ?? '');
    if (id !== undefined && !isId(id)) return notFound(visit);
    const field = await find(tx, id);
    const newest = field?.pending ?? field?.current;
    const stands = newest === undefined ? { years: '3' } : asInput(newest.definition);
    const draft = await draftAt(tx, visit, id === undefined ? paths.fieldNew : paths.field(id));
    if (draft === undefined) return editPage(visit, tx, { id, input: stands });
    const opened = Number(one(draft.fields, 'stand'));
    return editPage(visit, tx, {
      id,
      input: draft.fields,
      draftAt: draft.savedAt,
      ...(Number.isInteger(opened) ? { opened } : {}),
    });
  };

/** POST: shows the preview, or saves. */
export const saveField =
  (isNew: boolean) =>
  async (visit: StaffVisit): Promise<Response> => {
    const id = isNew ? undefined : (visit.c.req.param('id') ?? '');
    if (!isLead(visit) || (id !== undefined && !isId(id))) return notFound(visit);
    const { input } = visit;
    const opened = /^\d{1,9}$/.test(one(input, 'stand')) ? Number(one(input, 'stand')) : 0;
    const again = (more: Partial<Shown>) =>
      inTenant(visit, (tx) => editPage(visit, tx, { id, input, opened, ...more }));
    const read = readDefinition(input);
    if (one(input, 'vorschau') === 'ja')
      return again({
        ...('definition' in read ? { preview: read.definition } : { problems: asProblems(visit, read.problems) }),
      });
    const why = one(input, 'why').slice(0, 300);
    const noWhy = why === '' && !isNew ? [{ id: fieldId('why'), text: visit.t('own:problem.why') }] : [];
    if (!('definition' in read)) return again({ problems: [...asProblems(visit, read.problems), ...noWhy] });
    const { definition } = read;
    let saved: FieldSaved | undefined;
    const outcome = await once(visit, async (tx) => {
      const { known } = await here(visit, tx);
      const act = { actor: visit.actor, role: visit.staff.role };
      saved =
        id === undefined
          ? await addField(tx, act, { definition, why }, known)
          : await changeField(tx, act, { id, opened, definition, why }, known);
      if (saved.kind === 'wrong') return { kind: 'wrong', problems: [...asProblems(visit, saved.problems), ...noWhy] };
      if (noWhy.length > 0) return { kind: 'wrong', problems: noWhy };
      if (saved.kind === 'conflict') return { kind: 'wrong', problems: [] };
      if (saved.kind === 'not-found') return { kind: 'not-found' };
      await dropTaken(tx, visit);
      return { kind: saved.kind === 'saved' ? 'done' : 'unchanged' };
    });
    if (outcome.kind === 'not-found') return notFound(visit);
    if (outcome.kind === 'wrong')
      return saved?.kind === 'conflict'
        ? again({ conflict: saved, opened: saved.theirs.version })
        : again({ problems: outcome.problems, preview: definition });
    const waits = saved?.kind === 'saved' && saved.waits;
    const ok = outcome.kind === 'unchanged' ? 'unveraendert' : waits ? 'wartet' : 'gespeichert';
    return visit.c.redirect(withQuery(paths.fields, { ok }), 303);
  };

/** Hides a field or shows it again, with a reason. */
export async function hideFieldAct(visit: StaffVisit): Promise<Response> {
  const id = visit.c.req.param('id');
  if (!isId(id) || !isLead(visit)) return notFound(visit);
  const hidden = one(visit.input, 'zustand') !== 'sichtbar';
  const why = one(visit.input, 'grund').slice(0, 300);
  const outcome = await once(visit, async (tx) => {
    if (why === '') return { kind: 'wrong', problems: [{ id: fieldId('grund'), text: visit.t('own:problem.why') }] };
    return { kind: await hideField(tx, { actor: visit.actor, role: visit.staff.role }, { id, hidden, why }) };
  });
  if (outcome.kind === 'not-found') return notFound(visit);
  if (outcome.kind === 'wrong')
    return inTenant(visit, async (tx) => {
      const newest = await find(tx, id);
      const stands = newest?.pending ?? newest?.current;
      return editPage(visit, tx, {
        id,
        input: stands === undefined ? {} : asInput(stands.definition),
        problems: outcome.problems,
      });
    });
  const ok = outcome.kind === 'unchanged' ? 'unveraendert' : hidden ? 'ausgeblendet' : 'sichtbar';
  return visit.c.redirect(withQuery(paths.fields, { ok }), 303);
}

const asProblems = (visit: StaffVisit, problems: readonly DefinitionProblem[]): FieldProblem[] =>
  problems.map((problem) => ({ id: fieldId(inputOf(problem)), text: problemText(visit, problem) }));
