import type { Present } from '../../../modules/together/index.ts';
import type { StaffVisit } from '../visit.ts';
import { PresentPeople } from './presence.tsx';

/** What makes the list of employers and its records live, in the same way. `shown`: what the page shows, in short, to be asked whether it is all. */
export const LiveList = (props: { list: string; stamp: string; shown?: string; refresh: boolean }) => (
  <div
    id="live"
    data-live-list={props.list}
    data-live-stamp={props.stamp}
    data-live-shown={props.shown}
    data-live-refresh={props.refresh ? undefined : 'off'}
  ></div>
);

/**
 * What makes a page of a case live (js/live.js): its stream, the state it shows, and who else is there. `refresh` is off on a page
 * that answered a form: it stays as it is until its reader has chosen.
 */
export const LivePage = (props: {
  visit: StaffVisit;
  caseId: string;
  /** A page that shows every case of a file. */
  fileId?: string;
  part: string;
  stamp: string;
  /** What it shows of the reader's circles; missing on a page that shows no notes. */
  circled?: string;
  present: readonly Present[];
  refresh: boolean;
}) => (
  <div
    id="live"
    data-live-case={props.caseId}
    data-live-file={props.fileId}
    data-live-part={props.part}
    data-live-stamp={props.stamp}
    data-live-heard={props.visit.heard}
    data-live-circles={props.circled}
    data-live-refresh={props.refresh ? undefined : 'off'}
  >
    <div id="present">
      <PresentPeople visit={props.visit} present={props.present} />
    </div>
  </div>
);
