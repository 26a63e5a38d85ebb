import { recordAudit } from '../../../modules/audit/index.ts';
import { endSession, findSession, openGuestSession } from '../../../modules/identity/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import { one } from '../../request.ts';
import { totpKey } from '../../totp-key.ts';
import { notFound } from '../errors.tsx';
import { isOwnAddress } from '../own-address.ts';
import { paths } from '../paths.ts';
import { claimedHome, dropHome, dropSession, keepHome, keepSession } from '../session-cookie.ts';
import { inTenant, type StaffVisit } from '../visit.ts';

const onward = (visit: StaffVisit): string => {
  const wanted = one(visit.input, 'weiter');
  return isOwnAddress(wanted) ? wanted : paths.home;
};

/**
 * From the real Jobcenter into its practice one: a login of its own with the same name and role, and a session there. The real session waits
 * in a cookie of its own; while somebody practises, no page of theirs shows real data.
 */
export async function enterPractice(visit: StaffVisit): Promise<Response> {
  const { services, jobcenter, staff, c } = visit;
  const practice = await services.directory.practiceFor(jobcenter.id);
  if (practice === undefined) return notFound(visit);
  await inTenant(visit, (tx) =>
    recordAudit(tx, visit.actor, { action: 'practice.entered', subjectType: 'staff', subjectId: staff.id }),
  );
  const { token } = await services.database.tenant(practice.id, async (tx) => {
    const teamIds = (await allTeams(tx)).map((team) => team.id);
    const { login, name, role } = staff;
    return openGuestSession(tx, totpKey(services), { login, name, role, teamIds });
  });
  keepHome(c, services, jobcenter.id, visit.token);
  keepSession(c, services, practice.id, token);
  return c.redirect(onward(visit), 303);
}

/** Back to the real Jobcenter: into the session that waits, when it still runs and is of the Jobcenter this one practises for. */
export async function leavePractice(visit: StaffVisit): Promise<Response> {
  const { services, jobcenter, c } = visit;
  if (jobcenter.practiceOf == null) return c.redirect(paths.home, 303);
  await inTenant(visit, (tx) => endSession(tx, visit.session.id));
  await services.outage.remove(jobcenter.id, visit.token);
  const waiting = claimedHome(c);
  dropHome(c, services);
  dropSession(c, services);
  if (waiting === undefined || waiting.jobcenterId !== jobcenter.practiceOf) return c.redirect(paths.signIn, 303);
  const session = await services.database.tenant(waiting.jobcenterId, (tx) => findSession(tx, waiting.token));
  if (session === undefined || !session.secondFactor) return c.redirect(paths.signIn, 303);
  keepSession(c, services, waiting.jobcenterId, waiting.token);
  return c.redirect(onward(visit), 303);
}
