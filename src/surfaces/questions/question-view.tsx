import type { DocumentsField, Field, Question } from '../../modules/forms/index.ts';
import { previousQuestion, progress } from '../../modules/forms/index.ts';
import {
  Accordion,
  BackLink,
  Button,
  ButtonGroup,
  Checkbox,
  ErrorSummary,
  FileField,
  Form,
  fieldId,
  Progress,
} from '../../ui/index.ts';
import { FieldInput, type Typed, textOf } from './field-input.tsx';
import { FileList } from './file-list.tsx';
import type { DraftFile, OpenDraft } from './open-draft.ts';
import { type DraftVisit, draftPath, type PageVisit, questionPath, type Words } from './visit.ts';

/** A file of the portal at most, in bytes; said before it goes up. */
const fileLimit = 25 * 1024 * 1024;

export type Place = { readonly open: OpenDraft; readonly question: Question };

/** Whether the person came from the check page and goes back there. */
export const fromCheck = (visit: Pick<PageVisit, 'c'>): boolean => visit.c.req.query('pruefen') === '1';

/** The page of one question: what is asked, what was typed, what is wrong with it, and why we ask. */
export function questionView(
  visit: DraftVisit,
  { open, question }: Place,
  typed: Typed,
  problems: readonly string[],
): Response | Promise<Response> {
  const { t, language } = visit;
  const at = progress(open.form, open.answers, question.key);
  const before = previousQuestion(open.form, open.answers, question.key);
  const address = `${questionPath(visit, question.key)}${fromCheck(visit) ? '?pruefen=1' : ''}`;
  const withUpload = question.fields.some((field) => field.kind === 'documents');
  const wrong = summary(question, typed.errors, problems);
  const back = fromCheck(visit)
    ? draftPath(visit, 'pruefen')
    : before === undefined
      ? visit.desk.before(open.form.key)
      : questionPath(visit, before.key);
  const section = open.form.sections.find((each) => each.key === question.section)?.title[language];
  return visit.desk.show(
    {
      title: question.title[language],
      status: wrong.length > 0 ? 422 : 200,
      path: address,
      back: <BackLink href={back}>{t(fromCheck(visit) ? 'portal:form.backToCheck' : 'portal:form.back')}</BackLink>,
      alerts: <ErrorSummary t={t} problems={wrong} />,
    },
    <>
      <div>
        <p class="td-muted">
          {open.form.title[language]}
          {section === undefined ? null : <> · {section}</>}
        </p>
        {at === undefined ? null : <Progress t={t} step={at.position} of={at.total} />}
      </div>
      <h1 class="td-question">{question.title[language]}</h1>
      {question.help === undefined ? null : <p>{question.help[language]}</p>}
      <Form
        action={address}
        csrf={visit.csrf}
        multipart={withUpload}
        uploads={withUpload ? { t, limitBytes: fileLimit } : undefined}
      >
        <button type="submit" hidden name="aktion" value="weiter" />
        <input type="hidden" name="frage" value={question.key} />
        {question.fields.map((field) =>
          field.kind === 'documents' ? (
            <DocumentsInput
              camera={visit.desk.camera === true}
              visit={visit}
              field={field}
              files={open.files}
              typed={typed}
              problems={problems}
            />
          ) : (
            <FieldInput visit={visit} field={field} path={field.key} typed={typed} page={address} />
          ),
        )}
        <ButtonGroup>
          <Button name="aktion" value="weiter">
            {t(fromCheck(visit) ? 'portal:form.saveChange' : 'portal:form.next')}
          </Button>
          {visit.desk.keep === undefined ? null : (
            <Button variant="secondary" name="aktion" value="merken" action={visit.desk.keep}>
              {t('portal:form.saveForLater')}
            </Button>
          )}
        </ButtonGroup>
      </Form>
      <Why visit={visit} fields={question.fields} purposes={open.form.purposes} />
    </>,
  );
}

/** Errors as the summary names them: fields in their order, then files. */
function summary(
  question: Question,
  errors: Typed['errors'],
  problems: readonly string[],
): { id: string; text: string }[] {
  const files = question.fields.find((field) => field.kind === 'documents')?.key;
  const target = (path: string): string => {
    const kind = kindAt(question, path);
    if (kind === 'table') return `${fieldId(path)}-liste`;
    return fieldId(kind === 'address' ? `${path}.street` : kind === 'period' ? `${path}.from` : path);
  };
  return [
    ...Object.entries(errors).map(([path, text]) => ({
      id: path === files ? fieldId(`datei.${path}`) : target(path),
      text,
    })),
    ...problems.map((text) => ({ id: fieldId(`datei.${files ?? ''}`), text })),
  ];
}

/** The kind of field an error path names, also inside a row. */
function kindAt(question: Question, path: string): Field['kind'] | undefined {
  const [key, , column] = path.split('.');
  const field = question.fields.find((each) => each.key === key);
  if (field?.kind === 'table' && column !== undefined)
    return path.split('.').length > 3 ? undefined : field.columns.find((each) => each.key === column)?.kind;
  return key === path ? field?.kind : undefined;
}

const DocumentsInput = (props: {
  camera: boolean;
  visit: Words;
  field: DocumentsField;
  files: readonly DraftFile[];
  typed: Typed;
  problems: readonly string[];
}) => {
  const { visit, field, typed, problems } = props;
  const { t, language } = visit;
  const files = props.files.filter((file) => file.field === field.key);
  const error = typed.errors[field.key] ?? (problems.length > 0 ? problems.join(' ') : undefined);
  const evidence = field.evidence.map((each) => each.label[language]);
  return (
    <div class="td-flow">
      <FileList visit={visit} files={files} />
      {props.camera ? <CameraInput visit={visit} name={`datei.${field.key}`} /> : null}
      <FileField
        t={t}
        name={`datei.${field.key}`}
        label={files.length > 0 ? t('portal:file.more', { label: field.label[language] }) : field.label[language]}
        hint={
          <>
            {field.help === undefined || files.length > 0 ? null : <>{field.help[language]} </>}
            {evidence.length > 1 && files.length === 0 ? (
              <>{t('portal:file.evidence', { list: evidence.join('; ') })} </>
            ) : null}
            {t('ui:field.fileHint')}
          </>
        }
        error={error}
        optional={!field.required || field.mayFollow}
        multiple
      />
      <div class="td-flow" data-by-button>
        <Checkbox t={t} value="ja" optional name={`zusammen.${field.key}`} label={t('portal:file.together')} />
        <Button variant="secondary" name="aktion" value="hochladen">
          {t('portal:file.upload')}
        </Button>
      </div>
      {field.mayFollow ? (
        <Checkbox
          t={t}
          value="ja"
          optional
          name={`${field.key}.later`}
          label={t('portal:file.later')}
          hint={t('portal:file.laterHint')}
          checked={textOf(typed.raw, `${field.key}.later`) !== ''}
        />
      ) : null}
    </div>
  );
};

/** Opens the camera at once, where the device has one. */
const CameraInput = ({ visit, name }: { visit: Words; name: string }) => (
  <div class="kern-form-input">
    <label class="kern-label" for="kamera">
      {visit.t('kiosk:camera')}
    </label>
    <input
      class="kern-form-input__input"
      type="file"
      id="kamera"
      name={name}
      accept="image/*"
      capture="environment"
      multiple
    />
  </div>
);

/** Why each of this is asked, in the words of the form. */
const Why = ({
  visit,
  fields,
  purposes,
}: {
  visit: DraftVisit;
  fields: readonly Field[];
  purposes: Readonly<Record<string, { de: string; en: string }>>;
}) => {
  const texts = new Set(fields.flatMap((field) => purposes[field.privacy.purpose]?.[visit.language] ?? []));
  return (
    <Accordion title={visit.t('portal:form.why')}>
      {[...texts].map((text) => (
        <p>{text}</p>
      ))}
      <p>
        <a href={visit.desk.privacy}>{visit.t('portal:form.privacy')}</a>
      </p>
    </Accordion>
  );
};
