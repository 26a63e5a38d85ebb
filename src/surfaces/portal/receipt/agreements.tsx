import type { Agreement, PlanReview } from '../../../modules/plans/index.ts';
import { sides } from '../../../modules/plans/index.ts';
import { formatDate } from '../../../ui/index.ts';
import type { ReceiptVisit } from '../visit.ts';

/**
 * What both sides agreed, for the person: the same agreements with the same days as the office sees (§ 15 SGB II). Nothing where nothing was
 * agreed. Strengths and burdens are not here: a receipt may be held by somebody who helps.
 */
export const Agreements = (props: {
  readonly visit: ReceiptVisit;
  readonly agreed: readonly Agreement[];
  readonly review: PlanReview | undefined;
}) => {
  const { visit, agreed, review } = props;
  const { t, language } = visit;
  if (agreed.length === 0) return null;
  const ended = agreed.filter((each) => each.endedAs === 'done');
  return (
    <section class="td-flow" id="vereinbart">
      <h2>{t('portal:plan.title')}</h2>
      <p>{t('portal:plan.text')}</p>
      {sides.map((side) => {
        const open = agreed.filter((each) => each.side === side && each.endedAt === null);
        if (open.length === 0) return null;
        return (
          <>
            <h3>{t(`portal:plan.${side}`)}</h3>
            <ul>
              {open.map((each) => (
                <li>
                  {each.what}
                  {each.who === '' ? null : <> ({each.who})</>},{' '}
                  {t('portal:plan.until', { date: formatDate(each.dueOn, language) })}
                </li>
              ))}
            </ul>
          </>
        );
      })}
      {ended.length === 0 ? null : (
        <>
          <h3>{t('portal:plan.done')}</h3>
          <ul>
            {ended.map((each) => (
              <li>{each.what}</li>
            ))}
          </ul>
        </>
      )}
      {review === undefined ? null : <p>{t('portal:plan.again', { date: formatDate(review.nextOn, language) })}</p>}
    </section>
  );
};
