export {
  type ApiScope,
  type ApiToken,
  apiScopes,
  findApiToken,
  type IssuedToken,
  issueApiToken,
  issuedTokens,
  jobcenterOfToken,
  revokeApiToken,
} from './api-token.ts';
export { type Attempt, beginAttempt, clearAttempts, type Limit, takeBack } from './attempts.ts';
export { openGuestSession } from './guest.ts';
export { findKiosk, type Kiosk, makeKioskCode, unlockKiosk } from './kiosk.ts';
export { addPasskey, findPasskey, type Passkey, passkeysOf, removePasskey, touchPasskey } from './passkeys.ts';
export {
  endPrivacyOfficer,
  isPrivacyOfficer,
  namePrivacyOfficer,
  type PrivacyOfficer,
  privacyOfficers,
} from './privacy-officer.ts';
export {
  confirmSecondFactor,
  endSession,
  expiredSessionOf,
  findSession,
  keepChallenge,
  type RunningSession,
  runningSessions,
  type Session,
  type SignedIn,
  signIn,
  takeChallenge,
} from './session.ts';
export {
  addStaff,
  allStaff,
  findStaff,
  type NewStaff,
  type Role,
  roles,
  type Staff,
  type StaffLogin,
  staffByLogin,
  staffLogins,
  teamsOf,
} from './staff.ts';
export { disableStaff, enableStaff, resetCredentials } from './staff-access.ts';
export {
  endSubstitution,
  longestSubstitution,
  type Named,
  type NewSubstitution,
  nameSubstitute,
  type StandIn,
  type Standing,
  standInsOf,
} from './substitution.ts';
export {
  absentToday,
  type Substitution,
  type SubstitutionCursor,
  staffOfTeam,
  substitutions,
} from './substitutions.ts';
export { forgetAttempts } from './sweep-attempts.ts';
export { newTotpSecret, totpCode, totpUri } from './totp.ts';
