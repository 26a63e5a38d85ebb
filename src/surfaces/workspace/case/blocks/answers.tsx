import { Answers } from '../answers.tsx';
import type { Block } from './block.ts';

export const answers: Block = {
  name: 'answers',
  title: 'workspace:case.answers.title',
  column: 'answers',
  possible: () => true,
  render: ({ visit, data }) => (
    <Answers visit={visit} caseId={data.case.id} submissions={data.submissions} events={data.events} />
  ),
};
