import type { Tx } from '../../../../platform/database/index.ts';
import type { Content } from '../../../../ui/index.ts';
import type { StaffVisit } from '../../visit.ts';
import type { CaseData } from '../load.ts';
import type { CaseView } from '../view.ts';
import { Fold } from './fold.tsx';

/** The columns of the page of a case, and what stands above them; blocks of one column stand below each other. */
export const columns = ['top', 'work', 'answers', 'papers', 'history'] as const;
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
  /** The key of its words where it is folded, and where a Jobcenter says what its views show. */
  readonly title: string;
  readonly column: Column;
  /** Whether this case has something that the block could show, from what every page of a case has read anyway. */
  readonly possible: (props: BlockProps) => boolean;
  /**
   * What it shows; it may read more, in the transaction that recorded the look at the case. Null where there turned out to be nothing.
   * The reader may see the case; what needs more than that, the block asks itself.
   */
  readonly render: (props: BlockProps, tx: Tx) => Content | Promise<Content>;
};

/** A block as a view shows it: open, or folded until somebody opens it. */
export type Placed = { readonly block: Block; readonly folded: boolean };

/** The blocks of a view that this case has, drawn one after the other: one transaction answers one question at a time. */
export async function draw(
  tx: Tx,
  placed: readonly Placed[],
  props: BlockProps,
): Promise<Readonly<Record<Column, readonly Content[]>>> {
  const drawn: Record<Column, Content[]> = { top: [], work: [], answers: [], papers: [], history: [] };
  for (const { block, folded } of placed) {
    if (!block.possible(props)) continue;
    const content = await block.render(props, tx);
    if (content === null) continue;
    drawn[block.column].push(
      folded ? Fold({ name: block.name, title: props.visit.t(block.title), children: content }) : content,
    );
  }
  return drawn;
}
