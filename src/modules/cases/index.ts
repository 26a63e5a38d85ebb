export { type CaseReader, visibleTo } from './access.ts';
export { clientView, type ClientView } from './client-view.ts';
export { type CaseDetail, findCase, timeline, type TimelineEvent } from './case-detail.ts';
export { type ClearingItem, clearingQueue, type ClearingReason, openClearingItems, raiseClearing, resolveClearing } from './clearing.ts';
export { type CaseState, caseStates, type DecisionResult, decisionResults, type RequiredItem } from './office-case.ts';
export { type InboxFilter, type InboxPage, type InboxRow, inbox, type InboxCursor } from './inbox.ts';
export { attachSubmission, openCase } from './open-case.ts';
export { openRequiredItems, requiredItems, requireItem, withdrawItem } from './required-items.ts';
export {
  addNote,
  assignCase,
  clientWrites,
  closeCase,
  confirmPerson,
  decideCase,
  moveToTeam,
  reopenCase,
  type VerbOutcome,
  writeToClient,
} from './verbs.ts';
export { unsortedCases } from './sweep-cases.ts';
