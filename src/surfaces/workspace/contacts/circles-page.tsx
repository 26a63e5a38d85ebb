import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import {
  type Circle,
  type CircleMember,
  type CircleOutcome,
  type CircleStandIn,
  circleMembers,
  circlesOf,
  closeCircle,
  foundCircle,
  type KnownCircle,
  knownCircles,
  leaveCircle,
  openToStandIn,
  standInsOfCircle,
  takeIntoCircle,
} from '../../../modules/contacts/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  Button,
  CheckboxGroup,
  EmptyState,
  ErrorSummary,
  type FieldProblem,
  fieldId,
  formatDate,
  type Option,
  Select,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';

const doneWords = ['gegruendet', 'aufgenommen', 'ausgetreten', 'geschlossen', 'geoeffnet', 'unveraendert'] as const;
const house = (visit: StaffVisit) => ({ actor: visit.actor, role: visit.staff.role });

/** The circles somebody belongs to, with their members; for a lead also the names of the others, and the form that founds one. */
export async function circlesPage(
  visit: StaffVisit,
  tx: Tx,
  problems: readonly FieldProblem[] = [],
): Promise<Response> {
  const { t } = visit;
  const staff = (await allStaff(tx)).map((each) => ({ value: each.id, label: each.name }));
  const own: { circle: Circle; members: CircleMember[]; standIns: CircleStandIn[] }[] = [];
  for (const circle of (await circlesOf(tx, visit.reader)).filter((each) => each.own)) {
    const members = (await circleMembers(tx, visit.staff.id, circle.id)) ?? [];
    own.push({ circle, members, standIns: await standInsOfCircle(tx, circle.id) });
    await recordAudit(tx, visit.actor, {
      action: 'circle.members-read',
      subjectType: 'circle',
      subjectId: circle.id,
      detail: { members: members.length },
    });
  }
  const others = (await knownCircles(tx, house(visit))).filter(
    (each) => !own.some(({ circle }) => circle.id === each.id),
  );
  const ok = doneWords.find((word) => word === visit.c.req.query('ok'));
  return show(
    visit,
    { title: t('contacts:circle.titleAll'), status: problems.length > 0 ? 422 : 200 },
    <>
      {ok === undefined ? null : <Alert tone="success" live title={t(`contacts:circle.done.${ok}`)} />}
      <WithHelp visit={visit} of="circles">
        <h1>{t('contacts:circle.titleAll')}</h1>
      </WithHelp>
      <ErrorSummary t={t} problems={problems} />
      <p>{t('contacts:circle.text')}</p>
      {own.length === 0 ? <EmptyState title={t('contacts:circle.none')} /> : null}
      {own.map((each) => (
        <OwnCircle visit={visit} {...each} staff={staff} problems={problems} />
      ))}
      {others.length === 0 ? null : <OtherCircles visit={visit} circles={others} staff={staff} problems={problems} />}
      {visit.staff.role === 'lead' ? <Found visit={visit} staff={staff} problems={problems} /> : null}
    </>,
  );
}

type Problems = { readonly problems: readonly FieldProblem[] };

const errorOf = (problems: readonly FieldProblem[], name: string): string | undefined =>
  problems.find((each) => each.id === fieldId(name))?.text;

/** Takes somebody into a circle. */
const TakeIn = (props: { visit: StaffVisit; circleId: string; name: string; staff: readonly Option[] } & Problems) => {
  const { visit, circleId, name, staff, problems } = props;
  const { t } = visit;
  const field = `staff-${circleId}`;
  return (
    <form action={paths.circleMembers(circleId)} method="post" class="td-form td-form--inline" novalidate>
      <VerbMarks visit={visit} />
      <Select
        t={t}
        id={fieldId(field)}
        name="staff"
        label={t('contacts:circle.takeIn', { circle: name })}
        value={visit.c.req.param('id') === circleId ? one(visit.input, 'staff') : ''}
        empty={t('workspace:verb.choose')}
        options={staff}
        error={errorOf(problems, field)}
      />
      <Button variant="secondary">{t('contacts:circle.takeInSend')}</Button>
    </form>
  );
};

const CloseForm = ({ visit, id, name }: { visit: StaffVisit; id: string; name: string }) => (
  <form action={paths.circleEnd(id)} method="post">
    <VerbMarks visit={visit} />
    <button type="submit" class="td-link-button" aria-label={visit.t('contacts:circle.closeLabel', { circle: name })}>
      {visit.t('contacts:circle.close')}
    </button>
  </form>
);

type OwnProps = {
  readonly visit: StaffVisit;
  readonly circle: Circle;
  readonly members: readonly CircleMember[];
  readonly standIns: readonly CircleStandIn[];
  readonly staff: readonly Option[];
} & Problems;

function OwnCircle({ visit, circle, members, standIns, staff, problems }: OwnProps) {
  const { t, language } = visit;
  const now = members.filter((each) => each.leftAt === null);
  return (
    <section class="tw-panel" aria-labelledby={`kreis-${circle.id}`}>
      <h2 id={`kreis-${circle.id}`}>{circle.name}</h2>
      {circle.closed ? <p>{t('contacts:circle.isClosed')}</p> : null}
      <ul class="tw-open">
        {members.map((each) => (
          <li>
            <span>
              <strong>{each.name}</strong>
              <span class="tw-sub">
                {t('contacts:circle.since', { date: formatDate(each.joinedAt, language), name: each.joinedBy })}
                {each.leftAt === null
                  ? null
                  : ` · ${t('contacts:circle.until', { date: formatDate(each.leftAt, language), name: each.leftBy ?? '' })}`}
              </span>
            </span>
            {each.leftAt === null && now.length > 1 && !circle.closed ? (
              <form action={paths.circleLeave(circle.id, each.staffId)} method="post">
                <VerbMarks visit={visit} />
                <button
                  type="submit"
                  class="td-link-button"
                  aria-label={t('contacts:circle.leaveLabel', { name: each.name, circle: circle.name })}
                >
                  {t('contacts:circle.leave')}
                </button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
      {standIns.length === 0 ? null : <StandIns visit={visit} circle={circle} standIns={standIns} />}
      {circle.closed ? null : (
        <>
          <TakeIn
            visit={visit}
            circleId={circle.id}
            name={circle.name}
            staff={staff.filter(({ value }) => !now.some((each) => each.staffId === value))}
            problems={problems}
          />
          <CloseForm visit={visit} id={circle.id} name={circle.name} />
        </>
      )}
    </section>
  );
}

/** Who stands in for a member: one step lets them read along until it is over. */
const StandIns = (props: { visit: StaffVisit; circle: Circle; standIns: readonly CircleStandIn[] }) => {
  const { visit, circle, standIns } = props;
  const { t, language } = visit;
  return (
    <ul class="tw-open">
      {standIns.map((each) => {
        const names = { absent: each.absentName, name: each.substituteName, date: formatDate(each.untilDay, language) };
        return (
          <li>
            <span>
              {t('contacts:circle.standIn', names)}
              {each.open ? <span class="tw-sub">{t('contacts:circle.standInReads')}</span> : null}
            </span>
            {each.open ? null : (
              <form action={paths.circleStandIn(circle.id)} method="post">
                <VerbMarks visit={visit} />
                <input type="hidden" name="vertretung" value={each.id} />
                <Button small variant="secondary">
                  {t('contacts:circle.standInOpen')}
                  <span class="kern-sr-only">
                    {' '}
                    {each.substituteName}, {circle.name}
                  </span>
                </Button>
              </form>
            )}
          </li>
        );
      })}
    </ul>
  );
};

type OtherProps = {
  readonly visit: StaffVisit;
  readonly circles: readonly KnownCircle[];
  readonly staff: readonly Option[];
} & Problems;

/** Circles of others, for a lead: their names alone. */
const OtherCircles = ({ visit, circles, staff, problems }: OtherProps) => (
  <section class="tw-panel" aria-labelledby="andere">
    <h2 id="andere">{visit.t('contacts:circle.others')}</h2>
    <ul class="tw-open">
      {circles.map((each) => (
        <li>
          <span>
            <strong>{each.name}</strong>
            {each.deserted ? <span class="tw-sub">{visit.t('contacts:circle.deserted')}</span> : null}
          </span>
          {each.deserted ? (
            <TakeIn visit={visit} circleId={each.id} name={each.name} staff={staff} problems={problems} />
          ) : null}
          <CloseForm visit={visit} id={each.id} name={each.name} />
        </li>
      ))}
    </ul>
  </section>
);

function Found({ visit, staff, problems }: { visit: StaffVisit; staff: readonly Option[] } & Problems) {
  const { t } = visit;
  const chosen = [visit.input['mitglieder'] ?? []].flat();
  return (
    <section class="tw-panel" aria-labelledby="gruenden">
      <h2 id="gruenden">{t('contacts:circle.found')}</h2>
      <p class="td-muted">{t('contacts:circle.foundText')}</p>
      <form action={paths.circles} method="post" class="td-form" novalidate>
        <VerbMarks visit={visit} />
        <TextField
          t={t}
          name="name"
          label={t('contacts:circle.name')}
          hint={t('contacts:circle.nameHint')}
          value={one(visit.input, 'name')}
          maxLength={80}
          error={errorOf(problems, 'name')}
        />
        <CheckboxGroup
          t={t}
          name="mitglieder"
          label={t('contacts:circle.members')}
          options={staff}
          values={chosen}
          error={errorOf(problems, 'mitglieder')}
        />
        <Button>{t('contacts:circle.foundSend')}</Button>
      </form>
    </section>
  );
}

type Refusal = Extract<CircleOutcome, { kind: 'refused' }>['why'];

const act =
  (
    done: (typeof doneWords)[number],
    fieldOf: (visit: StaffVisit, why: Refusal) => string,
    attempt: (tx: Tx, visit: StaffVisit) => Promise<CircleOutcome>,
  ) =>
  async (visit: StaffVisit): Promise<Response> => {
    const outcome = await once(visit, async (tx) => {
      const tried = await attempt(tx, visit);
      if (tried.kind !== 'refused') return tried;
      const id = fieldId(fieldOf(visit, tried.why));
      return { kind: 'wrong', problems: [{ id, text: visit.t(`contacts:circle.problem.${tried.why}`) }] };
    });
    if (outcome.kind === 'not-found') return notFound(visit);
    if (outcome.kind === 'wrong') return inTenant(visit, (tx) => circlesPage(visit, tx, outcome.problems));
    return visit.c.redirect(withQuery(paths.circles, { ok: outcome.kind === 'done' ? done : 'unveraendert' }), 303);
  };

const circleId = (visit: StaffVisit): string => visit.c.req.param('id') ?? '';
const staffField = (visit: StaffVisit): string => `staff-${circleId(visit)}`;
const missing: CircleOutcome = { kind: 'not-found' };

export const foundAct = act(
  'gegruendet',
  (_, why) => (why === 'nobody' ? 'mitglieder' : 'name'),
  (tx, visit) =>
    foundCircle(tx, house(visit), one(visit.input, 'name'), [visit.input['mitglieder'] ?? []].flat().filter(isId)),
);
export const takeInAct = act('aufgenommen', staffField, async (tx, visit) =>
  isId(circleId(visit)) ? takeIntoCircle(tx, house(visit), circleId(visit), one(visit.input, 'staff')) : missing,
);
export const leaveAct = act('ausgetreten', staffField, async (tx, visit) => {
  const staffId = visit.c.req.param('staff');
  if (!isId(circleId(visit)) || !isId(staffId)) return missing;
  return leaveCircle(tx, house(visit), circleId(visit), staffId);
});
/** Lets somebody read along who stands in for a member, as long as that lasts. */
export const openAct = act('geoeffnet', staffField, async (tx, visit) => {
  const id = one(visit.input, 'vertretung');
  return isId(circleId(visit)) && isId(id) ? openToStandIn(tx, house(visit), circleId(visit), id) : missing;
});
export const closeAct = act('geschlossen', staffField, async (tx, visit) =>
  isId(circleId(visit)) ? closeCircle(tx, house(visit), circleId(visit)) : missing,
);
