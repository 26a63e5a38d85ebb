import type { Actor } from '../../../kernel/actor.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { type ClientView, clientView } from '../../../modules/cases/index.ts';
import { findReceipt, findSubmission, type Receipt, type Submission } from '../../../modules/intake/index.ts';
import { allTeams, type Team } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { inTenant, present, type ReceiptVisit } from '../visit.ts';

/** What the holder of a receipt sees: their receipt, the case it belongs to, and who answers for it. */
export type ReceiptView = {
  readonly receipt: Receipt;
  readonly submission: Submission;
  readonly client: ClientView;
  readonly team: Team | undefined;
};

export const clientActor = (visit: ReceiptVisit): Actor & { readonly kind: 'client' } => ({
  kind: 'client',
  receiptId: visit.number,
});

/** Reads it in a transaction together with the note that it was read. */
export const withReceipt = <T>(
  visit: ReceiptVisit,
  action: string,
  work: (tx: Tx, view: ReceiptView) => Promise<T>,
): Promise<T> =>
  inTenant(visit, async (tx) => {
    const receipt = present(await findReceipt(tx, visit.number));
    const submission = present(await findSubmission(tx, receipt.submissionId));
    const client = present(await clientView(tx, submission.caseId));
    const team = (await allTeams(tx)).find((each) => each.id === client.case.teamId);
    await recordAudit(tx, clientActor(visit), {
      action,
      subjectType: 'receipt',
      subjectId: receipt.number,
      caseId: submission.caseId,
    });
    return work(tx, { receipt, submission, client, team });
  });
