import { ownOfNotes } from '../../contacts/note-fields.tsx';
import { recordsOfEvents } from '../../employers/record-link.tsx';
import { paths } from '../../paths.ts';
import { History } from '../history.tsx';
import { messageWaits } from '../open-messages.tsx';
import { ToVerbs } from '../to-verbs.tsx';
import type { Block } from './block.ts';

export const history: Block = {
  name: 'history',
  title: 'workspace:case.history',
  column: 'history',
  possible: () => true,
  render: async ({ visit, data, view }, tx) => (
    <>
      <History
        visit={visit}
        events={data.events}
        own={
          new Map([
            ...(await ownOfNotes(
              tx,
              visit,
              data.events.flatMap(({ kind, id }) => (kind === 'note' ? [id] : [])),
            )),
            ...(await recordsOfEvents(tx, visit, data.case.id, data.events)),
            ...messageWaits(visit, data, view),
          ])
        }
      />
      <p>
        <a href={paths.accessLog(data.case.id)}>{visit.t('workspace:access.link')}</a>
      </p>
      <ToVerbs visit={visit} />
    </>
  ),
};
