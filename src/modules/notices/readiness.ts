import type { Tx } from '../../platform/database/index.ts';
import { findAppointment } from '../appointments/index.ts';
import { openRequiredItems } from '../cases/index.ts';
import { letterBody } from './letter-body.ts';
import type { Notice } from './notice.ts';
import { fillText, type PlaceholderProblem, type PlaceholderValues } from './placeholders.ts';
import type { BlockText, ReleaseRule, TemplateText } from './texts.ts';

/** Why a letter cannot be sent yet; `field` is the one to look at. */
export type ReadyProblem =
  | {
      readonly field: 'subject' | 'body' | 'recipient' | 'reasons' | 'weighing' | 'result' | 'amountCents';
      readonly code: 'empty';
    }
  /** A name alone is no address; letters by portal need one as well, because they may have to go by post. */
  | { readonly field: 'recipient'; readonly code: 'no-place' | 'too-many-lines' }
  /** Reasons are a person's own words, and go into the timeline as they are: nothing is filled in there. */
  | { readonly field: 'reasons' | 'weighing'; readonly code: 'braces' }
  | {
      readonly field: 'subject' | 'body' | 'remedy';
      readonly code: PlaceholderProblem['code'];
      readonly name: string;
    };

/** The rule of a template that is gone: somebody else looks. */
const strictest: { readonly release: ReleaseRule; readonly aboveCents: number } = { release: 'always', aboveCents: 0 };
type Rule = Pick<TemplateText, 'release' | 'aboveCents'>;

/** Whether somebody else must release a letter before it goes out; a letter above an amount whose amount nobody said counts as above. */
export function needsRelease(rule: Rule | undefined, amountCents: number | null): boolean {
  const { release, aboveCents } = rule ?? strictest;
  return release === 'always' || (release === 'above' && (amountCents === null || amountCents > aboveCents));
}

/** The window of an envelope shows so many lines; more would be cut, and the last one is the town. */
export const addressLines = 7;

/** What is wrong with an address: a name alone is none, and one of too many lines would lose its town. */
export function addressProblem(recipient: string): 'no-place' | 'too-many-lines' | undefined {
  const { length } = linesOf(recipient);
  if (length < 2) return 'no-place';
  return length > addressLines ? 'too-many-lines' : undefined;
}

/** The lines of an address that say something. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Whether a letter asks for an item that is not missing any more, because it came or was withdrawn: it would ask for nothing. */
export async function itemGone(tx: Tx, { caseId, itemId }: Pick<Notice, 'caseId' | 'itemId'>): Promise<boolean> {
  return itemId !== null && !(await openRequiredItems(tx, caseId)).some(({ id }) => id === itemId);
}

/**
 * Whether the appointment that a letter names is another one than when it was put before somebody: moved, called off, over, or in another case. Then the letter
 * would send somebody to a place at a time that does not hold.
 */
export async function appointmentChanged(
  tx: Tx,
  { caseId, appointmentId, submittedAt }: Pick<Notice, 'caseId' | 'appointmentId' | 'submittedAt'>,
): Promise<boolean> {
  if (appointmentId === null || submittedAt === null) return false;
  const now = await findAppointment(tx, caseId, appointmentId);
  return now === undefined || now.endedAt !== null || now.changedAt > submittedAt || now.startsAt <= tx.now;
}

/** Everything that keeps a letter from being sent; nothing is an empty list. An unfilled place is named, never left as a gap. */
export function readyProblems(
  notice: Notice,
  template: TemplateText | undefined,
  remedy: BlockText,
  values: PlaceholderValues,
): ReadyProblem[] {
  const empty = (field: 'subject' | 'body' | 'recipient' | 'reasons' | 'weighing', wanted = true): ReadyProblem[] =>
    wanted && notice[field].trim() === '' ? [{ field, code: 'empty' }] : [];
  const filled = (field: 'subject' | 'body' | 'remedy', problems: readonly PlaceholderProblem[]): ReadyProblem[] =>
    problems.map((each) => ({ field, ...each }));
  const isNotice = notice.kind === 'notice';
  const address = addressProblem(notice.recipient);
  return [
    ...empty('recipient'),
    ...(notice.recipient.trim() === '' || address === undefined
      ? []
      : [{ field: 'recipient', code: address } as const]),
    ...empty('subject'),
    ...filled('subject', fillText(notice.subject, values).problems),
    ...empty('body'),
    ...filled('body', letterBody(notice.body, values).problems),
    ...(isNotice && notice.result === null ? [{ field: 'result', code: 'empty' } as const] : []),
    ...empty('reasons', isNotice),
    ...empty('weighing', isNotice && template?.discretion === true),
    ...(['reasons', 'weighing'] as const).flatMap((field) =>
      isNotice && /\{\{|\}\}/.test(notice[field]) ? [{ field, code: 'braces' } as const] : [],
    ),
    ...(template?.release === 'above' && notice.amountCents === null
      ? [{ field: 'amountCents', code: 'empty' } as const]
      : []),
    ...filled('remedy', isNotice ? letterBody(remedy.body, values).problems : []),
  ];
}
