import type { OwnField } from '../../../modules/fields/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Content } from '../../../ui/index.ts';
import type { FileContents } from '../../file-contents.ts';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { type OwnGroup, ownGroups } from './own-groups.ts';
import { ownList } from './own-list.tsx';

/**
 * The own fields of a household and of its people, as far as they stand in cases that the reader may see: people without such a case
 * are left out, as they are on the page itself.
 */
async function groupsOfFile(tx: Tx, { household, cases }: FileContents): Promise<OwnGroup[]> {
  const teams = new Map((await allTeams(tx)).map((team) => [team.id, team.key]));
  const people = [...new Set(cases.flatMap((each) => each.personId ?? []))];
  const places = new Map(cases.map((each) => [`${each.concern} ${each.teamId ?? ''}`, each]));
  const found = new Map<string, OwnGroup>();
  for (const { concern, teamId } of places.values())
    for (const group of await ownGroups(tx, {
      subjects: [
        { target: 'household', id: household?.id ?? null },
        ...people.map((id) => ({ target: 'person' as const, id })),
      ],
      concern,
      team: teams.get(teamId ?? ''),
      all: true,
    }))
      found.set(group.subjectId, merge(found.get(group.subjectId), group));
  return [...found.values()];
}

/** The fields of both, each once; hidden only where every team hides it. */
function merge(before: OwnGroup | undefined, group: OwnGroup): OwnGroup {
  const known = before?.fields ?? [];
  const isIn = (list: OwnGroup['fields'], field: OwnField, shown: boolean): boolean =>
    list.some((each) => each.field.id === field.id && (!shown || each.field.hidden !== true));
  return {
    ...group,
    fields: [...known, ...group.fields.filter(({ field }) => !isIn(known, field, false))].map((each) =>
      isIn(group.fields, each.field, true) ? { ...each, field: { ...each.field, hidden: false } } : each,
    ),
  };
}

/** Of a thing those fields that are hidden there, or those that are not. */
const only = (group: OwnGroup, hidden: boolean): OwnGroup => ({
  ...group,
  fields: group.fields.filter(({ field }) => (field.hidden === true) === hidden),
});

/** What own fields say of a household and its people, on the page of the file; null where there are none. */
export async function ownOfFile(tx: Tx, visit: StaffVisit, contents: FileContents): Promise<Content | null> {
  const { t } = visit;
  const groups = await groupsOfFile(tx, contents);
  if (groups.length === 0) return null;
  const [newest] = contents.cases;
  const nameOf = ({ target, subjectId }: OwnGroup): string => {
    const member = contents.household?.members.find((each) => each.id === subjectId);
    return target === 'person' && member !== undefined
      ? `${member.givenName} ${member.familyName}`
      : t(`own:target.${target}`);
  };
  const drawn: Content[] = [];
  for (const group of groups) {
    const list = await ownList(tx, visit, [only(group, false)]);
    // What a team hides and somebody filled in before stays in reach: nothing that was written is lost.
    const hidden = await ownList(tx, visit, [only(group, true)]);
    if (list === null && hidden === null) continue;
    drawn.push(<h3>{nameOf(group)}</h3>, list);
    if (hidden !== null)
      drawn.push(
        <details>
          <summary>{t('own:foldedFields')}</summary>
          {hidden}
        </details>,
      );
  }
  return (
    <section class="tw-panel td-flow" aria-labelledby="own-fields">
      <WithHelp visit={visit} of="own-fields">
        <h2 id="own-fields">{t('own:block.title')}</h2>
      </WithHelp>
      {drawn.length === 0 ? <p class="td-muted">{t('own:block.nothing')}</p> : drawn}
      {newest === undefined ? null : (
        <p>
          <a href={`${withQuery(paths.case(newest.id), { tun: 'felder' })}#verb`}>{t('own:block.fill')}</a>
        </p>
      )}
    </section>
  );
}
