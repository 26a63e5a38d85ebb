import { Icon } from './icon.tsx';
import type { Content, Tone, Translate } from './types.ts';

/** A box that says something about the page. `live` announces it (after an action); otherwise it is plain content. */
export const Alert = (props: {
  tone: Tone;
  title: Content;
  children?: Content | undefined;
  live?: boolean | undefined;
  id?: string | undefined;
}) => (
  <div
    class={`kern-alert kern-alert--${props.tone}`}
    id={props.id}
    role={props.live ? (props.tone === 'danger' ? 'alert' : 'status') : undefined}
  >
    <div class="kern-alert__header">
      <Icon name={props.tone} />
      <p class="kern-title">{props.title}</p>
    </div>
    {props.children ? <div class="kern-alert__body">{props.children}</div> : null}
  </div>
);

export type FieldProblem = { id: string; text: string };

/**
 * All errors of the form at its top, each a link to its field (`fieldId(name)`). It takes the focus when the page opens
 * (`autofocus` on a focusable element works without scripts), so that a screen reader starts here.
 */
export const ErrorSummary = ({
  t,
  problems,
  title,
}: {
  t: Translate;
  problems: readonly FieldProblem[];
  title?: string | undefined;
}) =>
  problems.length === 0 ? null : (
    <div class="kern-alert kern-alert--danger td-error-summary" role="alert" tabindex={-1} autofocus id="error-summary">
      <div class="kern-alert__header">
        <Icon name="danger" />
        <h2 class="kern-title">{title ?? t('ui:errors.title')}</h2>
      </div>
      <div class="kern-alert__body">
        <ul class="td-error-summary__list">
          {problems.map((problem) => (
            <li>
              <a href={`#${problem.id}`}>{problem.text}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );

const badgeIcons = { info: 'info', success: 'success', warning: 'warning', danger: 'danger' } as const;

/** A state in one or two words. Without a tone it is neutral; with `icon` the meaning does not rest on colour. */
export const Badge = (props: { tone?: Tone | undefined; children: Content; icon?: boolean | undefined }) => (
  <span class={`kern-badge kern-badge--${props.tone ?? 'neutral'}`}>
    {props.icon && props.tone ? <Icon name={badgeIcons[props.tone]} small /> : null}
    <span class="kern-label">{props.children}</span>
  </span>
);

/** Where somebody stands in a form: words first, the bar repeats them. */
export const Progress = ({ t, step, of }: { t: Translate; step: number; of: number }) => (
  <div class="kern-progress">
    <p class="td-progress__text" id="progress-text">
      {t('ui:progress', { step, of })}
    </p>
    <progress value={step} max={of} aria-labelledby="progress-text">
      {t('ui:progress', { step, of })}
    </progress>
  </div>
);

/** Nothing here, and what one can do about it. */
export const EmptyState = (props: { title: Content; children?: Content | undefined }) => (
  <div class="td-empty">
    <p class="td-empty__title">{props.title}</p>
    {props.children}
  </div>
);
