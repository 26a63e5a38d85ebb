import { recordAudit } from '../../../modules/audit/index.ts';
import { findCase, findReturnCode, type ReturnCode, requiredItems } from '../../../modules/cases/index.ts';
import { submissionsOfCase } from '../../../modules/intake/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Target } from '../supplement/desk.ts';
import { inTenant, present, type ReturnVisit } from '../visit.ts';

/** What the code of a letter leads to: the one thing it is about, and who is asked. Nothing else of the case is read. */
export type ReturnView = { readonly code: ReturnCode; readonly target: Target };

/** The reader of somebody outside: access was proved by what they hold. */
export const outside = { role: 'program', id: 'client', teamIds: [] } as const;

/** Reads it in a transaction together with the note that it was read. */
export const withReturn = <T>(
  visit: ReturnVisit,
  action: string,
  work: (tx: Tx, view: ReturnView) => Promise<T>,
): Promise<T> =>
  inTenant(visit, async (tx) => {
    const code = present(await findReturnCode(tx, visit.code));
    const found = present(await findCase(tx, outside, code.caseId));
    const asked = (await requiredItems(tx, code.caseId)).find((each) => each.id === code.itemId);
    // Why it is asked for once more says what came for it, and stands in no letter: whoever holds one reads nothing of it.
    const item = asked === undefined ? undefined : { ...asked, again: null };
    const stated = (await submissionsOfCase(tx, code.caseId))[0]?.person ?? { familyName: '', givenName: '' };
    // Where the first submission did not say (a letter, an e-mail), the day that was proved.
    const person =
      stated.birthDate === undefined && found.birthDate !== null ? { ...stated, birthDate: found.birthDate } : stated;
    await recordAudit(
      tx,
      { kind: 'client', receiptId: `return:${code.id}` },
      { action, subjectType: 'return-code', subjectId: code.id, caseId: code.caseId },
    );
    return work(tx, { code, target: { caseId: code.caseId, teamId: found.teamId, person, item } });
  });
