export {
  addContact,
  type ContactKept,
  confirmContact,
  contactsOf,
  deleteContact,
  type EmployerContact,
} from './contacts.ts';
export {
  type ContactSaid,
  contactFields,
  type Employer,
  type EmployerKind,
  type EmployerSaid,
  employerFields,
  employerKinds,
  employerLabel,
  type Sector,
  sectors,
} from './employer.ts';
export {
  type EmployerFilter,
  type EmployerPage,
  findEmployers,
  type Likeness,
  listEmployers,
} from './find-employers.ts';
export { forgetTalks } from './forget-case.ts';
export { countOldContacts, forgetContacts, keptUntil } from './forget-contacts.ts';
export {
  addEmployer,
  changeEmployer,
  type EmployerAct,
  type EmployerKept,
  employersTopic,
  employerTopic,
} from './keep-employer.ts';
export { type EmployersMerged, mergeEmployers, separateEmployer } from './merge-employers.ts';
export { type EmployerNote, employersOfNotes, linkNote, notesOfEmployer } from './notes.ts';
export { doublesOf, employersMeant, employersStamp, findEmployer, idsOfEmployer, mergedInto } from './queries.ts';
