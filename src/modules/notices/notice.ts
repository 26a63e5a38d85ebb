import type { Actor } from '../../kernel/actor.ts';
import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Language } from '../../platform/i18n/index.ts';
import { type CaseReader, type DecisionResult, lockCase, openableCase } from '../cases/index.ts';
import type { NoticeState, NoticeTables, StepKind, WaitsFor, Way } from './tables.ts';

/** What people write in a letter. Two may write at once: each field has versions (module `together`). */
export type NoticeContent = {
  readonly subject: string;
  readonly body: string;
  /** How it is decided; for notices only. */
  readonly result: DecisionResult | null;
  /** Why it is decided so (§ 35 (1) SGB X). */
  readonly reasons: string;
  /** What was weighed where the office had a choice (§ 35 (1) sentence 3 SGB X). */
  readonly weighing: string;
  /** What it is about in money, whole cents. */
  readonly amountCents: number | null;
  /** The day by which the person is asked to do something. */
  readonly deadline: Day | null;
  /** The lines for the window of the envelope. */
  readonly recipient: string;
  /** The language in which a translation stands behind the letter; German for none. */
  readonly language: Language;
  /** The appointment it invites to; null for the next one of its case, whichever that is. */
  readonly appointmentId: string | null;
};

/** A letter of the office in a case (Schreiben); of the kind `notice` an administrative act (Bescheid, § 31 SGB X). */
export type Notice = NoticeContent & {
  readonly id: string;
  readonly caseId: string;
  /** The one missing item that it asks for; its list names this item alone, and its code belongs to it. */
  readonly itemId: string | null;
  /** The account number that it asks to confirm: the code on its sheet is of this one alone. */
  readonly bankConfirmationId: string | null;
  readonly kind: 'letter' | 'notice';
  readonly template: string;
  readonly templateVersion: number;
  readonly state: NoticeState;
  /** How often it was written: what is submitted is what its writer saw. */
  readonly content: number;
  readonly begunAt: Date;
  readonly begunBy: string;
  readonly changedAt: Date;
  /** The subject as it stands on the paper, once it is fixed. */
  readonly title: string | null;
  readonly documentId: string | null;
  /** SHA-256 of the PDF that was previewed: what is released are these bytes. */
  readonly sha256: Buffer | null;
  readonly submittedAt: Date | null;
  readonly submittedBy: string | null;
  readonly releasedAt: Date | null;
  readonly way: Way | null;
  readonly waitsFor: WaitsFor | null;
  readonly erasedAt: Date | null;
};

/** A step of a letter as the proof shows it. */
export type NoticeStep = {
  readonly noticeId: string;
  readonly kind: StepKind;
  readonly at: Date;
  readonly day: Day | null;
  readonly note: string;
  /** The picture of what came back, where it was scanned. */
  readonly documentId: string | null;
  readonly actorKind: string;
  readonly actorName: string;
};

/** Who does something with a letter: a member of staff who sees its case. */
export type StaffAct = {
  readonly actor: Actor & { readonly kind: 'staff' };
  readonly reader: CaseReader;
  readonly noticeId: string;
};

/** The subject for lists and timelines: as on the paper, or, in a draft, with a mark for what is not filled yet. */
export const titleOf = (notice: Pick<Notice, 'subject' | 'title'>): string =>
  notice.title ?? notice.subject.replace(/\{\{[^{}]*\}\}/g, '…');

const columns = [
  'id',
  'case_id as caseId',
  'item_id as itemId',
  'bank_confirmation_id as bankConfirmationId',
  'appointment_id as appointmentId',
  'kind',
  'template',
  'template_version as templateVersion',
  'subject',
  'title',
  'body',
  'result',
  'reasons',
  'weighing',
  'amount_cents as amountCents',
  'deadline',
  'recipient',
  'language',
  'state',
  'content',
  'begun_at as begunAt',
  'begun_by as begunBy',
  'changed_at as changedAt',
  'document_id as documentId',
  'sha256',
  'submitted_at as submittedAt',
  'submitted_by as submittedBy',
  'released_at as releasedAt',
  'way',
  'waits_for as waitsFor',
  'erased_at as erasedAt',
] as const;

type Row = Omit<Notice, 'amountCents'> & { readonly amountCents: string | number | null };
export const asNotice = (row: Row): Notice => ({
  ...row,
  amountCents: row.amountCents === null ? null : Number(row.amountCents),
});

/** Letters, of cases that the reader may open when one is given. */
export function notices(tx: Tx, reader?: CaseReader) {
  const query = tx.tables<NoticeTables>().selectFrom('notice').select(columns);
  if (reader === undefined) return query;
  const openable = openableCase(tx, reader);
  return query.where((eb) => eb.exists(openable(eb.ref('notice.case_id')) as never));
}

/** A letter of a case that the reader may see. Callers record the read in the same transaction. */
export async function findNotice(tx: Tx, reader: CaseReader, id: string): Promise<Notice | undefined> {
  const row = await notices(tx, reader).where('notice.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : asNotice(row);
}

/** Locks the case, then the letter, for whoever may see them: verbs on one letter come one after the other. */
export async function lockNotice(tx: Tx, act: StaffAct): Promise<Notice | undefined> {
  const found = await findNotice(tx, act.reader, act.noticeId);
  if (found === undefined) return undefined;
  const locked = await lockCase(tx, { actor: act.actor, reader: act.reader, caseId: found.caseId });
  if (locked === undefined) return undefined;
  const row = await notices(tx).where('notice.id', '=', act.noticeId).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : asNotice(row);
}

/** Changes the row of a letter. */
export async function changeNotice(tx: Tx, id: string, changes: Partial<NoticeTables['notice']>): Promise<void> {
  await tx.tables<NoticeTables>().updateTable('notice').set(changes).where('id', '=', id).execute();
}

/** Notes a step; steps are never changed. */
export async function addStep(
  tx: Tx,
  actor: Actor,
  noticeId: string,
  kind: StepKind,
  more: { readonly day?: Day | null; readonly note?: string; readonly documentId?: string } = {},
): Promise<void> {
  const row: NoticeTables['notice_step'] = {
    id: tx.newId(),
    notice_id: noticeId,
    kind,
    at: tx.now,
    day: more.day ?? null,
    note: more.note ?? '',
    document_id: more.documentId ?? null,
    actor_kind: actor.kind,
    actor_id: actor.kind === 'client' ? 'client' : actor.kind === 'system' ? actor.name : actor.id,
    actor_name: actor.kind === 'client' ? '' : actor.name,
  };
  await tx.insertInto('notice_step', [row]);
}

/** The steps of letters, in their order. */
export async function stepsOf(tx: Tx, noticeIds: readonly string[]): Promise<NoticeStep[]> {
  if (noticeIds.length === 0) return [];
  return tx
    .tables<NoticeTables>()
    .selectFrom('notice_step')
    .select([
      'notice_id as noticeId',
      'kind',
      'at',
      'day',
      'note',
      'document_id as documentId',
      'actor_kind as actorKind',
      'actor_name as actorName',
    ])
    .where('notice_id', 'in', [...noticeIds])
    .orderBy('id')
    .execute();
}

/** Notes that somebody wrote in a letter: they cannot release it. */
export async function noteAuthor(tx: Tx, noticeId: string, staffId: string): Promise<void> {
  await tx
    .tables<NoticeTables>()
    .insertInto('notice_author')
    .values({ notice_id: noticeId, staff_id: staffId, first_at: tx.now })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Everybody who wrote in a letter. */
export async function authorsOf(tx: Tx, noticeId: string): Promise<string[]> {
  const rows = await tx
    .tables<NoticeTables>()
    .selectFrom('notice_author')
    .select('staff_id')
    .where('notice_id', '=', noticeId)
    .orderBy('first_at')
    .execute();
  return rows.map((row) => row.staff_id);
}
