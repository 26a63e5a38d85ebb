import { Papers } from '../papers.tsx';
import { ToVerbs } from '../to-verbs.tsx';
import type { Block } from './block.ts';

export const papers: Block = {
  name: 'papers',
  title: 'views:block.papers',
  column: 'papers',
  possible: () => true,
  render: (props) => (
    <>
      <Papers {...props} />
      <ToVerbs visit={props.visit} />
    </>
  ),
};
