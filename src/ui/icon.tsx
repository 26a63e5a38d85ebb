// tools/css.mjs reads this list: only these icons of KERN are in the stylesheets.
export const iconNames = [
  'account-circle',
  'add',
  'arrow-back',
  'arrow-down',
  'arrow-forward',
  'arrow-up',
  'calendar-today',
  'check',
  'close',
  'danger',
  'delete',
  'download',
  'draft',
  'edit',
  'help',
  'home',
  'info',
  'language',
  'logout',
  'mail',
  'open-in-new',
  'search',
  'success',
  'visibility',
  'warning',
] as const;

export type IconName = (typeof iconNames)[number];

/** A picture beside a text that says the same; hidden from screen readers. */
export const Icon = ({ name, small }: { name: IconName; small?: boolean | undefined }) => (
  <span class={`kern-icon kern-icon--${name}${small ? ' kern-icon--small' : ''}`} aria-hidden="true" />
);
