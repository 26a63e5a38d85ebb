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
  return show(
    visit,
    { title: `${t(`own:spot.${spot}`)} – ${t('own:order.title')}`, status: problems.length > 0 ? 422 : 200 },
    <>
      <BackLink href={paths.fieldOrders}>{t('own:order.title')}</BackLink>
      {visit.c.req.query('ok') === 'geaendert' ? <Alert tone="success" live title={t('own:order.done')} /> : null}
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
        hidden={{ command: newCommand(visit), bereich: team?.id ?? everywhere }}
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

/** What the form says: by their numbers, and where two have the same, as they stood. */
function readEntries(visit: StaffVisit, ordering: Ordering): { entries: OrderEntry[]; problems: FieldProblem[] } {
  const { input, t } = visit;
  const problems: FieldProblem[] = [];
  const rows = ordering.fields.map(({ key, required, byHouse, byTeam }) => {
    const place = one(input, `platz-${key}`).trim();
    const [de, en] = [one(input, `name-${key}`).trim(), one(input, `nameEn-${key}`).trim()];
    if (!/^\d{1,2}$/.test(place))
      problems.push({
        id: fieldId(`platz-${key}`),
        text: t('own:order.problem.place', { name: ordering.nameOf(key) }),
      });
    if (de === '' && en !== '')
      problems.push({ id: fieldId(`name-${key}`), text: t('own:order.problem.name', { name: ordering.nameOf(key) }) });
    const label = ordering.team === undefined && de !== '' ? { label: { de, ...(en === '' ? {} : { en }) } } : {};
    const hidden = !required && (byHouse ? byTeam : one(input, `weg-${key}`) !== '');
    return { place: Number(place), entry: { field: key, hidden, ...label } };
  });
  return { entries: rows.toSorted((a, b) => a.place - b.place).map(({ entry }) => entry), problems };
}

async function attempt(tx: Tx, visit: StaffVisit): Promise<Outcome> {
  const ordering = await load(visit, tx);
  if (ordering === undefined) return { kind: 'not-found' };
  const { t } = visit;
  const { entries, problems } = readEntries(visit, ordering);
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
  return { kind: ordered.kind };
}

export async function orderAct(visit: StaffVisit): Promise<Response> {
  const scope = scopeOf(visit);
  const spot = visit.c.req.param('spot') ?? '';
  if (!mayOrder(visit.staff) || !isSpot(spot) || (scope !== everywhere && !isId(scope))) return notFound(visit);
  const outcome = await once(visit, (tx) => attempt(tx, visit));
  if (outcome.kind === 'not-found') return notFound(visit);
  if (outcome.kind === 'wrong') {
    // Who has now read that there is a newer version may send the form once more.
    const meanwhile = outcome.problems.some((each) => each.id === 'fassungen');
    const seen = meanwhile ? { ...visit, input: { ...visit.input, stand: '' } } : visit;
    return inTenant(visit, (tx) => orderPage(seen, tx, outcome.problems));
  }
  return visit.c.redirect(withQuery(paths.fieldOrder(spot), { bereich: scope, ok: 'geaendert' }), 303);
}
