import { decisionResults } from '../../../modules/cases/index.ts';
import {
  type FieldConflict,
  type NoticeField,
  namesAppointment,
  noticeFields,
  placeholders,
} from '../../../modules/notices/index.ts';
import { languages } from '../../../platform/i18n/index.ts';
import {
  Accordion,
  Button,
  ButtonGroup,
  type Content,
  DateField,
  type FieldProblem,
  Form,
  fieldId,
  MoneyField,
  Select,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { type FormInput, one } from '../../request.ts';
import { whenWords, whomWords } from '../appointments/words.ts';
import { newCommand } from '../case/verb-marks.tsx';
import { paths } from '../paths.ts';
import { DraftNote, draftMarks } from '../together/drafts.tsx';
import type { StaffVisit } from '../visit.ts';
import { markOf, shownValue, standName, wasName } from './fields.ts';
import type { LetterData } from './load.ts';

/** What was typed and not kept, what is wrong with it, and what somebody else wrote meanwhile. */
export type Typed = {
  readonly input?: FormInput | undefined;
  readonly draftAt?: Date | undefined;
  readonly problems: readonly FieldProblem[];
  readonly conflicts: readonly FieldConflict[];
  /** What was typed into one of the small forms beside the text. */
  readonly small?: FormInput | undefined;
};

type Props = {
  readonly visit: StaffVisit;
  readonly data: LetterData;
  readonly typed: Typed;
  /** Hash of the preview beside it, in hexadecimal. */
  readonly hash: string;
};

const joinable: readonly NoticeField[] = ['subject', 'body', 'reasons', 'weighing'];

/** Both texts of a field that two people wrote; the second one chooses. */
function Conflict({ visit, conflict }: { visit: StaffVisit; conflict: FieldConflict }) {
  const { t } = visit;
  const name = conflict.writer.writerName;
  return (
    <div class="tw-conflict tw-letter__conflict" role="alert">
      <p>
        <strong>{t('notices:conflict.title', { field: t(`notices:field.${conflict.field}`), name })}</strong>
      </p>
      <blockquote class="tw-typed">
        {conflict.theirs === '' ? t('together:conflict.nothing') : conflict.theirs}
      </blockquote>
      <div class="td-toolbar">
        <Button variant="secondary" name="nimm" value={conflict.field}>
          {t('notices:conflict.theirs', { name })}
        </Button>
        {joinable.includes(conflict.field) ? (
          <Button variant="secondary" name="beides" value={conflict.field}>
            {t('together:conflict.both')}
          </Button>
        ) : null}
      </div>
      <p class="td-muted">{t('notices:conflict.mine')}</p>
    </div>
  );
}

/** An appointment that a letter may name, by its id; said plainly where it does not hold any more. */
function appointmentLabel(visit: StaffVisit, { source }: LetterData, id: string): string {
  const found = source.coming.find((each) => each.id === id);
  if (found !== undefined) return `${whenWords(visit, found)}, ${whomWords(visit, found.personName)}`;
  return visit.t(`notices:appointment.${id === '' ? 'next' : 'gone'}`);
}

/** Which appointment the letter is about; asked only where its text names one, or one was chosen before. */
function AppointmentField(props: {
  visit: StaffVisit;
  data: LetterData;
  field: {
    readonly t: StaffVisit['t'];
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly error: string | undefined;
  };
}) {
  const { visit, data, field } = props;
  const { notice, source } = data;
  if (notice.appointmentId === null && !namesAppointment(notice.subject, notice.body)) return null;
  const ids = ['', ...source.coming.map((each) => each.id)];
  if (!ids.includes(field.value)) ids.push(field.value);
  return <Select {...field} options={ids.map((value) => ({ value, label: appointmentLabel(visit, data, value) }))} />;
}

/** The text of a letter, with what it carries unseen: the version and the words of each field as its writer found them. */
export function Editor({ visit, data, typed, hash }: Props) {
  const { t } = visit;
  const { notice } = data;
  const action = paths.letterVerb(notice.id, 'text');
  const page = paths.letter(notice.id);
  const draft = draftMarks(visit, action, page, typed.draftAt);
  const value = (field: NoticeField): string =>
    typed.input === undefined ? shownValue(notice, field) : one(typed.input, field);
  const conflictOf = (field: NoticeField) => typed.conflicts.find((each) => each.field === field);
  const fields = noticeFields.filter(
    (field) => notice.kind === 'notice' || !['result', 'reasons', 'weighing'].includes(field),
  );
  const versions = Object.fromEntries(
    fields.flatMap((field) => {
      const conflict = conflictOf(field);
      const kept = conflict === undefined && typed.input !== undefined ? typed.input : {};
      const shown = shownValue(notice, field);
      return [
        [
          standName(field),
          conflict
            ? String(conflict.writer.version)
            : one(kept, standName(field)) || String(data.states(field).version),
        ],
        [wasName(field), one(kept, wasName(field)) || markOf(shown)],
      ];
    }),
  );
  const common = (field: NoticeField) => ({
    t,
    name: field,
    label: t(`notices:field.${field}`),
    value: value(field),
    error: typed.problems.find((each) => each.id === fieldId(field))?.text,
  });
  const note = (field: NoticeField): Content => {
    const conflict = conflictOf(field);
    if (conflict === undefined) return null;
    const shown = field === 'appointmentId' ? appointmentLabel(visit, data, conflict.theirs) : conflict.theirs;
    return <Conflict visit={visit} conflict={{ ...conflict, theirs: shown }} />;
  };
  return (
    <>
      {typed.draftAt === undefined ? null : (
        <DraftNote visit={visit} savedAt={typed.draftAt} place={action} page={page} />
      )}
      <Form
        action={action}
        csrf={visit.csrf}
        id="text"
        versions={versions}
        hidden={{ ...draft.hidden, command: newCommand(visit), hash, content: String(notice.content) }}
        draft={draft.texts}
        typed={typed.input !== undefined}
      >
        {note('subject')}
        <TextField {...common('subject')} maxLength={200} />
        {note('body')}
        <TextArea {...common('body')} rows={16} maxLength={40_000} hint={t('notices:field.bodyHint')} />
        <div class="tw-letter__insert">
          <Select
            t={t}
            name="baustein"
            label={t('notices:editor.block')}
            optional
            empty={t('notices:editor.choose')}
            options={data.blocks.map((each) => ({ value: each.key, label: each.title }))}
          />
          <Button variant="secondary" name="tun" value="baustein">
            {t('notices:editor.insert')}
          </Button>
        </div>
        <Accordion title={t('notices:editor.placeholders')}>
          <dl class="tw-letter__places">
            {placeholders.map((name) => (
              <div>
                <dt>
                  <code>{`{{${name}}}`}</code>
                </dt>
                <dd>{t(`notices:placeholder.${name.replace('.', '-')}`)}</dd>
              </div>
            ))}
          </dl>
        </Accordion>
        {note('appointmentId')}
        <AppointmentField visit={visit} data={data} field={common('appointmentId')} />
        {note('deadline')}
        <DateField {...common('deadline')} hint={t('notices:field.deadlineHint')} optional />
        {note('amountCents')}
        <MoneyField {...common('amountCents')} optional />
        {notice.kind === 'notice' ? (
          <>
            {note('result')}
            <Select
              {...common('result')}
              empty={t('workspace:verb.choose')}
              options={decisionResults.map((each) => ({ value: each, label: t(`workspace:result.${each}`) }))}
            />
            {note('reasons')}
            <TextArea {...common('reasons')} rows={6} maxLength={20_000} hint={t('notices:field.reasonsHint')} />
            {note('weighing')}
            <TextArea
              {...common('weighing')}
              rows={5}
              maxLength={20_000}
              hint={t('notices:field.weighingHint')}
              optional={data.source.template?.discretion !== true}
            />
          </>
        ) : null}
        {note('recipient')}
        <TextArea {...common('recipient')} rows={4} maxLength={500} hint={t('notices:field.recipientHint')} />
        {note('language')}
        <Select
          {...common('language')}
          hint={t('notices:field.languageHint')}
          options={languages.map((each) => ({ value: each, label: t(`notices:translation.into.${each}`) }))}
        />
        <ButtonGroup>
          <Button name="tun" value="sichern" shortcut="s">
            {t('notices:editor.save')}
          </Button>
        </ButtonGroup>
      </Form>
    </>
  );
}
