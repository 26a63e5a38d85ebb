import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { defaultLanguage, type Language } from '../../platform/i18n/index.ts';
import { appointmentsForClient, findAppointment } from '../appointments/index.ts';
import { bankConfirmation, lockCase, noteLetter, openRequiredItems } from '../cases/index.ts';
import { eraseDocument } from '../documents/index.ts';
import { type FieldState, fieldStates, fieldWritten } from '../together/index.ts';
import {
  addStep,
  changeNotice,
  lockNotice,
  type Notice,
  type NoticeContent,
  noteAuthor,
  type StaffAct,
  titleOf,
} from './notice.ts';
import { namesAppointment } from './placeholders.ts';
import { accountTemplate } from './shipped.ts';
import type { NoticeTables } from './tables.ts';
import { allBlocks, allTemplates } from './texts.ts';

/** The fields of a letter, each with versions of its own. */
export const noticeFields = [
  'subject',
  'body',
  'result',
  'reasons',
  'weighing',
  'amountCents',
  'deadline',
  'recipient',
  'language',
  'appointmentId',
] as const satisfies readonly (keyof NoticeContent)[];
export type NoticeField = (typeof noticeFields)[number];

/**
 * Begins a letter from a template: its blocks as they are now become the text, which belongs to the letter from then on. With `itemId` it asks for
 * this one missing item, by its day; from the template for it, to confirm the account number that waits now. A translation into `language` stands behind
 * it, none where that is German. A text that names an appointment is about `appointmentId`, or the next one of the case that its person may know of.
 * `no-appointment`: it is none of these. `no-item`: it is not missing any more.
 * `no-account`: no account number waits.
 */
export async function beginNotice(
  tx: Tx,
  act: Omit<StaffAct, 'noticeId'> & { readonly caseId: string },
  input: {
    readonly template: string;
    readonly recipient: string;
    readonly language?: Language;
    readonly itemId?: string;
    readonly appointmentId?: string;
  },
): Promise<
  | { readonly kind: 'begun'; readonly id: string }
  | { readonly kind: 'not-found' | 'no-template' | 'no-item' | 'no-account' | 'no-appointment' }
> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  const template = (await allTemplates(tx)).find((each) => each.key === input.template && !each.retired);
  if (template === undefined) return { kind: 'no-template' };
  const account = template.key === accountTemplate ? await waitingAccount(tx, found.id) : null;
  if (account === undefined) return { kind: 'no-account' };
  const { itemId } = input;
  const item =
    itemId === undefined ? undefined : (await openRequiredItems(tx, found.id)).find(({ id }) => id === itemId);
  if (itemId !== undefined && item === undefined) return { kind: 'no-item' };
  const blocks = new Map((await allBlocks(tx)).map((each) => [each.key, each]));
  const body = template.blocks.map((key) => blocks.get(key)?.body ?? '').join('\n\n');
  const coming = namesAppointment(template.subject, body)
    ? await appointmentsForClient(tx, { id: found.id, personId: found.person_id })
    : [];
  const { appointmentId } = input;
  const appointment = appointmentId === undefined ? coming[0] : coming.find((each) => each.id === appointmentId);
  if (appointment === undefined && appointmentId !== undefined && namesAppointment(template.subject, body))
    return { kind: 'no-appointment' };
  const id = tx.newId();
  const row: NoticeTables['notice'] = {
    id,
    case_id: found.id,
    item_id: item?.id ?? null,
    bank_confirmation_id: account,
    appointment_id: appointment?.id ?? null,
    kind: template.kind,
    template: template.key,
    template_version: template.origin.version,
    subject: template.subject,
    title: null,
    body,
    result: null,
    reasons: '',
    weighing: '',
    amount_cents: null,
    deadline: item?.dueOn ?? null,
    recipient: input.recipient,
    language: input.language ?? defaultLanguage,
    content: 0,
    begun_at: tx.now,
    begun_by: act.actor.id,
    changed_at: tx.now,
    document_id: null,
    sha256: null,
    submitted_at: null,
    submitted_by: null,
    released_at: null,
    released_by: null,
    discarded_at: null,
    way: null,
    state: 'draft',
    waits_for: null,
    erased_at: null,
  };
  await tx.tables<NoticeTables>().insertInto('notice').values(row).execute();
  await noteAuthor(tx, id, act.actor.id);
  await noteLetter(tx, act.actor, found.id, { kind: 'letter-begun', detail: { noticeId: id, title: template.title } });
  return { kind: 'begun', id };
}

/** The account number of the case that waits for its confirmation. */
async function waitingAccount(tx: Tx, caseId: string): Promise<string | undefined> {
  const newest = await bankConfirmation(tx, caseId);
  return newest?.confirmedAt === null ? newest.id : undefined;
}

/** What somebody wants to write into a field, and the version of it that they had before them. */
export type Written = {
  readonly [Field in NoticeField]?: { readonly value: NoticeContent[Field]; readonly opened: number };
};

/** A field that somebody else wrote meanwhile: the second one sees both and chooses. */
export type FieldConflict = { readonly field: NoticeField; readonly theirs: string; readonly writer: FieldState };

/**
 * `written`: the fields are kept; where the letter waited for release, it no longer does (`withdrawn`). `conflicts`: nothing was kept.
 * `closed`: the letter was sent or thrown away.
 */
export type WriteOutcome =
  | { readonly kind: 'written'; readonly withdrawn: boolean }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'conflicts'; readonly conflicts: readonly FieldConflict[] }
  /** `no-appointment`: what was chosen is no appointment of the case. */
  | { readonly kind: 'not-found' | 'closed' | 'no-appointment' };

const columns = { amountCents: 'amount_cents', appointmentId: 'appointment_id' } as const;
const columnOf = (field: NoticeField): keyof NoticeTables['notice'] =>
  field === 'amountCents' || field === 'appointmentId' ? columns[field] : field;
const wordsOf = (value: string | number | null): string => (value === null ? '' : String(value));

/** Writes the fields that somebody changed. Different fields of two people both stay; of the same field the second one is asked. */
export async function writeNotice(tx: Tx, act: StaffAct, written: Written): Promise<WriteOutcome> {
  const found = await lockNotice(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.state !== 'draft' && found.state !== 'submitted') return { kind: 'closed' };
  const chosen = written.appointmentId?.value ?? null;
  if (chosen !== null && (await findAppointment(tx, found.caseId, chosen)) === undefined)
    return { kind: 'no-appointment' };
  const states = await fieldStates(tx, [found.id]);
  const changed = noticeFields.filter((field) => {
    const wish = written[field];
    return wish !== undefined && wordsOf(wish.value) !== wordsOf(found[field]);
  });
  const conflicts = changed
    .map((field) => ({ field, theirs: wordsOf(found[field]), writer: states(found.id, field) }))
    .filter(({ field, writer }) => writer.version !== (written[field]?.opened ?? 0));
  if (conflicts.length > 0) return { kind: 'conflicts', conflicts };
  if (changed.length === 0) return { kind: 'unchanged' };
  const withdrawn = found.state === 'submitted' && (await takeBack(tx, act, found));
  const values = Object.fromEntries(changed.map((field) => [columnOf(field), written[field]?.value ?? null]));
  await changeNotice(tx, found.id, { ...values, content: found.content + 1, changed_at: tx.now });
  for (const field of changed) await fieldWritten(tx, act.actor, found.id, field);
  await noteAuthor(tx, found.id, act.actor.id);
  tx.touch(found.caseId);
  return { kind: 'written', withdrawn };
}

/** What was previewed is no longer what is written: it does not wait for release any more, and its PDF goes. */
async function takeBack(tx: Tx, act: StaffAct, found: Notice): Promise<true> {
  await dropPreview(tx, found);
  await addStep(tx, act.actor, found.id, 'withdrawn');
  await noteLetter(tx, act.actor, found.caseId, {
    kind: 'letter-given-back',
    detail: { noticeId: found.id, title: titleOf(found) },
  });
  return true;
}

/** Forgets the PDF that waited for release; the letter is a draft again. */
export async function dropPreview(tx: Tx, found: Pick<Notice, 'id' | 'documentId'>): Promise<void> {
  const { documentId } = found;
  await changeNotice(tx, found.id, {
    state: 'draft',
    document_id: null,
    sha256: null,
    title: null,
    submitted_at: null,
    submitted_by: null,
    changed_at: tx.now,
  });
  if (documentId !== null) await eraseDocument(tx, documentId, { forgetName: true });
}

/** Throws a letter away that was not sent; its words are gone, the line that there was one stays. */
export async function discardNotice(
  tx: Tx,
  act: StaffAct,
): Promise<{ readonly kind: 'done' | 'unchanged' | 'not-found' | 'closed' }> {
  const found = await lockNotice(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.state === 'discarded') return { kind: 'unchanged' };
  if (found.state === 'sent') return { kind: 'closed' };
  if (found.state === 'submitted') await dropPreview(tx, found);
  await forgetWords(tx, found.id);
  await changeNotice(tx, found.id, { state: 'discarded', discarded_at: tx.now, changed_at: tx.now });
  await noteLetter(tx, act.actor, found.caseId, {
    kind: 'letter-discarded',
    detail: { noticeId: found.id, title: titleOf(found) },
  });
  return { kind: 'done' };
}

/** A draft is kept though its case is closed: its days (`draftDays`) count from now. Nothing of it changes. */
export async function keepNotice(tx: Tx, act: StaffAct): Promise<{ readonly kind: 'done' | 'not-found' | 'closed' }> {
  const found = await lockNotice(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  if (found.state !== 'draft') return { kind: 'closed' };
  await changeNotice(tx, found.id, { changed_at: tx.now });
  return { kind: 'done' };
}

/** Removes every word of a letter from its row, and the addresses it was sent to. */
export async function forgetWords(tx: Tx, id: string): Promise<void> {
  const words = { body: '', reasons: '', weighing: '', recipient: '', amount_cents: null, language: defaultLanguage };
  await changeNotice(tx, id, { ...words, erased_at: tx.now });
  await tx
    .tables<NoticeTables>()
    .updateTable('notice_dispatch')
    .set({ recipient: '' })
    .where('notice_id', '=', id)
    .execute();
}

/** Drafts that nobody touched for so many days are thrown away; keeping one when its case is closed counts as touching it. */
export const draftDays = 180;

/** Throws away drafts that nobody touched for half a year, and letters that nobody released in that time, at most `most` at a time; gives how many. */
export async function dropStaleDrafts(tx: Tx, actor: Actor, most = 200): Promise<number> {
  const before = new Date(tx.now.getTime() - draftDays * 86_400_000);
  const rows = await tx
    .tables<NoticeTables>()
    .selectFrom('notice')
    .select(['id', 'case_id', 'subject', 'document_id'])
    .where('state', 'in', ['draft', 'submitted'])
    .where('changed_at', '<=', before)
    .orderBy('changed_at')
    .limit(most)
    .forUpdate()
    .execute();
  for (const { id, case_id: caseId, subject, document_id: documentId } of rows) {
    if (documentId !== null) await dropPreview(tx, { id, documentId });
    await forgetWords(tx, id);
    await changeNotice(tx, id, { state: 'discarded', discarded_at: tx.now, changed_at: tx.now });
    await noteLetter(tx, actor, caseId, {
      kind: 'letter-discarded',
      detail: { noticeId: id, title: titleOf({ subject, title: null }) },
    });
  }
  return rows.length;
}
