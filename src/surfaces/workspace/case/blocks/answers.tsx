import type { StaffVisit } from '../../visit.ts';
import { Answers } from '../answers.tsx';
import { ToVerbs } from '../to-verbs.tsx';
import type { Block } from './block.ts';

/** Fields of a concern that need no answer, by its form of today: that they were left empty says nothing. */
async function freeFields(visit: StaffVisit, concern: string): Promise<ReadonlySet<string>> {
  const form = await visit.services.catalogue.find(visit.jobcenter.id, concern);
  const fields = form?.questions.flatMap((question) => question.fields) ?? [];
  return new Set(fields.filter(({ required }) => !required).map(({ key }) => key));
}

export const answers: Block = {
  name: 'answers',
  title: 'workspace:case.answers.title',
  column: 'answers',
  possible: () => true,
  render: async ({ visit, data }) => {
    const free = new Map<string, ReadonlySet<string>>();
    for (const { submission } of data.submissions)
      if (!free.has(submission.concern)) free.set(submission.concern, await freeFields(visit, submission.concern));
    return (
      <>
        <Answers visit={visit} caseId={data.case.id} submissions={data.submissions} events={data.events} free={free} />
        <ToVerbs visit={visit} />
      </>
    );
  },
};
