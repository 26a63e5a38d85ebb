import { addDays, type Day, dayInGermany } from '../../kernel/dates.ts';
import type { Secret } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { RequiredItem } from './office-case.ts';
import { returnCodeHash, returnCodeOf } from './return-code.ts';
import type { CaseTables } from './tables.ts';

/**
 * A code works until so many days after the day it was asked for (or was printed last, if that is later). What is handed in late
 * still counts (§ 67 SGB I) and an objection takes a month (§ 84 SGG), so a letter must work beyond its day; but not for ever,
 * because letters lie around.
 */
export const returnDays = 90;

/** What a code was printed on: a request for one item, another letter, a receipt. Only the first is about an item. */
export type ReturnPurpose = 'item' | 'letter' | 'receipt';

/** `open`: papers can be handed in with it. The others say why not; on paper it still tells where a page belongs. */
export type ReturnState = 'open' | 'fulfilled' | 'withdrawn' | 'expired';

export type ReturnCode = {
  readonly id: string;
  readonly caseId: string;
  /** The missing item it is about; without one it is about the case as a whole. */
  readonly itemId?: string;
  readonly purpose: ReturnPurpose;
  readonly state: ReturnState;
  /** The last day it works. */
  readonly expiresOn: Day;
};

export type ReturnTarget = {
  readonly caseId: string;
  readonly item?: Pick<RequiredItem, 'id' | 'dueOn'>;
  readonly purpose: ReturnPurpose;
  /** Who prints it, as the audit log names actors. */
  readonly by: string;
};

/** The code to print and the last day it works: made at the first time, the same one later, then with 90 new days. Undefined without such a case. */
export async function issueReturnCode(
  tx: Tx,
  codes: Secret,
  target: ReturnTarget,
): Promise<{ readonly code: string; readonly expiresOn: Day } | undefined> {
  const db = tx.tables<CaseTables>();
  const found = await db // locked: two who print at once print the same code
    .selectFrom('office_case')
    .select(['id', 'due_on'])
    .where('id', '=', target.caseId)
    .forUpdate()
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const expiresOn = expiry(target.item?.dueOn ?? found.due_on, dayInGermany(tx.now));
  const known = await existing(tx, target);
  if (known !== undefined) {
    await db.updateTable('return_code').set({ expires_on: expiresOn }).where('id', '=', known).execute();
    return { code: returnCodeOf(codes, known), expiresOn };
  }
  const id = tx.newId();
  const code = returnCodeOf(codes, id);
  const row: CaseTables['return_code'] = {
    id,
    code_hash: returnCodeHash(code),
    case_id: found.id,
    required_item_id: target.item?.id ?? null,
    purpose: target.purpose,
    expires_on: expiresOn,
    created_at: tx.now,
    created_by: target.by,
  };
  await tx.insertInto('return_code', [row]);
  return { code, expiresOn };
}

/** The code that stands on a preview: the one that will be printed. Nothing is locked or renewed where there is one already. */
export async function previewReturnCode(tx: Tx, codes: Secret, target: ReturnTarget): Promise<string | undefined> {
  const known = await existing(tx, target);
  return known === undefined ? (await issueReturnCode(tx, codes, target))?.code : returnCodeOf(codes, known);
}

const expiry = (dueOn: Day, today: Day): Day => addDays(dueOn > today ? dueOn : today, returnDays);

async function existing(tx: Tx, { caseId, item, purpose }: ReturnTarget): Promise<string | undefined> {
  const query = tx
    .tables<CaseTables>()
    .selectFrom('return_code')
    .select('id')
    .where('case_id', '=', caseId)
    .where('purpose', '=', purpose)
    .where('required_item_id', item === undefined ? 'is' : '=', item?.id ?? null);
  return (await query.executeTakeFirst())?.id;
}

/** What a code is for and whether it still works; undefined for a code of nobody. Takes it in any spelling that `parseReturnCode` knows. */
export async function findReturnCode(tx: Tx, code: string): Promise<ReturnCode | undefined> {
  const row = await tx
    .tables<CaseTables>()
    .selectFrom('return_code as c')
    .leftJoin('required_item as i', 'i.id', 'c.required_item_id')
    .select([
      'c.id',
      'c.case_id',
      'c.required_item_id',
      'c.purpose',
      'c.expires_on',
      'i.fulfilled_at',
      'i.withdrawn_at',
    ])
    .where('c.code_hash', '=', returnCodeHash(code))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    id: row.id,
    caseId: row.case_id,
    ...(row.required_item_id === null ? {} : { itemId: row.required_item_id }),
    purpose: row.purpose,
    state: stateOf(row, dayInGermany(tx.now)),
    expiresOn: row.expires_on,
  };
}

function stateOf(
  row: { fulfilled_at: Date | null; withdrawn_at: Date | null; expires_on: Day },
  today: Day,
): ReturnState {
  if (row.fulfilled_at !== null) return 'fulfilled';
  if (row.withdrawn_at !== null) return 'withdrawn';
  return row.expires_on < today ? 'expired' : 'open';
}
