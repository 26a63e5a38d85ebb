import { planEntries } from '../../../../modules/plans/index.ts';
import { WithHelp } from '../../help/help.tsx';
import { AddLink } from '../plans/add-link.tsx';
import { EntryList } from '../plans/entry-list.tsx';
import type { Block } from './block.ts';

/** What the person can do and likes to do, in their own words. */
export const strengths: Block = {
  name: 'strengths',
  title: 'plans:strengths',
  column: 'work',
  possible: () => true,
  render: async (props, tx) => {
    const { visit, data, view } = props;
    const all = await planEntries(tx, data.case.id);
    const entries = all.filter(({ kind, endedAt }) => kind === 'strength' && endedAt === null);
    return (
      <section class="tw-panel" aria-labelledby="strengths">
        <WithHelp visit={visit} of="case-strengths">
          <h2 id="strengths">{visit.t('plans:strengths')}</h2>
        </WithHelp>
        {entries.length === 0 ? <p class="td-muted">{visit.t('plans:noStrengths')}</p> : null}
        <EntryList {...props} entries={entries} />
        <p class="tw-links">
          <AddLink
            visit={visit}
            caseId={data.case.id}
            view={view}
            verb="staerke"
            text={visit.t('plans:add.strength')}
          />
        </p>
      </section>
    );
  },
};
