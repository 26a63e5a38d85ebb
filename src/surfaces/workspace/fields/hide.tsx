import { isId } from '../../../kernel/ids.ts';
import { type ListedField, moveField } from '../../../modules/fields/index.ts';
import { Button, type FieldProblem, fieldId, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { isLead } from './known.ts';

/** Takes a field out of the pages, or brings it back; below the form of the field. */
export const HideForm = (props: { visit: StaffVisit; field: ListedField; problems: readonly FieldProblem[] }) => {
  const { visit, field, problems } = props;
  const { t } = visit;
  const words = field.hidden ? 'show' : 'hide';
  return (
    <section class="tw-panel td-flow" aria-labelledby="hiding">
      <h2 id="hiding">{t(`own:${words}.title`)}</h2>
      <p>{t(`own:${words}.text`)}</p>
      <form action={paths.fieldHiding(field.id)} method="post" class="td-form" novalidate>
        <VerbMarks visit={visit} />
        <input type="hidden" name="zustand" value={field.hidden ? 'sichtbar' : 'ausgeblendet'} />
        <TextField
          t={t}
          name="grund"
          label={t('own:hide.why')}
          value={one(visit.input, 'grund')}
          error={problems.find((problem) => problem.id === fieldId('grund'))?.text}
          maxLength={300}
        />
        <Button variant="secondary">{t(`own:${words}.send`)}</Button>
      </form>
    </section>
  );
};

const act = (visit: StaffVisit) => ({ actor: visit.actor, role: visit.staff.role });

/** Moves a field one place. */
export async function moveFieldAct(visit: StaffVisit): Promise<Response> {
  const id = visit.c.req.param('id');
  if (!isId(id) || !isLead(visit)) return notFound(visit);
  const to = one(visit.input, 'nach') === 'oben' ? 'up' : 'down';
  const outcome = await once(visit, async (tx) => ({ kind: await moveField(tx, act(visit), { id, to, why: '' }) }));
  if (outcome.kind === 'not-found') return notFound(visit);
  const ok = outcome.kind === 'unchanged' ? 'unveraendert' : 'verschoben';
  return visit.c.redirect(`${withQuery(paths.fields, { ok })}#feld-${id}`, 303);
}
