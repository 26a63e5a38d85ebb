import { isOwnSpot, orderVersions, ownOfSpot, type Spot, seesOrder, spots } from '../../../modules/fields/index.ts';
import { allTeams, type Team } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type Content, formatDateTime } from '../../../ui/index.ts';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import type { StaffVisit } from '../visit.ts';

/** The word in an address for the whole house. */
export const everywhere = 'alle';

export const scopeWords = ({ t }: StaffVisit, team: Team | undefined): string =>
  team === undefined ? t('own:order.house') : t('own:order.team', { team: team.name });

/** The places whose fields the house or a team can order: own fields are ordered by the house one by one. */
async function spotsOf(tx: Tx, team: Team | undefined): Promise<Spot[]> {
  const found: Spot[] = [];
  for (const spot of spots)
    if (!isOwnSpot(spot) || (team !== undefined && (await ownOfSpot(tx, spot, team.id)).length > 0)) found.push(spot);
  return found;
}

/** How fields are ordered and which are hidden: changed by leads, read by whose pages it is about. */
export async function ordersPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t, language } = visit;
  const scopes = [undefined, ...(await allTeams(tx))].filter((team) => seesOrder(visit.staff, team?.id ?? null));
  const sections: Content[] = [];
  for (const team of scopes) {
    const id = `fuer-${team?.id ?? everywhere}`;
    const lines: Content[] = [];
    for (const spot of await spotsOf(tx, team)) {
      const [newest] = await orderVersions(tx, spot, team?.id ?? null);
      lines.push(
        <li>
          <span>
            <a href={withQuery(paths.fieldOrder(spot), { bereich: team?.id ?? everywhere })}>
              {t(`own:spot.${spot}`)}
              <span class="kern-sr-only"> – {scopeWords(visit, team)}</span>
            </a>
            <span class="tw-sub">
              {newest === undefined
                ? t(team === undefined ? 'own:order.asShipped' : 'own:order.asHouse')
                : t('own:order.since', {
                    version: newest.version,
                    name: newest.staff_name,
                    at: formatDateTime(newest.at, language, t),
                  })}
            </span>
          </span>
        </li>,
      );
    }
    sections.push(
      <section aria-labelledby={id}>
        <h2 id={id}>{scopeWords(visit, team)}</h2>
        <ul class="tw-open">{lines}</ul>
      </section>,
    );
  }
  return show(
    visit,
    { title: t('own:order.title'), narrow: true },
    <>
      <WithHelp visit={visit} of="field-order">
        <h1>{t('own:order.title')}</h1>
      </WithHelp>
      <p>{t('own:order.text')}</p>
      {sections.length === 0 ? <p>{t('own:order.nothing')}</p> : sections}
    </>,
  );
}
