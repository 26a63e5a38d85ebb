import { recordAudit } from '../../../modules/audit/index.ts';
import { beginAttempt, clearAttempts, signIn, takeBack } from '../../../modules/identity/index.ts';
import type { Jobcenter } from '../../../modules/settings/index.ts';
import { one } from '../../request.ts';
import { paths } from '../paths.ts';
import { keepSession } from '../session-cookie.ts';
import type { Visit } from '../visit.ts';
import { signInPage } from './pages.tsx';

/**
 * Wrong passwords for one login from one address, and from one address for any login, in fifteen minutes. The second is high: an
 * office of several hundred people stands behind one address, and on a Monday morning many mistype.
 */
const perLogin = 8;
const perAddress = 300;
const minutes = 15;

/**
 * First factor. Guessing is slowed per login and address together, so that a stranger elsewhere cannot lock the owner out,
 * and per address.
 */
export async function checkPassword(visit: Visit): Promise<Response> {
  const { c, services, input } = visit;
  const typed = one(input, 'login').slice(0, 200);
  const { jobcenter, login } = await tenantOf(visit, typed);
  if (jobcenter.id === '') return signInPage(visit, 'refused', typed);
  const key = services.linkKey;
  const subject = `${login.toLowerCase()} ${visit.address}`;
  const { tenant } = services.database;
  const limits = [
    { kind: 'staff-login', subject, most: perLogin, minutes },
    { kind: 'staff-address', subject: visit.address, most: perAddress, minutes },
  ];
  const attempt = await tenant(jobcenter.id, (tx) => beginAttempt(tx, key, limits));
  if (attempt === undefined) return signInPage(visit, 'throttled', typed);
  const password = input['password'];
  const outcome = await tenant(jobcenter.id, async (tx) => {
    const result = await signIn(tx, { login, password: typeof password === 'string' ? password : '' });
    if (result.kind === 'refused') {
      const nobody = { kind: 'system', name: 'sign-in' } as const;
      await recordAudit(tx, nobody, {
        action: 'staff.sign-in-refused',
        subjectType: 'staff',
        subjectId: '-',
        detail: { factor: 'password' },
      });
    } else {
      await takeBack(tx, attempt);
      await clearAttempts(tx, key, 'staff-login', subject);
    }
    return result;
  });
  if (outcome.kind === 'refused') return signInPage(visit, 'refused', typed);
  keepSession(c, services, jobcenter.id, outcome.token);
  return c.redirect(paths.secondFactor, 303);
}

/** `name@key` names the Jobcenter; otherwise the host's. An unknown key is just a login that does not exist. */
async function tenantOf(visit: Visit, typed: string): Promise<{ jobcenter: Jobcenter; login: string }> {
  const at = typed.lastIndexOf('@');
  const named = at > 0 ? await visit.services.directory.byKey(typed.slice(at + 1).toLowerCase()) : undefined;
  return named === undefined
    ? { jobcenter: visit.jobcenter, login: typed }
    : { jobcenter: named, login: typed.slice(0, at) };
}
