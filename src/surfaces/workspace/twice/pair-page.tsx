import type { Decision, PageMarks, Place, Side } from '../../../modules/twice/index.ts';
import { Alert, BackLink, formatDateTime, Icon } from '../../../ui/index.ts';
import { frozenSections } from '../../receipt-paper.ts';
import { newCommand, VerbMarks } from '../case/verb-marks.tsx';
import { firstField, widths } from '../case/view.ts';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit } from '../visit.ts';
import { concernTitles, nameOnCase } from '../words.tsx';
import type { PairView, SideView } from './load-pair.ts';
import { wayWords } from './twice-words.tsx';

type Props = { readonly visit: StaffVisit; readonly view: PairView };

/** The key of each decision. */
const keys = { same: 'd', different: 'v', newer: 'f', undone: 'u' } as const;
const merge = 'g';
/** The keys that turn the pages of the left and of the right side: back, on. */
const turns = [
  ['q', 'w'],
  ['o', 'p'],
] as const;

/** Which pages are shown: from the address, else those that fit together best. */
type Shown = readonly [number, number];

function shownPages(visit: StaffVisit, { pair, sides }: PairView): Shown {
  const first = pair.marks[0];
  const of = (name: string, index: 0 | 1, otherwise: number): number => {
    const asked = Number.parseInt(queryText(visit, name), 10);
    return Math.max(1, Math.min(sides[index].document?.pages ?? 1, asked > 0 ? asked : otherwise));
  };
  return [of('links', 0, first?.a ?? 1), of('rechts', 1, first?.b ?? 1)];
}

/** Both sides beside each other, what agrees and what differs, and one key or click that decides. */
export async function pairPage(visit: StaffVisit, view: PairView): Promise<Response> {
  const { t } = visit;
  const { pair, sides } = view;
  const shown = shownPages(visit, view);
  const marks = pair.marks.find((each) => each.a === shown[0] && each.b === shown[1]);
  const concern = await concernTitles(visit);
  const documents = pair.earlier.documentId !== null;
  const ok = visit.c.req.query('ok');
  const from = cameFrom(visit, view);
  return show(
    visit,
    {
      title: t('twice:pair.title'),
      active: 'clarify',
      shortcuts: [
        ...shortcuts(visit, view),
        { key: 'l', text: t('twice:list.title') },
        ...(documents ? [{ key: 'q w o p', text: t('twice:pair.turnKeys') }] : []),
      ],
    },
    <div class="tw-pair">
      {from === undefined ? null : (
        <BackLink href={withQuery(paths.case(from.case.id), { dok: from.document?.id })}>
          {`${nameOnCase(visit, from.case.personName)}, ${from.case.number}`}
        </BackLink>
      )}
      <p>
        <a href={paths.twice} class="td-back" data-shortcut="l">
          <Icon name="arrow-back" small />
          {t('twice:list.title')}
        </a>
      </p>
      <h1>{t('twice:pair.title')}</h1>
      {ok === undefined || !(ok in keys || ok === 'merged') ? null : (
        <Alert tone="success" live title={t(`twice:done.${ok}`)} />
      )}
      <p class="td-lead">
        {t(`twice:level.${pair.level}`)} {t(`twice:reason.${pair.reason}`)}
      </p>
      <Decide visit={visit} view={view} />
      <AskedFor visit={visit} view={view} />
      <div class="tw-pair__sides">
        {sides.map((side, index) => (
          <section class="tw-panel" aria-labelledby={`side-${index}`}>
            <SideHead
              visit={visit}
              side={side}
              both={sides.map((each) => each.side)}
              index={index}
              concern={concern(side.case.concern)}
            />
            {side.document === undefined ? (
              <SaidView visit={visit} side={side} other={sides[index === 0 ? 1 : 0]} />
            ) : (
              <PageView visit={visit} view={view} index={index as 0 | 1} shown={shown} marks={marks} />
            )}
          </section>
        ))}
      </div>
      {documents ? <MarkList visit={visit} marks={marks} bytes={pair.level === 'same-bytes'} /> : null}
    </div>,
  );
}

/** The side of the case from which somebody came, and to which the way back leads. */
const cameFrom = (visit: StaffVisit, { sides }: PairView): SideView | undefined =>
  sides.toReversed().find((side) => side.case.id === queryText(visit, 'von'));

/** What may be decided about this pair, in the order of the buttons. */
const choices = ({ pair }: PairView): readonly Decision[] =>
  pair.earlier.documentId === null ? ['same', 'different'] : ['same', 'different', 'newer'];

const canMerge = ({ pair }: PairView): boolean =>
  pair.earlier.documentId === null && pair.earlierCase !== pair.laterCase && pair.decided === undefined;

const shortcuts = (visit: StaffVisit, view: PairView) =>
  view.pair.decided !== undefined
    ? [{ key: keys.undone, text: visit.t('twice:verb.undone') }]
    : [
        ...(canMerge(view) ? [{ key: merge, text: visit.t('twice:verb.merge') }] : []),
        ...choices(view).map((each) => ({ key: keys[each], text: visit.t(`twice:verb.${each}`) })),
      ];

function Decide({ visit, view }: Props) {
  const { t, language } = visit;
  const { pair } = view;
  if (pair.decided !== undefined) {
    const { decision, at, by } = pair.decided;
    return (
      <form action={paths.twiceDecision(pair.id)} method="post" class="tw-choice">
        <VerbMarks visit={visit} />
        <input type="hidden" name="von" value={queryText(visit, 'von')} />
        <span>
          <strong>{t(`twice:decided.${decision}`)}</strong>{' '}
          <span class="td-muted">{t('twice:decidedBy', { name: by, at: formatDateTime(at, language, t) })}</span>
        </span>
        <Key visit={visit} name="undone" shortcut={keys.undone} />
      </form>
    );
  }
  return (
    <form action={paths.twiceDecision(pair.id)} method="post" class="tw-choice">
      <input type="hidden" name="csrf" value={visit.csrf} />
      <input type="hidden" name="command" value={newCommand(visit)} />
      <input type="hidden" name="von" value={queryText(visit, 'von')} />
      {pair.withdrawn ? <p>{t('twice:pair.withdrawn')}</p> : null}
      {canMerge(view) ? (
        <button
          type="submit"
          class="kern-btn kern-btn--primary"
          formaction={paths.twiceMerge(pair.id)}
          data-shortcut={merge}
          aria-keyshortcuts={merge}
        >
          <span class="kern-label">{t('twice:verb.merge')}</span> <kbd class="td-kbd">{merge}</kbd>
        </button>
      ) : null}
      {choices(view).map((each) => (
        <Key visit={visit} name={each} shortcut={keys[each]} />
      ))}
    </form>
  );
}

/** What the later paper was sent for: that two are the same answers nothing by itself, and whoever sees it here can ask again from here. */
function AskedFor({ visit, view }: Props) {
  const { t } = visit;
  const later = view.sides[1];
  const { item } = later;
  if (item === undefined) return null;
  const stands = item.withdrawnAt !== null ? 'withdrawn' : item.fulfilledAt === null ? 'open' : 'answered';
  const form = withQuery(paths.case(later.case.id), {
    tun: 'nachreichung',
    eintrag: item.id,
    dok: later.document?.id,
  });
  return (
    <p>
      {t(`twice:pair.askedFor.${stands}`, { what: item.what })}{' '}
      {stands === 'answered' ? (
        <a href={`${form}#${firstField.nachreichung}`}>{t('workspace:verb.askAgain')}</a>
      ) : stands === 'open' ? (
        <a href={`${paths.case(later.case.id)}#open`}>{t('twice:pair.askedFor.toCase')}</a>
      ) : null}
    </p>
  );
}

const Key = ({ visit, name, shortcut }: { visit: StaffVisit; name: Decision | 'undone'; shortcut: string }) => (
  <button
    type="submit"
    class="kern-btn kern-btn--secondary"
    name="entscheidung"
    value={name}
    data-shortcut={shortcut}
    aria-keyshortcuts={shortcut}
  >
    <span class="kern-label">{visit.t(`twice:verb.${name}`)}</span> <kbd class="td-kbd">{shortcut}</kbd>
  </button>
);

const SideHead = (props: {
  visit: StaffVisit;
  side: SideView;
  both: readonly Side[];
  index: number;
  concern: string;
}) => {
  const { visit, side, both, index, concern } = props;
  const { t } = visit;
  return (
    <header>
      <h2 id={`side-${index}`}>
        {t(index === 0 ? 'twice:pair.earlier' : 'twice:pair.later')}: {wayWords(visit, side.side, both)}
      </h2>
      <p>
        {side.document === undefined ? null : <strong>{side.document.name}</strong>}
        <span class="tw-sub">
          <a href={withQuery(paths.case(side.case.id), { dok: side.document?.id })}>
            {nameOnCase(visit, side.case.personName)}, {side.case.number}
          </a>{' '}
          · {concern} ·{' '}
          <a href={paths.receipt(side.number)}>{t('workspace:case.answers.receipt', { number: side.number })}</a>
        </span>
      </p>
    </header>
  );
};

/** A page with the places that agree outlined in green and those that differ in amber; the list below says the same in words. */
function PageView(props: Props & { index: 0 | 1; shown: Shown; marks: PageMarks | undefined }) {
  const { visit, view, index, shown, marks } = props;
  const { t } = visit;
  const { document } = view.sides[index];
  if (document === undefined) return null;
  const page = shown[index];
  const side = index === 0 ? 'a' : 'b';
  const which = t(index === 0 ? 'twice:pair.earlier' : 'twice:pair.later'); // both may have one name
  const width = widths.steps[0];
  const to = (next: number): string =>
    withQuery(paths.twicePair(view.pair.id), {
      links: String(index === 0 ? next : shown[0]),
      rechts: String(index === 1 ? next : shown[1]),
      von: queryText(visit, 'von') || undefined,
    });
  const [back, on] = turns[index];
  return (
    <>
      <nav class="tw-pair__turn" aria-label={`${which}: ${t('twice:pair.turn', { name: document.name })}`}>
        {page > 1 ? (
          <a href={to(page - 1)} data-shortcut={back} aria-keyshortcuts={back}>
            {t('twice:pair.before')} <kbd class="td-kbd">{back}</kbd>
          </a>
        ) : null}
        <span>{t('ui:viewer.page', { page, of: document.pages })}</span>
        {page < document.pages ? (
          <a href={to(page + 1)} data-shortcut={on} aria-keyshortcuts={on}>
            {t('twice:pair.next')} <kbd class="td-kbd">{on}</kbd>
          </a>
        ) : null}
      </nav>
      <div class="tw-marked">
        <img
          src={marks === undefined ? paths.page(document.id, page, width) : paths.readPage(document.id, page)}
          alt={t('workspace:case.papers.alt', { page, name: document.name })}
          width={width}
          height={Math.round(width * Math.SQRT2)}
        />
        {(marks?.agree ?? []).map((mark) => (
          <Mark place={mark[side]} kind="agree" />
        ))}
        {(marks?.differ ?? []).map((mark) => (
          <Mark place={mark[side]} kind="differ" />
        ))}
      </div>
    </>
  );
}

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

/** An outline over the picture, drawn as SVG so that no style stands in the page. */
const Mark = ({ place, kind }: { place: Place; kind: 'agree' | 'differ' }) => (
  <svg class={`tw-mark tw-mark--${kind}`} aria-hidden="true">
    <rect x={percent(place.x)} y={percent(place.y)} width={percent(place.width)} height={percent(place.height)} />
  </svg>
);

/** What agrees and what differs, in words: for everybody, and all there is for who cannot see the marks. */
function MarkList({ visit, marks, bytes }: { visit: StaffVisit; marks: PageMarks | undefined; bytes: boolean }) {
  const { t } = visit;
  if (marks === undefined) return <p class="td-muted">{t(bytes ? 'twice:marks.bytes' : 'twice:marks.none')}</p>;
  return (
    <div class="tw-pair__marks">
      <section aria-labelledby="differ">
        <h2 id="differ">{t('twice:marks.differ', { count: marks.differ.length })}</h2>
        <ul>
          {marks.differ.map((mark) => (
            <li>
              <span class="tw-warn">
                <Icon name="warning" small /> {mark.textA}
              </span>{' '}
              → {mark.textB}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="agree">
        <h2 id="agree">{t('twice:marks.agree', { count: marks.agree.length })}</h2>
        <ul class="tw-pair__agree">
          {marks.agree.slice(0, 60).map((mark) => (
            <li>{mark.text}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** Answers of one side; each says whether the other side has the same. */
function SaidView({ visit, side, other }: { visit: StaffVisit; side: SideView; other: SideView }) {
  const { t } = visit;
  const theirs = new Map(
    frozenSections(other.submission.frozen).flatMap((section) => section.items.map((item) => [item.label, item.text])),
  );
  const empty = t('fields:notAnswered');
  const sections = frozenSections(side.submission.frozen)
    .map((section) => ({
      ...section,
      items: section.items.filter((item) => item.text !== empty || theirs.get(item.label) !== empty),
    }))
    .filter((section) => section.items.length > 0);
  if (sections.length === 0) return <p class="td-muted">{t('workspace:case.answers.none')}</p>;
  return (
    <>
      {sections.map((section) => (
        <section lang={side.submission.language}>
          <h3>{section.title}</h3>
          <dl class="tw-answers">
            {section.items.map((item) => {
              const theirText = theirs.get(item.label);
              const kind = theirText === undefined ? 'alone' : theirText === item.text ? 'agree' : 'differ';
              return (
                <div class={`tw-answer tw-answer--${kind}`}>
                  <dt>{item.label}</dt>
                  <dd>
                    {item.text}
                    <span class="tw-sub" lang={visit.language}>
                      {t(`twice:answer.${kind}`)}
                    </span>
                  </dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </>
  );
}
