import type { Content } from './types.ts';

/**
 * A small "?" that opens an explanation over the page and takes no room in it. The browser does it all: Enter opens, Escape closes, the
 * focus goes back. `id` is unique on the page; `label` and `close` are what is heard.
 */
export const HelpTip = (props: {
  id: string;
  label: string;
  title: string;
  close: string;
  lang?: string | undefined;
  children: Content;
}) => (
  <div class="td-help">
    <button type="button" class="td-help__open" popovertarget={props.id} aria-label={props.label}>
      <span aria-hidden="true">?</span>
    </button>
    <div
      id={props.id}
      popover="auto"
      class="td-help__text"
      role="dialog"
      aria-labelledby={`${props.id}-title`}
      lang={props.lang}
    >
      <div class="td-help__head">
        <strong id={`${props.id}-title`}>{props.title}</strong>
        <button type="button" class="td-link-button" popovertarget={props.id} popovertargetaction="hide" autofocus>
          {props.close}
        </button>
      </div>
      {props.children}
    </div>
  </div>
);

/** A heading with the explanation beside it. */
export const Helped = ({ children, help }: { children: Content; help: Content }) => (
  <div class="td-helped">
    {children}
    {help}
  </div>
);
