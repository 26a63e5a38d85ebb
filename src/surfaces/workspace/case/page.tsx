import type { Tx } from '../../../platform/database/index.ts';
import { show } from '../shell.tsx';
import { LivePage } from '../together/live-page.tsx';
import type { StaffVisit } from '../visit.ts';
import { concernTitles, nameOnCase } from '../words.tsx';
import { draw } from './blocks/index.ts';
import { Done } from './done.tsx';
import { Head } from './head.tsx';
import { HowTheyKnow } from './how-they-know.tsx';
import type { CaseData } from './load.ts';
import { MessagesOnTop } from './open-messages.tsx';
import { shownPaper } from './papers.tsx';
import { possible, Verbs } from './verb-bar.tsx';
import { verbForm } from './verb-forms.tsx';
import { type CaseView, verbKeys } from './view.ts';
import { arrangement, Views, viewKeys } from './views.tsx';

/** The case: answers, papers beside them, and the work with its history, each a block of `blocks/`. */
export async function casePage(tx: Tx, visit: StaffVisit, data: CaseData, view: CaseView): Promise<Response> {
  const { t } = visit;
  const titles = await concernTitles(visit);
  const concern = titles(data.case.concern);
  const props = { visit, data, view };
  const refused = view.problems.length > 0 || view.question !== undefined || view.conflict !== undefined;
  const form = view.verb === undefined ? null : await verbForm(tx, { ...props, verb: view.verb });
  const arranged = await arrangement(tx, visit, data, view);
  const drawn = await draw(tx, arranged.placed, { ...props, concern: titles });
  const shortcuts = [
    { key: 'm', text: t('workspace:verb.mine') },
    ...viewKeys(visit),
    ...(shownPaper(data, view) === undefined ? [] : [{ key: 'g', text: t('file:toReader') }]),
    ...possible(data).flatMap((verb) => {
      const key = verbKeys[verb];
      return key === undefined ? [] : [{ key, text: t(`workspace:verb.${verb}.title`) }];
    }),
  ];
  return show(
    visit,
    {
      title: `${nameOnCase(visit, data.case.personName)} – ${concern}`,
      shortcuts,
      status: refused ? 422 : 200,
    },
    <div class="tw-case">
      <Head visit={visit} data={data} concern={concern} all={view.all} />
      <MessagesOnTop {...props} historyShown={arranged.placed.some(({ block }) => block.name === 'history')} />
      <LivePage
        visit={visit}
        caseId={data.case.id}
        part={view.verb ?? 'case'}
        stamp={data.stamp}
        circled={data.circled}
        present={data.present}
        refresh={!refused}
      />
      <Done visit={visit} written={<HowTheyKnow {...props} />} />
      <Views {...props} arranged={arranged} />
      <Verbs {...props} firstOnes={arranged.verbs} />
      {drawn.top}
      <div class={arranged.papersFolded ? 'tw-case__columns tw-case__columns--work' : 'tw-case__columns'}>
        <div class="tw-case__work">
          {form}
          {drawn.work}
        </div>
        <div class="tw-case__answers">{drawn.answers}</div>
        <div class="tw-case__papers">{drawn.papers}</div>
        <div class="tw-case__history">{drawn.history}</div>
      </div>
    </div>,
  );
}
