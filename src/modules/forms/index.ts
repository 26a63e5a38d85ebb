export { answerLines } from './answer-lines.ts';
export type { Address, Answers, AnswerValue, DocumentsAnswer, Period, Row, SimpleValue } from './answers.ts';
export { type Catalogue, type ExtendForms, openCatalogue } from './catalogue.ts';
export { type Changes, changedSince } from './changed-since.ts';
export { type Condition, condition, holds } from './condition.ts';
export * from './definition.ts';
export {
  addDraftDocument,
  type Draft,
  type DraftDocument,
  deleteDraft,
  deleteExpiredDrafts,
  draftDays,
  draftDocuments,
  draftOfCode,
  findDraft,
  findGivenDraft,
  forgetDraftsWith,
  giveResumeCode,
  markSubmitted,
  removeDraftDocument,
  resumeDraft,
  saveDraft,
  startDraft,
} from './drafts.ts';
export {
  answerQuestion,
  dueWithin,
  findField,
  findQuestion,
  hasBankDetails,
  type Missing,
  missing,
  nextQuestion,
  outstanding,
  type Progress,
  previousQuestion,
  progress,
  prune,
  reachable,
} from './engine.ts';
export type { FieldError, FieldErrors, MessageKey } from './field-error.ts';
export { type DocumentNames, formatAnswer, formatDay, formatError, formatMoney, rawAnswer } from './format-answer.ts';
export { type FrozenAnswers, type FrozenItem, freeze } from './freeze.ts';
export { ownAnswerPrefix, sealOwnAnswers, sealsHold, signedForm } from './seal-answers.ts';
export { shippedDefinitions, shippedGroups } from './shipped.ts';
export { currentForms, formVersion, publishForm } from './store.ts';
export { type RawForm, type Validated, validateAnswer, validateAnswers } from './validate-answer.ts';
