import { boardCases } from '../../../../modules/facts/index.ts';
import { drawBoard } from '../../facts/board.tsx';
import type { Block } from './block.ts';

/** What the office knows of the household, at the top of each of its cases. */
export const facts: Block = {
  name: 'facts',
  title: 'facts:title',
  column: 'top',
  possible: () => true,
  render: async ({ visit, data, view }, tx) => {
    const cases = await boardCases(tx, visit.reader, data.case.id);
    return cases === undefined ? null : drawBoard(tx, visit, cases, data.case.id, { page: 'vorgang' }, view.all);
  },
};
