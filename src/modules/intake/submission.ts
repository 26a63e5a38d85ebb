import { z } from 'zod';
import type { Json } from '../../kernel/canonical.ts';
import type { Day } from '../../kernel/dates.ts';
import type { Jsonb } from '../../platform/database/index.ts';
import type { StatedPerson } from '../people/index.ts';

/** The ways into the house. Nothing after `receive` asks which one it was, except to show it. */
export const channels = ['portal', 'counter', 'kiosk', 'post', 'email', 'phone', 'api'] as const;
export type Channel = (typeof channels)[number];

export const receiptDocumentSchema = z.object({
  name: z.string().meta({ description: 'Name as it was handed in' }),
  mediaType: z.string().meta({ description: 'What the bytes are' }),
  pages: z.int(),
  bytes: z.int(),
  sha256: z.string().meta({ description: 'Hash of the bytes as they came in, hexadecimal' }),
});

/** What a receipt proves; exactly this is signed. */
export const receiptPayloadSchema = z.object({
  number: z.string(),
  jobcenter: z.string(),
  receivedAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  channel: z.enum(channels),
  concern: z.string(),
  documents: z.array(receiptDocumentSchema),
  answersSha256: z.string().meta({
    description:
      'Hash of the frozen answers as canonical JSON; answers to questions of the Jobcenter itself are in it by a digest of each',
  }),
});
export type ReceiptPayload = z.infer<typeof receiptPayloadSchema>;
export type ReceiptDocument = z.infer<typeof receiptDocumentSchema>;

/** Signed proof of a submission, item by item. `signature` is a compact JWS (EdDSA) over the payload. */
export type Receipt = {
  readonly number: string;
  readonly submissionId: string;
  readonly issuedAt: Date;
  readonly payload: ReceiptPayload;
  readonly signature: string;
};

/** Whatever reached the office, once, at a time, by a channel; frozen as the person saw it. */
export type Submission = {
  readonly id: string;
  readonly concern: string;
  readonly formVersion: number | null;
  readonly language: string;
  readonly channel: Channel;
  readonly receivedAt: Date;
  readonly recordedAt: Date;
  readonly person: StatedPerson;
  readonly answers: Json;
  readonly frozen: Json;
  readonly caseId: string;
};
export type SubmissionDocument = {
  readonly documentId: string;
  readonly field: string;
  readonly requiredItemId: string | null;
};

export type IntakeTables = {
  submission: {
    id: string;
    concern: string;
    form_version: number | null;
    language: string;
    channel: Channel;
    received_at: Date;
    recorded_at: Date;
    actor_kind: string;
    actor_id: string;
    person: Jsonb<Submission['person']>;
    answers: Jsonb<Submission['answers']>;
    frozen: Jsonb<Submission['frozen']>;
    case_id: string;
  };
  receipt: { number: string; submission_id: string; issued_at: Date; payload: string; signature: string };
  own_answer: { field: string; submission_id: string };
  receipt_kept: { number: string; issued_on: Day; sha256: Buffer; forgotten_on: Day };
  submission_document: {
    submission_id: string;
    document_id: string;
    position: number;
    field: string;
    required_item_id: string | null;
    /** The case into which somebody put this paper alone; null where it lies with its submission. */
    filed_in: string | null;
  };
  command: { actor_id: string; key: string; request_hash: Buffer; result_id: string; at: Date };
};
