import type { PreparedDocument } from '../../../modules/documents/index.ts';
import {
  Alert,
  Button,
  Checkbox,
  ErrorSummary,
  type FieldProblem,
  FileField,
  Form,
  fieldId,
  formatBytes,
  formatDate,
  RadioGroup,
  Select,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { type Question, QuestionNote } from '../free-day.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { personWords } from '../people/person-words.ts';
import { PromiseFields } from '../promise-fields.tsx';
import { counterLink } from '../search/found.tsx';
import { show } from '../shell.tsx';
import { DraftNote, draftMarks } from '../together/drafts.tsx';
import type { StaffVisit } from '../visit.ts';
import { concernTitles } from '../words.tsx';
import { keepPaper } from './papers.ts';
import { visitPlace } from './visit-draft.ts';
import type { Visitor } from './visitor.ts';

/** How the person speaks with us: here, or on the telephone. */
export const ways = ['counter', 'phone'] as const;

export type CounterForm = {
  readonly visitor: Visitor;
  readonly concerns: readonly { value: string; label: string }[];
  /** What a note can be about. */
  readonly topics: readonly { value: string; label: string }[];
  readonly command: string;
  readonly kept: readonly PreparedDocument[];
  readonly problems: readonly FieldProblem[];
  /** What is asked before it is taken. */
  readonly question?: Question | undefined;
  /** When the form shows a draft: since when it is kept. */
  readonly draftedAt?: Date | undefined;
};

type Part = { readonly visit: StaffVisit; readonly form: CounterForm };

const field = ({ visit, form }: Part, name: string) => ({
  t: visit.t,
  name,
  label: visit.t(`workspace:counter.field.${name}`),
  value: one(visit.input, name),
  error: form.problems.find((problem) => problem.id === fieldId(name))?.text,
});

/** What must be known of whoever stands here; writing begins in the first of them that is empty. */
const minimum = ['familyName', 'givenName', 'birthDate'] as const;

/** The person chosen, or the minimum to know who it is. */
function Who(part: Part) {
  const { visit, form } = part;
  const { person } = form.visitor;
  if (person !== undefined)
    return (
      <Alert tone="info" title={personWords(visit, person)}>
        <a href={paths.counter}>{visit.t('workspace:counter.other')}</a>
      </Alert>
    );
  const first =
    form.problems.length > 0 || form.question !== undefined
      ? undefined
      : minimum.find((name) => one(visit.input, name) === '');
  const text = (name: (typeof minimum)[number]) => ({ ...field(part, name), autofocus: name === first });
  return (
    <div class="tw-fields">
      <TextField {...text('familyName')} maxLength={100} autocomplete="off" />
      <TextField {...text('givenName')} maxLength={100} autocomplete="off" />
      <TextField {...text('birthDate')} hint={visit.t('ui:field.dateHint')} maxLength={20} autocomplete="off" />
      <TextField {...field(part, 'fileNumber')} optional maxLength={40} autocomplete="off" />
    </div>
  );
}

/** A new concern, or something for a case that is open: an answer to what was asked for, or a supplement. */
async function belongsTo(part: Part) {
  const { visit, form } = part;
  const { t } = visit;
  const title = await concernTitles(visit);
  const options = form.visitor.cases.flatMap(({ row, items }) => [
    ...items.map((item) => ({
      value: `${row.id}:${item.id}`,
      label: t('workspace:counter.answersItem', { what: item.what }),
      hint: t('workspace:counter.caseHint', { number: row.number, concern: title(row.concern) }),
    })),
    {
      value: row.id,
      label: t('workspace:counter.supplements', { concern: title(row.concern) }),
      hint: t('workspace:counter.openSince', { number: row.number, date: formatDate(row.openedAt, visit.language) }),
    },
  ]);
  if (options.length === 0) return null;
  return (
    <RadioGroup
      {...field(part, 'case')}
      value={one(visit.input, 'case') || 'neu'}
      options={[{ value: 'neu', label: t('workspace:counter.newCase') }, ...options]}
    />
  );
}

function Papers(part: Part) {
  const { visit, form } = part;
  const { t, language } = visit;
  return (
    <>
      {form.kept.length === 0 ? null : (
        <fieldset class="kern-fieldset">
          <legend class="kern-label">{t('workspace:counter.kept')}</legend>
          {form.kept.map((paper, index) => (
            <div class="kern-form-check">
              <input
                class="kern-form-check__checkbox"
                type="checkbox"
                id={`kept-${index}`}
                name="kept"
                value={keepPaper(visit, paper)}
                checked
              />
              <label class="kern-label" for={`kept-${index}`}>
                {paper.name} ({t('workspace:case.papers.pages', { count: paper.pages })},{' '}
                {formatBytes(paper.bytes, language, t)})
              </label>
            </div>
          ))}
        </fieldset>
      )}
      <FileField {...field(part, 'files')} multiple optional />
      <div class="kern-form-input">
        <label class="kern-label" for="camera">
          {t('workspace:counter.field.camera')}
        </label>
        <input
          class="kern-form-input__input"
          type="file"
          id="camera"
          name="camera"
          accept="image/*"
          capture="environment"
          multiple
        />
      </div>
      <Checkbox {...field(part, 'join')} checked={one(visit.input, 'join') === 'yes'} value="yes" optional={false} />
    </>
  );
}

/** Everything about one visit at the counter on one page: who, what, papers, words. */
export async function counterForm(visit: StaffVisit, form: CounterForm): Promise<Response> {
  const { t } = visit;
  const part = { visit, form };
  const again = form.problems.length > 0 || form.question !== undefined;
  const { person } = form.visitor;
  const hidden: Record<string, string> = person === undefined ? {} : { person: person.id };
  const place = visitPlace(person?.id ?? '');
  const page = person === undefined ? paths.counterForm : counterLink(person);
  const draft = draftMarks(visit, place, page, form.draftedAt);
  const languages = [
    { value: 'de', label: t('workspace:counter.german') },
    { value: 'en', label: t('workspace:counter.english') },
  ];
  return show(
    visit,
    { title: t('workspace:counter.title'), active: 'counter', status: again ? 422 : 200 },
    <>
      <ErrorSummary t={t} problems={form.problems} />
      <h1>{t('workspace:counter.formTitle')}</h1>
      {form.draftedAt === undefined ? null : (
        <DraftNote visit={visit} savedAt={form.draftedAt} place={place} page={page} />
      )}
      <Form
        action={paths.counterForm}
        csrf={visit.csrf}
        multipart
        hidden={{ ...hidden, command: form.command, ...draft.hidden }}
        draft={draft.texts}
        typed={form.draftedAt !== undefined || again}
      >
        <QuestionNote question={form.question} />
        <div class="tw-columns">
          <div>
            <RadioGroup
              {...field(part, 'way')}
              value={one(visit.input, 'way') || 'counter'}
              options={ways.map((way) => ({ value: way, label: t(`workspace:counter.way.${way}`) }))}
            />
            <h2>{t('workspace:counter.who')}</h2>
            {Who(part)}
            <h2>{t('workspace:counter.what')}</h2>
            {await belongsTo(part)}
            <Select
              {...field(part, 'concern')}
              options={form.concerns}
              empty={t('workspace:verb.choose')}
              hint={form.visitor.cases.length > 0 ? t('workspace:counter.concernHint') : undefined}
            />
            <TextArea
              {...field(part, 'said')}
              rows={5}
              maxLength={10_000}
              optional
              hint={t('workspace:counter.saidHint')}
            />
          </div>
          <div>
            <WithHelp visit={visit} of="counter-papers">
              <h2>{t('workspace:counter.papers')}</h2>
            </WithHelp>
            {Papers(part)}
            <WithHelp visit={visit} of="counter-promise">
              <h2>{t('workspace:counter.promise')}</h2>
            </WithHelp>
            <PromiseFields visit={visit} problems={form.problems} question={form.question} optional />
            <h2>{t('workspace:counter.rest')}</h2>
            <TextArea
              {...field(part, 'note')}
              rows={3}
              maxLength={10_000}
              optional
              hint={t('workspace:counter.noteHint')}
            />
            <Select
              {...field(part, 'noteTopic')}
              options={form.topics}
              empty={t('workspace:counter.noTopic')}
              optional
              mark="none"
            />
            <Select
              {...field(part, 'receiptLanguage')}
              value={one(visit.input, 'receiptLanguage') || visit.language}
              options={languages}
            />
            <Button>{t('workspace:counter.send')}</Button>
          </div>
        </div>
      </Form>
    </>,
  );
}
