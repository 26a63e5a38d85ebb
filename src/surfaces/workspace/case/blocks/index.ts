import { answers } from './answers.tsx';
import type { Block } from './block.ts';
import { followUps } from './follow-ups.tsx';
import { history } from './history.tsx';
import { open } from './open.tsx';
import { papers } from './papers.tsx';

export { type Block, type BlockProps, draw, type Placed } from './block.ts';

/** Everything the page of a case can show, in the order in which it stands there. */
export const blocks: readonly Block[] = [open, followUps, answers, papers, history];
