export { type CaseReader, looksForPeople, readerOf, type StandsFor, standsInFor, visibleTo } from './access.ts';
export {
  type BankConfirmation,
  bankCode,
  bankConfirmation,
  confirmBankAtCounter,
  confirmBankByLetter,
  isBankCode,
  requireBankConfirmation,
} from './bank-confirmation.ts';
export { type CaseDetail, findCase, type TimelineEvent, timeline } from './case-detail.ts';
export { casesByIds, casesClosedBefore, casesOfFile, type FiledCase } from './case-file.ts';
export { caseStamp } from './case-stamp.ts';
export { addCheck, type CaseCheck, caseChecks, standingChecks } from './checks.ts';
export {
  type ClearingItem,
  type ClearingReason,
  clearingQueue,
  countDoubts,
  type ForeignPaper,
  openClearingItems,
  type PaperReason,
  type PartlyRead,
  papersOfDoubt,
  raiseClearing,
  raiseNotAccepted,
  raisePapers,
  resolveClearing,
  settledByHand,
  withdrawPaper,
} from './clearing.ts';
export { type ClientView, clientView } from './client-view.ts';
export {
  type ClosingChoices,
  closeCase,
  type ItemAtClosing,
  itemsAtClosing,
  type PromiseAtClosing,
  promisesAtClosing,
  type StillOpen,
  undecidedIn,
} from './close-case.ts';
export { type ArrivedLine, arrivedLines, callBack } from './day/arrived.ts';
export {
  casesOfAbsent,
  followUpsOfAbsent,
  type Load,
  ownLoad,
  type Sum,
  teamLoad,
  unassignedLoad,
} from './day/board.ts';
export { caseOfNobody, caseOfPeople, caseOfTeam, caseStillOpen, lineCases } from './day/case-lines.ts';
export {
  type DayCursor,
  type DayPage,
  dayCursor,
  type LineCase,
  pageOf,
  peopleOf,
  startOf,
  type Whose,
} from './day/day-line.ts';
export { type DueLine, dueLines, suitDay } from './day/due.ts';
export { casesExpecting } from './day/expected-cases.ts';
export {
  endFollowUp,
  type FollowUp,
  type FollowUpTopic,
  followUpTopics,
  makeFollowUp,
  moveFollowUp,
  openFollowUps,
} from './day/follow-up.ts';
export { dueFollowUp, type FollowUpLine, followUpLines } from './day/follow-up-lines.ts';
export { endStandIn, nameStandIn } from './day/stand-in.ts';
export { type WaitingLine, waitingLines } from './day/waiting.ts';
export { type CasesOf, endOfCases } from './end-of-cases.ts';
export type { AppointmentAct, NoReminder, NoteAbout, NotePaper, PlanAct } from './event-details.ts';
export type { CaseField } from './events.ts';
export { recordFact } from './fact-events.ts';
export {
  type AppointmentEntry,
  appointmentsOfEntries,
  entriesOfAppointments,
  openableCase,
  type WrittenEvent,
  writtenAfter,
  writtenEvents,
} from './findable-events.ts';
export {
  anotherCase,
  bankConfirmationsOf,
  eventIds,
  forgetCaseItself,
  forgetCaseWork,
  havingCases,
  isAwaited,
} from './forget-case.ts';
export { fulfilItem, reopenItems } from './fulfil-items.ts';
export { type InboxCursor, type InboxFilter, type InboxPage, type InboxRow, inbox } from './inbox.ts';
export { noteDelivery, noteLetter } from './letter-events.ts';
export { lockBothCases, type Move, noteMove } from './move-between-cases.ts';
export { noteOwnFields } from './note-own-fields.ts';
export { type NoteEvent, type NoteFilter, noteEvents } from './notes.ts';
export {
  type CaseState,
  type CheckResult,
  type ContactWay,
  caseStates,
  checkResults,
  contactWays,
  type DecisionResult,
  decisionResults,
  hasAnswer,
  type RequiredItem,
  type WaitsFor,
  waitsFor,
} from './office-case.ts';
export { attachSubmission, openCase } from './open-case.ts';
export { setPersonEmail } from './person-email.ts';
export {
  countPromises,
  type DuePromise,
  duePromises,
  keepPromise,
  makePromise,
  type OfficePromise,
  openPromises,
} from './promises.ts';
export { clientHasRead, noteSpokenAnswer, openLetters, openMessages, unansweredMessages } from './read-messages.ts';
export { casesOfSamePerson, otherCasesOfPerson, type RelatedCase, relatedCases, visibleCases } from './related.ts';
export { openRequiredItems, requiredItems, requireItem, withdrawItem } from './required-items.ts';
export { parseReturnCode, returnPath } from './return-code.ts';
export {
  findReturnCode,
  issueReturnCode,
  previewReturnCode,
  type ReturnCode,
  type ReturnPurpose,
  type ReturnState,
  type ReturnTarget,
  returnDays,
} from './return-codes.ts';
export { asFound, type CaseQuery, filesOfPeople, mostFoundCases, type OpenableFile, searchCases } from './search.ts';
export { acceptSentAgain, askAgain, type SentAgain, sentAgainFor } from './sent-again.ts';
export { similarStated } from './similar-stated.ts';
export { unsortedCases } from './sweep-cases.ts';
export {
  type Act as CaseAct,
  addNote,
  assignCase,
  clientWrites,
  confirmPerson,
  decideCase,
  lockCase,
  moveToTeam,
  noteInCase,
  reopenCase,
  type VerbOutcome,
  writeToClient,
} from './verbs.ts';
