import { z } from 'zod';
import { isDay } from '../../../kernel/dates.ts';
import { caseStates } from '../../../modules/cases/index.ts';
import { channels, receiptDocumentSchema } from '../../../modules/intake/index.ts';
import { statedPersonSchema } from '../../../modules/people/index.ts';

/** The schemas that validate are the ones the API description is made from. */
export const submissionBody = z
  .object({
    concern: z.string().min(1).max(60).meta({ description: 'Key of the concern, see /concerns' }),
    channel: z.enum(channels).meta({ description: 'How it reached the sender' }),
    receivedAt: z.iso
      .datetime({ offset: true })
      .refine((at) => at >= '1950', 'must be since 1950')
      .optional()
      .meta({ description: 'When it first reached an office (§ 16 (2) SGB I); now, if left out' }),
    person: statedPersonSchema,
    answers: z
      .record(z.string().max(120), z.json())
      .meta({ description: 'Answers by field key of the form; other keys are kept as further statements' }),
  })
  .meta({ id: 'Submission' });
export type SubmissionBody = z.infer<typeof submissionBody>;

export const receiptAnswer = z
  .object({
    number: z.string(),
    receivedAt: z.iso.datetime(),
    channel: z.enum(channels),
    concern: z.string(),
    documents: z.array(receiptDocumentSchema),
    signature: z.string().meta({ description: 'Compact JWS (EdDSA); keys at /.well-known/jwks.json' }),
  })
  .meta({ id: 'Receipt' });

export const requiredItemAnswer = z
  .object({
    id: z.uuid(),
    what: z.string(),
    why: z.string(),
    dueOn: z.iso.date(),
    fulfilledAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RequiredItem' });

export const receiptStatus = receiptAnswer
  .extend({
    case: z.object({
      id: z.uuid(),
      number: z.string(),
      state: z.enum(caseStates),
      openedAt: z.iso.datetime(),
      dueOn: z.iso.date(),
    }),
    team: z.object({ name: z.string(), phone: z.string() }).nullable(),
    requiredItems: z.array(requiredItemAnswer),
    submissions: z.array(
      z.object({ number: z.string(), receivedAt: z.iso.datetime(), channel: z.enum(channels), documents: z.int() }),
    ),
  })
  .meta({ id: 'ReceiptStatus' });

export const submissionRow = z
  .object({
    id: z.uuid(),
    number: z.string(),
    concern: z.string(),
    channel: z.enum(channels),
    receivedAt: z.iso.datetime(),
    caseId: z.uuid(),
  })
  .meta({ id: 'SubmissionRow' });

export const caseRow = z
  .object({
    id: z.uuid(),
    number: z.string(),
    concern: z.string(),
    channel: z.string(),
    personName: z.string(),
    state: z.enum(caseStates),
    teamId: z.uuid().nullable(),
    assigneeId: z.uuid().nullable(),
    dueOn: z.iso.date(),
    openedAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
  })
  .meta({ id: 'CaseRow' });

export const caseDetail = caseRow
  .extend({
    birthDate: z.iso.date().nullable(),
    personId: z.uuid().nullable(),
    householdId: z.uuid().nullable(),
    closedAt: z.iso.datetime().nullable(),
    requiredItems: z.array(requiredItemAnswer),
    submissions: z.array(
      z.object({
        id: z.uuid(),
        number: z.string(),
        receivedAt: z.iso.datetime(),
        channel: z.enum(channels),
        answers: z.json(),
        documents: z.array(receiptDocumentSchema.extend({ id: z.uuid() })),
      }),
    ),
    filedAlone: z.array(receiptDocumentSchema.extend({ id: z.uuid() })).meta({
      description: 'Papers that somebody filed in this case alone; what they came with lies in another one',
    }),
    timeline: z.array(
      z.object({ id: z.uuid(), at: z.iso.datetime(), kind: z.string(), actor: z.string(), detail: z.json() }),
    ),
  })
  .meta({ id: 'Case' });

export const concernRow = z
  .object({ key: z.string(), version: z.int(), title: z.object({ de: z.string(), en: z.string() }) })
  .meta({ id: 'Concern' });

const instant = z.iso.datetime({ offset: true }).refine((at) => at >= '1950', 'must be since 1950');
const concernKey = z.string().regex(/^[a-z0-9-]{1,60}$/);
const limit = z.coerce.number().int().min(1).max(200).default(50);
const cursor = z.string().max(200).optional();

export const submissionQuery = z.object({
  concern: concernKey.optional(),
  channel: z.enum(channels).optional(),
  receivedFrom: instant.optional(),
  receivedTo: instant.optional(),
  limit,
  cursor,
});
export const caseQuery = z.object({
  team: z.uuid().optional(),
  concern: concernKey.optional(),
  channel: z.enum(channels).optional(),
  state: z.enum(caseStates).optional(),
  assignee: z.union([z.uuid(), z.literal('nobody')]).optional(),
  dueBefore: z.iso.date().refine(isDay).optional(),
  closed: z.enum(['true', 'false']).default('false'),
  limit,
  cursor,
});

export const problemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });
