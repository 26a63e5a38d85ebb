import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

const shortcuts = { today: undefined, team: '8', standIn: '9' } as const;

/** Links between the day, the team and who stands in for whom. */
export const DayLinks = ({ visit, active }: { visit: StaffVisit; active: 'today' | 'team' | 'standIn' }) => {
  const links = { today: paths.today, team: paths.team, standIn: paths.substitutions } as const;
  return (
    <nav class="tw-views td-no-print" aria-label={visit.t('myday:views.label')}>
      <ul>
        {(['today', 'team', 'standIn'] as const).map((each) => (
          <li>
            <a href={links[each]} aria-current={each === active ? 'page' : undefined} data-shortcut={shortcuts[each]}>
              {visit.t(`myday:views.${each}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

/** The keys of a day, for the help. */
export const rowKeys = (visit: StaffVisit) => [
  { key: 'a–z', text: visit.t('myday:keys.open') },
  { key: 'j', text: visit.t('workspace:inbox.keys.down') },
  { key: 'k', text: visit.t('workspace:inbox.keys.up') },
  { key: '8', text: visit.t('myday:views.team') },
  { key: '9', text: visit.t('myday:views.standIn') },
];
