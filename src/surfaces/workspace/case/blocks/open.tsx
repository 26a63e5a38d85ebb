import { dayInGermany } from '../../../../kernel/dates.ts';
import { effectiveDue, type HolidayPlace } from '../../../../kernel/holidays.ts';
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
import { viewPath } from '../view.ts';
import type { Block, BlockProps } from './block.ts';

const openItems = (data: BlockProps['data']) =>
  data.items.filter((item) => item.fulfilledAt === null && item.withdrawnAt === null);

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
            </span>
            <div class="tw-acts">
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
    </section>
  );
}

export const open: Block = {
  name: 'open',
  title: 'workspace:case.open',
  column: 'work',
  possible: ({ data }) =>
    openItems(data).length > 0 || data.doubts.length > 0 || data.promises.length > 0 || data.bank?.confirmedAt === null,
  render: async (props) => <Open {...props} place={await holidayPlace(props.visit)} />,
};
