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
  | { readonly field: 'recipient'; readonly code: 'no-place' }
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

/** Whether an address says more than a name. */
export const hasPlace = (recipient: string): boolean => linesOf(recipient).length > 1;

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

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
  return [
    ...empty('recipient'),
    ...(linesOf(notice.recipient).length === 1 ? [{ field: 'recipient', code: 'no-place' } as const] : []),
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
