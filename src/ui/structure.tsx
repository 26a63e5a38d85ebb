import { Icon } from './icon.tsx';
import { type Content, classes } from './types.ts';

/** A box with its own heading; with `href` the heading is the link and the whole card takes the click. */
export const Card = (props: {
  title?: Content | undefined;
  href?: string | undefined;
  level?: 2 | 3 | 4 | undefined;
  children?: Content | undefined;
  footer?: Content | undefined;
}) => {
  const Heading = `h${props.level ?? 2}` as 'h2';
  return (
    <div class={classes('kern-card', props.href !== undefined && 'kern-card--link')}>
      {props.title ? (
        <Heading class="kern-card__title">
          {props.href === undefined ? (
            props.title
          ) : (
            <a class="kern-link--stretched" href={props.href}>
              {props.title}
            </a>
          )}
        </Heading>
      ) : null}
      {props.children ? <div class="kern-card__body">{props.children}</div> : null}
      {props.footer ? <div class="kern-card__footer">{props.footer}</div> : null}
    </div>
  );
};

/** Cards side by side where there is room. */
export const CardGrid = ({ children }: { children: Content }) => <div class="td-card-grid">{children}</div>;

/** Steps or links with a state at the end of the line. */
export const TaskList = (props: {
  items: readonly {
    title: Content;
    href?: string | undefined;
    status?: Content | undefined;
    hint?: Content | undefined;
  }[];
}) => (
  <ul class="kern-task-list">
    {props.items.map((item) => (
      <li class="kern-task-list__item">
        <div class="kern-task-list__title">
          {item.href === undefined ? (
            item.title
          ) : (
            <a class="kern-link--stretched" href={item.href}>
              {item.title}
            </a>
          )}
          {item.hint ? <div class="kern-hint">{item.hint}</div> : null}
        </div>
        {item.status ? <div class="kern-task-list__status">{item.status}</div> : null}
      </li>
    ))}
  </ul>
);

/** A link that changes one answer; `label` is what a screen reader hears, for example "Geburtsdatum ändern". */
export type Change = { href: string; text: string; label: string };
export type DescriptionRow = { key: Content; value: Content; change?: Change | undefined };

/** Question and answer pairs, each with an optional change link. */
export const DescriptionList = ({ rows }: { rows: readonly DescriptionRow[] }) => (
  <dl class="kern-description-list">
    {rows.map((row) => (
      <div class="kern-description-list-item">
        <dt class="kern-description-list-item__key">{row.key}</dt>
        <dd class="kern-description-list-item__value">{row.value}</dd>
        {row.change ? (
          <dd class="td-change">
            <a href={row.change.href} aria-label={row.change.label}>
              {row.change.text}
            </a>
          </dd>
        ) : null}
      </div>
    ))}
  </dl>
);

/** Facts in a dense grid (workspace): label above value. */
export const KeyValue = ({ items }: { items: readonly { key: Content; value: Content }[] }) => (
  <dl class="td-key-value">
    {items.map((item) => (
      <div>
        <dt>{item.key}</dt>
        <dd>{item.value}</dd>
      </div>
    ))}
  </dl>
);

/** Something to open; `open` shows it at once. */
export const Accordion = (props: {
  title: Content;
  open?: boolean | undefined;
  children: Content;
  id?: string | undefined;
}) => (
  <details class="kern-accordion" open={props.open} id={props.id}>
    <summary class="kern-accordion__header">
      <span class="kern-title">{props.title}</span>
    </summary>
    <div class="kern-accordion__body">{props.children}</div>
  </details>
);

/** Text set apart: not a warning, only worth seeing. */
export const Inset = ({ children }: { children: Content }) => <div class="td-inset">{children}</div>;

/** A number or code to copy down, large and evenly spaced; `label` says what it is. */
export const CodeBox = ({ label, code }: { label: string; code: string }) => (
  <div class="td-code">
    <span class="td-code__label">{label}</span>
    <strong class="td-code__value">{code}</strong>
  </div>
);

/** What happened, newest or oldest first, as given. */
export const Timeline = (props: {
  items: readonly {
    at: Content;
    datetime: string;
    title: Content;
    by?: Content | undefined;
    body?: Content | undefined;
    id?: string | undefined;
  }[];
}) => (
  <ol class="td-timeline">
    {props.items.map((item) => (
      <li class="td-timeline__item" id={item.id}>
        <p class="td-timeline__head">
          <strong>{item.title}</strong>
          <span class="td-timeline__meta">
            <time datetime={item.datetime}>{item.at}</time>
            {item.by ? <> · {item.by}</> : null}
          </span>
        </p>
        {item.body ? <div class="td-timeline__body">{item.body}</div> : null}
      </li>
    ))}
  </ol>
);

export type Column<Row> = {
  header: string;
  cell: (row: Row) => Content;
  numeric?: boolean | undefined;
  /** The cell names the row (a row header). */
  head?: boolean | undefined;
};

/** A table; below 40rem each row becomes a block with the headers beside the values. `caption` is always there for screen readers. */
export const Table = <Row,>(props: {
  caption: string;
  showCaption?: boolean | undefined;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId?: ((row: Row) => string) | undefined;
  /** A further class of its frame. */
  class?: string | undefined;
}) => (
  <table class={classes('kern-table', props.class)}>
    <caption class={props.showCaption ? undefined : 'kern-sr-only'}>{props.caption}</caption>
    <thead>
      <tr>
        {props.columns.map((column) => (
          <th scope="col" class={column.numeric ? 'td-numeric' : undefined}>
            {column.header}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {props.rows.map((row) => (
        <tr id={props.rowId?.(row)}>
          {props.columns.map((column) =>
            column.head ? (
              <th scope="row" data-label={column.header}>
                {column.cell(row)}
              </th>
            ) : (
              <td data-label={column.header} class={column.numeric ? 'td-numeric' : undefined}>
                {column.cell(row)}
              </td>
            ),
          )}
        </tr>
      ))}
    </tbody>
  </table>
);

/** Two columns from 64rem on; `side` is the smaller one. */
export const SplitView = (props: {
  main: Content;
  side: Content;
  wideSide?: boolean | undefined;
  sideLabel: string;
}) => (
  <div class={classes('td-split', props.wideSide && 'td-split--even')}>
    <div class="td-split__main">{props.main}</div>
    <aside class="td-split__side" aria-label={props.sideLabel}>
      {props.side}
    </aside>
  </div>
);

/**
 * Asks before something that matters, without a dialog and without scripts: the opened part holds the explanation and the
 * form with its button.
 */
export const Confirmation = (props: { trigger: Content; children: Content; open?: boolean | undefined }) => (
  <details class="td-confirm" open={props.open}>
    <summary class="kern-btn kern-btn--secondary">
      <span class="kern-label">{props.trigger}</span>
      <Icon name="arrow-down" />
    </summary>
    <div class="td-confirm__body">{props.children}</div>
  </details>
);
