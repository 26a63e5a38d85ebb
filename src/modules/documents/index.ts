export { haveRead } from './announce.ts';
export {
  type Comparison,
  type ComparisonReason,
  compareDocuments,
  judge,
  type Laid,
  type Mark,
  type PagePair,
  SAME,
  turned,
} from './compare/compare-documents.ts';
export type { ComparablePage } from './compare/compare-pages.ts';
export { closeComparing, compareHere, comparePapers, contestPages, type PageOf } from './compare/compare-papers.ts';
export { contest } from './compare/contest.ts';
export { keepSheets, preparePages, type Sheets } from './compare/prepare.ts';
export {
  type ComparedPapers,
  type Contest,
  copied,
  type PageAt,
  type SettledPapers,
  settlePapers,
} from './compare/settle-papers.ts';
export { type Fact, factsOf } from './facts.ts';
export { eraseDocuments, forgetDocuments } from './forget-documents.ts';
export { type ForeignPages, foreignPages, foreignText, keepLanguages, languagesOf } from './language-store.ts';
export { pageRuns } from './page-runs.ts';
export { readDocument } from './read-document.ts';
export {
  copiesAreGone,
  type DocumentReading,
  documentsWithMarks,
  hadWords,
  hardToRead,
  keptPages,
  keptPageWords,
  keptPicture,
  keptWords,
  type PageRun,
  READING_METHOD,
  readDocumentsAfter,
  readingOf,
  unreadDocuments,
  unreadPages,
} from './reading-store.ts';
export {
  amountsIn,
  type Beginning as LetterBeginning,
  beginsLetter,
  type Contradiction,
  contradiction,
  daysIn,
  foreignLanguage,
  type KindSuggestion,
  type LetterKind,
  type Line,
  letterKinds,
  linesOf,
  missingNumbers,
  type PageSigns,
  type PersonClues,
  pageIdentity,
  pageSigns,
  personClues,
  type SeenPage,
  type SeenWord,
  type SenderSuggestion,
  stampDay,
  suggestKind,
  suggestSender,
  totalChange,
} from './recognize/index.ts';
export {
  type Document,
  documentsByIds,
  documentsWithBytes,
  eraseDocument,
  findDocument,
  haveBytes,
  insertDocuments,
  insertRaw,
  keysOf,
  markUnreadable,
} from './store.ts';
export { documentsAfter, livingDocuments, type StoredDocument } from './sweep-documents.ts';
export { announceGone, announceUnread } from './sweep-unread.ts';
export { cleanName, type DocumentVault, openDocumentVault, type PreparedDocument } from './vault.ts';
export { type Unread, whyUnread } from './why-unread.ts';
