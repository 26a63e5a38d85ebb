import { notesOf } from '../../../../modules/contacts/index.ts';
import { NoteText } from '../../contacts/note-list.tsx';
import { noteTitle } from '../../contacts/words.ts';
import { WithHelp } from '../../help/help.tsx';
import { paths, withQuery } from '../../paths.ts';
import type { Block } from './block.ts';

/** The topic under which talks with employers, providers and networks are written. */
const topic = 'partners';
const few = 4;

/** Talks with employers, providers and networks for this person, also where nothing is proposed yet: notes of one topic. */
export const partners: Block = {
  name: 'partners',
  title: 'contacts:partners.title',
  column: 'work',
  possible: () => true,
  render: async ({ visit, data }, tx) => {
    const { t } = visit;
    const { notes } = await notesOf(tx, visit, [data.case.id], { topic }, undefined, few);
    const corrected = new Set(notes.map((note) => note.about.corrects));
    const way = (query: Readonly<Record<string, string>>) =>
      withQuery(paths.case(data.case.id), { ...query, thema: topic });
    return (
      <section class="tw-panel" aria-labelledby="partners">
        <WithHelp visit={visit} of="case-partners">
          <h2 id="partners">{t('contacts:partners.title')}</h2>
        </WithHelp>
        {notes.length === 0 ? <p class="td-muted">{t('contacts:partners.none')}</p> : null}
        <ol class="tw-note-list">
          {notes
            .filter((note) => !corrected.has(note.id))
            .map((note) => (
              <li class="tw-said">
                <p class="tw-said__title">
                  <strong>{noteTitle(visit, note.about)}</strong>
                </p>
                <NoteText visit={visit} note={note} />
              </li>
            ))}
        </ol>
        <p class="tw-links">
          <a href={`${way({ tun: 'notizen' })}#f-text`}>{t('contacts:partners.add')}</a>
          {notes.length === few ? <a href={`${way({})}#notes`}>{t('contacts:partners.all')}</a> : null}
        </p>
      </section>
    );
  },
};
