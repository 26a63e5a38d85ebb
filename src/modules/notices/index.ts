export {
  beginTelling,
  countWaiting,
  endTelling,
  markLetters,
  mostLetters,
  noteDispute,
  noteDrawn,
  noteFetched,
  sweepLetters,
  waitingLetters,
} from './deliver-notice.ts';
export { chooseDelivery, type DeliveryChoice, deliveryChoice } from './delivery-choice.ts';
export {
  dispatchesOf,
  type FurtherDispatch,
  leaveReturned,
  lettersOut,
  noteReturned,
  type OutLetter,
  type ReturnedPaper,
  reasonToSendAgain,
  returnedPapers,
  sendAgain,
  standingSteps,
  wentOut,
} from './dispatches.ts';
export { forgetLetters, type LettersOfCase, lettersToForget } from './forget-case.ts';
export { deemedKnownOn, type LegalEffect, objectionUntil } from './legal-effect.ts';
export { type LetterPart, letterBody } from './letter-body.ts';
export {
  authorsOf,
  findNotice,
  type Notice,
  type NoticeContent,
  type NoticeStep,
  type StaffAct,
  titleOf,
} from './notice.ts';
export {
  fillText,
  isPlaceholder,
  namesAppointment,
  type Placeholder,
  type PlaceholderValues,
  placeholders,
} from './placeholders.ts';
export { type PlainHint, plainHints } from './plain-language.ts';
export {
  countReturned,
  countToRelease,
  forgetLetterOf,
  letterOfDocument,
  lettersToRelease,
  noticesOfCase,
  noticesOfItem,
  ownDrafts,
  type ProvenNotice,
  proofOf,
  sentLetters,
} from './queries.ts';
export { addressLines, itemGone, linesOf, needsRelease, type ReadyProblem, readyProblems } from './readiness.ts';
export {
  beginReminding,
  dueReminders,
  endReminding,
  type Reminder,
  remindersOf,
  sweepReminders,
} from './reminders.ts';
export {
  type Dispatch,
  giveBackNotice,
  type ReleaseOutcome,
  releaseNotice,
  rulesOf,
  type SubmitOutcome,
  submitNotice,
} from './send-notice.ts';
export { accountTemplate, invitation, plainWords, remedyBlock } from './shipped.ts';
export type { StepKind, Way } from './tables.ts';
export { type TakenBack, takeBackReturn } from './take-back-return.ts';
export {
  allBlocks,
  allTemplates,
  type Block,
  type BlockText,
  blockHistory,
  type Origin,
  type ReleaseRule,
  type SaveOutcome,
  saveBlock,
  saveTemplate,
  type Template,
  type TemplateText,
  type TextProblem,
  translatables,
} from './texts.ts';
export {
  type Passage,
  type Translatable,
  type Translations,
  translatedPassages,
  translationLanguages,
} from './translation.ts';
export { type Whereabouts, whereaboutsOf } from './whereabouts.ts';
export {
  beginNotice,
  discardNotice,
  draftDays,
  dropStaleDrafts,
  type FieldConflict,
  keepNotice,
  type NoticeField,
  noticeFields,
  type WriteOutcome,
  type Written,
  writeNotice,
} from './write-notice.ts';
