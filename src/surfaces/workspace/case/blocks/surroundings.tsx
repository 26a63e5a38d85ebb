import { householdById } from '../../../../modules/people/index.ts';
import { planEntries } from '../../../../modules/plans/index.ts';
import type { Tx } from '../../../../platform/database/index.ts';
import { formatDate } from '../../../../ui/index.ts';
import { WithHelp } from '../../help/help.tsx';
import { AddLink } from '../plans/add-link.tsx';
import { EntryList } from '../plans/entry-list.tsx';
import { Rows } from '../plans/rows.tsx';
import type { Block, BlockProps } from './block.ts';

/** Who belongs to the household of the case, as the office knows it. */
async function household(tx: Tx, { visit, data }: BlockProps): Promise<string[]> {
  const { householdId } = data.case;
  const found = householdId === null ? undefined : await householdById(tx, householdId);
  return (found?.members ?? []).map(({ givenName, familyName, birthDate }) =>
    visit.t('plans:member', { name: `${givenName} ${familyName}`, date: formatDate(birthDate, visit.language) }),
  );
}

/** The person and the surroundings: household, helpers, and what weighs on them, in their own words. */
export const surroundings: Block = {
  name: 'surroundings',
  title: 'plans:surroundings',
  column: 'work',
  possible: () => true,
  render: async (props, tx) => {
    const { visit, data, view } = props;
    const { t } = visit;
    const members = await household(tx, props);
    const all = (await planEntries(tx, data.case.id)).filter((each) => each.endedAt === null);
    const around = all.filter(({ kind }) => kind === 'surroundings');
    const burdens = all.filter(({ kind }) => kind === 'burden');
    return (
      <section class="tw-panel" aria-labelledby="surroundings">
        <WithHelp visit={visit} of="case-surroundings">
          <h2 id="surroundings">{t('plans:surroundings')}</h2>
        </WithHelp>
        <h3>{t('plans:household')}</h3>
        {members.length === 0 ? <p class="td-muted">{t('plans:noHousehold')}</p> : null}
        <Rows of={members} row={(member) => <li>{member}</li>} />
        <h3>{t('plans:around')}</h3>
        {around.length === 0 ? <p class="td-muted">{t('plans:noAround')}</p> : null}
        <EntryList {...props} entries={around} />
        <h3>{t('plans:burdens')}</h3>
        {burdens.length === 0 ? <p class="td-muted">{t('plans:noBurdens')}</p> : null}
        <EntryList {...props} entries={burdens} />
        <p class="tw-links">
          <AddLink visit={visit} caseId={data.case.id} view={view} verb="umfeld" text={t('plans:add.surroundings')} />
          <AddLink visit={visit} caseId={data.case.id} view={view} verb="belastung" text={t('plans:add.burden')} />
        </p>
      </section>
    );
  },
};
