import { Button } from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import type { StaffVisit, Visit } from '../visit.ts';

/** Leads out of the practice Jobcenter, to a page of the real one. */
export const LeaveForm = ({ visit, to }: { visit: StaffVisit; to: string }) => (
  <form action={paths.practiceLeave} method="post">
    <input type="hidden" name="csrf" value={visit.csrf} />
    <input type="hidden" name="weiter" value={to} />
    <Button small variant="secondary">
      {visit.t('help:practice.leave')}
    </Button>
  </form>
);

/** What stands on top of every page of a practice Jobcenter, in words and colour. */
export const PracticeBand = ({ visit, staff }: { visit: Visit; staff: StaffVisit | undefined }) => (
  <>
    <p>
      <strong>{visit.t('help:practice.band')}</strong> {visit.t('help:practice.bandText')}
    </p>
    {staff === undefined ? null : <LeaveForm visit={staff} to={paths.home} />}
  </>
);
