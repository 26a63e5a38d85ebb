import { ownOfNotes } from '../../contacts/note-fields.ts';
import { paths } from '../../paths.ts';
import { History } from '../history.tsx';
import type { Block } from './block.ts';

export const history: Block = {
  name: 'history',
  title: 'workspace:case.history',
  column: 'history',
  possible: () => true,
  render: async ({ visit, data }, tx) => (
    <>
      <History
        visit={visit}
        events={data.events}
        own={
          await ownOfNotes(
            tx,
            visit,
            data.events.flatMap(({ kind, id }) => (kind === 'note' ? [id] : [])),
          )
        }
      />
      <p>
        <a href={paths.accessLog(data.case.id)}>{visit.t('workspace:access.link')}</a>
      </p>
    </>
  ),
};
