export {
  caseFailed,
  confirmCases,
  confirmedCases,
  type DeletedCase,
  type DueCase,
  deletedCaseOf,
  deletedCases,
  dueCases,
  failedCases,
  listDueCase,
  unlistCase,
} from './case-deletions.ts';
export {
  confirmDeletions,
  confirmedDeletions,
  type DueDeletion,
  dueDeletions,
  forgetDocument,
  listDue,
  listedDeletions,
  unlist,
} from './deletions.ts';
export {
  announceExport,
  askForExport,
  type ExportPiece,
  type ExportPurpose,
  endExport,
  expiredExports,
  exportDays,
  exportPurposes,
  exportsOfFile,
  type FileExport,
  failExport,
  findExport,
  keepExport,
  lockExports,
  piecesOf,
  unmadeExports,
} from './exports.ts';
export {
  copiesOf,
  type DocumentFacts,
  type DocumentState,
  describeDocument,
  documentStates,
  factsOfDocuments,
  noFacts,
  noteCopy,
  putIntoPart,
  suggestFacts,
} from './facts.ts';
export { fileById, fileOfHousehold, joinFile, lockFile, type OfficeFile, openNamelessFile } from './file.ts';
export {
  fileOfEmptyHousehold,
  forgetDocumentLines,
  forgetFile,
  forgetFilings,
  forgetPersonInExports,
} from './forget-case.ts';
export {
  type EndedHold,
  endedHoldsOfFile,
  endHold,
  holdFile,
  holdsOfFile,
  holdsOnDocument,
  isCaseHeld,
  isHeld,
  type LegalHold,
  stayHeld,
} from './holds.ts';
export { addMark, type FileMark, marksOfDocument, type Place, removeMark } from './marks.ts';
export { type FileMove, movesOfDocument, noteMoves } from './moves.ts';
export { addPart, closePart, type FilePart, fileParts, type ShippedPart, shippedParts, usualPart } from './parts.ts';
export {
  dueOnOf,
  type RetentionClass,
  type RetentionRule,
  type RuleClass,
  retentionClasses,
  retentionClassOf,
  retentionRules,
  ruleClasses,
  setRetentionRule,
  shippedRules,
} from './retention.ts';
export { type PageTurn, turnPage, turnsOf } from './turns.ts';
