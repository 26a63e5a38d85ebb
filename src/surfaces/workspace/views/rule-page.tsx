import { dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import { allTeams, type Team } from '../../../modules/settings/index.ts';
import {
  arrange,
  type BlockRule,
  changeRule,
  firstVerbs,
  isWorkView,
  type RuleVersion,
  ruleInForce,
  ruleVersions,
  shippedBlocks,
  shownAs,
  type WorkView,
} from '../../../modules/views/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  BackLink,
  Button,
  ErrorSummary,
  type FieldProblem,
  Form,
  fieldId,
  formatDate,
  formatDateTime,
  Select,
  Table,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { blocks } from '../case/blocks/index.ts';
import { barVerbs } from '../case/verb-bar.tsx';
import { newCommand } from '../case/verb-marks.tsx';
import { type Verb, verbKeys } from '../case/view.ts';
import { type Outcome, once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { parseDay } from '../parse.ts';
import { paths, withQuery } from '../paths.ts';
import { byPlaces, shownOrder } from '../places.ts';
import { show } from '../shell.tsx';
import { inTenant, queryText, type StaffVisit } from '../visit.ts';
import { versionWords } from './version-words.tsx';

const names = blocks.map((block) => block.name);
/** The choice that stands for all teams. */
const everywhere = 'alle';

const wantedView = (visit: StaffVisit): WorkView | undefined => {
  const view = visit.c.req.param('view') ?? '';
  return isWorkView(view) ? view : undefined;
};

/** What a view shows: now, and in every version before; a lead changes it with one more version. */
export async function viewPage(visit: StaffVisit, tx: Tx, problems: readonly FieldProblem[] = []): Promise<Response> {
  const view = wantedView(visit);
  if (view === undefined) return notFound(visit);
  const { t } = visit;
  const versions = await ruleVersions(tx, view);
  const teams = await allTeams(tx);
  const now = ruleInForce(versions, { teamId: null, today: dayInGermany(tx.now) });
  const shown = arrange(now?.blocks ?? shippedBlocks[view], names);
  const staff = new Map((await allStaff(tx)).map((each) => [each.id, each.name]));
  const ok = (['geaendert', 'nachgerueckt'] as const).find((word) => word === visit.c.req.query('ok'));
  return show(
    visit,
    { title: `${t(`views:view.${view}`)} – ${t('views:rule.title')}`, status: problems.length > 0 ? 422 : 200 },
    <>
      <BackLink href={paths.workViews}>{t('views:rule.title')}</BackLink>
      {ok === undefined ? null : (
        <Alert tone="success" live title={t('views:rule.done')}>
          {ok === 'nachgerueckt' ? <p>{t('views:rule.followed')}</p> : null}
        </Alert>
      )}
      <WithHelp visit={visit} of="work-view-rules">
        <h1>{t('views:rule.of', { view: t(`views:view.${view}`) })}</h1>
      </WithHelp>
      <p>{t(`views:about.${view}`)}</p>
      <section class="tw-panel" aria-labelledby="now">
        <h2 id="now">{t('views:rule.now')}</h2>
        <p class="td-muted">{now === undefined ? t('views:rule.shipped') : versionWords(visit, now)}</p>
        <ol>
          {shown.map((each) => (
            <li>{blockWords(visit, each)}</li>
          ))}
        </ol>
        <p>{verbWords(visit, firstVerbs(view, now))}</p>
      </section>
      {visit.staff.role === 'lead' ? (
        <Change
          visit={visit}
          view={view}
          versions={versions}
          teams={teams}
          shown={shown}
          first={firstVerbs(view, now)}
          problems={problems}
        />
      ) : (
        <p class="td-muted">{t('views:rule.leadOnly')}</p>
      )}
      <History visit={visit} view={view} versions={versions} teams={teams} staff={staff} />
    </>,
  );
}

const titleOf = ({ t }: StaffVisit, name: string): string => {
  const block = blocks.find((each) => each.name === name);
  return block === undefined ? name : t(block.title);
};
const blockWords = (visit: StaffVisit, { block, shown }: BlockRule): string =>
  `${titleOf(visit, block)}: ${visit.t(`views:shown.${shown}`)}`;

const verbTitle = ({ t }: StaffVisit, verb: Verb): string => t(`workspace:verb.${verb}.title`);

/** The verbs that stand first, in one line; a verb that a later release does not know any more is left out. */
const verbWords = (visit: StaffVisit, first: readonly string[]): string =>
  visit.t('views:rule.firstVerbs', {
    verbs: first
      .flatMap((name) => barVerbs.find((verb) => verb === name) ?? [])
      .map((verb) => verbTitle(visit, verb))
      .join(', '),
  });

type Parts = {
  readonly visit: StaffVisit;
  readonly view: WorkView;
  readonly versions: readonly RuleVersion[];
  readonly teams: readonly Team[];
};

/** The form of the next version; it begins with what holds now, or with an earlier version that should come back. */
function Change(
  props: Parts & { shown: readonly BlockRule[]; first: readonly string[]; problems: readonly FieldProblem[] },
) {
  const { visit, view, versions, teams, problems } = props;
  const { t, language } = visit;
  const again = versions.find((each) => each.id === queryText(visit, 'wie'));
  const start = again === undefined ? props.shown : arrange(again.blocks, names);
  const first = again === undefined ? props.first : firstVerbs(view, again);
  const errorOf = (name: string) => problems.find((each) => each.id === fieldId(name))?.text;
  const typed = (name: string, otherwise: string): string => one(visit.input, name) || otherwise;
  const today = formatDate(dayInGermany(visit.services.clock.now()), language);
  return (
    <section class="tw-panel" aria-labelledby="change" id="aendern">
      <h2 id="change">{t('views:rule.change')}</h2>
      <ErrorSummary t={t} problems={problems} />
      {again === undefined ? null : <p>{t('views:rule.again', { version: again.version })}</p>}
      <Form
        action={paths.workView(view)}
        csrf={visit.csrf}
        hidden={{
          command: newCommand(visit),
          gezeigt: shownOrder(
            one(visit.input, 'gezeigt'),
            start.map(({ block }) => block),
          ).join(' '),
          gezeigteKnoepfe: typed('gezeigteKnoepfe', first.join(' ')),
        }}
        versions={{ stand: typed('stand', String(versions[0]?.version ?? 0)) }}
      >
        {start.map(({ block, shown }, index) => (
          <div class="tw-fields">
            <Select
              t={t}
              name={`zeigt-${block}`}
              label={titleOf(visit, block)}
              value={typed(`zeigt-${block}`, shown)}
              options={shownAs.map((value) => ({ value, label: t(`views:shown.${value}`) }))}
            />
            <TextField
              t={t}
              name={`platz-${block}`}
              label={t('views:rule.place', { block: titleOf(visit, block) })}
              value={typed(`platz-${block}`, String(index + 1))}
              error={errorOf(`platz-${block}`)}
              inputMode="numeric"
              width="xs"
              maxLength={2}
            />
          </div>
        ))}
        <FirstVerbs visit={visit} first={first} errorOf={errorOf} />
        <Select
          t={t}
          name="bereich"
          label={t('views:rule.scope')}
          hint={t('views:rule.scopeHint')}
          value={typed('bereich', everywhere)}
          error={errorOf('bereich')}
          options={[
            { value: everywhere, label: t('views:rule.everywhere') },
            ...teams.map((team) => ({ value: team.id, label: t('views:rule.team', { team: team.name }) })),
          ]}
        />
        <TextField
          t={t}
          name="ab"
          label={t('views:rule.from')}
          value={typed('ab', today)}
          error={errorOf('ab')}
          width="s"
          maxLength={20}
        />
        <TextArea
          t={t}
          name="grund"
          label={t('views:rule.reason')}
          hint={t('views:rule.reasonHint')}
          value={one(visit.input, 'grund')}
          error={errorOf('grund')}
          rows={2}
          maxLength={500}
        />
        <Button>{t('views:rule.save')}</Button>
      </Form>
    </section>
  );
}

/** A number for each verb that stands first; the others go under "more". An empty field that was sent stays empty. */
function FirstVerbs(props: {
  readonly visit: StaffVisit;
  readonly first: readonly string[];
  readonly errorOf: (name: string) => string | undefined;
}) {
  const { visit, first, errorOf } = props;
  const { t } = visit;
  const sent = visit.input['stand'] !== undefined;
  const place = (verb: Verb): string => (first.includes(verb) ? String(first.indexOf(verb) + 1) : '');
  return (
    <fieldset class="tw-lines" id="verben">
      <legend class="kern-label">{t('views:rule.verbs')}</legend>
      <p class="td-muted">{t('views:rule.verbsHint')}</p>
      <div class="tw-fields">
        {barVerbs.map((verb) => (
          <TextField
            t={t}
            name={`knopf-${verb}`}
            label={`${verbTitle(visit, verb)} (${verbKeys[verb]})`}
            value={sent ? one(visit.input, `knopf-${verb}`) : place(verb)}
            error={errorOf(`knopf-${verb}`)}
            optional
            mark="none"
            inputMode="numeric"
            width="xs"
            maxLength={2}
          />
        ))}
      </div>
    </fieldset>
  );
}

function History({ visit, view, versions, teams, staff }: Parts & { staff: ReadonlyMap<string, string> }) {
  const { t, language } = visit;
  const scope = (id: string | null): string =>
    id === null ? t('views:rule.everywhere') : (teams.find((team) => team.id === id)?.name ?? t('views:rule.teamGone'));
  return (
    <section class="tw-panel" aria-labelledby="versions">
      <h2 id="versions">{t('views:rule.versions')}</h2>
      {versions.length === 0 ? (
        <p>{t('views:rule.none')}</p>
      ) : (
        <Table
          caption={t('views:rule.versions')}
          rows={versions}
          columns={[
            { header: t('views:rule.number'), head: true, cell: (row) => versionWords(visit, row) },
            { header: t('views:rule.scope'), cell: (row) => scope(row.teamId) },
            {
              header: t('views:rule.who'),
              cell: (row) => `${staff.get(row.madeBy) ?? ''}, ${formatDateTime(row.madeAt, language, t)}`,
            },
            { header: t('views:rule.reason'), cell: (row) => row.reason },
            {
              header: t('views:rule.what'),
              cell: (row) => (
                <details>
                  <summary>{t('views:rule.show')}</summary>
                  <ol>
                    {row.blocks.map((each) => (
                      <li>{blockWords(visit, each)}</li>
                    ))}
                  </ol>
                  <p>{verbWords(visit, firstVerbs(view, row))}</p>
                  {visit.staff.role === 'lead' ? (
                    <a href={`${withQuery(paths.workView(view), { wie: row.id })}#aendern`}>
                      {t('views:rule.like', { version: row.version })}
                    </a>
                  ) : null}
                </details>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}

type Read<T> = { readonly said: readonly T[]; readonly problems: FieldProblem[]; readonly followed: boolean };

/** The blocks as the form orders them: by their numbers. */
function readBlocks(visit: StaffVisit): Read<BlockRule> {
  const placed = byPlaces(
    shownOrder(one(visit.input, 'gezeigt'), names),
    names.map((name) => ({ name, place: one(visit.input, `platz-${name}`).trim() })),
    names.length,
  );
  const said = placed.order.map((block) => ({
    block,
    shown: shownAs.find((each) => each === one(visit.input, `zeigt-${block}`)) ?? 'open',
  }));
  const problem = (
    field: string,
    key: string,
    words: Readonly<Record<string, string | number>> = {},
  ): FieldProblem => ({
    id: fieldId(field),
    text: visit.t(`views:problem.${key}`, words),
  });
  const problems = [
    ...placed.wrong.map((block) =>
      problem(`platz-${block}`, 'place', { block: titleOf(visit, block), most: names.length }),
    ),
    ...placed.same.map(({ name, other, place }) =>
      problem(`platz-${name}`, 'same', { block: titleOf(visit, name), other: titleOf(visit, other), place }),
    ),
    ...(said.some((each) => each.shown === 'open') ? [] : [problem(`zeigt-${names[0]}`, 'noneOpen')]),
  ];
  return { said, problems, followed: placed.followed };
}

/** The verbs with a number, in the order of their numbers. */
function readVerbs(visit: StaffVisit): Read<Verb> {
  const rows = barVerbs
    .map((name) => ({ name, place: one(visit.input, `knopf-${name}`).trim() }))
    .filter(({ place }) => place !== '');
  const shown = one(visit.input, 'gezeigteKnoepfe').split(' ');
  const placed = byPlaces(
    shown.flatMap((each) => barVerbs.find((verb) => verb === each) ?? []),
    rows,
    99,
  );
  const problem = (verb: Verb | undefined, key: string, words: Readonly<Record<string, string | number>> = {}) => ({
    id: fieldId(`knopf-${verb}`),
    text: visit.t(`views:problem.${key}`, verb === undefined ? words : { verb: verbTitle(visit, verb), ...words }),
  });
  const problems = [
    ...placed.wrong.map((verb) => problem(verb, 'verb')),
    ...placed.same.map(({ name, other, place }) =>
      problem(name, 'sameVerb', { other: verbTitle(visit, other), place }),
    ),
    ...(rows.length === 0 ? [problem(barVerbs[0], 'noneFirst')] : []),
  ];
  return { said: placed.order, problems, followed: placed.followed };
}

async function attempt(tx: Tx, visit: StaffVisit, view: WorkView): Promise<Outcome & { readonly followed?: boolean }> {
  const { t } = visit;
  const [wanted, first] = [readBlocks(visit), readVerbs(visit)];
  const problems = [...wanted.problems, ...first.problems];
  const problem = (name: string, key: string): FieldProblem => ({ id: fieldId(name), text: t(`views:problem.${key}`) });
  const validFrom = parseDay(one(visit.input, 'ab'));
  const scope = one(visit.input, 'bereich');
  const reason = one(visit.input, 'grund').slice(0, 500).trim();
  if (scope !== everywhere && !isId(scope)) problems.push(problem('bereich', 'scope'));
  if (validFrom === undefined) problems.push(problem('ab', 'day'));
  if (reason === '') problems.push(problem('grund', 'reason'));
  if (problems.length > 0 || validFrom === undefined) return { kind: 'wrong', problems };
  const stand = one(visit.input, 'stand');
  const outcome = await changeRule(tx, visit, {
    view,
    blocks: [...wanted.said],
    verbs: [...first.said],
    validFrom,
    teamId: scope === everywhere ? null : scope,
    reason,
    seen: /^\d{1,9}$/.test(stand) ? Number(stand) : -1,
  });
  if (outcome.kind === 'past') return { kind: 'wrong', problems: [problem('ab', 'past')] };
  if (outcome.kind === 'wrong') return { kind: 'wrong', problems: [problem('bereich', 'scope')] };
  if (outcome.kind === 'changed-meanwhile')
    return { kind: 'wrong', problems: [{ id: 'versions', text: t('views:problem.meanwhile') }] };
  return { kind: outcome.kind, followed: wanted.followed };
}

export async function changeAct(visit: StaffVisit): Promise<Response> {
  const view = wantedView(visit);
  if (view === undefined || visit.staff.role !== 'lead') return notFound(visit);
  let ok = 'geaendert';
  const outcome = await once(visit, async (tx) => {
    const tried = await attempt(tx, visit, view);
    if (tried.followed === true) ok = 'nachgerueckt';
    return tried;
  });
  if (outcome.kind === 'not-found') return notFound(visit);
  if (outcome.kind === 'wrong') {
    const meanwhile = outcome.problems.some((each) => each.id === 'versions');
    // Who has now read that there is a newer version may send the form once more.
    const seen = meanwhile ? { ...visit, input: { ...visit.input, stand: '' } } : visit;
    return inTenant(visit, (tx) => viewPage(seen, tx, outcome.problems));
  }
  return visit.c.redirect(withQuery(paths.workView(view), { ok }), 303);
}
