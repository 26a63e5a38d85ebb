import { isId } from '../../../kernel/ids.ts';
import type { NoteFilter } from '../../../modules/cases/index.ts';
import type { Note } from '../../../modules/contacts/index.ts';
import { Button, type Content, formatDateTime, Icon, type Option } from '../../../ui/index.ts';
import { actorWords } from '../case/history.tsx';
import { paths, withQuery } from '../paths.ts';
import { me, periods } from '../search/asked.ts';
import { queryText, type StaffVisit } from '../visit.ts';
import { NotePlace } from './note-place.tsx';
import { noteTitle } from './words.ts';

const filterNames = ['thema', 'wer', 'von', 'seit'] as const;
type FilterName = (typeof filterNames)[number];
/** What the address narrows notes by, and where the shown ones begin. */
export type NoteQuery = Readonly<Record<FilterName | 'ab', string>>;

export function noteQuery(visit: StaffVisit): NoteQuery {
  const text = (name: string): string => queryText(visit, name).trim().slice(0, 100);
  const id = (name: string): string => (isId(text(name)) ? text(name) : '');
  const von = text('von');
  return {
    thema: text('thema'),
    wer: id('wer'),
    von: von === me || isId(von) ? von : '',
    seit: periods.find((each) => each === text('seit')) ?? '',
    ab: id('ab'),
  };
}

export const isNarrowed = (query: NoteQuery): boolean => filterNames.some((name) => query[name] !== '');

const dayMs = 86_400_000;

export const filterOf = (visit: StaffVisit, query: NoteQuery): NoteFilter => ({
  ...(query.thema === '' ? {} : { topic: query.thema }),
  ...(query.wer === '' ? {} : { personId: query.wer }),
  ...(query.von === '' ? {} : { authorId: query.von === me ? visit.staff.id : query.von }),
  ...(query.seit === '' ? {} : { from: new Date(visit.services.clock.now().getTime() - Number(query.seit) * dayMs) }),
});

/** The words of a note, as they were written. */
export const NoteText = ({ visit, note }: { visit: StaffVisit; note: Note }) => (
  <blockquote class="tw-said__text">
    <p class="tw-typed">{note.text}</p>
    <p class="tw-sub">
      {actorWords(visit, note.actorKind, note.authorName)}, {formatDateTime(note.at, visit.language, visit.t)}
    </p>
  </blockquote>
);

type OneProps = { visit: StaffVisit; note: Note; all: readonly Note[]; own: Content | undefined };

function OneNote({ visit, note, all, own }: OneProps) {
  const { t } = visit;
  const correctedBy = all.find((each) => each.about.corrects === note.id);
  const title = noteTitle(visit, note.about);
  return (
    <li class="tw-said" id={`notiz-${note.id}`}>
      <p class="tw-said__title">
        {note.about.circle === undefined ? null : <Icon name="account-circle" small />}
        <strong>{title}</strong>
      </p>
      {correctedBy === undefined ? null : (
        <p class="tw-warn">
          <Icon name="info" small /> <a href={`#notiz-${correctedBy.id}`}>{t('contacts:corrected')}</a>
        </p>
      )}
      <NoteText visit={visit} note={note} />
      <NotePlace visit={visit} about={note.about} />
      {own ?? null}
      {note.actorKind === 'staff' ? (
        <p class="tw-sub">
          <a
            href={`${withQuery(paths.case(note.caseId), { tun: 'notizen', richtigt: note.id })}#f-text`}
            aria-label={t('contacts:correctLabel', { title })}
          >
            {t('contacts:correct')}
          </a>
        </p>
      ) : null}
    </li>
  );
}

export type NoteListProps = {
  readonly visit: StaffVisit;
  /** The page the filter leads to. */
  readonly path: string;
  readonly query: NoteQuery;
  readonly notes: readonly Note[];
  readonly next: string | undefined;
  /** What stands in the own fields of the notes. */
  readonly own: ReadonlyMap<string, Content>;
  readonly topics: readonly Option[];
  readonly people: readonly Option[];
  readonly staff: readonly Option[];
  /** The filter is folded away as long as it narrows nothing. */
  readonly folded?: boolean;
};

/** Notes, the newest first, and what narrows them. */
export function NoteList(props: NoteListProps) {
  const { visit, path, query, notes, next } = props;
  const { t } = visit;
  return (
    <>
      {props.folded ? (
        <details open={isNarrowed(query)}>
          <summary>{t('contacts:filter.label')}</summary>
          <NoteFilterForm {...props} />
        </details>
      ) : (
        <NoteFilterForm {...props} />
      )}
      {notes.length === 0 ? (
        <p class="td-muted">{t(isNarrowed(query) ? 'contacts:noneFound' : 'contacts:none')}</p>
      ) : (
        <ol class="tw-note-list">
          {notes.map((note) => (
            <OneNote visit={visit} note={note} all={notes} own={props.own.get(note.id)} />
          ))}
        </ol>
      )}
      {next === undefined ? null : (
        <p>
          <a href={withQuery(path, { ...query, ab: next })}>{t('contacts:older')}</a>
        </p>
      )}
    </>
  );
}

function NoteFilterForm({ visit, path, query, topics, people, staff }: NoteListProps) {
  const { t } = visit;
  const options: Readonly<Record<FilterName, readonly Option[]>> = {
    thema: topics,
    wer: people,
    von: [{ value: me, label: t('search:me') }, ...staff.filter((each) => each.value !== visit.staff.id)],
    seit: periods.map((value) => ({ value, label: t(`search:since.${value}`) })),
  };
  return (
    <form action={path} method="get" class="tw-filter" aria-label={t('contacts:filter.label')}>
      {filterNames.map((name) => (
        <div class="kern-form-input">
          <label class="kern-label" for={`notes-${name}`}>
            {t(`contacts:filter.${name}`)}
          </label>
          <select class="kern-form-input__input td-select" id={`notes-${name}`} name={name}>
            <option value="">{t('search:filter.any')}</option>
            {options[name].map((option) => (
              <option value={option.value} selected={option.value === query[name]}>
                {option.label}
              </option>
            ))}
          </select>
        </div>
      ))}
      <div class="tw-filter__act">
        <Button variant="secondary">{t('search:filter.apply')}</Button>
        {isNarrowed(query) ? <a href={path}>{t('search:filter.reset')}</a> : null}
      </div>
    </form>
  );
}
