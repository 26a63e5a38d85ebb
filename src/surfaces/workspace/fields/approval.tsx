import { isId } from '../../../kernel/ids.ts';
import { decideField, type ListedField, listedFields } from '../../../modules/fields/index.ts';
import { isPrivacyOfficer, privacyOfficers } from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  BackLink,
  Button,
  EmptyState,
  ErrorSummary,
  type FieldProblem,
  formatDateTime,
  TextArea,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { DefinitionWords, Differences, labelOf } from './field-words.tsx';
import { type Here, here, maySee } from './known.ts';
import { OwnInput } from './own-input.tsx';

/** What waits for the data protection officer. Leads see where it stands; only the officer finds the forms. */
export async function approvalPage(
  visit: StaffVisit,
  tx: Tx,
  problems: readonly FieldProblem[] = [],
): Promise<Response> {
  const { t } = visit;
  if (!(await maySee(visit, tx))) return notFound(visit);
  const around = await here(visit, tx);
  const officer = await isPrivacyOfficer(tx, visit.staff.id);
  const names = (await privacyOfficers(tx)).map((each) => each.name).join(', ');
  const waiting = (await listedFields(tx)).filter((field) => field.pending?.state === 'waiting');
  const done = ['freigegeben', 'abgelehnt', 'unveraendert'].find((word) => word === visit.c.req.query('ok'));
  return show(
    visit,
    { title: t('own:approval.title'), status: problems.length > 0 ? 422 : 200 },
    <>
      <BackLink href={paths.fields}>{t('own:title')}</BackLink>
      {done === undefined ? null : <Alert tone="success" live title={t(`own:done.${done}`)} />}
      <WithHelp visit={visit} of="field-approval">
        <h1>{t('own:approval.title')}</h1>
      </WithHelp>
      <p>{t('own:approval.text')}</p>
      <p>{names === '' ? t('own:approval.nobody') : t('own:approval.who', { names })}</p>
      <ErrorSummary t={t} problems={problems} />
      {waiting.length === 0 ? <EmptyState title={t('own:approval.none')} /> : null}
      {waiting.map((field) => (
        <Waiting visit={visit} around={around} field={field} officer={officer} problems={problems} />
      ))}
    </>,
  );
}

function Waiting(props: {
  visit: StaffVisit;
  around: Here;
  field: ListedField;
  officer: boolean;
  problems: readonly FieldProblem[];
}) {
  const { visit, around, field, officer, problems } = props;
  const { t, language } = visit;
  const { pending, current } = field;
  if (pending === undefined) return null;
  const label = labelOf(visit, pending.definition);
  const id = `f-${field.id}-grund`;
  return (
    <section class="tw-panel td-flow" aria-labelledby={`wartet-${field.id}`}>
      <h2 id={`wartet-${field.id}`}>{label}</h2>
      <p>
        {t('own:by', { name: pending.staff_name, at: formatDateTime(pending.at, language, t) })}
        {pending.why === '' ? null : <> {t('own:because', { why: pending.why })}</>}
      </p>
      <DefinitionWords visit={visit} here={around} definition={pending.definition} />
      {current === undefined ? (
        <p>{t('own:approval.fresh')}</p>
      ) : (
        <>
          <h3>{t('own:approval.changes')}</h3>
          <Differences visit={visit} here={around} before={current.definition} after={pending.definition} />
        </>
      )}
      <h3>{t('own:preview')}</h3>
      <OwnInput visit={visit} name={`preview-${field.id}`} definition={pending.definition} raw={{}} errors={{}} />
      {!officer ? null : pending.staff_id === visit.staff.id ? (
        <p>
          <strong>{t('own:approval.own')}</strong>
        </p>
      ) : (
        <form action={paths.fieldDecision(field.id)} method="post" class="td-form" novalidate>
          <VerbMarks visit={visit} />
          <input type="hidden" name="fassung" value={pending.version} />
          <TextArea
            t={t}
            id={id}
            name="grund"
            label={t('own:approval.reason', { label })}
            hint={t('own:approval.reasonHint')}
            value={visit.c.req.param('id') === field.id ? one(visit.input, 'grund') : ''}
            error={problems.find((problem) => problem.id === id)?.text}
            rows={2}
            maxLength={500}
          />
          <div class="td-toolbar">
            <Button name="urteil" value="freigabe">
              {t('own:approval.approve')}
            </Button>
            <Button variant="secondary" name="urteil" value="ablehnung">
              {t('own:approval.refuse')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

/** The officer decides; both ways have a reason, because both are read again when somebody asks (Art. 5 (2) DSGVO). */
export async function decideAct(visit: StaffVisit): Promise<Response> {
  const id = visit.c.req.param('id');
  if (!isId(id)) return notFound(visit);
  const { t, input } = visit;
  const why = one(input, 'grund').slice(0, 500);
  const decision = one(input, 'urteil') === 'freigabe' ? 'approved' : 'refused';
  const version = Number(one(input, 'fassung'));
  const wrong = (key: string) => ({
    kind: 'wrong' as const,
    problems: [{ id: `f-${id}-grund`, text: t(`own:approval.problem.${key}`) }],
  });
  const outcome = await once(visit, async (tx) => {
    const mayDecide = await isPrivacyOfficer(tx, visit.staff.id);
    if (!mayDecide) return { kind: 'not-found' };
    if (why === '') return wrong('reason');
    const decided = await decideField(tx, visit.actor, { id, version, decision, why });
    if (decided === 'own-proposal') return wrong('own');
    if (decided === 'changed') return wrong('changed');
    return { kind: decided === 'not-found' ? 'not-found' : 'done' };
  });
  if (outcome.kind === 'not-found') return notFound(visit);
  if (outcome.kind === 'wrong') return inTenant(visit, (tx) => approvalPage(visit, tx, outcome.problems));
  const ok = outcome.kind === 'unchanged' ? 'unveraendert' : decision === 'approved' ? 'freigegeben' : 'abgelehnt';
  return visit.c.redirect(withQuery(paths.fieldApproval, { ok }), 303);
}
