export { createJobcenter, type Directory, type Jobcenter, openDirectory, readJobcenters } from './directory.ts';
export {
  createKeyring,
  type JobcenterKeys,
  type Keyring,
  makeJobcenterKeys,
  publicKeys,
  unwrapKeys,
} from './keyring.ts';
export { currentProfile, type Profile, profileSchema, saveProfile } from './profile.ts';
export { addTeam, allTeams, type Team } from './teams.ts';
