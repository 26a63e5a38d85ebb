import { Icon, type IconName } from './icon.tsx';
import { type Content, classes } from './types.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'tertiary' | 'danger';

type Look = {
  children: Content;
  variant?: ButtonVariant | undefined;
  icon?: IconName | undefined;
  /** The full width of its container on small screens. */
  block?: boolean | undefined;
  small?: boolean | undefined;
  /** Key that presses it in the workspace, for example `a`. */
  shortcut?: string | undefined;
  id?: string | undefined;
};

const look = (props: Look): string =>
  classes(
    'kern-btn',
    `kern-btn--${props.variant ?? 'primary'}`,
    props.block && 'kern-btn--block',
    props.small && 'kern-btn--small',
  );

const inside = (props: Look) => (
  <>
    {props.icon ? <Icon name={props.icon} /> : null}
    <span class="kern-label">{props.children}</span>
    {props.shortcut ? (
      <span class="td-kbd" aria-hidden="true">
        {props.shortcut}
      </span>
    ) : null}
  </>
);

/** Submits its form. `name`/`value` tell the server which button it was; `action` sends the form somewhere else. */
export const Button = (
  props: Look & {
    name?: string | undefined;
    value?: string | undefined;
    action?: string | undefined;
    /** Id of a form elsewhere on the page. */
    form?: string | undefined;
    disabled?: boolean | undefined;
    type?: 'submit' | 'button' | undefined;
  },
) => (
  <button
    type={props.type ?? 'submit'}
    id={props.id}
    class={look(props)}
    name={props.name}
    value={props.value}
    formaction={props.action}
    form={props.form}
    disabled={props.disabled}
    data-shortcut={props.shortcut}
    aria-keyshortcuts={props.shortcut}
  >
    {inside(props)}
  </button>
);

/** A link that is the next step: looks like a button, stays a link. */
export const ButtonLink = (
  props: Look & {
    href: string;
    download?: boolean | undefined;
    /** Leads to a file, which some browsers show and others save: this page may stay. */
    file?: boolean | undefined;
  },
) => (
  <a
    href={props.href}
    id={props.id}
    class={look(props)}
    download={props.download}
    data-download={props.file}
    data-shortcut={props.shortcut}
    aria-keyshortcuts={props.shortcut}
  >
    {inside(props)}
  </a>
);

/** Buttons in a row; they wrap, and stand below each other on a phone. */
export const ButtonGroup = ({ children }: { children: Content }) => <div class="kern-btn-wrapper">{children}</div>;
