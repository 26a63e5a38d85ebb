import { Icon } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';

/** Where the row of verbs is, for whoever comes up from below. */
export const verbsId = 'was-tun';

/**
 * At the end of a long part: the way up to the verbs. On a wide screen the row stays at the top of the window, and this is seen by whoever comes to it by
 * Tab (css: `.tw-to-verbs`).
 */
export const ToVerbs = ({ visit }: { visit: StaffVisit }) => (
  <p class="tw-to-verbs">
    <a href={`#${verbsId}`}>
      <Icon name="arrow-up" small />
      {visit.t('workspace:case.toVerbs')}
    </a>
  </p>
);
