import type { Content, Translate } from './types.ts';

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * A form. Checked by the server alone (`novalidate`), so that one error summary speaks for all fields; sent once even on a
 * double click. `csrf` is the token of the session; `hidden` are further hidden fields.
 */
export const Form = (props: {
  action: string;
  method?: 'get' | 'post' | undefined;
  csrf?: string | undefined;
  hidden?: Readonly<Record<string, string>> | undefined;
  /** Hidden fields that say which version of something the form was opened at; they go wherever what is typed goes (js/put-back.js). */
  versions?: Readonly<Record<string, string>> | undefined;
  /** With files. */
  multipart?: boolean | undefined;
  /** Files go up one by one as soon as they are chosen (js/upload.js); needs `multipart`. */
  uploads?: { t: Translate; limitBytes: number } | undefined;
  /** What is typed is kept while it is not sent (js/draft.js); the texts say so. */
  draft?: Readonly<Record<string, string>> | undefined;
  /** The fields already hold what somebody typed: nothing overwrites them. */
  typed?: boolean | undefined;
  id?: string | undefined;
  label?: string | undefined;
  inline?: boolean | undefined;
  search?: boolean | undefined;
  children: Content;
}) => {
  const { uploads } = props;
  const texts = uploads && {
    'data-text-waiting': uploads.t('ui:upload.waiting'),
    'data-text-sending': uploads.t('ui:upload.sending'),
    'data-text-done': uploads.t('ui:upload.done'),
    'data-text-failed': uploads.t('ui:upload.failed'),
    'data-text-too-large': uploads.t('ui:upload.tooLarge'),
    'data-text-retry': uploads.t('ui:upload.retry'),
    'data-text-dismiss': uploads.t('ui:upload.dismiss'),
  };
  const draft = props.draft && {
    'data-draft': '',
    ...Object.fromEntries(Object.entries(props.draft).map(([name, text]) => [`data-text-${kebab(name)}`, text])),
  };
  return (
    <form
      action={props.action}
      method={props.method ?? 'post'}
      id={props.id}
      class={props.inline ? 'td-form td-form--inline' : 'td-form'}
      enctype={props.multipart ? 'multipart/form-data' : undefined}
      aria-label={props.label}
      role={props.search ? 'search' : undefined}
      novalidate
      data-submit-once={props.method === 'get' ? undefined : ''}
      data-uploads={uploads ? String(uploads.limitBytes) : undefined}
      data-dirty={props.typed ? '' : undefined}
      {...texts}
      {...draft}
    >
      {props.csrf !== undefined ? <input type="hidden" name="csrf" value={props.csrf} /> : null}
      {Object.entries(props.hidden ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {Object.entries(props.versions ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} data-version />
      ))}
      {props.children}
      {props.draft ? <p class="td-muted td-draft-state" role="status" data-draft-state /> : null}
    </form>
  );
};
