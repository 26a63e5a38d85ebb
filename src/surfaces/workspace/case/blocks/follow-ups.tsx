import { holidayPlace } from '../../free-day.tsx';
import { FollowUps } from '../follow-ups.tsx';
import type { Block } from './block.ts';

export const followUps: Block = {
  name: 'follow-ups',
  title: 'myday:followUp.title',
  column: 'work',
  possible: ({ data }) => data.followUps.length > 0,
  render: async ({ visit, data, view }) => (
    <FollowUps visit={visit} data={data} view={view} place={await holidayPlace(visit)} />
  ),
};
