export type { Address, Answers, AnswerValue, DocumentsAnswer, Period, Row, SimpleValue } from './answers.ts';
export { type Condition, condition, holds } from './condition.ts';
export * from './definition.ts';
export { shippedDefinitions, shippedGroups } from './shipped.ts';
export { type Catalogue, openCatalogue } from './catalogue.ts';
export { addDraftDocument, deleteExpiredDrafts, type Draft, type DraftDocument, draftDays, draftDocuments, findDraft, giveResumeCode, markSubmitted, removeDraftDocument, resumeDraft, saveDraft, startDraft } from './drafts.ts';
export { currentForms, formVersion, publishForm } from './store.ts';
