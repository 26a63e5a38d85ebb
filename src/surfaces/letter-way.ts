import { otherCasesOfPerson } from '../modules/cases/index.ts';
import { deliveryChoice, type Notice, type Way } from '../modules/notices/index.ts';
import { allMailboxes, type Jobcenter, type Mailbox } from '../modules/settings/index.ts';
import type { Tx } from '../platform/database/index.ts';

/** The mailbox from which a person is told of a letter: that of the team, else any in use. */
export const mailboxFor = (mailboxes: readonly Mailbox[], teamId: string | null): Mailbox | undefined => {
  const used = mailboxes.filter((each) => each.disabledAt === null);
  return used.find((each) => each.teamId === teamId) ?? used[0];
};

/**
 * The way a letter of a case takes now, and why. The portal needs consent, and a mailbox from which to tell: without the e-mail nothing would count
 * as known (§ 37 (2a) SGB X). `choice`: the person chose it; `no-choice`: nobody chose; `no-mailbox`, `practice`: chosen, and not possible.
 * `sheet`: it carries a code on paper alone, which must not take the way by which somebody may have changed the account.
 */
export type LetterWay = {
  readonly way: Way;
  readonly why: 'choice' | 'no-choice' | 'no-mailbox' | 'practice' | 'sheet';
};

export async function wayOfLetter(
  tx: Tx,
  jobcenter: Pick<Jobcenter, 'practiceOf'>,
  found: { readonly id: string; readonly teamId: string | null },
  letter: Pick<Notice, 'bankConfirmationId'>,
): Promise<LetterWay> {
  if (letter.bankConfirmationId !== null) return { way: 'post', why: 'sheet' };
  const choice = await deliveryChoice(tx, found.id);
  if (choice === undefined) return { way: 'post', why: 'no-choice' };
  if (choice.way === 'post') return { way: 'post', why: 'choice' };
  if (jobcenter.practiceOf != null) return { way: 'post', why: 'practice' };
  const mailbox = mailboxFor(await allMailboxes(tx), found.teamId);
  return mailbox === undefined ? { way: 'post', why: 'no-mailbox' } : { way: 'portal', why: 'choice' };
}

/** How the letters of the person's other open cases come: in so many; `notYet`: the portal is chosen there, and cannot be used now. */
export type OtherWays = { readonly portal: number; readonly post: number; readonly notYet: number };

/** The ways of a person's other open cases, as numbers alone; undefined where there is none, or nobody has confirmed who the person is. */
export async function waysElsewhere(
  tx: Tx,
  jobcenter: Pick<Jobcenter, 'practiceOf'>,
  caseId: string,
): Promise<OtherWays | undefined> {
  const open = (await otherCasesOfPerson(tx, caseId)).filter(({ closedAt }) => closedAt === null);
  if (open.length === 0) return undefined;
  const ways = { portal: 0, post: 0, notYet: 0 };
  for (const each of open) {
    const { way, why } = await wayOfLetter(tx, jobcenter, each, { bankConfirmationId: null });
    ways[way === 'portal' ? 'portal' : why === 'practice' || why === 'no-mailbox' ? 'notYet' : 'post'] += 1;
  }
  return ways;
}
