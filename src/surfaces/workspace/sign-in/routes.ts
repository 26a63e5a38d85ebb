import { below, paths } from '../paths.ts';
import type { WorkspaceRoute } from '../visit.ts';
import { signInPage } from './pages.tsx';
import { authenticationOptions } from './passkey.ts';
import { checkPassword } from './password.ts';
import { checkSecondFactor, secondFactorPage, signOut } from './second-factor.ts';

export const signInRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.signIn),
    access: 'anyone',
    audit: { nothing: 'an empty form' },
    handle: { act: async (visit) => signInPage(visit) },
  },
  {
    method: 'POST',
    path: below(paths.signIn),
    access: 'anyone',
    audit: { records: 'staff.sign-in-refused' },
    handle: { act: checkPassword },
  },
  {
    method: 'GET',
    path: below(paths.secondFactor),
    access: 'first-factor',
    audit: { nothing: 'an empty form' },
    handle: { act: secondFactorPage },
  },
  {
    method: 'POST',
    path: below(paths.secondFactor),
    access: 'first-factor',
    audit: { records: 'staff.signed-in, staff.sign-in-refused' },
    handle: { act: checkSecondFactor },
  },
  {
    method: 'POST',
    path: below(paths.passkeyChallenge),
    access: 'first-factor',
    audit: { nothing: 'a random challenge for the own session' },
    handle: { act: authenticationOptions },
  },
  {
    method: 'POST',
    path: below(paths.signOut),
    access: 'any-session',
    audit: { records: 'staff.signed-out' },
    handle: { act: signOut },
  },
];
