import { sql } from 'kysely';
import { type Actor, actorId, actorName } from '../../kernel/actor.ts';
import type { Json } from '../../kernel/canonical.ts';
import { newId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/database/index.ts';

export type AuditEntry = {
  /** Verb in the past or `read`: `case.read`, `submission.received`, `staff.signed-in`. */
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly caseId?: string;
  /** Why, in the actor's words or the name of the page. */
  readonly reason?: string;
  /** Facts without personal data: counts, codes, ids. */
  readonly detail?: Json;
};

export type AuditTables = {
  audit_entry: {
    id: string;
    at: Date;
    actor_kind: string;
    actor_id: string;
    actor_name: string;
    action: string;
    subject_type: string;
    subject_id: string;
    case_id: string | null;
    reason: string | null;
    detail: string | null;
  };
  audit_block: {
    number: number;
    entries: string[];
    previous: Buffer;
    hash: Buffer;
    signature: string;
    sealed_at: Date;
  };
};

/** Appends one entry in the transaction of the act itself: no act without its entry, reads included (§ 35 SGB I, Art. 5 (2) DSGVO). */
export async function recordAudit(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  const row: AuditTables['audit_entry'] = {
    id: newId(tx.recordedAt),
    at: tx.recordedAt,
    actor_kind: actor.kind,
    actor_id: actorId(actor),
    actor_name: actorName(actor),
    action: entry.action,
    subject_type: entry.subjectType,
    subject_id: entry.subjectId,
    case_id: entry.caseId ?? null,
    reason: entry.reason ?? null,
    detail: entry.detail === undefined ? null : JSON.stringify(entry.detail),
  };
  await tx.insertInto('audit_entry', [row]);
}

export type AccessLogEntry = {
  readonly at: Date;
  readonly actorKind: string;
  /** Tells namesakes apart; it is shown to nobody. */
  readonly actorId: string;
  readonly actorName: string;
  readonly action: string;
  readonly subjectId: string;
  readonly reason: string | null;
};

/** So long after a look a page that renews itself is still the same look of the same person. */
const sameLookMs = 30 * 60_000;
/** Entries read for each one that is shown: an open page renews itself at every change. */
const readPerShown = 5;

/**
 * Who looked at a case and why, newest first: what the person may see (at most `limit`). Every look has its own entry in the log; where
 * an open page renewed itself, the list shows the look it began with.
 */
export const accessLog = async (tx: Tx, caseId: string, limit = 200): Promise<AccessLogEntry[]> =>
  (await newestLooks(tx, caseId, limit, { own: true })).entries;

/**
 * The same without what the person did and read themselves: it is left out before anything is counted, so that whoever looks often pushes
 * nobody of the office out of their list. `more`: there are older looks than these.
 */
export const looksOfOthers = (
  tx: Tx,
  caseId: string,
  limit: number,
): Promise<{ entries: AccessLogEntry[]; more: boolean }> => newestLooks(tx, caseId, limit, { own: false });

async function newestLooks(tx: Tx, caseId: string, limit: number, { own }: { own: boolean }) {
  const most = limit * readPerShown;
  let query = tx
    .tables<AuditTables>()
    .selectFrom('audit_entry')
    .select(['at', 'actor_kind', 'actor_name', 'actor_id', 'action', 'subject_id', 'reason', 'detail'])
    .where('case_id', '=', caseId)
    .where('action', '!=', exportMade)
    .orderBy('id', 'desc')
    .limit(most);
  if (!own) query = query.where('actor_kind', '!=', 'client');
  const rows = await query.execute();
  const looks = rows.map((row) => ({
    at: row.at,
    actorKind: row.actor_kind,
    actorName: row.actor_name,
    actorId: row.actor_id,
    action: row.action,
    subjectId: row.subject_id,
    reason: row.reason,
    renewed: (row.detail as unknown as { renewed?: unknown } | null)?.renewed === true,
  }));
  const folded = foldRenewals(looks);
  return {
    entries: folded.slice(0, limit).map(({ renewed: _, ...entry }): AccessLogEntry => entry),
    more: folded.length > limit || rows.length === most,
  };
}

/** Leaves out looks by which an open page renewed itself soon after a look of the same person; newest first, in and out. */
export function foldRenewals<Look extends { at: Date; actorId: string; action: string; renewed: boolean }>(
  looks: readonly Look[],
): Look[] {
  const last = new Map<string, number>();
  return looks
    .toReversed()
    .filter(({ actorId, action, at, renewed }) => {
      const key = `${actorId} ${action}`;
      const before = last.get(key);
      last.set(key, at.getTime());
      return !renewed || before === undefined || at.getTime() - before > sameLookMs;
    })
    .toReversed();
}

/** How somebody looked: saw it here, took the original or a blackened copy away, took it away in an export of the whole file, or made such a copy. */
export const lookKinds = ['opened', 'taken', 'copyTaken', 'exported', 'copied'] as const;
export type LookKind = (typeof lookKinds)[number];

/**
 * What the papers of one case were that went into an export, by their ids (`detail.papers`), and who asked for it. In the list of looks the
 * asking stands already; this one says what was in it.
 */
export const exportMade = 'file.export-made';

/** Somebody who looked at one thing in one way, with the first and the last time. */
export type AuditLook = {
  readonly actorKind: string;
  readonly actorName: string;
  readonly how: LookKind;
  readonly first: Date;
  readonly last: Date;
  readonly times: number;
};

/**
 * Who looked at subjects (a document and its copies) while they belonged to a case, up to an instant, and how: whom to tell when it should
 * not have lain there. What left the house in a download or an export counts as much as what was opened, every time (Art. 33 DSGVO, § 83a
 * SGB X). Every page of a paper has its entry: who leafs through it, or has it open, is at one look until half an hour went by without any.
 */
export async function looksAt(
  tx: Tx,
  at: { readonly caseId: string; readonly subjectIds: readonly string[]; readonly until: Date },
): Promise<AuditLook[]> {
  const how = sql<LookKind>`case when action = ${exportMade} then 'exported' when action = 'document.blackened' then 'copied'
    when detail ->> 'original' = 'true' then 'taken' when detail ->> 'copy' = 'true' then 'copyTaken' else 'opened' end`;
  const rows = await tx
    .tables<AuditTables>()
    .selectFrom('audit_entry')
    .select(['at', 'actor_kind as actorKind', 'actor_id as actorId', 'actor_name as actorName', how.as('action')])
    .where('case_id', '=', at.caseId)
    .where((eb) =>
      eb.or([
        eb.and([
          eb('subject_id', 'in', [...at.subjectIds]),
          eb('action', 'in', ['document.read', 'document.blackened']),
          eb('at', '<=', at.until),
        ]),
        // An export that had it was gathered while it lay there, whenever it was ready.
        eb.and([eb('action', '=', exportMade), sql<boolean>`detail -> 'papers' ?| ${[...at.subjectIds]}::text[]`]),
      ]),
    )
    .orderBy('id', 'desc')
    .execute();
  const looks = foldRenewals(rows.map((row) => ({ ...row, renewed: row.action === 'opened' })));
  const byWhom = Map.groupBy(looks, (look) =>
    JSON.stringify([look.actorKind, look.actorId, look.actorName, look.action]),
  );
  return [...byWhom.values()]
    .flatMap((of): AuditLook[] => {
      const [newest, oldest] = [of[0], of.at(-1)];
      if (newest === undefined || oldest === undefined) return [];
      const { actorKind, actorName, action } = newest;
      return [{ actorKind, actorName, how: action, first: oldest.at, last: newest.at, times: of.length }];
    })
    .toSorted((a, b) => a.first.getTime() - b.first.getTime());
}
