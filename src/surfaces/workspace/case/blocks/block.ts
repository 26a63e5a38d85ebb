import type { Tx } from '../../../../platform/database/index.ts';
import type { Content } from '../../../../ui/index.ts';
import type { StaffVisit } from '../../visit.ts';
import type { CaseData } from '../load.ts';
import type { CaseView } from '../view.ts';

/** The columns of the page of a case; blocks of one column stand below each other. */
export const columns = ['work', 'answers', 'papers', 'history'] as const;
export type Column = (typeof columns)[number];

export type BlockProps = {
  readonly visit: StaffVisit;
  readonly data: CaseData;
  readonly view: CaseView;
  /** The title of a concern in the language of the reader. */
  readonly concern: (key: string) => string;
};

/** One part of the page of a case. Further ones are a file here and a line in `index.ts`. */
export type Block = {
  /** Its name, never changed later: rules of a Jobcenter name it. */
  readonly name: string;
  readonly column: Column;
  /** Whether this case has something that the block could show, from what every page of a case has read anyway. */
  readonly possible: (props: BlockProps) => boolean;
  /**
   * What it shows; it may read more, in the transaction that recorded the look at the case. Null where there turned out to be nothing.
   * The reader may see the case; what needs more than that, the block asks itself.
   */
  readonly render: (props: BlockProps, tx: Tx) => Content | Promise<Content>;
};

/** The blocks of the list that this case has, drawn one after the other: one transaction answers one question at a time. */
export async function draw(
  tx: Tx,
  blocks: readonly Block[],
  props: BlockProps,
): Promise<Readonly<Record<Column, readonly Content[]>>> {
  const drawn: Record<Column, Content[]> = { work: [], answers: [], papers: [], history: [] };
  for (const block of blocks) if (block.possible(props)) drawn[block.column].push(await block.render(props, tx));
  return drawn;
}
