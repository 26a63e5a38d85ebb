import { paths } from '../../paths.ts';
import { History } from '../history.tsx';
import type { Block } from './block.ts';

export const history: Block = {
  name: 'history',
  title: 'workspace:case.history',
  column: 'history',
  possible: () => true,
  render: ({ visit, data }) => (
    <>
      <History visit={visit} events={data.events} />
      <p>
        <a href={paths.accessLog(data.case.id)}>{visit.t('workspace:access.link')}</a>
      </p>
    </>
  ),
};
