import {
  Button,
  Checkbox,
  type Content,
  ErrorSummary,
  fieldId,
  RadioGroup,
  Select,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { topicOptions } from '../contacts/words.ts';
import { paths } from '../paths.ts';
import { nameOnCase } from '../words.tsx';
import { goesAlong } from './along.ts';
import { pageLines } from './lines.ts';
import { here, type ReaderProps, ViewMarks } from './page.tsx';
import { partWords } from './words.ts';

const errorOf = (props: ReaderProps, name: string): string | undefined =>
  props.problems.find((problem) => problem.id === fieldId(name))?.text;

export const field = (props: ReaderProps, name: string, known = '') => ({
  t: props.visit.t,
  name,
  label: props.visit.t(`file:field.${name}`),
  value: props.problems.length > 0 ? one(props.input, name) : known,
  error: errorOf(props, name),
});

type PanelProps = ReaderProps & {
  readonly panel: 'angaben' | 'markieren' | 'verlegen';
  readonly verb: 'angaben' | 'markierungen' | 'verlegung';
  readonly send: string;
  /** Frames can be drawn over the page's picture. */
  readonly draw?: boolean;
  readonly children?: Content;
};

/** The form beside a page: what is wrong, what is asked, to send it or to leave it. */
export function Panel({ panel, verb, send, draw, children, ...props }: PanelProps) {
  const { visit, data, problems } = props;
  const { t } = visit;
  return (
    <section class="tw-panel" aria-labelledby="tun">
      <h2 id="tun">{t(`file:reader.${panel}`)}</h2>
      <form
        action={paths.documentVerb(data.shown.paper.document.id, verb)}
        method="post"
        class="td-form"
        novalidate
        data-draw={draw ? String(data.shown.page) : undefined}
      >
        <ViewMarks {...props} />
        {problems.length === 0 ? null : <ErrorSummary t={t} problems={problems} />}
        {children}
        <div class="td-toolbar">
          <Button>{send}</Button>
          <a href={here(props, { panel: undefined })}>{t('workspace:verb.cancel')}</a>
        </div>
      </form>
    </section>
  );
}

/** A place on the page and what is to be said about it: lines to tick, and with a script a frame drawn over the picture. */
export function MarkPanel(props: ReaderProps) {
  const { visit, data } = props;
  const { t } = visit;
  const lines = data.shown.words === undefined ? [] : pageLines(data.shown.words);
  return (
    <Panel {...props} panel="markieren" verb="markierungen" send={t('file:mark.save')} draw>
      {lines.length === 0 ? (
        <p>{t('file:mark.noLines')}</p>
      ) : (
        <>
          <p class="td-muted" hidden data-draw-hint="">
            {t('file:mark.draw')}
          </p>
          <fieldset class="tw-lines">
            <legend class="kern-label" id={fieldId('zeile')} tabindex={-1}>
              {t('file:mark.lines')}
            </legend>
            {lines.map((line, index) => (
              <label>
                <input type="checkbox" name="zeile" value={String(index)} /> <span>{line.text}</span>
              </label>
            ))}
          </fieldset>
        </>
      )}
      <TextArea {...field(props, 'notiz')} rows={3} maxLength={2000} />
      <Checkbox
        t={t}
        name="vermerk"
        optional
        value="ja"
        label={t('file:mark.alsoNote')}
        checked={one(props.input, 'vermerk') === 'ja'}
      />
      <NoteAbout {...props} />
    </Panel>
  );
}

/** The topic under which a note about a paper is usually looked for, by the kind of the paper. */
const usualTopics: Readonly<Record<string, string>> = {
  payslip: 'money',
  'account-statement': 'money',
  'rent-contract': 'housing',
  'utility-bill': 'housing',
  termination: 'work',
  'sick-note': 'health',
};

/** About what the place is, and whom the note in the case is about, so that they are found by it; chosen beforehand as far as the paper says it. */
function NoteAbout(props: ReaderProps) {
  const { visit, data } = props;
  const { t } = visit;
  if (data.note === undefined) return null;
  const { topics, people } = data.note;
  const { personId, personName } = data.shown.paper.case;
  const usual = usualTopics[data.filed.facts.kind ?? ''] ?? 'papers';
  const open = topics.some((each) => each.key === usual && !each.closed);
  const whom =
    personId === null
      ? [{ value: 'stated', label: nameOnCase(visit, personName) }]
      : people.map((each) => ({ value: each.id, label: each.name }));
  return (
    <>
      <Select
        {...field(props, 'thema', open ? usual : '')}
        optional
        hint={t('file:mark.topicHint')}
        options={topicOptions(visit, topics)}
        empty={t('workspace:verb.choose')}
      />
      <Select
        {...field(props, 'wen', whom[0]?.value)}
        optional
        hint={t('file:mark.onlyNote')}
        options={[...whom, { value: 'household', label: t('contacts:household') }]}
      />
    </>
  );
}

/** To where it belongs: another part, another case of the file, or a case of another file by its number; alone or with what came with it. */
export function MovePanel(props: ReaderProps) {
  const { visit, data } = props;
  const { t } = visit;
  const { filed } = data;
  const along = goesAlong(data);
  const isCopy = filed.facts.copyOf !== null;
  const isLetter = filed.letter !== undefined;
  return (
    <Panel {...props} panel="verlegen" verb="verlegung" send={t('file:move.save')}>
      <Select
        {...field(props, 'teil', filed.part)}
        options={data.parts.map((part) => ({ value: part.key, label: partWords(visit, data.parts, part.key) }))}
      />
      {isLetter ? (
        <p class="td-muted">{t('notices:stays')}</p>
      ) : isCopy ? (
        <p class="td-muted">{t('file:move.copy')}</p>
      ) : (
        <>
          <Select
            {...field(props, 'vorgang', filed.case.id)}
            options={[
              { value: filed.case.id, label: t('file:move.stays', { number: filed.case.number }) },
              ...data.cases
                .filter((each) => each.id !== filed.case.id)
                .map((each) => ({ value: each.id, label: `${each.number}, ${each.personName}` })),
            ]}
          />
          <TextField {...field(props, 'nummer')} optional width="s" maxLength={20} hint={t('file:move.otherHint')} />
          {data.alone ? (
            <p class="td-muted">{t('file:move.liesAlone')}</p>
          ) : (
            <RadioGroup
              {...field(props, 'umfang', 'alles')}
              hint={along.length === 0 ? t('file:move.withHint') : t('file:move.along', { names: along.join(', ') })}
              options={[
                { value: 'alles', label: t('file:move.together') },
                { value: 'allein', label: t('file:move.alone') },
              ]}
            />
          )}
        </>
      )}
      <TextArea {...field(props, 'grund')} rows={2} maxLength={1000} hint={t('file:move.reasonHint')} />
    </Panel>
  );
}
