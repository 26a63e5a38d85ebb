export {
  type AsideReason,
  asideReasons,
  type BatchProblem,
  type BatchState,
  type Beginning,
  beginnings,
  type Doubt,
  doubts,
  mostBytes,
  mostPages,
  type ScanBatch,
  type ScanLetter,
  type ScanPage,
} from './batch.ts';
export { comesSoon, type EndingBatch, endingBatches, eraseDays } from './ending-batches.ts';
export { endedBatches, eraseBatch, eraseDay, isErasedScan } from './erase-batch.ts';
export { correctFiling, type Filed, type Filing, fileLetter } from './file-letter.ts';
export { forgetScanned, isInStack } from './forget-case.ts';
export { readInStack } from './hand-over.ts';
export { letterPdf, uprightTurn } from './letter-document.ts';
export {
  freeNeighbours,
  hasPages,
  joinLetter,
  type LetterAct,
  type LetterOutcome,
  lockLetter,
  movePage,
  pagesOfLetter,
  putAside,
  splitLetter,
  takeUpAgain,
  turnPage,
} from './letters.ts';
export { pagesOfBatch } from './make-letters.ts';
export { separatorCode } from './marks.ts';
export { keptPicture } from './page-store.ts';
export { markPrinted, type ReceiptPrint, waitingPrints } from './prints.ts';
export {
  type BatchRow,
  findBatch,
  findLetter,
  lastFiled,
  lettersOfBatch,
  listBatches,
  nextOpenLetter,
  unreadBatches,
} from './queries.ts';
export { readScans, type ScanServices } from './read-scans.ts';
export { markReturned, type Returned } from './return-letter.ts';
export type { LetterSuggestion } from './suggestion.ts';
export {
  type NewScan,
  noteAgain,
  refuseScan,
  type TakenScan,
  takeOnce,
  takeScan,
} from './take-scan.ts';
export { endWatch, noteMoved, noteSame, refusedAt, type WatchedFile, watchedFiles } from './watched-file.ts';
