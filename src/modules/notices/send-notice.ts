import { dayInGermany } from '../../kernel/dates.ts';
import { sameBytes } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { defaultLanguage } from '../../platform/i18n/index.ts';
import { decideCase, findCase, noteLetter, reopenCase } from '../cases/index.ts';
import { haveRead, insertDocuments, type PreparedDocument } from '../documents/index.ts';
import { suggestFacts } from '../files/index.ts';
import { addStep, authorsOf, changeNotice, lockNotice, type Notice, type StaffAct, titleOf } from './notice.ts';
import { fillText, type PlaceholderValues } from './placeholders.ts';
import { appointmentChanged, itemGone, needsRelease, type ReadyProblem, readyProblems } from './readiness.ts';
import { remedyBlock } from './shipped.ts';
import type { Way } from './tables.ts';
import { allBlocks, allTemplates, type BlockText, type TemplateText, templateVersions } from './texts.ts';
import { dropPreview } from './write-notice.ts';

/** The template of a letter and the instruction on remedies, as they are now. */
export async function rulesOf(
  tx: Tx,
  notice: Pick<Notice, 'template'>,
): Promise<{ readonly template: TemplateText | undefined; readonly remedy: BlockText }> {
  const template = (await allTemplates(tx)).find((each) => each.key === notice.template && !each.retired);
  const remedy = (await allBlocks(tx)).find((each) => each.key === remedyBlock);
  if (remedy === undefined) throw new Error('The block with the instruction on remedies is missing.');
  return { template, remedy };
}

/** How a letter goes out: the way its person chose, from whom, and what the file says of it. */
export type Dispatch = { readonly way: Way; readonly sender: string };

/**
 * `submitted`: it waits for somebody else. `sent`: the rule needs nobody else, it is on its way. `changed`: somebody wrote since the preview, or
 * the preview is not what was looked at. `problems`: what is missing. `closed`: it was sent or thrown away. `item-gone`: what it asks for is there.
 */
export type SubmitOutcome =
  | { readonly kind: 'submitted' | 'sent' | 'unchanged' | 'changed' | 'not-found' | 'closed' | 'item-gone' }
  | { readonly kind: 'problems'; readonly problems: readonly ReadyProblem[] };

/**
 * Fixes a letter as the bytes that were previewed and puts it before somebody else, or sends it where its template needs nobody. `content` is the
 * state of the text the preview was made of; `document` holds its bytes, durable already.
 */
export async function submitNotice(
  tx: Tx,
  act: StaffAct,
  input: Dispatch & {
    readonly content: number;
    readonly document: PreparedDocument;
    readonly values: PlaceholderValues;
    /** Nothing of it had a translation, whatever language was chosen: then none is promised to anybody. */
    readonly untranslated?: boolean;
    /** The appointment that it names, where it names one. */
    readonly appointmentId?: string | null;
  },
): Promise<SubmitOutcome> {
  const found = await lockNotice(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.state === 'sent' || found.state === 'discarded') return { kind: 'closed' };
  if (found.state === 'submitted') return { kind: 'unchanged' };
  if (await itemGone(tx, found)) return { kind: 'item-gone' };
  if (found.content !== input.content) return { kind: 'changed' };
  const { template, remedy } = await rulesOf(tx, found);
  const problems = readyProblems(found, template, remedy, input.values);
  if (problems.length > 0) return { kind: 'problems', problems };
  await insertDocuments(tx, [input.document]);
  const title = fillText(found.subject, input.values).text;
  const fixed = { document_id: input.document.id, sha256: input.document.sha256, title };
  const by = { submitted_at: tx.now, submitted_by: act.actor.id };
  const language = input.untranslated === true ? defaultLanguage : found.language;
  const { appointmentId = found.appointmentId } = input;
  await changeNotice(tx, found.id, {
    ...fixed,
    ...by,
    language,
    appointment_id: appointmentId,
    state: 'submitted',
    changed_at: tx.now,
  });
  await addStep(tx, act.actor, found.id, 'submitted');
  const submitted = { ...found, documentId: input.document.id, title };
  if (!needsRelease(template, found.amountCents) && !(await ruleIsOwn(tx, found))) {
    await send(tx, act, submitted, input);
    return { kind: 'sent' };
  }
  await noteLetter(tx, act.actor, found.caseId, {
    kind: 'letter-submitted',
    detail: { noticeId: found.id, title },
  });
  return { kind: 'submitted' };
}

/**
 * Whether somebody else must release a letter all the same: the rule of its template, as it was when the letter was begun, asked for it, or who
 * wrote in the letter is who took the rule away. Nobody lets their own letter pass by changing the rule.
 */
async function ruleIsOwn(tx: Tx, found: Notice): Promise<boolean> {
  const authors = await authorsOf(tx, found.id);
  const versions = await templateVersions(tx, found.template);
  return versions.some((each, at) => {
    if (each.version < found.templateVersion) return false;
    const before = versions[at - 1];
    const loosened = before !== undefined && needsRelease(before, found.amountCents) && authors.includes(each.by);
    return needsRelease(each, found.amountCents) || loosened;
  });
}

/**
 * `sent`: it is on its way. `own`: who wrote in a letter does not release it. `changed`: these are not the bytes that wait. `unchanged`: it was
 * released before, by whomever. `item-gone`: what it asks for is there. `appointment-changed`: the appointment it names was moved or has ended since.
 */
export type ReleaseOutcome = {
  readonly kind:
    | 'sent'
    | 'own'
    | 'changed'
    | 'unchanged'
    | 'not-found'
    | 'not-submitted'
    | 'item-gone'
    | 'appointment-changed';
};

/** Somebody who wrote nothing in it releases a letter: exactly the bytes they looked at, by their hash. */
export async function releaseNotice(
  tx: Tx,
  act: StaffAct,
  input: Dispatch & { readonly sha256: Buffer },
): Promise<ReleaseOutcome> {
  const found = await lockNotice(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.state === 'sent') return { kind: 'unchanged' };
  if (found.state !== 'submitted' || found.sha256 === null) return { kind: 'not-submitted' };
  const authors = await authorsOf(tx, found.id);
  if (authors.includes(act.actor.id) || found.submittedBy === act.actor.id) return { kind: 'own' };
  if (!sameBytes(found.sha256, input.sha256)) return { kind: 'changed' };
  if (await itemGone(tx, found)) return { kind: 'item-gone' };
  if (await appointmentChanged(tx, found)) return { kind: 'appointment-changed' };
  await send(tx, act, found, input);
  return { kind: 'sent' };
}

/** Gives a letter back to those who wrote it, with what should be different. */
export async function giveBackNotice(
  tx: Tx,
  act: StaffAct,
  why: string,
): Promise<{ readonly kind: 'done' | 'unchanged' | 'not-found' }> {
  const found = await lockNotice(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.state !== 'submitted') return { kind: 'unchanged' };
  await dropPreview(tx, found);
  await addStep(tx, act.actor, found.id, 'given-back', { note: why });
  await noteLetter(tx, act.actor, found.caseId, {
    kind: 'letter-given-back',
    detail: { noticeId: found.id, title: titleOf(found), text: why },
  });
  return { kind: 'done' };
}

/**
 * Sends a letter, in the transaction that releases it: from here on it is in the file, on the page of the person, and in the work of whoever prints
 * or tells; nothing of that can be lost or done twice. What it decides is decided now.
 */
async function send(tx: Tx, act: StaffAct, found: Notice, { way, sender }: Dispatch): Promise<void> {
  const documentId = found.documentId;
  if (documentId === null) throw new Error('A letter without its bytes.');
  const waits = way === 'portal' ? 'notify' : 'print';
  const released = { released_at: tx.now, released_by: act.actor.id };
  await changeNotice(tx, found.id, { ...released, state: 'sent', way, waits_for: waits, changed_at: tx.now });
  await addStep(tx, act.actor, found.id, 'released');
  await addStep(tx, act.actor, found.id, way === 'portal' ? 'available' : 'queued');
  await suggestFacts(tx, documentId, { kind: 'authority', sender, datedOn: dayInGermany(found.submittedAt ?? tx.now) });
  await haveRead(tx, documentId);
  if (way === 'portal') await announceLetter(tx, found.id);
  if (found.kind === 'notice' && found.result !== null) {
    const own = await findCase(tx, act.reader, found.caseId);
    if (own?.state === 'closed') await reopenCase(tx, { ...act, caseId: found.caseId }, titleOf(found));
    await decideCase(tx, { ...act, caseId: found.caseId }, { result: found.result, reasons: found.reasons });
  }
  await noteLetter(tx, act.actor, found.caseId, {
    kind: 'letter-sent',
    detail: { noticeId: found.id, title: titleOf(found), way },
  });
}

/** Announces that the person is to be told of a letter; again does no harm. */
export const announceLetter = (tx: Tx, noticeId: string): Promise<void> =>
  tx.enqueue('announce-letter', { jobcenterId: tx.jobcenterId, noticeId }, { jobKey: `letter ${noticeId}` });
