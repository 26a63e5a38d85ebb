import { dayInGermany } from '../../../../kernel/dates.ts';
import { effectiveDue, type HolidayPlace } from '../../../../kernel/holidays.ts';
import { type RequiredItem, sentAgainFor } from '../../../../modules/cases/index.ts';
import { formatDate, Icon } from '../../../../ui/index.ts';
import { doubtWords } from '../../clearing/case-choices.tsx';
import { ForeignPapers } from '../../clearing/foreign-papers.tsx';
import { isAboutPapers, settling, UnreadablePapers } from '../../clearing/paper-doubts.tsx';
import { UnreadPages } from '../../clearing/unread-pages.tsx';
import { FreeDayHint, holidayPlace } from '../../free-day.tsx';
import { WithHelp } from '../../help/help.tsx';
import { paths } from '../../paths.ts';
import { KeepForm, PromiseWords } from '../../promises/promise-words.tsx';
import { Deadline } from '../../words.tsx';
import { papersOf } from '../papers.tsx';
import { VerbMarks } from '../verb-marks.tsx';
import { verbPath, viewPath } from '../view.ts';
import type { Block, BlockProps } from './block.ts';

const openItems = (data: BlockProps['data']) =>
  data.items.filter((item) => item.fulfilledAt === null && item.withdrawnAt === null);

const cameItems = (data: BlockProps['data']) =>
  data.items.filter((item) => item.fulfilledAt !== null && item.withdrawnAt === null);

const isOpen = (data: BlockProps['data']): boolean =>
  openItems(data).length > 0 || data.doubts.length > 0 || data.promises.length > 0 || data.bank?.confirmedAt === null;

/** What a person must still look at, and what the client must still bring. */
function Open({ visit, data, view, place }: BlockProps & { place: HolidayPlace }) {
  const { t, language } = visit;
  const open = openItems(data);
  const account = data.bank?.confirmedAt === null;
  const names = new Map(papersOf(data).flatMap((each) => (each.erasedAt === null ? [[each.id, each.name]] : [])));
  return (
    <section class="tw-panel" aria-labelledby="open">
      <WithHelp visit={visit} of="case-open">
        <h2 id="open">{t('workspace:case.open')}</h2>
      </WithHelp>
      {isOpen(data) ? null : <p class="td-muted">{t('workspace:case.nothingOpen')}</p>}
      <ul class="tw-open">
        {data.doubts.map((doubt) => (
          <li>
            <span>
              <span class="tw-warn">
                <Icon name="warning" small /> {doubtWords(visit, doubt)}
              </span>
              <UnreadablePapers visit={visit} item={doubt} names={names} />
              <UnreadPages visit={visit} item={doubt} />
              <ForeignPapers visit={visit} item={doubt} help />
            </span>
            {isAboutPapers(doubt.reason) ? (
              <form action={paths.readable(data.case.id)} method="post">
                <VerbMarks visit={visit} />
                <input type="hidden" name="art" value={settling[doubt.reason]} />
                <button type="submit" class="td-link-button">
                  {t('workspace:clearing.settled')}
                </button>
              </form>
            ) : doubt.reason === 'case-suggested' ? (
              <a href={paths.clearing}>{t('workspace:case.settle')}</a>
            ) : (
              <a href={viewPath(data.case.id, view, { verb: doubt.reason === 'no-team' ? 'team' : 'person' })}>
                {t('workspace:case.settle')}
              </a>
            )}
          </li>
        ))}
        {account ? (
          <li>
            <span class="tw-warn">
              <Icon name="warning" small /> {t('workspace:bank.open')}
            </span>
            <a href={viewPath(data.case.id, view, { verb: 'konto' })}>{t('workspace:case.settle')}</a>
          </li>
        ) : null}
        {data.promises.map((promise) => (
          <li>
            <span class="tw-why">
              <PromiseWords visit={visit} promise={promise} />
              <FreeDayHint visit={visit} place={place} day={dayInGermany(promise.dueAt)} />
            </span>
            <KeepForm visit={visit} promise={promise} />
          </li>
        ))}
        {open.map((item) => (
          <li>
            <span>
              <strong>{item.what}</strong>
              <span class="tw-sub">{t('workspace:case.wanted', { date: formatDate(item.requestedAt, language) })}</span>
              <Deadline visit={visit} day={effectiveDue(item.dueOn, place)} />
              {item.again === null ? null : (
                <span class="tw-sub">{t('workspace:case.askedAgain', { why: item.again })}</span>
              )}
              <SentAgainWords visit={visit} data={data} item={item} />
            </span>
            <div class="tw-acts">
              {sentAgainFor(data.events, item.id) === undefined ? null : (
                <>
                  <form action={paths.acceptance(data.case.id, item.id)} method="post">
                    <VerbMarks visit={visit} />
                    <button
                      type="submit"
                      class="td-link-button"
                      aria-label={t('workspace:verb.acceptLabel', { what: item.what })}
                    >
                      {t('workspace:verb.accept')}
                    </button>
                  </form>
                  <AskAgainLink visit={visit} data={data} view={view} item={item} />
                </>
              )}
              <a
                href={paths.itemLetter(data.case.id, item.id)}
                aria-label={t('workspace:itemLetter.linkLabel', { what: item.what })}
              >
                {t('workspace:itemLetter.link')}
              </a>
              <form action={paths.withdrawal(data.case.id, item.id)} method="post">
                <VerbMarks visit={visit} />
                <button
                  type="submit"
                  class="td-link-button"
                  aria-label={t('workspace:verb.withdrawLabel', { what: item.what })}
                >
                  {t('workspace:verb.withdraw')}
                </button>
              </form>
            </div>
          </li>
        ))}
      </ul>
      <Came visit={visit} data={data} view={view} />
    </section>
  );
}

/** What came for an item was here already: since when it waits for a word. */
const SentAgainWords = ({ visit, data, item }: Pick<BlockProps, 'visit' | 'data'> & { item: RequiredItem }) => {
  const waits = sentAgainFor(data.events, item.id);
  return waits === undefined ? null : (
    <span class="tw-warn">
      <Icon name="warning" small />{' '}
      {visit.t('workspace:case.sentAgain', { date: formatDate(waits.at, visit.language) })}
    </span>
  );
};

const AskAgainLink = ({ visit, data, view, item }: Omit<BlockProps, 'concern'> & { item: RequiredItem }) => (
  <a
    href={verbPath(data.case.id, view, 'nachreichung', item.id)}
    aria-label={visit.t('workspace:verb.askAgainLabel', { what: item.what })}
  >
    {visit.t('workspace:verb.askAgain')}
  </a>
);

/** What came of what was asked for: folded, because it asks for nothing, and from there asked for again where it was not that. */
const Came = ({ visit, data, view }: Omit<BlockProps, 'concern'>) => {
  const came = cameItems(data);
  if (came.length === 0) return null;
  const { t, language } = visit;
  return (
    <details>
      <summary>{t('workspace:case.came', { count: came.length })}</summary>
      <ul class="tw-open">
        {came.map((item) => (
          <li>
            <span>
              <strong>{item.what}</strong>
              <span class="tw-sub">
                {item.fulfilledAt === null
                  ? null
                  : t('workspace:case.cameOn', { date: formatDate(item.fulfilledAt, language) })}
              </span>
            </span>
            <div class="tw-acts">
              <AskAgainLink visit={visit} data={data} view={view} item={item} />
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
};

export const open: Block = {
  name: 'open',
  title: 'workspace:case.open',
  column: 'work',
  possible: ({ data }) => isOpen(data) || cameItems(data).length > 0,
  render: async (props) => <Open {...props} place={await holidayPlace(props.visit)} />,
};
