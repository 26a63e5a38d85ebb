export {
  type Arrival,
  arrivalsOfCases,
  arrivalsOfDocuments,
  arrivalsOfSubmissions,
  arrivalsSentTo,
  casesOfSubmissions,
  submissionsAfter,
} from './arrivals.ts';
export { claimCommand, wasClaimed } from './claim-command.ts';
export { dueOn } from './due.ts';
export { findableAnswers, originOfPaper } from './findable.ts';
export { type CameIn, cameIn, findKeptReceipt, forgetSubmissions, type KeptReceipt } from './forget-case.ts';
export {
  type AnswerState,
  findMail,
  type MailMessage,
  mailAt,
  mailByKey,
  mailsAnsweredBy,
  mailsOfThread,
  moveAnswer,
  type NewMailMessage,
  recordMail,
  staleAnswers,
} from './mail-message.ts';
export { movePaper } from './move-paper.ts';
export { leavesEmpty, moveSubmission } from './move-submission.ts';
export { forgetOwnAnswer, type OwnAnswer, ownAnswersIn, ownAnswersTo } from './own-answers.ts';
export {
  caseOfDocument,
  commandKeys,
  findReceipt,
  findSubmission,
  firstSubmissions,
  listSubmissions,
  receiptOfSubmission,
  type SubmissionCursor,
  type SubmissionFilter,
  type SubmissionRow,
  submissionDocuments,
  submissionOfDocument,
  submissionsOfCase,
} from './queries.ts';
export { accessCode, checkAccessCode, newReceiptNumber, normalizeReceiptNumber } from './receipt-number.ts';
export { CaseNotFound, earlierAnswer, type Received, receive, type SubmissionInput } from './receive.ts';
export { checkReceiptSignature, signReceipt } from './sign.ts';
export { sortSubmission } from './sort-submission.ts';
export {
  type Channel,
  channels,
  type Receipt,
  type ReceiptDocument,
  type ReceiptPayload,
  receiptDocumentSchema,
  receiptPayloadSchema,
  type Submission,
  type SubmissionDocument,
} from './submission.ts';
export { forgetCommands } from './sweep-commands.ts';
export { type ReceiptVerdict, verifyReceipts } from './sweep-receipts.ts';
export { enqueueUnsorted } from './sweep-submissions.ts';
