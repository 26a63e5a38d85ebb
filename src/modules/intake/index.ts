export { accessCode, checkAccessCode, newReceiptNumber, normalizeReceiptNumber } from './receipt-number.ts';
export { type Channel, channels, type Receipt, type ReceiptDocument, type ReceiptPayload, receiptDocumentSchema, receiptPayloadSchema, type Submission, type SubmissionDocument } from './submission.ts';
export { caseOfDocument, findReceipt, findSubmission, listSubmissions, receiptOfSubmission, type SubmissionCursor, type SubmissionFilter, type SubmissionRow, submissionDocuments, submissionsOfCase } from './queries.ts';
export { type Received, receive, type SubmissionInput } from './receive.ts';
export { dueOn } from './due.ts';
export { sortSubmission } from './sort-submission.ts';
export { checkReceiptSignature, signReceipt } from './sign.ts';
