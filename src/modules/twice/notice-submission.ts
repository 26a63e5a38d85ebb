import type { Tx } from '../../platform/database/index.ts';
import { type RelatedCase, relatedCases } from '../cases/index.ts';
import { documentsByIds, readingOf } from '../documents/index.ts';
import { type Answers, formVersion } from '../forms/index.ts';
import { arrivalsOfSubmissions, findSubmission, type Submission, submissionsOfCase } from '../intake/index.ts';
import { noticeBytes } from './notice-bytes.ts';
import {
  contentOf,
  differentPeriod,
  justEndedDays,
  openConcerns,
  resendMinutes,
  saysSomething,
} from './same-concern.ts';
import { noteCheck, notePair } from './store.ts';

const minute = 60_000;

/**
 * Announces that a document is to be compared; gives false for one that was not read, which is announced when it was. A confirmed
 * person has old papers by the hundred: jobs without work would keep fresh ones waiting.
 */
export async function enqueueCompare(tx: Tx, documentId: string): Promise<boolean> {
  const reading = await readingOf(tx, documentId);
  if (reading === undefined || reading.state === 'unreadable') return false;
  const payload = { jobcenterId: tx.jobcenterId, documentId };
  await tx.enqueue('compare-document', payload, { jobKey: `compare ${documentId}` });
  return true;
}

/** So many related cases are looked at; a household has some dozen in a year. */
const mostCases = 30;

/**
 * After a submission: was the same request sent before, is the same concern already here, did the same bytes come before? What is
 * found is a pair with its reason. Nothing is merged and nobody is blocked. Repeatable: a pair stands there once.
 */
export async function noticeSubmission(tx: Tx, submissionId: string): Promise<void> {
  const submission = await findSubmission(tx, submissionId);
  if (submission === undefined) return;
  const related = await relatedCases(tx, submission.caseId, mostCases);
  const resent = await noticeResent(tx, submission, related);
  await noticeConcern(tx, submission, related, resent);
  await noticeBytes(tx, submission, related);
  await noteCheck(tx, submission.id);
}

/** When a person was confirmed on a case: everything that came for it is looked at once more, now beside the household's cases. */
export async function noticeCase(tx: Tx, caseId: string): Promise<void> {
  const ids = (await submissionsOfCase(tx, caseId)).map((each) => each.id);
  for (const id of ids) await noticeSubmission(tx, id);
  for (const { documentId } of await arrivalsOfSubmissions(tx, ids)) await enqueueCompare(tx, documentId);
}

const sideOf = (submission: Submission) => ({
  submissionId: submission.id,
  documentId: null,
  channel: submission.channel,
  at: submission.receivedAt,
});

/** Submissions of the same people with the same answers and the same bytes, by the same way within minutes; gives their ids. */
async function noticeResent(
  tx: Tx,
  submission: Submission,
  related: readonly RelatedCase[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const near = related.filter((each) => each.samePerson);
  const content = await readContent(tx, submission);
  if (content === undefined) return found;
  for (const { id } of near) {
    for (const other of await submissionsOfCase(tx, id)) {
      if (other.id === submission.id || other.concern !== submission.concern) continue;
      if (other.channel !== submission.channel) continue; // another way is a choice, not a broken line
      if (Math.abs(other.recordedAt.getTime() - submission.recordedAt.getTime()) > resendMinutes * minute) continue;
      if ((await readContent(tx, other)) !== content) continue;
      found.add(other.id);
      await notePair(tx, sideOf(submission), sideOf(other), { level: 'same-request', score: 1, reason: 'sent-again' });
    }
  }
  return found;
}

/** What a submission says and holds; undefined when it says nothing and holds nothing. */
async function readContent(tx: Tx, submission: Submission): Promise<string | undefined> {
  const ids = (await arrivalsOfSubmissions(tx, [submission.id])).map((each) => each.documentId);
  if (ids.length === 0 && !saysSomething(submission)) return undefined;
  const documents = await documentsByIds(tx, ids);
  return contentOf(submission, new Map(documents.map((each) => [each.id, each.sha256.toString('hex')])));
}

/** The first submission of a case stands for its concern; a supplement has none of its own. */
async function noticeConcern(
  tx: Tx,
  submission: Submission,
  related: readonly RelatedCase[],
  resent: ReadonlySet<string>,
): Promise<void> {
  if ((await submissionsOfCase(tx, submission.caseId))[0]?.id !== submission.id) return;
  const form =
    submission.formVersion === null ? undefined : await formVersion(tx, submission.concern, submission.formVersion);
  const content = await readContent(tx, submission);
  for (const other of related) {
    if (other.id === submission.caseId || other.concern !== submission.concern) continue;
    if (!other.samePerson || !stillMatters(tx, other)) continue;
    const first = (await submissionsOfCase(tx, other.id))[0];
    if (first === undefined || resent.has(first.id)) continue;
    const equal = content !== undefined && (await readContent(tx, first)) === content;
    if (!equal && openConcerns.includes(submission.concern)) continue;
    if (form !== undefined && differentPeriod(form, submission.answers as Answers, first.answers as Answers)) continue;
    const reason = equal ? 'same-answers' : other.by === 'confirmed' ? 'confirmed-person' : 'stated-person';
    await notePair(tx, sideOf(submission), sideOf(first), { level: 'same-concern', score: equal ? 1 : 0.75, reason });
  }
}

/** Open, or ended not long ago. */
const stillMatters = (tx: Tx, other: RelatedCase): boolean =>
  (other.state !== 'decided' && other.state !== 'closed') ||
  tx.now.getTime() - other.changedAt.getTime() <= justEndedDays * 86_400_000;
