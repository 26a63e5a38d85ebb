import type { Json } from '../../../kernel/canonical.ts';
import { dayInGermany } from '../../../kernel/dates.ts';
import { cleanName, type PreparedDocument } from '../../../modules/documents/index.ts';
import {
  type Answers,
  type FormDefinition,
  findField,
  formatError,
  freeze,
  validateAnswers,
} from '../../../modules/forms/index.ts';
import { earlierAnswer, type Receipt, type Received, receive } from '../../../modules/intake/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import {
  MultipartError,
  type MultipartFailure,
  problem,
  readMultipart,
  type UploadedFile,
} from '../../../platform/http/index.ts';
import { translate } from '../../../platform/i18n/index.ts';
import { inspect } from '../../../platform/media/index.ts';
import { incoming } from '../../request.ts';
import type { ApiRequest } from './route.ts';
import { type SubmissionBody, submissionBody } from './schemas.ts';

const megabyte = 1024 * 1024;
const limits = { fileBytes: 30 * megabyte, requestBytes: 60 * megabyte, files: 200, fieldBytes: megabyte };
const t = translate('en');

/** Takes a submission from another program: the same `receive` and the same receipt as every other channel. */
export async function submit(request: ApiRequest): Promise<Response> {
  const { c, services } = request;
  const key = c.req.header('idempotency-key') ?? '';
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) return problem(400, 'idempotency-key', t('api:idempotencyKey'));
  let form: Awaited<ReturnType<typeof readMultipart>>;
  try {
    form = await readMultipart(incoming(c), limits, services.uploads);
  } catch (error) {
    if (error instanceof MultipartError) return multipartProblem(error);
    throw error;
  }
  try {
    return await take(request, key, form);
  } finally {
    form.done();
  }
}

const bodyStatus = {
  'not-multipart': 415,
  broken: 400,
  'too-many': 400,
  aborted: 400,
  'too-large': 413,
  'too-slow': 408,
  busy: 503,
} as const satisfies Record<MultipartFailure, number>;

function multipartProblem({ reason }: MultipartError): Response {
  const headers: Record<string, string> = {
    ...(reason === 'too-large' || reason === 'too-slow' ? { Connection: 'close' } : {}),
    ...(reason === 'busy' ? { 'Retry-After': '2' } : {}),
  };
  return problem(bodyStatus[reason], `body-${reason}`, t(`api:body.${reason}`), { headers });
}

type Parts = { readonly fields: ReadonlyMap<string, readonly string[]>; readonly files: readonly UploadedFile[] };

async function take(request: ApiRequest, key: string, parts: Parts): Promise<Response> {
  const text = submissionText(parts);
  const files = parts.files.filter((file) => file.field === 'document');
  const command = { key, text };
  const examined = await examine(request, text, files);
  if (examined instanceof Response) return (await earlier(request, command, files)) ?? examined;
  return carryOut(request, command, examined);
}

type Command = { readonly key: string; readonly text: string };
type Examined = {
  readonly parsed: SubmissionBody;
  readonly form: FormDefinition;
  readonly answers: ReadAnswers;
  readonly receivedAt: Date;
  readonly files: readonly Judged[];
};

/** Everything that can be wrong with a submission, judged before anything is stored. */
async function examine(
  request: ApiRequest,
  text: string,
  files: readonly UploadedFile[],
): Promise<Examined | Response> {
  const { services, jobcenter } = request;
  const parsed = parseBody(text);
  if (parsed instanceof Response) return parsed;
  const now = services.clock.now();
  const form = await services.catalogue.find(jobcenter.id, parsed.concern);
  if (form === undefined) return invalid([{ pointer: '/concern', detail: t('api:unknownConcern') }]);
  const receivedAt = parsed.receivedAt === undefined ? now : new Date(parsed.receivedAt);
  if (receivedAt.getTime() > now.getTime() + 60_000)
    return invalid([{ pointer: '/receivedAt', detail: t('api:receivedInFuture') }]);
  const answers = readAnswers(form, parsed.answers as Record<string, Json>, dayInGermany(now));
  if (answers instanceof Response) return answers;
  const judged = await judge(request, files);
  return judged instanceof Response ? judged : { parsed, form, answers, receivedAt, files: judged };
}

/**
 * The answer to a request that is refused now and was acknowledged before: forms and limits change, and a program that never heard the
 * first answer asks again. Only where the limit for files was lowered meanwhile the bytes are not all there to be compared.
 */
async function earlier(
  { services, jobcenter, actor }: ApiRequest,
  { key, text }: Command,
  files: readonly UploadedFile[],
): Promise<Response | undefined> {
  const hash = requestHash(
    text,
    files.map(({ name, bytes }) => ({ name: cleanName(name), sha256: sha256(bytes) })),
  );
  const found = await services.database.tenant(jobcenter.id, (tx) =>
    earlierAnswer(tx, actor, { key, requestHash: hash }),
  );
  return found?.kind === 'repeated' ? replayed(found.receipt) : undefined;
}

async function carryOut(request: ApiRequest, { key, text }: Command, examined: Examined): Promise<Response> {
  const { services, jobcenter } = request;
  const documents = await Promise.all(examined.files.map((file) => services.vault.prepare(jobcenter.id, file)));
  const command = { key, requestHash: requestHash(text, documents) };
  const received = await store(request, { ...examined, documents, command });
  if (received.kind !== 'received') await discard(request, documents);
  switch (received.kind) {
    case 'received':
      services.metrics.submissions.inc({ channel: examined.parsed.channel });
      return created(received.receipt, 201);
    case 'repeated':
      return replayed(received.receipt);
    case 'key-reused':
      return problem(422, 'idempotency-key-reused', t('api:keyReused'));
  }
}

/** The part `submission`, as a field or as a file of type application/json. */
function submissionText(parts: Parts): string {
  const file = parts.files.find((f) => f.field === 'submission');
  return parts.fields.get('submission')?.[0] ?? (file === undefined ? '' : file.bytes.toString('utf8'));
}

function parseBody(text: string): SubmissionBody | Response {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return problem(400, 'submission-json', t('api:submissionJson'));
  }
  if (!isStorable(json)) return invalid([{ pointer: '', detail: t('api:notStorable') }]);
  const result = submissionBody.safeParse(json);
  if (result.success) return result.data;
  return invalid(
    result.error.issues.slice(0, 50).map((issue) => ({ pointer: `/${issue.path.join('/')}`, detail: issue.message })),
  );
}

/** PostgreSQL stores neither zero bytes nor half surrogate pairs; such a text is refused before a receipt, not after. Depth is bounded. */
function isStorable(value: unknown, depth = 0): boolean {
  if (depth > 20) return false;
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000');
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every((item) => isStorable(item, depth + 1));
  if (value !== null && typeof value === 'object')
    return Object.entries(value).every(([k, v]) => isStorable(k) && isStorable(v, depth + 1));
  return true;
}

type ReadAnswers = { readonly known: Answers; readonly further: Record<string, Json> };

/**
 * Answers to questions of the form are checked. Whatever the form does not ask, or not of this person, is kept as a further
 * statement: an application is not refused for its shape (§ 20 (3) SGB X, § 9 SGB X).
 */
function readAnswers(form: FormDefinition, answers: Record<string, Json>, today: string): ReadAnswers | Response {
  const keys = Object.keys(answers);
  const unknown = new Set(keys.filter((key) => findField(form, key) === undefined));
  const known = () => Object.fromEntries(Object.entries(answers).filter(([key]) => !unknown.has(key)));
  let result = validateAnswers(form, known(), { today, complete: false });
  const errors = result.ok ? [] : Object.entries(result.errors);
  const astray = errors.filter(([, error]) => error.key === 'fields:error.notAsked');
  if (astray.length > 0) {
    for (const [key] of astray) unknown.add(key);
    result = validateAnswers(form, known(), { today, complete: false });
  }
  if (result.ok)
    return {
      known: result.value,
      further: Object.fromEntries(Object.entries(answers).filter(([key]) => unknown.has(key))),
    };
  return invalid(
    Object.entries(result.errors).map(([path, error]) => ({
      pointer: `/answers/${path.replaceAll('.', '/')}`,
      detail: formatError(error, 'en'),
    })),
  );
}

const invalid = (errors: { pointer: string; detail: string }[]): Response =>
  problem(422, 'invalid', t('api:invalid'), { errors });

type Judged = { readonly name: string; readonly bytes: Uint8Array; readonly mediaType: string; readonly pages: number };

async function judge({ services }: ApiRequest, files: readonly UploadedFile[]): Promise<Judged[] | Response> {
  const errors: { pointer: string; detail: string }[] = [];
  let tooLarge = false;
  const judged = await Promise.all(
    files.map(async (file, i) => {
      const verdict = file.tooLarge ? ({ ok: false, reason: 'too-large' } as const) : await inspect(file.bytes);
      if (verdict.ok) return { name: file.name, bytes: file.bytes, mediaType: verdict.mediaType, pages: verdict.pages };
      services.metrics.refusedFiles.inc({ reason: verdict.reason });
      tooLarge ||= verdict.reason === 'too-large';
      errors.push({ pointer: `/document/${i}`, detail: t(`api:file.${verdict.reason}`) });
      return undefined;
    }),
  );
  if (errors.length > 0) return problem(tooLarge ? 413 : 422, 'document', t('api:documentRefused'), { errors });
  return judged.filter((file) => file !== undefined);
}

function requestHash(text: string, documents: readonly Pick<PreparedDocument, 'name' | 'sha256'>[]): Buffer {
  return sha256(JSON.stringify([text, documents.map((d) => [d.name, d.sha256.toString('hex')])]));
}

type ToStore = Examined & {
  readonly documents: readonly PreparedDocument[];
  readonly command: { readonly key: string; readonly requestHash: Buffer };
};

async function store({ services, jobcenter, actor }: ApiRequest, input: ToStore): Promise<Received> {
  const { parsed, form, answers } = input;
  const keys = await services.keyring.of(jobcenter.id);
  const teamId = await services.teamFor(jobcenter.id, form.team);
  const person = {
    familyName: parsed.person.familyName,
    givenName: parsed.person.givenName,
    birthDate: parsed.person.birthDate,
    ...(parsed.person.fileNumber ? { fileNumber: parsed.person.fileNumber } : {}),
  };
  const stated = { ...answers.known, ...answers.further } as Answers;
  return services.database.tenant(jobcenter.id, (tx) =>
    receive(tx, actor, {
      jobcenter,
      keys,
      form,
      language: 'de',
      channel: parsed.channel,
      receivedAt: input.receivedAt,
      person,
      answers: stated,
      frozen: withFurther(
        freeze(form, { ...answers.known, ...person }, 'de', undefined, input.documents.length > 0),
        answers.further,
      ),
      documents: input.documents.map((document) => ({ document, field: 'document', recorded: false })),
      command: input.command,
      teamId,
    }),
  );
}

/** Further statements stand in a section of their own, as they were sent. */
function withFurther(frozen: ReturnType<typeof freeze>, further: Record<string, Json>): Json {
  const entries = Object.entries(further);
  if (entries.length === 0) return frozen;
  const title = translate('de')('api:further');
  const items = entries.map(([label, value]) => ({
    question: 'further',
    questionTitle: title,
    field: label,
    label,
    text: typeof value === 'string' ? value : JSON.stringify(value),
  }));
  return { ...frozen, sections: [...frozen.sections, { key: 'further', title, items }] };
}

/** The bytes of a request that changed nothing are not kept; what a crash leaves is swept. */
async function discard({ services }: ApiRequest, documents: readonly PreparedDocument[]): Promise<void> {
  await Promise.all(documents.map((d) => services.blobs.remove(d.blob)));
}

const replayed = (receipt: Receipt): Response => created(receipt, 201, { 'Idempotency-Replayed': 'true' });

function created(receipt: Receipt, status: 200 | 201, headers: Record<string, string> = {}): Response {
  const { number, receivedAt, channel, concern, documents } = receipt.payload;
  return new Response(
    JSON.stringify({ number, receivedAt, channel, concern, documents, signature: receipt.signature }),
    {
      status,
      headers: { 'Content-Type': 'application/json', Location: `/api/v1/receipts/${number}`, ...headers },
    },
  );
}
