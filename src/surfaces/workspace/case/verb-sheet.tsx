import { Button, type Content, Form, fieldId } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { QuestionNote } from '../free-day.tsx';
import { paths } from '../paths.ts';
import { ConflictChoices } from '../together/conflict.tsx';
import { draftMarks } from '../together/drafts.tsx';
import type { StaffVisit } from '../visit.ts';
import { fieldOfVerb, subjectOf } from './guards.ts';
import type { CaseData } from './load.ts';
import { newCommand } from './verb-marks.tsx';
import { type CaseView, type Verb, viewPath } from './view.ts';

export type FormProps = { readonly visit: StaffVisit; readonly data: CaseData; readonly view: CaseView };

/** What is wrong with a field of the form, if anything. */
export const errorOf = (view: CaseView, name: string): string | undefined =>
  view.problems.find((problem) => problem.id === fieldId(name))?.text;

/** True where the form shows what somebody typed, and not what the case holds. */
export const wasTyped = (view: CaseView): boolean =>
  view.problems.length > 0 || view.question !== undefined || view.conflict !== undefined || view.draftAt !== undefined;

/** What every field of a verb shares: words, what was typed, what is wrong with it. */
export const field = ({ visit, view }: FormProps, verb: string, name: string) => ({
  t: visit.t,
  name,
  label: visit.t(`workspace:verb.${verb}.${name}`),
  value: one(view.input, name),
  error: errorOf(view, name),
});

/**
 * The version at which the form's field was opened: what it shows now, or, in a draft, what it showed when somebody began to type. Empty
 * for verbs that only add.
 */
function stand({ data, view }: FormProps, verb: Verb): string {
  const field = fieldOfVerb[verb];
  const subject = field === undefined ? null : subjectOf(data.case, field);
  if (field === undefined || subject === null) return '';
  if (view.conflict !== undefined) return String(view.conflict.version);
  return one(view.input, 'stand') || String(data.fields(subject, field).version);
}

/** What a form of a verb carries unseen. */
export const marks = (props: FormProps): Record<string, string> => ({
  dok: props.view.document ?? '',
  seite: String(props.view.page),
  alles: props.view.all ? 'ja' : '',
  command: newCommand(props.visit),
});

/** The version at which a form was opened. */
export const versions = (props: FormProps, verb: Verb): Record<string, string> => ({ stand: stand(props, verb) });

/** Sends the form, or chooses between two texts; and leaves it. */
export const SheetButtons = (props: FormProps & { verb: Verb }) => {
  const { visit, data, view, verb } = props;
  const leave = viewPath(data.case.id, view, { verb: undefined });
  return (
    <div class="td-toolbar">
      {view.conflict === undefined ? (
        <Button>{visit.t(`workspace:verb.${verb}.send`)}</Button>
      ) : (
        <ConflictChoices visit={visit} conflict={view.conflict} leave={leave} />
      )}
      <a href={leave}>{visit.t('workspace:verb.cancel')}</a>
    </div>
  );
};

/**
 * The form of a verb: its fields, what it carries unseen, its draft, and its buttons. `stand` is the version of what it overwrites, where that
 * is not a field of the case itself.
 */
export function Sheet(props: FormProps & { verb: Verb; stand?: string; children: Content }) {
  const { visit, data, view, verb } = props;
  const action = paths.caseVerb(data.case.id, verb);
  const draft = draftMarks(visit, action, viewPath(data.case.id, view, { verb }), view.draftAt);
  return (
    <Form
      action={action}
      csrf={visit.csrf}
      hidden={{ ...marks(props), ...draft.hidden }}
      versions={props.stand === undefined ? versions(props, verb) : { stand: props.stand }}
      draft={draft.texts}
      typed={view.conflict !== undefined || view.question !== undefined || view.draftAt !== undefined}
    >
      <QuestionNote question={view.question} />
      {props.children}
      <SheetButtons {...props} />
    </Form>
  );
}
