export { type Announcement, announce, openAnnouncements, withdrawAnnouncements } from './announcements.ts';
export {
  type DraftFields,
  type DraftSaved,
  dropDraft,
  findStaffDraft,
  forgetStaffDrafts,
  type StaffDraft,
  saveStaffDraft,
  staffDraftDays,
  staffDrafts,
  type Writing,
} from './drafts.ts';
export {
  type FieldState,
  fieldStates,
  fieldWritten,
  joinTexts,
  judgeField,
  lockField,
} from './field-versions.ts';
export { forgetSubjects } from './forget-subjects.ts';
export { type OutageFolder, type OutageList, type OutageRow, openOutageFolder } from './outage-lists.ts';
export {
  enterCase,
  forgetPresence,
  leaveCase,
  type Present,
  presenceTopic,
  presentIn,
  stillThere,
} from './presence.ts';
