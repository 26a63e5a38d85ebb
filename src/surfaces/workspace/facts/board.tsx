import { dayInGermany } from '../../../kernel/dates.ts';
import { effectiveDue, type HolidayPlace } from '../../../kernel/holidays.ts';
import { type BoardCases, contradicts, type Fact, type FactKind, standingOf } from '../../../modules/facts/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Button, type Content, formatDate, Icon } from '../../../ui/index.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { fieldName } from '../fields/field-words.tsx';
import { holidayPlace } from '../free-day.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { kindWords } from '../reader/words.ts';
import type { StaffVisit } from '../visit.ts';
import { Deadline } from '../words.tsx';
import { type BoardData, loadBoard, type SourceLink } from './load-board.ts';
import { boardParts } from './parts.ts';
import { letterWays } from './ways.tsx';
import { asksWhose, Whose } from './whose.tsx';
import { aboutFact, factWords, standingWords, validWords } from './words.ts';

/** Where the board stands: verbs lead back there. */
export type BoardPlace = { readonly page: 'vorgang' } | { readonly page: 'akte'; readonly fileId: string };
type Props = { readonly visit: StaffVisit; readonly data: BoardData; readonly place: BoardPlace };

/** The board at the top of a case or a file: what is known, each with its source and its day. `all`: with what the house or the team hides. */
export async function drawBoard(
  tx: Tx,
  visit: StaffVisit,
  cases: BoardCases,
  caseId: string,
  place: BoardPlace,
  all = false,
): Promise<Content> {
  const parts = [];
  for (const { name, title, draw } of boardParts) {
    const content = await draw(tx, visit, cases.visible);
    if (content !== null) parts.push({ name, title, content });
  }
  const letters = await letterWays(tx, visit, cases, caseId);
  const data = await loadBoard(tx, cases, caseId);
  const holidays = await holidayPlace(visit);
  return (
    <Board visit={visit} data={data} place={place} holidays={holidays} parts={parts} letters={letters} all={all} />
  );
}

type BoardProps = Props & {
  readonly holidays: HolidayPlace;
  readonly parts: readonly { readonly name: string; readonly title: string; readonly content: Content }[];
  readonly letters: Content;
  /** With what the house or the team hides. */
  readonly all: boolean;
};

function Board(props: BoardProps) {
  const { visit, data, place, parts } = props;
  const { t } = visit;
  const { placed } = data;
  const groups = boardGroups(props);
  const shown = placed.filter(({ hidden }) => !hidden || props.all).map(({ key }) => key);
  // A part that no order names yet follows behind: nothing new is ever lost.
  const rest = parts.map(({ name }) => name).filter((name) => !placed.some(({ key }) => key === name));
  return (
    <section class="tw-panel tw-board" aria-labelledby="board">
      <WithHelp visit={visit} of="board">
        <h2 id="board">{t('facts:title')}</h2>
      </WithHelp>
      <Suggestions {...props} />
      <dl class="tw-board__facts">{[...shown, ...rest].map((key) => groups.get(key) ?? null)}</dl>
      <p class="tw-said__ways">
        <a
          href={`${withQuery(paths.case(data.caseId), { tun: 'fakten' })}#verb`}
          data-shortcut={place.page === 'akte' ? 'w' : undefined}
        >
          {t('facts:say')} <kbd class="td-kbd">w</kbd>
        </a>
      </p>
    </section>
  );
}

/** Everything the board can show, by the name by which a house orders it. */
function boardGroups(props: BoardProps): ReadonlyMap<string, Content> {
  const { visit, data, parts, letters } = props;
  const { t } = visit;
  const held = data.facts.filter((each) => each.confirmedAt !== null);
  const of = (...kinds: FactKind[]) => held.filter((each) => kinds.includes(each.kind));
  const ending = of('until').toSorted((a, b) => ((a.validUntil ?? '9') < (b.validUntil ?? '9') ? -1 : 1));
  const title = (key: string): string => fieldName(visit, data.placed, 'board', key);
  const facts = (key: FactKind, none?: string): [string, Content] => [
    key,
    <Group title={title(key)} empty={of(key).length === 0} {...(none === undefined ? {} : { none })}>
      <Lines {...props} facts={of(key)} />
    </Group>,
  ];
  return new Map<string, Content>([
    [
      'household',
      <Group title={title('household')} empty={data.household === undefined && of('member').length === 0}>
        {data.household === undefined ? null : (
          <li>
            {data.household.members.map((each) => (
              <span class="tw-board__member">
                {each.givenName} {each.familyName}{' '}
                <span class="td-muted">{formatDate(each.birthDate, visit.language)}</span>
                <span class="tw-sub">
                  {t('facts:source.register', { date: formatDate(each.fromDay, visit.language) })}
                </span>
              </span>
            ))}
          </li>
        )}
        <Lines {...props} facts={of('member')} />
      </Group>,
    ],
    facts('reach', t('facts:unknown')),
    [
      'letters',
      <Group title={title('letters')} empty={false}>
        {letters}
      </Group>,
    ],
    facts('language', t('facts:unknown')),
    facts('helper'),
    [
      'until',
      <Group title={title('until')} empty={ending.length + data.papers.length === 0}>
        <Lines {...props} facts={ending} />
        <Papers {...props} />
      </Group>,
    ],
    [
      'missing',
      <Group title={title('missing')} empty={data.missing.length === 0}>
        {data.missing.map((item) => (
          <li>
            <a href={`${paths.case(item.caseId)}#open`}>{item.what}</a>{' '}
            <Deadline visit={visit} day={effectiveDue(item.dueOn, props.holidays)} />
            <span class="tw-sub">
              {t('facts:source.asked', { date: formatDate(item.requestedAt, visit.language), number: item.number })}
            </span>
          </li>
        ))}
      </Group>,
    ],
    facts('address'),
    facts('free'),
    ...parts.map(({ name, title: words, content }): [string, Content] => [
      name,
      <Group title={data.placed.some(({ key }) => key === name) ? title(name) : t(words)} empty={false}>
        {content}
      </Group>,
    ]),
  ]);
}

/** Facts of one sort under their heading; where there are none, nothing, or that nobody knows yet. */
const Group = (props: { title: string; empty: boolean; none?: string; children: Content }) =>
  props.empty && props.none === undefined ? null : (
    <div>
      <dt>{props.title}</dt>
      <dd>{props.empty ? <span class="td-muted">{props.none}</span> : <ul>{props.children}</ul>}</dd>
    </div>
  );

const Lines = (props: Props & { facts: readonly Fact[] }) => (
  <>
    {props.facts.map((fact) => (
      <Line {...props} fact={fact} />
    ))}
  </>
);

function Line({ visit, data, fact }: Props & { fact: Fact }) {
  const valid = validWords(visit, fact);
  const about = aboutFact(visit, fact).join(', ');
  return (
    <li>
      <a href={paths.fact(data.caseId, fact.id)}>{factWords(visit, fact)}</a>
      {valid === undefined ? null : <> {valid}</>}
      <Standing visit={visit} fact={fact} />
      <span class="tw-sub">
        {about === '' ? null : <>{about} · </>}
        {asksWhose(fact, data.household) ? (
          <>
            <a href={`${paths.fact(data.caseId, fact.id)}#whose`}>{visit.t('facts:whose.unsaid')}</a> ·{' '}
          </>
        ) : null}
        <Source visit={visit} fact={fact} link={data.sources.get(fact.id)} />
      </span>
    </li>
  );
}

const Standing = ({ visit, fact }: { visit: StaffVisit; fact: Fact }) => {
  const words = standingWords(visit, fact);
  return words === undefined ? null : (
    <>
      {' '}
      <span class="tw-warn">
        <Icon name="warning" small /> {words}
      </span>
    </>
  );
};

/** From where a fact is known, and since when. */
export function Source({ visit, fact, link }: { visit: StaffVisit; fact: Fact; link: SourceLink | undefined }) {
  const { t, language } = visit;
  const { kind, page, day } = fact.source;
  const date = formatDate(day, language);
  if (kind === 'person') return <>{t('facts:source.person', { date })}</>;
  if (kind === 'staff') return <>{t('facts:source.staff', { date, name: fact.saidByName })}</>;
  const words =
    kind === 'document' && link !== undefined
      ? t(page === null ? 'facts:source.paper' : 'facts:source.page', { name: link.name, page: page ?? 1 })
      : t(`facts:source.${kind}`);
  return (
    <>
      {link === undefined ? words : <a href={link.href}>{words}</a>}, {date}
    </>
  );
}

/** Documents of which somebody said until when they hold: kept with the document, and changed there. */
function Papers({ visit, data }: Props) {
  const { t, language } = visit;
  const today = dayInGermany(visit.services.clock.now());
  return (
    <>
      {data.papers.map(({ id, name, facts, arrivedAt }) => (
        <li>
          <a href={paths.document(id)}>{kindWords(visit, facts.kind) ?? name}</a>{' '}
          {facts.validUntil === null ? null : t('facts:valid.until', { date: formatDate(facts.validUntil, language) })}
          {standingOf(facts, today) === 'over' ? (
            <span class="tw-warn">
              <Icon name="warning" small /> {t('facts:standing.over')}
            </span>
          ) : null}
          <span class="tw-sub">
            {facts.datedOn === null
              ? t('facts:source.arrived', { name, date: formatDate(arrivedAt, language) })
              : t('facts:source.dated', { name, date: formatDate(facts.datedOn, language) })}
          </span>
        </li>
      ))}
    </>
  );
}

/** What was read on pages and nobody has looked at: one key takes over the first. */
function Suggestions({ visit, data, place }: Props) {
  const { t } = visit;
  const suggested = data.facts.filter((each) => each.confirmedAt === null);
  const held = data.facts.filter((each) => each.confirmedAt !== null);
  if (suggested.length === 0) return null;
  return (
    <div class="tw-board__suggested">
      <h3>{t('facts:suggested', { count: suggested.length })}</h3>
      <ul class="tw-open">
        {suggested.map((fact, index) => {
          const said = [factWords(visit, fact), validWords(visit, fact)].join(' ');
          const against = held.filter((each) => contradicts(fact, each));
          return (
            <li>
              <span>
                <strong>{said}</strong>
                <span class="tw-sub">
                  <Source visit={visit} fact={fact} link={data.sources.get(fact.id)} />
                </span>
                {against.map((each) => (
                  <span class="tw-sub">
                    <span class="tw-warn">
                      <Icon name="warning" small /> {t('facts:contradicts')}
                    </span>{' '}
                    <a href={paths.fact(data.caseId, each.id)}>
                      {[factWords(visit, each), validWords(visit, each)].join(' ')}
                    </a>
                  </span>
                ))}
              </span>
              <FactForm visit={visit} place={place} action={paths.factConfirm(fact.caseId, fact.id)}>
                {data.household !== undefined && asksWhose(fact, data.household) ? (
                  <Whose visit={visit} fact={fact} household={data.household} />
                ) : null}
                <Button small shortcut={index === 0 ? 's' : undefined}>
                  {t('facts:confirm')}
                  <span class="kern-sr-only"> {said}</span>
                </Button>
              </FactForm>
              <FactForm visit={visit} place={place} action={paths.factWrong(fact.caseId, fact.id)}>
                <button type="submit" class="td-link-button" aria-label={t('facts:rejectLabel', { said })}>
                  {t('facts:reject')}
                </button>
              </FactForm>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** A small form of the board; it says from where it was sent. */
const FactForm = (props: { visit: StaffVisit; place: BoardPlace; action: string; children: Content }) => (
  <form action={props.action} method="post">
    <VerbMarks visit={props.visit} />
    <input type="hidden" name="von" value={props.place.page === 'akte' ? props.place.fileId : ''} />
    {props.children}
  </form>
);
