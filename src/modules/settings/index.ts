export { createJobcenter, type Directory, type Jobcenter, openDirectory, readJobcenters } from './directory.ts';
export {
  createKeyring,
  type JobcenterKeys,
  type Keyring,
  makeJobcenterKeys,
  publicKeys,
  unwrapKeys,
} from './keyring.ts';
export { forgetTaken, leaveMail, restAfter, restingMails } from './mail-left.ts';
export {
  addMailbox,
  allMailboxes,
  changeMailboxPassword,
  findMailbox,
  type Mailbox,
  type MailboxServers,
  type MailboxTrouble,
  mailAddresses,
  mailboxesToRead,
  mailboxServers,
  type NewMailbox,
  neglectedMailboxes,
  noteMailboxRead,
  noteMailboxTrouble,
  noteMailsLeft,
  pauseAfter,
  switchMailbox,
} from './mailbox.ts';
export { currentProfile, type Profile, placeOf, profileSchema, saveProfile } from './profile.ts';
export { addTeam, allTeams, type Team } from './teams.ts';
