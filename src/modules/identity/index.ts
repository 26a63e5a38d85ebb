export { type ApiScope, type ApiToken, apiScopes, findApiToken, issueApiToken, jobcenterOfToken } from './api-token.ts';
export { type Attempt, beginAttempt, clearAttempts, type Limit, takeBack } from './attempts.ts';
export { addPasskey, findPasskey, type Passkey, passkeysOf, touchPasskey } from './passkeys.ts';
export {
  confirmSecondFactor,
  endSession,
  findSession,
  keepChallenge,
  type Session,
  signIn,
  takeChallenge,
} from './session.ts';
export {
  addStaff,
  allStaff,
  findStaff,
  type NewStaff,
  type Role,
  resetCredentials,
  roles,
  type Staff,
  staffByLogin,
  staffLogins,
  teamsOf,
} from './staff.ts';
export { forgetAttempts } from './sweep-attempts.ts';
export { newTotpSecret, totpCode, totpUri } from './totp.ts';
