import { notesOf, noteTopics, peopleOfCase } from '../../../../modules/contacts/index.ts';
import { ownOfNotes } from '../../contacts/note-fields.tsx';
import { filterOf, isNarrowed, NoteList, noteQuery } from '../../contacts/note-list.tsx';
import { NoteWays } from '../../contacts/note-ways.tsx';
import { topicWords } from '../../contacts/words.ts';
import { WithHelp } from '../../help/help.tsx';
import { paths } from '../../paths.ts';
import type { Block } from './block.ts';

/** So many are shown at once; asked for by topic or person, more. */
const few = 4;
const many = 30;

/** What was talked about, found by topic, person, author and time. */
export const notes: Block = {
  name: 'notes',
  title: 'contacts:title',
  column: 'history',
  possible: ({ data, visit }) => data.events.some((event) => event.kind === 'note') || isNarrowed(noteQuery(visit)),
  render: async ({ visit, data }, tx) => {
    const query = noteQuery(visit);
    const before = query.ab === '' ? undefined : query.ab;
    const size = isNarrowed(query) || before !== undefined ? many : few;
    const found = await notesOf(tx, visit, [data.case.id], filterOf(visit, query), before, size);
    return (
      <section class="tw-panel" aria-labelledby="notes">
        <WithHelp visit={visit} of="notes">
          <h2 id="notes">{visit.t('contacts:title')}</h2>
        </WithHelp>
        <NoteList
          visit={visit}
          path={paths.case(data.case.id)}
          query={query}
          {...found}
          own={
            await ownOfNotes(
              tx,
              visit,
              found.notes.map((each) => each.id),
            )
          }
          folded
          topics={(await noteTopics(tx)).map((each) => ({ value: each.key, label: topicWords(visit, each) }))}
          people={(await peopleOfCase(tx, data.case)).map((each) => ({ value: each.id, label: each.name }))}
          staff={data.staff.map((each) => ({ value: each.id, label: each.name }))}
        />
        <NoteWays visit={visit} fileId={data.case.fileId} />
      </section>
    );
  },
};
