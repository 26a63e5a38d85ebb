import { isId } from '../../../kernel/ids.ts';
import {
  addContact,
  addEmployer,
  type ContactKept,
  changeEmployer,
  confirmContact,
  deleteContact,
  type EmployerKept,
  type EmployersMerged,
  mergeEmployers,
  separateEmployer,
} from '../../../modules/employers/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { BackLink, ErrorSummary, type FieldProblem, fieldId } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { type Outcome, once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { employerForm } from './form.tsx';
import { type doneWords, employerFormId, employerId, employerPage } from './page.tsx';
import { contactField, freshContact } from './people.tsx';
import { contactOf, employerOf } from './said.ts';

/** The form for one that is not in the list yet. */
export async function newEmployerPage(
  visit: StaffVisit,
  tx: Tx,
  problems: readonly FieldProblem[] = [],
): Promise<Response> {
  const { t } = visit;
  const said = employerOf(visit.input);
  return show(
    visit,
    { title: t('employers:new'), active: 'employers', status: problems.length > 0 ? 422 : 200 },
    <>
      <BackLink href={paths.employers}>{t('employers:title')}</BackLink>
      <ErrorSummary t={t} problems={problems} />
      <WithHelp visit={visit} of="employer">
        <h1>{t('employers:new')}</h1>
      </WithHelp>
      {await employerForm(tx, { visit, action: paths.employerNew, said, problems, button: t('employers:add') })}
    </>,
  );
}

type Wrong = Extract<Outcome, { kind: 'wrong' }>;

/** What is wrong with what was typed about an employer, or what somebody else wrote there meanwhile. */
async function employerProblems(tx: Tx, visit: StaffVisit, kept: EmployerKept): Promise<Wrong | undefined> {
  const { t } = visit;
  if (kept.kind === 'wrong')
    return { kind: 'wrong', problems: [{ id: fieldId(kept.field), text: t(`employers:problem.${kept.field}`) }] };
  if (kept.kind === 'merged')
    return { kind: 'wrong', problems: [{ id: 'inhalt', text: t('employers:problem.merged') }] };
  if (kept.kind !== 'conflict') return undefined;
  const staff = await allStaff(tx);
  const nameOf = (id: string): string => staff.find((each) => each.id === id)?.name ?? '';
  const { now } = kept;
  const words = {
    kind: t(`employers:kind.${now.kind}`),
    name: now.name,
    place: now.place,
    sector: now.sector === '' ? '' : t(`employers:sector.${now.sector}`),
    wants: now.wants,
    carerId: nameOf(now.carerId),
  };
  const problems = kept.fields.map((field) => ({
    id: fieldId(field),
    text: t('employers:problem.meanwhile', {
      name: nameOf(now.changedBy),
      field: t(`employers:field.${field}`),
      theirs: words[field] || t('employers:nothing'),
    }),
  }));
  return { kind: 'wrong', problems };
}

/** Keeps a new one, and leads to its page. */
export async function addEmployerAct(visit: StaffVisit): Promise<Response> {
  let added = '';
  const outcome = await once(visit, async (tx) => {
    const kept = await addEmployer(tx, visit, employerOf(visit.input));
    const wrong = await employerProblems(tx, visit, kept);
    if (wrong !== undefined) return wrong;
    if (kept.kind === 'done') added = kept.id;
    return { kind: 'done' };
  });
  if (outcome.kind === 'wrong') return inTenant(visit, (tx) => newEmployerPage(visit, tx, outcome.problems));
  return visit.c.redirect(added === '' ? paths.employers : withQuery(paths.employer(added), { ok: 'neu' }), 303);
}

type Done = (typeof doneWords)[number];

/** A verb of the page of an employer. `form`: the form in which it is said what is wrong. */
const act =
  (done: Done, form: (visit: StaffVisit) => string, attempt: (tx: Tx, visit: StaffVisit) => Promise<Outcome>) =>
  async (visit: StaffVisit): Promise<Response> => {
    const id = employerId(visit);
    if (!isId(id)) return notFound(visit);
    const outcome = await once(visit, (tx) => attempt(tx, visit));
    if (outcome.kind === 'not-found') return notFound(visit);
    if (outcome.kind === 'wrong')
      return inTenant(visit, (tx) => employerPage(visit, tx, { id: form(visit), problems: outcome.problems }));
    return visit.c.redirect(
      withQuery(paths.employer(id), { ok: outcome.kind === 'done' ? done : 'unveraendert' }),
      303,
    );
  };

const ofPage = (): string => employerFormId;
const contactId = (visit: StaffVisit): string => visit.c.req.param('person') ?? freshContact;

export const changeEmployerAct = act('geaendert', ofPage, async (tx, visit) => {
  const said = { opened: employerOf(visit.input, true), mine: employerOf(visit.input) };
  const kept = await changeEmployer(tx, visit, employerId(visit), said);
  const wrong = await employerProblems(tx, visit, kept);
  if (wrong !== undefined) return wrong;
  return { kind: kept.kind === 'not-found' || kept.kind === 'unchanged' ? kept.kind : 'done' };
});

function contactOutcome(visit: StaffVisit, kept: ContactKept): Outcome {
  const { t } = visit;
  const at = (name: string): string => contactField(contactId(visit), name);
  if (kept.kind === 'wrong')
    return { kind: 'wrong', problems: [{ id: at(kept.field), text: t(`employers:problem.contact.${kept.field}`) }] };
  if (kept.kind !== 'conflict') return { kind: kept.kind };
  const problems = kept.fields.map((field) => ({
    id: at(field),
    text: t('employers:problem.meanwhileContact', {
      field: t(`employers:contact.${field}`),
      theirs: kept.now[field] || t('employers:nothing'),
    }),
  }));
  return { kind: 'wrong', problems };
}

export const addPersonAct = act('mensch', contactId, async (tx, visit) =>
  contactOutcome(visit, await addContact(tx, visit, employerId(visit), contactOf(visit.input))),
);

export const changePersonAct = act('mensch', contactId, async (tx, visit) => {
  const id = contactId(visit);
  if (!isId(id)) return { kind: 'not-found' };
  const said = { opened: contactOf(visit.input, true), mine: contactOf(visit.input) };
  return contactOutcome(visit, await confirmContact(tx, visit, employerId(visit), id, said));
});

export const deletePersonAct = act('geloescht', contactId, async (tx, visit) => {
  const id = contactId(visit);
  return isId(id)
    ? contactOutcome(visit, await deleteContact(tx, visit, employerId(visit), id))
    : { kind: 'not-found' };
});

const merged = (visit: StaffVisit, { kind }: EmployersMerged): Outcome =>
  kind === 'taken'
    ? { kind: 'wrong', problems: [{ id: 'inhalt', text: visit.t('employers:problem.taken') }] }
    : { kind };

export const mergeAct = act('zusammen', ofPage, async (tx, visit) => {
  const drop = one(visit.input, 'andere');
  if (!isId(drop)) return { kind: 'not-found' };
  return merged(visit, await mergeEmployers(tx, visit, { keep: employerId(visit), drop }));
});

export const separateAct = act('getrennt', ofPage, async (tx, visit) =>
  merged(visit, await separateEmployer(tx, visit, employerId(visit))),
);
