import type { Jsonb } from '../../platform/database/index.ts';
import type { PageSigns } from '../documents/index.ts';
import type { LetterSuggestion } from './suggestion.ts';

export const batchStates = ['arrived', 'reading', 'ready', 'problem'] as const;
export type BatchState = (typeof batchStates)[number];

/** Why a file from the scanner is no batch. The first ones are what `inspect` says of a file. */
export type BatchProblem =
  | 'empty'
  | 'unknown-type'
  | 'encrypted'
  | 'broken'
  | 'scripted'
  | 'too-many-pages'
  | 'too-many-pixels'
  | 'timeout'
  | 'too-large'
  | 'no-access';

/** Pages of one batch. More in one file is a mistake of the scanner, and nobody wants to work through it in one go. */
export const mostPages = 500;
/** Bytes of one file from the scanner: 500 pages in colour at 300 dpi. */
export const mostBytes = 300 * 1024 * 1024;

/** A stack of letters (Scan-Stapel) as the scanner gave it; the file itself is kept as it came. */
export type ScanBatch = {
  readonly id: string;
  readonly documentId: string | null;
  readonly name: string;
  readonly source: 'folder' | 'upload';
  readonly teamId: string | null;
  /** The day the letters reached the office, unless a letter says otherwise. */
  readonly receivedOn: string;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly pages: number;
  readonly state: BatchState;
  readonly problem: BatchProblem | null;
  /** How often the very same file came again, and when last. */
  readonly again: number;
  readonly againAt: Date | null;
  /** The batch that held the beginning of the same file: the scanner went on writing after it was taken. */
  readonly grownFrom: string | null;
};

/** Why a page begins a letter. */
export const beginnings = [
  'batch-start',
  'separator',
  'return-code',
  'page-number',
  'first-page',
  'sender',
  'paper',
  'by-hand',
] as const;
export type Beginning = (typeof beginnings)[number];

/** What is wrong with a letter as it was scanned; each has its words and its next step. */
export const doubts = [
  'pages-missing',
  'totals-differ',
  'heads-differ',
  'unreadable',
  'cut-edge',
  'foreign-language',
  'foreign-script',
  'nothing-read',
  'only-blank',
] as const;
export type Doubt = (typeof doubts)[number];

/** Why a letter was put aside. */
export const asideReasons = ['scan-again', 'ask', 'not-ours', 'later'] as const;
export type AsideReason = (typeof asideReasons)[number];

/** `returned`: a letter of ours that came back unopened; it is no submission. */
export type LetterState = 'open' | 'aside' | 'filed' | 'returned';

/** A letter (Schreiben) of a batch. Open with a submission: it was filed and is being corrected. */
export type ScanLetter = {
  readonly id: string;
  readonly batchId: string;
  readonly position: number;
  readonly begins: Beginning;
  readonly state: LetterState;
  readonly version: number;
  readonly suggestion: LetterSuggestion;
  readonly doubts: readonly Doubt[];
  readonly asideReason: AsideReason | null;
  /** Since when; null for what was put aside before that was noted. */
  readonly asideAt: Date | null;
  readonly submissionId: string | null;
  readonly receiptNumber: string | null;
  readonly caseId: string | null;
  /** The letter of ours that came back, where it is one. */
  readonly noticeId: string | null;
  /** The picture that it left with the proof of that letter. */
  readonly returnedDocumentId: string | null;
  readonly filedAt: Date | null;
  readonly filedBy: string | null;
};

export type Quarter = 0 | 90 | 180 | 270;

/** A page of a batch; `turned` is what reading found, `turn` what a person added. */
export type ScanPage = {
  readonly page: number;
  readonly state: 'waiting' | 'read' | 'failed';
  readonly failure: string | null;
  readonly width: number;
  readonly height: number;
  readonly turned: number;
  readonly turn: number;
  readonly blank: boolean;
  readonly separator: boolean;
  readonly signs: PageMarks | null;
  readonly letterId: string | null;
  readonly place: number | null;
};

/** What splitting needs of a page: the signs of its text, the case or item whose code it carries, and whether its edge is cut off. */
export type PageMarks = PageSigns & {
  readonly returns?: { readonly caseId: string; readonly itemId?: string };
  readonly cut?: true;
  /** Written in other letters than Latin ones. */
  readonly foreign?: true;
  /** The language where it is surely not German. */
  readonly language?: string;
  readonly words: number;
};

export type PostTables = {
  scan_batch: {
    id: string;
    document_id: string | null;
    name: string;
    source: 'folder' | 'upload';
    sha256: Buffer;
    team_id: string | null;
    received_on: string;
    created_at: Date;
    created_by: string | null;
    pages: number;
    state: BatchState;
    problem: BatchProblem | null;
    folder_place: string | null;
    moved_at: Date | null;
    again: number;
    again_at: Date | null;
    folder_file: string | null;
    folder_stamp: string | null;
    grown_from: string | null;
  };
  scan_letter: {
    id: string;
    batch_id: string;
    position: number;
    begins: Beginning;
    state: LetterState;
    version: number;
    suggestion: Jsonb<LetterSuggestion>;
    doubts: Doubt[];
    aside_reason: AsideReason | null;
    aside_at: Date | null;
    submission_id: string | null;
    receipt_number: string | null;
    case_id: string | null;
    notice_id: string | null;
    returned_document_id: string | null;
    filed_at: Date | null;
    filed_by: string | null;
  };
  scan_page: {
    batch_id: string;
    page: number;
    state: 'waiting' | 'read' | 'failed';
    failure: string | null;
    width: number;
    height: number;
    turned: number;
    turn: number;
    blank: boolean;
    separator: boolean;
    signs: Jsonb<PageMarks> | null;
    letter_id: string | null;
    place: number | null;
  };
  receipt_print: {
    id: string;
    receipt_number: string;
    submission_id: string;
    team_id: string | null;
    asked_at: Date;
    asked_by: string;
    printed_at: Date | null;
    printed_by: string | null;
  };
};

export const batchColumns = [
  'scan_batch.id',
  'scan_batch.document_id as documentId',
  'scan_batch.name',
  'scan_batch.source',
  'scan_batch.team_id as teamId',
  'scan_batch.received_on as receivedOn',
  'scan_batch.created_at as createdAt',
  'scan_batch.created_by as createdBy',
  'scan_batch.pages',
  'scan_batch.state',
  'scan_batch.problem',
  'scan_batch.again',
  'scan_batch.again_at as againAt',
  'scan_batch.grown_from as grownFrom',
] as const;

export const letterColumns = [
  'scan_letter.id',
  'scan_letter.batch_id as batchId',
  'scan_letter.position',
  'scan_letter.begins',
  'scan_letter.state',
  'scan_letter.version',
  'scan_letter.suggestion',
  'scan_letter.doubts',
  'scan_letter.aside_reason as asideReason',
  'scan_letter.aside_at as asideAt',
  'scan_letter.submission_id as submissionId',
  'scan_letter.receipt_number as receiptNumber',
  'scan_letter.case_id as caseId',
  'scan_letter.notice_id as noticeId',
  'scan_letter.returned_document_id as returnedDocumentId',
  'scan_letter.filed_at as filedAt',
  'scan_letter.filed_by as filedBy',
] as const;

export const pageColumns = [
  'page',
  'state',
  'failure',
  'width',
  'height',
  'turned',
  'turn',
  'blank',
  'separator',
  'signs',
  'letter_id as letterId',
  'place',
] as const;
