import { type ListedField, listedFields, targets } from '../../../modules/fields/index.ts';
import { isPrivacyOfficer } from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, Badge, EmptyState, Table } from '../../../ui/index.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import type { StaffVisit } from '../visit.ts';
import { Category, labelOf, scopeWords } from './field-words.tsx';
import { type Here, here, isLead, maySee } from './known.ts';

const doneWords = ['gespeichert', 'wartet', 'ausgeblendet', 'sichtbar', 'verschoben', 'unveraendert', 'eingelesen'];

/** All fields of the Jobcenter, by what they hang on; and the ways to change them. */
export async function fieldsPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  if (!(await maySee(visit, tx))) return notFound(visit);
  const around = await here(visit, tx);
  const fields = await listedFields(tx);
  const officer = await isPrivacyOfficer(tx, visit.staff.id);
  const waiting = fields.filter((field) => field.pending?.state === 'waiting').length;
  const done = doneWords.find((word) => word === visit.c.req.query('ok'));
  return show(
    visit,
    { title: t('own:title'), shortcuts: isLead(visit) ? [{ key: 'n', text: t('own:new') }] : [] },
    <>
      {done === undefined ? null : <Alert tone="success" live title={t(`own:done.${done}`)} />}
      <WithHelp visit={visit} of="fields">
        <h1>{t('own:title')}</h1>
      </WithHelp>
      <p>{t('own:text')}</p>
      <nav class="tw-verbs" aria-label={t('own:ways')}>
        <ul>
          {isLead(visit) ? (
            <li>
              <a href={paths.fieldNew} data-shortcut="n" aria-keyshortcuts="n">
                {t('own:new')} <kbd class="td-kbd">n</kbd>
              </a>
            </li>
          ) : null}
          {officer || isLead(visit) ? (
            <li>
              <a href={paths.fieldApproval}>{t('own:approval.link', { count: waiting })}</a>
            </li>
          ) : null}
          {isLead(visit) ? (
            <>
              <li>
                <a href={paths.fieldOrders}>{t('own:order.title')}</a>
              </li>
              <li>
                <a href={paths.fieldsImport}>{t('own:import.title')}</a>
              </li>
              <li>
                <a href={paths.fieldsExport} download>
                  {t('own:export')}
                </a>
              </li>
            </>
          ) : null}
        </ul>
      </nav>
      {fields.length === 0 ? <EmptyState title={t('own:none')} /> : null}
      {targets.map((target) => {
        const rows = fields.filter((field) => (field.current ?? field.pending)?.definition.target === target);
        return rows.length === 0 ? null : (
          <section class="td-flow" aria-labelledby={`of-${target}`}>
            <h2 id={`of-${target}`}>{t(`own:target.${target}`)}</h2>
            <FieldTable visit={visit} around={around} rows={rows} caption={t(`own:target.${target}`)} />
          </section>
        );
      })}
    </>,
  );
}

/** Where a field stands, in words: in force, hidden, waiting, refused. */
function State({ visit, field }: { visit: StaffVisit; field: ListedField }) {
  const { t } = visit;
  return (
    <>
      {field.current === undefined ? null : field.hidden ? (
        <Badge>{t('own:state.hidden')}</Badge>
      ) : (
        <Badge tone="success" icon>
          {t('own:state.live')}
        </Badge>
      )}{' '}
      {field.pending === undefined ? null : (
        <Badge tone="warning" icon>
          {t(`own:state.${field.pending.state}`)}
        </Badge>
      )}
    </>
  );
}

const FieldTable = (props: { visit: StaffVisit; around: Here; rows: readonly ListedField[]; caption: string }) => {
  const { visit, around, rows, caption } = props;
  const { t } = visit;
  const of = (field: ListedField) => (field.current ?? field.pending)?.definition;
  const named = (field: ListedField): string => {
    const definition = of(field);
    return definition === undefined ? field.key : labelOf(visit, definition);
  };
  return (
    <Table
      caption={caption}
      rows={[...rows]}
      columns={[
        {
          header: t('own:column.field'),
          head: true,
          cell: (field: ListedField) => (
            <span id={`feld-${field.id}`}>
              {isLead(visit) ? <a href={paths.field(field.id)}>{named(field)}</a> : named(field)}
            </span>
          ),
        },
        {
          header: t('own:column.kind'),
          cell: (field) => {
            const definition = of(field);
            return definition === undefined ? '' : t(`own:kind.${definition.kind}`);
          },
        },
        {
          header: t('own:column.scope'),
          cell: (field) => {
            const definition = of(field);
            return definition === undefined ? '' : scopeWords(visit, around, definition);
          },
        },
        {
          header: t('own:column.category'),
          cell: (field) => {
            const definition = of(field);
            return definition === undefined ? '' : <Category visit={visit} definition={definition} />;
          },
        },
        { header: t('own:column.state'), cell: (field) => <State visit={visit} field={field} /> },
        {
          header: t('own:column.act'),
          cell: (field) => (
            <div class="tw-acts">
              <a href={paths.fieldHistory(field.id)} aria-label={t('own:historyOf', { label: named(field) })}>
                {t('own:history')}
              </a>
              {isLead(visit) && field.current !== undefined ? (
                <form action={paths.fieldPlace(field.id)} method="post">
                  <VerbMarks visit={visit} />
                  <Move visit={visit} to="oben" label={named(field)} />{' '}
                  <Move visit={visit} to="unten" label={named(field)} />
                </form>
              ) : null}
            </div>
          ),
        },
      ]}
    />
  );
};

const Move = ({ visit, to, label }: { visit: StaffVisit; to: 'oben' | 'unten'; label: string }) => (
  <button
    type="submit"
    name="nach"
    value={to}
    class="td-link-button"
    aria-label={visit.t(`own:move.${to}Label`, { label })}
  >
    {visit.t(`own:move.${to}`)}
  </button>
);
