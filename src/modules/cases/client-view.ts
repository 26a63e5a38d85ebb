import type { Tx } from '../../platform/database/index.ts';
import { type BankConfirmation, bankConfirmation } from './bank-confirmation.ts';
import { type CaseDetail, findCase, type TimelineEvent, timeline } from './case-detail.ts';
import { clientKinds } from './case-event.ts';
import type { RequiredItem } from './office-case.ts';
import { requiredItems } from './required-items.ts';
import { type SentAgain, sentAgainFor } from './sent-again.ts';

export type ClientView = {
  readonly case: CaseDetail;
  readonly events: readonly TimelineEvent[];
  readonly items: readonly RequiredItem[];
  /** What they sent for an open item and the office had already, by the item: somebody looks whether it does. */
  readonly sentAgain: ReadonlyMap<string, SentAgain>;
  /** The account number they gave, if they gave one. */
  readonly bank: BankConfirmation | undefined;
};

/** What the person sees of their case: the same state as the office, without its notes. */
export async function clientView(tx: Tx, caseId: string): Promise<ClientView | undefined> {
  const found = await findCase(tx, { role: 'program', id: 'client', teamIds: [] }, caseId);
  if (found === undefined) return undefined;
  const all = await timeline(tx, caseId);
  const events = all.filter((event) => clientKinds.includes(event.kind) && isTheirs(event, found));
  const items = (await requiredItems(tx, caseId)).filter((item) => item.withdrawnAt === null);
  const sentAgain = new Map(
    items.flatMap(({ id }) => {
      const waits = sentAgainFor(all, id);
      return waits === undefined ? [] : [[id, waits] as const];
    }),
  );
  return { case: found, events, items, sentAgain, bank: await bankConfirmation(tx, caseId) };
}

/** An appointment with another adult of the household alone is theirs, and not of who holds the receipt of this case. */
const isTheirs = (event: TimelineEvent, { personId }: CaseDetail): boolean =>
  event.kind !== 'appointment' || event.detail.personId === null || event.detail.personId === personId;
