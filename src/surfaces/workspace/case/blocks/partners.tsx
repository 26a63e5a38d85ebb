import { notesOf } from '../../../../modules/contacts/index.ts';
import { type Employer, employerLabel, employersMeant, employersOfNotes } from '../../../../modules/employers/index.ts';
import { NoteText } from '../../contacts/note-list.tsx';
import { noteTitle, partnerTopic as topic } from '../../contacts/words.ts';
import { WithHelp } from '../../help/help.tsx';
import { paths, withQuery } from '../../paths.ts';
import type { StaffVisit } from '../../visit.ts';
import { verbPath } from '../view.ts';
import type { Block } from './block.ts';

const few = 4;

/** Talks with employers, providers and networks for this person, also where nothing is proposed yet: notes of one topic. */
export const partners: Block = {
  name: 'partners',
  title: 'contacts:partners.title',
  column: 'work',
  possible: () => true,
  render: async ({ visit, data, view }, tx) => {
    const { t } = visit;
    const { notes } = await notesOf(tx, visit, [data.case.id], { topic }, undefined, few);
    const links = await employersOfNotes(
      tx,
      notes.map((note) => note.id),
    );
    const meant = await employersMeant(
      tx,
      links.map((each) => each.employerId),
    );
    const employerOf = (noteId: string) => meant.get(links.find((each) => each.noteId === noteId)?.employerId ?? '');
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
                <With
                  visit={visit}
                  employer={employerOf(note.id)}
                  link={verbPath(data.case.id, view, 'betrieb', note.id)}
                />
              </li>
            ))}
        </ol>
        <p class="tw-links">
          <a href={`${way({ tun: 'notizen' })}#f-text`}>{t('contacts:partners.add')}</a>
          <a href={paths.employers}>{t('employers:title')}</a>
          {notes.length === few ? <a href={`${way({})}#notes`}>{t('contacts:partners.all')}</a> : null}
        </p>
      </section>
    );
  },
};

/** With whom the talk was, or the way to say it. */
const With = (props: { visit: StaffVisit; employer: Employer | undefined; link: string }) => (
  <p class="tw-sub">
    {props.employer === undefined ? (
      <a href={props.link}>{props.visit.t('employers:link')}</a>
    ) : (
      <a href={paths.employer(props.employer.id)}>{employerLabel(props.employer)}</a>
    )}
  </p>
);
