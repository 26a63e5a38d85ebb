import { letterKinds } from '../../../modules/documents/index.ts';
import { documentStates, retentionClasses } from '../../../modules/files/index.ts';
import { formatDateTime, Icon, RadioGroup, Select, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import {
  choiceMark,
  chosenInput,
  type FactConflict,
  type FactField,
  factConflicts,
  factFieldNames,
  shownFact,
  versionMark,
  wasMark,
} from './describe.ts';
import type { ReaderProps } from './page.tsx';
import { field, Panel } from './panels.tsx';

type Props = ReaderProps & { readonly conflicts: readonly FactConflict[] };

/** The words of a value of a field, as a person reads them. */
function valueWords({ visit: { t } }: ReaderProps, name: FactField, value: string): string {
  if (value === '') return t(name === 'frist' ? 'file:facts.usual' : 'together:conflict.nothing');
  if (name === 'art') return t(`post:kind.${value}`);
  if (name === 'stand') return t(`file:state.${value}`);
  return name === 'frist' ? t(`file:class.${value}`) : value;
}

/** What each field carries unseen: its version and what it showed. After a conflict it goes by what stands there now. */
function marks(props: Props): Record<string, string> {
  const { visit, data, input, problems, conflicts } = props;
  const typed = problems.length > 0;
  return Object.fromEntries(
    factFieldNames.flatMap((name) => {
      const fresh = !typed || input[versionMark(name)] === undefined || conflicts.some((each) => each.field === name);
      const version = String(data.factStates(name).version);
      return [
        [versionMark(name), fresh ? version : one(input, versionMark(name))],
        [wasMark(name), fresh ? shownFact(visit, data.filed.facts, name) : one(input, wasMark(name))],
      ];
    }),
  );
}

/** Both words of a field that two people wrote, beside each other; the second one chooses. */
function Both(props: Props) {
  const { visit, input, conflicts } = props;
  const { t, language } = visit;
  if (conflicts.length === 0) return null;
  return (
    <div class="tw-conflict td-form" role="alert" id="conflict">
      <p>
        <Icon name="warning" small /> {t('together:conflict.nothingLost')}
      </p>
      {conflicts.map(({ field: name, theirs, writer }) => {
        const person = writer.writerName === '' ? t('together:conflict.somebody') : writer.writerName;
        const at = writer.writtenAt === null ? '' : formatDateTime(writer.writtenAt, language, t);
        return (
          <RadioGroup
            t={t}
            name={choiceMark(name)}
            label={t('file:facts.conflict', { field: t(`file:field.${name}`) })}
            value="meine"
            options={[
              { value: 'meine', label: t('file:facts.mine', { value: valueWords(props, name, one(input, name)) }) },
              {
                value: 'andere',
                label: t('file:facts.theirs', { name: person, value: valueWords(props, name, theirs) }),
                ...(at === '' ? {} : { hint: at }),
              },
            ]}
          />
        );
      })}
    </div>
  );
}

/** Kind, sender, days, state and class of retention: what a machine suggested, until a person says it. */
export function FactsPanel(given: ReaderProps) {
  const { visit, data } = given;
  const { t } = visit;
  const { facts } = data.filed;
  const input = chosenInput(given.input);
  const conflicts = given.problems.length === 0 ? [] : factConflicts(visit, input, facts, data.factStates);
  const props: Props = { ...given, input, conflicts };
  const shown = (name: FactField) => field(props, name, shownFact(visit, facts, name));
  const suggested = !facts.byPerson && (facts.kind !== null || facts.sender !== null || facts.datedOn !== null);
  return (
    <Panel {...props} panel="angaben" verb="angaben" send={t('file:facts.save')}>
      {Object.entries(marks(props)).map(([name, value]) => (
        <input type="hidden" name={name} value={value} data-version />
      ))}
      <Both {...props} />
      {suggested ? <p class="td-muted">{t('file:facts.suggested')}</p> : null}
      <Select
        {...shown('art')}
        optional
        empty={t('file:facts.unknown')}
        options={letterKinds.map((value) => ({ value, label: t(`post:kind.${value}`) }))}
      />
      <TextField {...shown('absender')} optional maxLength={100} />
      <TextField {...shown('vom')} optional width="s" maxLength={20} />
      <TextField {...shown('gueltigAb')} optional width="s" maxLength={20} />
      <TextField {...shown('gueltigBis')} optional width="s" maxLength={20} />
      <Select
        {...shown('stand')}
        options={documentStates.map((value) => ({ value, label: t(`file:state.${value}`) }))}
      />
      <Select
        {...shown('frist')}
        optional
        hint={t('file:facts.keptBy', { count: data.kept.rule.years, source: data.kept.rule.source })}
        empty={t('file:facts.usualIs', { class: t(`file:class.${data.kept.usual}`) })}
        options={retentionClasses.map((value) => ({ value, label: t(`file:class.${value}`) }))}
      />
    </Panel>
  );
}
