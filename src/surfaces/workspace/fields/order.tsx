import { isId } from '../../../kernel/ids.ts';
import {
  entriesOf,
  fieldsOfSpot,
  inLanguage,
  isOwnSpot,
  isSpot,
  mayOrder,
  type OrderEntry,
  type OrderVersion,
  orderFields,
  ordersFor,
  orderVersions,
  ownOfSpot,
  type PlacedField,
  placeFields,
  type Spot,
  seesOrder,
} from '../../../modules/fields/index.ts';
import { allTeams, type Team } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  BackLink,
  Button,
  Checkbox,
  ErrorSummary,
  type FieldProblem,
  Fieldset,
  Form,
  fieldId,
  formatDateTime,
  Table,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { newCommand } from '../case/verb-marks.tsx';
import { type Outcome, once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { byPlaces, shownOrder } from '../places.ts';
import { show } from '../shell.tsx';
import { inTenant, queryText, type StaffVisit } from '../visit.ts';
import { shippedName } from './field-words.tsx';
import { everywhere, scopeWords } from './orders.tsx';

/** What is ordered, for whom, and what the fields are called there. */
type Ordering = {
  readonly spot: Spot;
  readonly team: Team | undefined;
  /** As the form begins: what the house hides a team cannot show; `byTeam`: what the team said of it itself stays for when the house shows it again. */
  readonly fields: readonly (PlacedField & { readonly byHouse: boolean; readonly byTeam: boolean })[];
  readonly versions: readonly OrderVersion[];
  readonly nameOf: (key: string) => string;
};

const scopeOf = (visit: StaffVisit): string => one(visit.input, 'bereich') || queryText(visit, 'bereich');

/** Undefined where there is no such place, or it is not about pages of the reader. */
async function load(visit: StaffVisit, tx: Tx): Promise<Ordering | undefined> {
  const spot = visit.c.req.param('spot') ?? '';
  const scope = scopeOf(visit);
  const team = (await allTeams(tx)).find((each) => each.id === scope);
  const teamId = team?.id ?? null;
  if (!isSpot(spot) || (team === undefined && (scope !== everywhere || isOwnSpot(spot)))) return undefined;
  if (!seesOrder(visit.staff, teamId)) return undefined;
  const all = await fieldsOfSpot(tx, spot, teamId);
  const orders = await ordersFor(tx, teamId);
  const versions = await orderVersions(tx, spot, teamId);
  const again = versions.find((each) => each.id === queryText(visit, 'wie'))?.entries;
  const house = entriesOf(orders, spot, null);
  const fields =
    team === undefined
      ? placeFields(all, again ?? house, undefined)
      : placeFields(all, house, again ?? entriesOf(orders, spot, teamId));
  const own = new Map((await ownOfSpot(tx, spot, teamId)).map((each) => [each.key, each.definition.label]));
  const nameOf = (key: string): string => {
    const label = own.get(key);
    if (label !== undefined) return inLanguage(label, visit.language);
    return isOwnSpot(spot) ? key : shippedName(visit, spot, key);
  };
  const hiddenBy = (entries: readonly OrderEntry[] | undefined, key: string): boolean =>
    team !== undefined && entries?.find((each) => each.field === key)?.hidden === true;
  const placed = fields.map((each) => ({
    ...each,
    byHouse: hiddenBy(house, each.key),
    byTeam: hiddenBy(versions[0]?.entries, each.key),
  }));
  return { spot, team, versions, nameOf, fields: placed };
}

/** The fields of one place: their order, which are hidden, and every version before. */
export async function orderPage(visit: StaffVisit, tx: Tx, problems: readonly FieldProblem[] = []): Promise<Response> {
  const ordering = await load(visit, tx);
  if (ordering === undefined) return notFound(visit);
  const { t } = visit;
  const { spot, team } = ordering;
  const ok = (['geaendert', 'nachgerueckt'] as const).find((word) => word === visit.c.req.query('ok'));
  return show(
    visit,
    { title: `${t(`own:spot.${spot}`)} – ${t('own:order.title')}`, status: problems.length > 0 ? 422 : 200 },
    <>
      <BackLink href={paths.fieldOrders}>{t('own:order.title')}</BackLink>
      {ok === undefined ? null : (
        <Alert tone="success" live title={t('own:order.done')}>
          {ok === 'nachgerueckt' ? <p>{t('own:order.followed')}</p> : null}
        </Alert>
      )}
      <WithHelp visit={visit} of="field-order">
        <h1>
          {t(`own:spot.${spot}`)}: {scopeWords(visit, team)}
        </h1>
      </WithHelp>
      <p>
        {t(
          !mayOrder(visit.staff)
            ? 'own:order.readText'
            : team === undefined
              ? 'own:order.houseText'
              : 'own:order.teamText',
        )}
      </p>
      {mayOrder(visit.staff) ? <Change visit={visit} ordering={ordering} problems={problems} /> : null}
      <History visit={visit} ordering={ordering} />
    </>,
  );
}

type Parts = { readonly visit: StaffVisit; readonly ordering: Ordering };

function Change({ visit, ordering, problems }: Parts & { problems: readonly FieldProblem[] }) {
  const { t } = visit;
  const { spot, team, fields, versions, nameOf } = ordering;
  const sent = one(visit.input, 'stand') !== '' || problems.length > 0;
  const typed = (name: string, otherwise: string): string => (sent ? one(visit.input, name) : otherwise);
  const errorOf = (name: string) => problems.find((each) => each.id === fieldId(name))?.text;
  const stand = one(visit.input, 'stand') || String(versions[0]?.version ?? 0);
  return (
    <section class="tw-panel" aria-labelledby="aendern">
      <h2 id="aendern">{t('own:order.change')}</h2>
      <ErrorSummary t={t} problems={problems} />
      <Form
        action={paths.fieldOrder(spot)}
        csrf={visit.csrf}
        hidden={{
          command: newCommand(visit),
          bereich: team?.id ?? everywhere,
          gezeigt: shownKeys(visit, fields).join(' '),
        }}
        versions={{ stand }}
      >
        <div class="tw-order">
          {fields.map(({ key, hidden, required, byHouse, label }, index) => (
            <Fieldset t={t} legend={nameOf(key)} id={`f-feld-${key}`}>
              <div class="tw-fields">
                <TextField
                  t={t}
                  name={`platz-${key}`}
                  label={t('own:order.place')}
                  value={typed(`platz-${key}`, String(index + 1))}
                  error={errorOf(`platz-${key}`)}
                  inputMode="numeric"
                  width="xs"
                  maxLength={2}
                />
                {team === undefined ? (
                  <>
                    <TextField
                      t={t}
                      name={`name-${key}`}
                      label={t('own:order.name')}
                      value={typed(`name-${key}`, label?.de ?? '')}
                      error={errorOf(`name-${key}`)}
                      maxLength={120}
                      optional
                      mark="none"
                    />
                    <TextField
                      t={t}
                      name={`nameEn-${key}`}
                      label={t('own:order.nameEn')}
                      value={typed(`nameEn-${key}`, label?.en ?? '')}
                      maxLength={120}
                      optional
                      mark="none"
                    />
                  </>
                ) : null}
                {required ? (
                  <p class="td-muted">{t('own:order.stays', { why: t(`own:required.${spot}.${key}`) })}</p>
                ) : byHouse ? (
                  <p class="td-muted">{t('own:order.byHouse')}</p>
                ) : (
                  <Checkbox
                    t={t}
                    name={`weg-${key}`}
                    value="ja"
                    label={t('own:order.hide')}
                    checked={typed(`weg-${key}`, hidden ? 'ja' : '') !== ''}
                    optional
                  />
                )}
              </div>
            </Fieldset>
          ))}
        </div>
        <TextArea
          t={t}
          name="grund"
          label={t('own:form.why')}
          hint={t('own:form.whyHint')}
          value={one(visit.input, 'grund')}
          error={errorOf('grund')}
          rows={2}
          maxLength={300}
        />
        <Button>{t('own:order.save')}</Button>
      </Form>
    </section>
  );
}

function History({ visit, ordering }: Parts) {
  const { t, language } = visit;
  const { spot, team, versions, nameOf } = ordering;
  const words = ({ field, hidden, label }: OrderEntry): string =>
    [
      label === undefined ? nameOf(field) : t('own:order.renamed', { was: nameOf(field), now: label.de }),
      ...(hidden ? [t('own:state.hidden')] : []),
    ].join(', ');
  return (
    <section class="tw-panel" aria-labelledby="fassungen">
      <h2 id="fassungen">{t('own:order.versions')}</h2>
      {versions.length === 0 ? (
        <p>{t(team === undefined ? 'own:order.asShipped' : 'own:order.asHouse')}</p>
      ) : (
        <Table
          caption={t('own:order.versions')}
          rows={[...versions]}
          columns={[
            {
              header: t('own:order.version'),
              head: true,
              cell: (row: OrderVersion) => t('own:version', { n: row.version }),
            },
            {
              header: t('own:order.who'),
              cell: (row) => `${row.staff_name}, ${formatDateTime(row.at, language, t)}`,
            },
            { header: t('own:order.reason'), cell: (row) => row.why },
            {
              header: t('own:order.what'),
              cell: (row) => (
                <details>
                  <summary>{t('own:order.showVersion', { n: row.version })}</summary>
                  <ol>
                    {row.entries.map((each) => (
                      <li>{words(each)}</li>
                    ))}
                  </ol>
                  {mayOrder(visit.staff) ? (
                    <a
                      href={`${withQuery(paths.fieldOrder(spot), { bereich: team?.id ?? everywhere, wie: row.id })}#aendern`}
                    >
                      {t('own:order.like', { n: row.version })}
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

/** The order in which the form showed them: an earlier version is shown in its own. */
const shownKeys = (visit: StaffVisit, fields: Ordering['fields']): readonly string[] =>
  shownOrder(
    one(visit.input, 'gezeigt'),
    fields.map(({ key }) => key),
  );

type Said = { readonly entries: OrderEntry[]; readonly problems: FieldProblem[]; readonly followed: boolean };

/** What the form says: by their numbers. */
function readEntries(visit: StaffVisit, { fields, team, nameOf }: Ordering): Said {
  const { input, t } = visit;
  const placed = byPlaces(
    shownKeys(visit, fields),
    fields.map(({ key }) => ({ name: key, place: one(input, `platz-${key}`).trim() })),
    fields.length,
  );
  const problem = (field: string, key: string, words: Readonly<Record<string, string | number>>): FieldProblem => ({
    id: fieldId(field),
    text: t(`own:order.problem.${key}`, words),
  });
  const problems = [
    ...placed.wrong.map((key) => problem(`platz-${key}`, 'place', { name: nameOf(key), most: fields.length })),
    ...placed.same.map(({ name, other, place }) =>
      problem(`platz-${name}`, 'same', { name: nameOf(name), other: nameOf(other), place }),
    ),
  ];
  const entries = fields.map(({ key, required, byHouse, byTeam }): OrderEntry => {
    const [de, en] = [one(input, `name-${key}`).trim(), one(input, `nameEn-${key}`).trim()];
    if (de === '' && en !== '') problems.push(problem(`name-${key}`, 'name', { name: nameOf(key) }));
    const label = team === undefined && de !== '' ? { label: { de, ...(en === '' ? {} : { en }) } } : {};
    return { field: key, hidden: !required && (byHouse ? byTeam : one(input, `weg-${key}`) !== ''), ...label };
  });
  const place = ({ field }: OrderEntry): number => placed.order.indexOf(field);
  return { entries: entries.toSorted((a, b) => place(a) - place(b)), problems, followed: placed.followed };
}

async function attempt(tx: Tx, visit: StaffVisit): Promise<Outcome & { readonly followed?: boolean }> {
  const ordering = await load(visit, tx);
  if (ordering === undefined) return { kind: 'not-found' };
  const { t } = visit;
  const { entries, problems, followed } = readEntries(visit, ordering);
  const why = one(visit.input, 'grund').trim().slice(0, 300);
  if (why === '') problems.push({ id: fieldId('grund'), text: t('own:problem.why') });
  if (problems.length > 0) return { kind: 'wrong', problems };
  const stand = one(visit.input, 'stand');
  const { spot, team } = ordering;
  const ordered = await orderFields(
    tx,
    { actor: visit.actor, role: visit.staff.role, teamIds: visit.staff.teamIds },
    { spot, teamId: team?.id ?? null, entries, why, seen: /^\d{1,9}$/.test(stand) ? Number(stand) : -1 },
  );
  if (ordered.kind === 'changed-meanwhile')
    return { kind: 'wrong', problems: [{ id: 'fassungen', text: t('own:order.problem.meanwhile') }] };
  if (ordered.kind === 'wrong')
    return { kind: 'wrong', problems: [{ id: 'fassungen', text: t('own:order.problem.other') }] };
  return { kind: ordered.kind, followed };
}

export async function orderAct(visit: StaffVisit): Promise<Response> {
  const scope = scopeOf(visit);
  const spot = visit.c.req.param('spot') ?? '';
  if (!mayOrder(visit.staff) || !isSpot(spot) || (scope !== everywhere && !isId(scope))) return notFound(visit);
  let ok = 'geaendert';
  const outcome = await once(visit, async (tx) => {
    const tried = await attempt(tx, visit);
    if (tried.followed === true) ok = 'nachgerueckt';
    return tried;
  });
  if (outcome.kind === 'not-found') return notFound(visit);
  if (outcome.kind === 'wrong') {
    // Who has now read that there is a newer version may send the form once more.
    const meanwhile = outcome.problems.some((each) => each.id === 'fassungen');
    const seen = meanwhile ? { ...visit, input: { ...visit.input, stand: '' } } : visit;
    return inTenant(visit, (tx) => orderPage(seen, tx, outcome.problems));
  }
  return visit.c.redirect(withQuery(paths.fieldOrder(spot), { bereich: scope, ok }), 303);
}
