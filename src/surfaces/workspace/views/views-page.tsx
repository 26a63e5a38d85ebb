import { dayInGermany } from '../../../kernel/dates.ts';
import { ruleInForce, ruleVersions, workViews } from '../../../modules/views/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import type { StaffVisit } from '../visit.ts';
import { versionWords } from './version-words.tsx';

/** The three views, and what each shows in this Jobcenter now. Everybody of the staff may read it. */
export async function viewsPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const today = dayInGermany(tx.now);
  const list = [];
  for (const view of workViews)
    list.push({ view, rule: ruleInForce(await ruleVersions(tx, view), { teamId: null, today }) });
  return show(
    visit,
    { title: t('views:rule.title') },
    <>
      <WithHelp visit={visit} of="work-view-rules">
        <h1>{t('views:rule.title')}</h1>
      </WithHelp>
      <p>{t('views:rule.text')}</p>
      <ul class="tw-open">
        {list.map(({ view, rule }) => (
          <li>
            <span class="tw-why">
              <a href={paths.workView(view)}>
                <strong>{t(`views:view.${view}`)}</strong>
              </a>
              <span class="tw-sub">{t(`views:about.${view}`)}</span>
              <span class="tw-sub">{rule === undefined ? t('views:rule.shipped') : versionWords(visit, rule)}</span>
            </span>
          </li>
        ))}
      </ul>
    </>,
  );
}
