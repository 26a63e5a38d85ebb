import { dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { noteTopics, peopleOfCase } from '../../../modules/contacts/index.ts';
import {
  boardCases,
  boardFact,
  type Fact,
  type FactKind,
  factKinds,
  helperScopes,
  reachWays,
} from '../../../modules/facts/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Checkbox,
  CheckboxGroup,
  type Content,
  formatDate,
  type Option,
  Select,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { errorOf, type FormProps, Sheet, wasTyped } from '../case/verb-sheet.tsx';
import { topicOptions } from '../contacts/words.ts';
import { paths, withQuery } from '../paths.ts';
import { nameOnCase } from '../words.tsx';
import { factWords } from './words.ts';

export const asKind = (text: string): FactKind | undefined => factKinds.find((each) => each === text);

/** What kind of fact, then the fact. One that takes the place of another begins with what stands there. */
export async function factForm(tx: Tx, props: FormProps): Promise<Content> {
  const { visit, data, view } = props;
  const { t } = visit;
  const old = await replacedBy(tx, props);
  const kind = old?.kind ?? asKind(one(view.input, 'factKind'));
  if (kind === undefined)
    return (
      <ul class="tw-board__kinds">
        {factKinds.map((each) => (
          <li>
            <a
              href={`${withQuery(paths.case(data.case.id), { tun: 'fakten', fakt: each, dok: view.document })}#f-${firstOf(each)}`}
            >
              {t(`facts:kind.${each}`)}
            </a>
            <span class="tw-sub">{t(`facts:kindHint.${each}`)}</span>
          </li>
        ))}
      </ul>
    );
  return (
    <Sheet {...props} verb="fakten">
      <input type="hidden" name="factKind" value={kind} />
      {old === undefined ? null : (
        <>
          <input type="hidden" name="replaces" value={old.id} />
          <p>{t('facts:replacing', { now: factWords(visit, old) })}</p>
        </>
      )}
      <h3>{t(`facts:kind.${kind}`)}</h3>
      <Fields
        {...props}
        kind={kind}
        old={wasTyped(view) ? undefined : old}
        people={await peopleFor(tx, props)}
        topics={topicOptions(visit, await noteTopics(tx), old?.detail.topic)}
      />
    </Sheet>
  );
}

const firstOf = (kind: FactKind): string => (kind === 'reach' ? 'factWay' : kind === 'free' ? 'factTopic' : 'factText');

/** What the new fact takes the place of; where somebody was faster, what they put there. */
async function replacedBy(tx: Tx, { visit, data, view }: FormProps): Promise<Fact | undefined> {
  const id = one(view.input, 'replaces');
  const cases = isId(id) ? await boardCases(tx, visit.reader, data.case.id) : undefined;
  let at = cases === undefined ? undefined : await boardFact(tx, cases, id);
  while (cases !== undefined && at?.replacedBy != null) at = await boardFact(tx, cases, at.replacedBy);
  return at?.closedAs === null ? at : undefined;
}

async function peopleFor(tx: Tx, { visit, data }: FormProps): Promise<Option[]> {
  const people =
    data.case.personId === null
      ? [{ value: 'stated', label: nameOnCase(visit, data.case.personName) }]
      : (await peopleOfCase(tx, data.case)).map((each) => ({ value: each.id, label: each.name }));
  return [...people, { value: 'household', label: visit.t('contacts:household') }];
}

type FieldsProps = FormProps & {
  readonly kind: FactKind;
  readonly old: Fact | undefined;
  readonly people: readonly Option[];
  readonly topics: readonly Option[];
};

function Fields({ visit, data, view, kind, old, people, topics }: FieldsProps) {
  const { t, language } = visit;
  const field = (name: string, otherwise = '') => ({
    t,
    name,
    label: t(`facts:field.${name}`),
    value: one(view.input, name) || otherwise,
    error: errorOf(view, name),
  });
  const day = (value: string | null | undefined): string => (value == null ? '' : formatDate(value, language));
  // What was read on a page says of nobody whose it is: only a person says that it is the household's.
  const unsaid = old === undefined || (old.personId === null && old.personName === '' && old.saidByName === '');
  const whom = unsaid ? people[0]?.value : (old.personId ?? (old.personName === '' ? 'household' : 'stated'));
  const today = formatDate(dayInGermany(visit.services.clock.now()), language);
  const scopes = [view.input['factScopes'] ?? old?.detail.scopes ?? []].flat();
  const spans = kind !== 'reach' && kind !== 'language';
  const open = view.document !== undefined;
  return (
    <>
      {kind === 'reach' ? (
        <Select
          {...field('factWay', old?.detail.way)}
          empty={t('workspace:verb.choose')}
          options={reachWays.map((value) => ({ value, label: t(`facts:way.${value}`) }))}
        />
      ) : null}
      {kind === 'free' ? (
        <Select {...field('factTopic', old?.detail.topic)} empty={t('workspace:verb.choose')} options={topics} />
      ) : null}
      <TextField
        {...field('factText', old?.text === '–' ? '' : old?.text)}
        label={t(`facts:text.${kind}`)}
        hint={t(`facts:textHint.${kind}`)}
        maxLength={300}
        optional={kind === 'reach'}
      />
      {kind === 'language' ? (
        <Checkbox
          t={t}
          name="interpreter"
          value="ja"
          optional
          label={t('facts:field.interpreter')}
          checked={one(view.input, 'interpreter') === 'ja' || (old?.detail.interpreter === true && !wasTyped(view))}
        />
      ) : null}
      {kind === 'helper' ? (
        <CheckboxGroup
          {...field('factScopes')}
          values={scopes}
          hint={t('facts:scopeHint')}
          options={helperScopes.map((value) => ({ value, label: t(`facts:scope.${value}`) }))}
        />
      ) : null}
      <Select {...field('factWhom', whom)} options={people} />
      <div class="tw-fields">
        {spans ? (
          <>
            <TextField {...field('factFrom', day(old?.validFrom))} optional width="s" maxLength={20} />
            <TextField {...field('factUntil', day(old?.validUntil))} optional width="s" maxLength={20} />
          </>
        ) : null}
      </div>
      <Select
        {...field('factSource', open ? `document:${view.document}` : 'person')}
        options={sourceOptions({ visit, data, view })}
      />
      <div class="tw-fields">
        <TextField {...field('factDay', today)} width="s" maxLength={20} />
        <TextField
          {...field('factPage', open ? String(view.page) : '')}
          hint={t('facts:field.factPageHint')}
          optional
          width="xs"
          maxLength={4}
          inputMode="numeric"
        />
      </div>
    </>
  );
}

/** From where it can be known: the person, the writer, and what lies in the case. */
function sourceOptions({ visit, data }: FormProps): Option[] {
  const { t, language } = visit;
  const papers = data.arrived.flatMap(({ document }) =>
    document === undefined || document.erasedAt ? [] : [document],
  );
  const notes = data.events
    .filter((event) => event.kind === 'note' && event.detail.circle === undefined)
    .slice(-10)
    .toReversed();
  return [
    { value: 'person', label: t('facts:from.person') },
    { value: 'staff', label: t('facts:from.staff') },
    ...papers.map(({ id, name }) => ({ value: `document:${id}`, label: t('facts:from.document', { name }) })),
    ...data.submissions.map(({ submission }) => ({
      value: `submission:${submission.id}`,
      label: t('facts:from.submission', { date: formatDate(submission.receivedAt, language) }),
    })),
    ...notes.map((event) => ({
      value: `note:${event.id}`,
      label: t('facts:from.note', { date: formatDate(event.at, language), name: event.actorName }),
    })),
  ];
}
