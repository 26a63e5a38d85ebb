import type { z } from 'zod';
import { isDay } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import {
  type CaseReader,
  findCase,
  type InboxFilter,
  inbox,
  requiredItems,
  timeline,
} from '../../../modules/cases/index.ts';
import { type Document, documentsByIds, findDocument } from '../../../modules/documents/index.ts';
import {
  arrivalsOfCases,
  caseOfDocument,
  findReceipt,
  findSubmission,
  listSubmissions,
  normalizeReceiptNumber,
  receiptOfSubmission,
  submissionDocuments,
  submissionsOfCase,
} from '../../../modules/intake/index.ts';
import { allTeams } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/http/index.ts';
import { translate } from '../../../platform/i18n/index.ts';
import type { ApiRequest } from './route.ts';
import { caseQuery, submissionQuery } from './schemas.ts';

const t = translate('en');
export const notFound = (): Response => problem(404, 'not-found', t('api:notFound'));
const json = (value: unknown): Response => Response.json(value);
const reader = (request: ApiRequest): CaseReader => ({ role: 'program', id: request.actor.id, teamIds: [] });

/** Runs a read and its audit entry in one transaction. */
const inTenant = (request: ApiRequest, work: (tx: Tx) => Promise<Response>): Promise<Response> =>
  request.services.database.tenant(request.jobcenter.id, work);

function badQuery(error: z.ZodError): Response {
  return problem(422, 'invalid', t('api:invalid'), {
    errors: error.issues.map((issue) => ({ pointer: `?${issue.path.join('.')}`, detail: issue.message })),
  });
}

const encodeCursor = (parts: readonly string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** The two values of a keyset cursor; undefined for anything that is not one of ours. */
function decodeCursor(text: string, first: (value: string) => boolean): [string, string] | undefined {
  try {
    const [a, b] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    return typeof a === 'string' && first(a) && isId(b) ? [a, b] : undefined;
  } catch {
    return undefined;
  }
}

/** An instant as our cursors write it, of a time there can be submissions of. */
const isInstant = (value: string): boolean =>
  /^(19|20|21)\d\d-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value));

const badCursor = (): Response => problem(422, 'invalid', t('api:invalidCursor'));
const item = (i: { id: string; what: string; why: string; dueOn: string; fulfilledAt: Date | null }) => ({
  id: i.id,
  what: i.what,
  why: i.why,
  dueOn: i.dueOn,
  fulfilledAt: i.fulfilledAt,
});

/** The receipt and the state of everything on it. */
export function getReceipt(request: ApiRequest): Promise<Response> {
  const number = normalizeReceiptNumber(request.c.req.param('number') ?? '');
  if (number === undefined) return Promise.resolve(notFound());
  return inTenant(request, async (tx) => {
    const receipt = await findReceipt(tx, number);
    const submission = receipt && (await findSubmission(tx, receipt.submissionId));
    const found = submission && (await findCase(tx, reader(request), submission.caseId));
    if (receipt === undefined || found === undefined) return notFound();
    const team = (await allTeams(tx)).find((each) => each.id === found.teamId);
    const { receivedAt, channel, concern, documents } = receipt.payload;
    await recordAudit(tx, request.actor, {
      action: 'receipt.read',
      subjectType: 'receipt',
      subjectId: number,
      caseId: found.id,
    });
    return json({
      number,
      receivedAt,
      channel,
      concern,
      documents,
      signature: receipt.signature,
      case: { id: found.id, number: found.number, state: found.state, openedAt: found.openedAt, dueOn: found.dueOn },
      team: team === undefined ? null : { name: team.name, phone: team.phone },
      requiredItems: (await requiredItems(tx, found.id)).filter((i) => i.withdrawnAt === null).map(item),
      submissions: await receiptsOfCase(tx, found.id),
    });
  });
}

async function receiptsOfCase(tx: Tx, caseId: string) {
  const rows = [];
  for (const submission of await submissionsOfCase(tx, caseId)) {
    const receipt = await receiptOfSubmission(tx, submission.id);
    if (receipt !== undefined)
      rows.push({
        number: receipt.number,
        receivedAt: receipt.payload.receivedAt,
        channel: receipt.payload.channel,
        documents: receipt.payload.documents.length,
      });
  }
  return rows;
}

/** Submissions, newest first. */
export function getSubmissions(request: ApiRequest): Promise<Response> {
  const query = submissionQuery.safeParse(request.c.req.query());
  if (!query.success) return Promise.resolve(badQuery(query.error));
  const { cursor, limit, concern, channel, receivedFrom, receivedTo } = query.data;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, isInstant);
  if (cursor !== undefined && after === undefined) return Promise.resolve(badCursor());
  const filter = {
    ...(concern === undefined ? {} : { concern }),
    ...(channel === undefined ? {} : { channel }),
    ...(receivedFrom === undefined ? {} : { receivedFrom: new Date(receivedFrom) }),
    ...(receivedTo === undefined ? {} : { receivedTo: new Date(receivedTo) }),
  };
  return inTenant(request, async (tx) => {
    const page = await listSubmissions(tx, filter, after && { receivedAt: new Date(after[0]), id: after[1] }, limit);
    await recordAudit(tx, request.actor, {
      action: 'submissions.listed',
      subjectType: 'submission',
      subjectId: 'list',
      detail: { count: page.rows.length },
    });
    return json({
      items: page.rows,
      next: page.next === undefined ? null : encodeCursor([page.next.receivedAt.toISOString(), page.next.id]),
    });
  });
}

/** Cases, the oldest deadline first. */
export function getCases(request: ApiRequest): Promise<Response> {
  const query = caseQuery.safeParse(request.c.req.query());
  if (!query.success) return Promise.resolve(badQuery(query.error));
  const { cursor, limit, team, assignee, closed, ...rest } = query.data;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, isDay);
  if (cursor !== undefined && after === undefined) return Promise.resolve(badCursor());
  const given = {
    ...rest,
    teamId: team,
    assigneeId: assignee === 'nobody' ? null : assignee,
    closed: closed === 'true',
  };
  const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as InboxFilter;
  return inTenant(request, async (tx) => {
    const page = await inbox(tx, reader(request), filter, after && { dueOn: after[0], id: after[1] }, limit);
    await recordAudit(tx, request.actor, {
      action: 'cases.listed',
      subjectType: 'case',
      subjectId: 'list',
      detail: { count: page.rows.length },
    });
    return json({
      items: page.rows,
      next: page.next === undefined ? null : encodeCursor([page.next.dueOn, page.next.id]),
    });
  });
}

/** More papers than this no case has. */
const mostPapers = 2_000;

/** One case with its submissions, the papers that lie in it, required items and timeline. */
export function getCase(request: ApiRequest): Promise<Response> {
  const id = request.c.req.param('id') ?? '';
  if (!isId(id)) return Promise.resolve(notFound());
  return inTenant(request, async (tx) => {
    const found = await findCase(tx, reader(request), id);
    if (found === undefined) return notFound();
    const submissions = [];
    const papers = await arrivalsOfCases(tx, [id], mostPapers);
    const lying = new Set(papers.map((each) => each.documentId));
    const came = new Set<string>();
    for (const submission of await submissionsOfCase(tx, id)) {
      const answer = await submissionAnswer(tx, submission);
      submissions.push({ ...answer, documents: answer.documents.filter((each) => lying.has(each.id)) });
      came.add(submission.id);
    }
    const alone = papers.flatMap((each) => (came.has(each.submissionId) ? [] : [each.documentId]));
    const events = await timeline(tx, id);
    await recordAudit(tx, request.actor, { action: 'case.read', subjectType: 'case', subjectId: id, caseId: id });
    return json({
      ...found,
      requiredItems: (await requiredItems(tx, id)).map(item),
      submissions,
      filedAlone: (await documentsByIds(tx, alone)).map(documentAnswer),
      timeline: events.map((event) => ({
        id: event.id,
        at: event.at,
        kind: event.kind,
        actor: event.actorName,
        detail: event.detail,
      })),
    });
  });
}

async function submissionAnswer(tx: Tx, submission: Awaited<ReturnType<typeof submissionsOfCase>>[number]) {
  const receipt = await receiptOfSubmission(tx, submission.id);
  const links = await submissionDocuments(tx, submission.id);
  const documents = await documentsByIds(
    tx,
    links.map((link) => link.documentId),
  );
  return {
    id: submission.id,
    number: receipt?.number ?? '',
    receivedAt: submission.receivedAt,
    channel: submission.channel,
    answers: submission.answers,
    documents: documents.map(documentAnswer),
  };
}

const documentAnswer = (d: Document) => ({
  id: d.id,
  name: d.name,
  mediaType: d.mediaType,
  pages: d.pages,
  bytes: d.bytes,
  sha256: d.sha256.toString('hex'),
});

/** The raw bytes of a document, exactly as they came in. */
export function getDocument(request: ApiRequest): Promise<Response> {
  const id = request.c.req.param('id') ?? '';
  if (!isId(id)) return Promise.resolve(notFound());
  return inTenant(request, async (tx) => {
    const document = await findDocument(tx, id);
    const caseId = document && (await caseOfDocument(tx, id));
    const bytes = caseId && (await request.services.vault.read(tx, id));
    if (document === undefined || !caseId || !bytes) return notFound();
    await recordAudit(tx, request.actor, {
      action: 'document.read',
      subjectType: 'document',
      subjectId: id,
      caseId,
      detail: { original: true },
    });
    return new Response(new Uint8Array(bytes), {
      headers: {
        'Content-Type': document.mediaType,
        'Content-Length': String(bytes.length),
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(document.name)}`,
        'Content-Security-Policy': "default-src 'none'; sandbox",
      },
    });
  });
}

/** The concerns this Jobcenter takes, with their current versions. */
export async function getConcerns({ services, jobcenter }: ApiRequest): Promise<Response> {
  const forms = await services.catalogue.all(jobcenter.id);
  return json({ items: [...forms.values()].map(({ key, version, title }) => ({ key, version, title })) });
}
