import { addDays, dayInGermany, isDay } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { endStandIn, nameStandIn } from '../../../modules/cases/index.ts';
import { circlesOf } from '../../../modules/contacts/index.ts';
import {
  allStaff,
  longestSubstitution,
  type Substitution,
  type SubstitutionCursor,
  substitutions,
} from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  Button,
  Checkbox,
  EmptyState,
  ErrorSummary,
  type FieldProblem,
  Form,
  fieldId,
  formatDate,
  Pagination,
  Select,
  Table,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { readDayNear } from '../near-day.ts';
import { below, paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { dropNamed } from '../together/keep-unsent.ts';
import { inTenant, queryText, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { DayLinks } from './links.tsx';

const size = 40;

function asCursor(text: string): SubstitutionCursor | undefined {
  const [untilDay, id] = text.split('_');
  return isDay(untilDay) && isId(id) ? { untilDay, id } : undefined;
}

/** Who stands in for whom, now and later; and the form that names somebody. */
async function substitutionPage(visit: StaffVisit, tx: Tx, problems: readonly FieldProblem[] = []): Promise<Response> {
  const { t } = visit;
  const isLead = visit.staff.role === 'lead';
  const of = isLead ? 'all' : { staffId: visit.staff.id };
  const { rows, next } = await substitutions(tx, of, asCursor(queryText(visit, 'nach')), size);
  const staff = await allStaff(tx);
  const circles = (await circlesOf(tx, visit.reader)).filter((each) => each.own).map((each) => each.name);
  if (isLead)
    await recordAudit(tx, visit.actor, {
      action: 'staff.substitutions-read',
      subjectType: 'staff',
      subjectId: 'all',
      detail: { rows: rows.length },
    });
  const done = ['benannt', 'beendet', 'unveraendert'].find((word) => word === visit.c.req.query('ok'));
  return show(
    visit,
    { title: t('myday:standIn.title'), active: 'today', status: problems.length > 0 ? 422 : 200 },
    <>
      {done === undefined ? null : <Alert tone="success" live title={t(`myday:standIn.done.${done}`)} />}
      <div class="td-title-row">
        <WithHelp visit={visit} of="substitution">
          <h1>{t('myday:standIn.title')}</h1>
        </WithHelp>
        <DayLinks visit={visit} active="standIn" />
      </div>
      <p>{t('myday:standIn.text')}</p>
      <p class="td-muted">{t('myday:standIn.limits')}</p>
      {rows.length === 0 ? <EmptyState title={t('myday:standIn.none')} /> : <Running visit={visit} rows={rows} />}
      <Pagination t={t} next={next && withQuery(paths.substitutions, { nach: `${next.untilDay}_${next.id}` })} />
      <h2 id="benennen">{t('myday:standIn.name')}</h2>
      <ErrorSummary t={t} problems={problems} />
      <NameForm visit={visit} staff={staff} problems={problems} circles={circles} />
    </>,
  );
}

const Running = ({ visit, rows }: { visit: StaffVisit; rows: readonly Substitution[] }) => {
  const { t, language } = visit;
  const mayEnd = (row: Substitution): boolean => visit.staff.role === 'lead' || row.absentId === visit.staff.id;
  return (
    <Table
      caption={t('myday:standIn.title')}
      rows={[...rows]}
      columns={[
        { header: t('myday:standIn.absent'), head: true, cell: (row: Substitution) => row.absentName },
        { header: t('myday:standIn.substitute'), cell: (row) => row.substituteName },
        {
          header: t('myday:standIn.days'),
          cell: (row) =>
            t('myday:standIn.range', {
              from: formatDate(row.fromDay, language),
              until: formatDate(row.untilDay, language),
            }),
        },
        {
          header: t('myday:column.act'),
          cell: (row) =>
            mayEnd(row) ? (
              <form action={paths.substitutionEnd(row.id)} method="post">
                <input type="hidden" name="csrf" value={visit.csrf} />
                <button
                  type="submit"
                  class="td-link-button"
                  aria-label={t('myday:standIn.endLabel', { absent: row.absentName, name: row.substituteName })}
                >
                  {t('myday:standIn.end')}
                </button>
              </form>
            ) : (
              ''
            ),
        },
      ]}
    />
  );
};

function NameForm(props: {
  visit: StaffVisit;
  staff: readonly { id: string; name: string }[];
  problems: readonly FieldProblem[];
  /** The reader's own circles, which they alone can open to a substitute. */
  circles: readonly string[];
}) {
  const { visit, staff, problems, circles } = props;
  const { t, language, input } = visit;
  const today = dayInGermany(visit.services.clock.now());
  const field = (name: string, otherwise = '') => ({
    t,
    name,
    label: t(`myday:standIn.${name}`),
    value: one(input, name) || otherwise,
    error: problems.find((problem) => problem.id === fieldId(name))?.text,
  });
  const isLead = visit.staff.role === 'lead';
  const options = staff.map((each) => ({ value: each.id, label: each.name }));
  return (
    <Form action={paths.substitutions} csrf={visit.csrf}>
      {isLead ? <Select {...field('absent', visit.staff.id)} options={options} /> : null}
      <Select
        {...field('substitute')}
        options={options.filter((each) => isLead || each.value !== visit.staff.id)}
        empty={t('workspace:verb.choose')}
        hint={t('myday:standIn.substituteHint')}
      />
      <div class="tw-fields">
        <TextField {...field('from', formatDate(today, language))} width="s" maxLength={20} />
        <TextField {...field('until', formatDate(addDays(today, 6), language))} width="s" maxLength={20} />
      </div>
      {circles.length === 0 ? null : (
        <Checkbox
          t={t}
          name="kreise"
          value="ja"
          optional
          label={t('contacts:standIn', { circles: circles.join(', ') })}
          hint={t('contacts:standInHint')}
          checked={one(input, 'kreise') === 'ja'}
        />
      )}
      <Button>{t('myday:standIn.send')}</Button>
    </Form>
  );
}

async function name(visit: StaffVisit): Promise<Response> {
  const { t, input, staff } = visit;
  const [fromDay, untilDay] = [readDayNear(visit, one(input, 'from')), readDayNear(visit, one(input, 'until'))];
  const absentId = staff.role === 'lead' ? one(input, 'absent') : staff.id;
  const substituteId = one(input, 'substitute');
  const problem = (field: string, key: string): FieldProblem => ({
    id: fieldId(field),
    text: t(`myday:standIn.problem.${key}`, { days: longestSubstitution }),
  });
  const problems = [
    ...(isId(absentId) ? [] : [problem('absent', 'nobody')]),
    ...(isId(substituteId) ? [] : [problem('substitute', 'nobody')]),
    ...(fromDay === undefined ? [problem('from', 'day')] : []),
    ...(untilDay === undefined ? [problem('until', 'day')] : []),
  ];
  const again = (found: readonly FieldProblem[]) => inTenant(visit, (tx) => substitutionPage(visit, tx, found));
  if (problems.length > 0 || fromDay === undefined || untilDay === undefined) return again(problems);
  const circles = one(input, 'kreise') === 'ja';
  const outcome = await inTenant(visit, async (tx) => {
    const named = await nameStandIn(tx, visit.actor, { absentId, substituteId, fromDay, untilDay, circles });
    if (named.kind !== 'refused') await dropNamed(tx, visit);
    return named;
  });
  if (outcome.kind === 'refused') return again([problem(outcome.why === 'days' ? 'until' : 'substitute', outcome.why)]);
  const ok = outcome.kind === 'named' ? 'benannt' : 'unveraendert';
  return visit.c.redirect(withQuery(paths.substitutions, { ok }), 303);
}

async function end(visit: StaffVisit): Promise<Response> {
  const id = visit.c.req.param('id');
  if (!isId(id)) return notFound(visit);
  const outcome = await inTenant(visit, (tx) => endStandIn(tx, visit.actor, id));
  if (outcome === 'not-found') return notFound(visit);
  const ok = outcome === 'ended' ? 'beendet' : 'unveraendert';
  return visit.c.redirect(withQuery(paths.substitutions, { ok }), 303);
}

export const substitutionRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.substitutions),
    access: 'staff',
    audit: { records: 'staff.substitutions-read where a lead reads all' },
    handle: { page: (visit, tx) => substitutionPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.substitutions),
    access: 'staff',
    audit: { records: 'staff.substitute-named' },
    handle: { act: name },
  },
  {
    method: 'POST',
    path: below(paths.substitutionEnd(':id')),
    access: 'staff',
    audit: { records: 'staff.substitution-ended' },
    handle: { act: end },
  },
];
