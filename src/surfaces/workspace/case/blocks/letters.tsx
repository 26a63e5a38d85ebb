import { boardCases } from '../../../../modules/facts/index.ts';
import { deliveryChoice, noticesOfCase, titleOf } from '../../../../modules/notices/index.ts';
import { Badge, formatDate } from '../../../../ui/index.ts';
import { wayOfLetter } from '../../../letter-way.ts';
import { preferredWays } from '../../facts/ways.tsx';
import { WithHelp } from '../../help/help.tsx';
import { effectWords, sinceWords, standingWords } from '../../letters/words.ts';
import { paths } from '../../paths.ts';
import { viewPath } from '../view.ts';
import type { Block } from './block.ts';

/** Letters of the case with what follows from them, and by which way the person wants them. */
export const letters: Block = {
  name: 'letters',
  title: 'notices:case.title',
  column: 'work',
  possible: () => true,
  render: async ({ visit, data, view }, tx) => {
    const { t, language } = visit;
    const list = await noticesOfCase(tx, data.case.id);
    const choice = await deliveryChoice(tx, data.case.id);
    const now = await wayOfLetter(tx, visit.jobcenter, data.case, { bankConfirmationId: null });
    return (
      <section class="tw-panel" aria-labelledby="letters">
        <WithHelp visit={visit} of="case-letters">
          <h2 id="letters">{t('notices:case.title')}</h2>
        </WithHelp>
        {list.length === 0 ? null : (
          <ul class="tw-open">
            {list.map((each) => (
              <li>
                <span>
                  <a href={paths.letter(each.id)}>{titleOf(each)}</a>
                  <span class="tw-sub">{sinceWords(visit, each)}</span>
                  {each.effect === undefined ? null : <span class="tw-sub">{effectWords(visit, each.effect)}</span>}
                </span>
                <Badge tone={standingWords(visit, each).tone}>{standingWords(visit, each).text}</Badge>
              </li>
            ))}
          </ul>
        )}
        <p>
          {choice?.way === 'portal'
            ? t('notices:way.chosenPortal', { email: choice.email ?? '', date: formatDate(choice.at, language) })
            : t('notices:way.byPost')}
        </p>
        {choice?.way === 'portal' && now.way === 'post' ? <p>{t(`facts:letters.post.${now.why}`)}</p> : null}
        {await preferredWays(tx, visit, await boardCases(tx, visit.reader, data.case.id), data.case.id)}
        <p>
          <a href={`${viewPath(data.case.id, view, { verb: 'zustellweg' })}#f-way`}>{t('notices:way.change')}</a>
        </p>
      </section>
    );
  },
};
