import { Icon } from './icon.tsx';
import type { Content, Translate } from './types.ts';

/** One step back, always at the same place above the heading. */
export const BackLink = ({ href, children }: { href: string; children: Content }) => (
  <a class="td-back" href={href}>
    <Icon name="arrow-back" small />
    {children}
  </a>
);

/** The way from the start to here; the last entry is this page and has no link. */
export const Breadcrumb = ({
  t,
  items,
}: {
  t: Translate;
  items: readonly { text: string; href?: string | undefined }[];
}) => (
  <nav class="td-breadcrumb" aria-label={t('ui:breadcrumb')}>
    <ol>
      {items.map((item) => (
        <li>
          {item.href === undefined ? <span aria-current="page">{item.text}</span> : <a href={item.href}>{item.text}</a>}
        </li>
      ))}
    </ol>
  </nav>
);

/** Keyset pages: previous and next, no numbers. */
export const Pagination = (props: {
  t: Translate;
  previous?: string | undefined;
  next?: string | undefined;
  summary?: Content | undefined;
}) =>
  props.previous === undefined && props.next === undefined ? null : (
    <nav class="td-pagination" aria-label={props.t('ui:pagination.label')}>
      {props.previous === undefined ? (
        <span />
      ) : (
        <a class="kern-btn kern-btn--secondary" rel="prev" href={props.previous}>
          <Icon name="arrow-back" />
          <span class="kern-label">{props.t('ui:pagination.previous')}</span>
        </a>
      )}
      {props.summary ? <span class="td-pagination__summary">{props.summary}</span> : null}
      {props.next === undefined ? (
        <span />
      ) : (
        <a class="kern-btn kern-btn--secondary" rel="next" href={props.next}>
          <span class="kern-label">{props.t('ui:pagination.next')}</span>
          <Icon name="arrow-forward" />
        </a>
      )}
    </nav>
  );

/** Views of one thing, each with its own address: plain links that look like tabs. */
export const Tabs = (props: {
  label: string;
  items: readonly {
    text: string;
    href: string;
    current?: boolean | undefined;
    count?: number | undefined;
    shortcut?: string | undefined;
  }[];
}) => (
  <nav class="td-tabs" aria-label={props.label}>
    <ul>
      {props.items.map((item) => (
        <li>
          <a
            href={item.href}
            class="td-tab"
            aria-current={item.current ? 'page' : undefined}
            data-shortcut={item.shortcut}
          >
            {item.text}
            {item.count === undefined ? null : <span class="td-count">{item.count}</span>}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
