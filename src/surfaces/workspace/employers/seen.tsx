import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { type LineCase, lineCases } from '../../../modules/cases/index.ts';
import { type Note, notesOf } from '../../../modules/contacts/index.ts';
import { notesOfEmployer } from '../../../modules/employers/index.ts';
import { type EmployerProposal, proposalsOfEmployer, standOf } from '../../../modules/plans/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { formatDate } from '../../../ui/index.ts';
import { stepWords } from '../case/blocks/proposals.tsx';
import { NoteText } from '../contacts/note-list.tsx';
import { noteTitle } from '../contacts/words.ts';
import { isRefresh } from '../enforce.ts';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { queryText, type StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';

/** So many proposals and talks a page shows; the next ones are a page further. */
const most = 100;

/** What of an employer stands in cases that the reader may open. Of the others nothing is told, not even that there are some. */
export type Seen = {
  readonly proposals: readonly EmployerProposal[];
  readonly notes: readonly Note[];
  readonly cases: ReadonlyMap<string, LineCase>;
  /** Where the older ones are, if there are any. */
  readonly olderProposals: string | undefined;
  readonly olderTalks: string | undefined;
};

/** Which part of the page is where in its list: the names in the address. */
const placeOf = (visit: StaffVisit, name: 'vorschlaege' | 'gespraeche'): string | undefined => {
  const id = queryText(visit, name);
  return isId(id) ? id : undefined;
};

/** Reads it, with a look at each of the cases in the log of that case; the look goes with the transaction where nothing of it is shown. */
export async function readSeen(
  tx: Tx,
  visit: StaffVisit,
  employerId: string,
  employerIds: readonly string[],
): Promise<Seen> {
  const places = { vorschlaege: placeOf(visit, 'vorschlaege'), gespraeche: placeOf(visit, 'gespraeche') };
  const found = await proposalsOfEmployer(tx, visit.reader, employerIds, places.vorschlaege, most + 1);
  const proposals = found.slice(0, most);
  const linked = await notesOfEmployer(tx, employerIds, places.gespraeche, 10 * most);
  const { notes, next } =
    linked.length === 0
      ? { notes: [], next: undefined }
      : await notesOf(
          tx,
          visit,
          [...new Set(linked.map((each) => each.caseId))],
          { ids: linked.map((each) => each.noteId) },
          undefined,
          most,
        );
  const caseIds = [...proposals, ...notes].map((each) => each.caseId);
  const cases = await lineCases(tx, visit.reader, caseIds);
  const plain = new Set([...proposals, ...notes.filter((note) => note.circleId === null)].map((each) => each.caseId));
  const renewed = isRefresh(visit.c);
  for (const caseId of plain)
    await recordAudit(tx, visit.actor, {
      action: 'case.read',
      subjectType: 'case',
      subjectId: caseId,
      caseId,
      reason: visit.t(renewed ? 'together:live.readReason' : 'employers:readReason'),
      ...(renewed ? { detail: { renewed } } : {}),
    });
  const older = (change: Partial<typeof places>): string =>
    withQuery(
      paths.employer(employerId),
      Object.fromEntries(Object.entries({ ...places, ...change }).map(([name, id]) => [name, id ?? ''])),
    );
  // Where more is linked than one page looks at, the next page begins behind the last of it, whoever may read it.
  const last = next ?? (linked.length === 10 * most ? linked.at(-1)?.noteId : undefined);
  return {
    proposals,
    notes,
    cases,
    olderProposals: found.length > most ? older({ vorschlaege: proposals.at(-1)?.id }) : undefined,
    olderTalks: last === undefined ? undefined : older({ gespraeche: last }),
  };
}

const CaseLink = ({ visit, found, caseId }: { visit: StaffVisit; found: LineCase | undefined; caseId: string }) => (
  <a href={paths.case(caseId)}>{nameOnCase(visit, found?.personName ?? '')}</a>
);

const Older = (props: { visit: StaffVisit; href: string | undefined; text: string; part: string }) =>
  props.href === undefined ? null : (
    <p>
      <a href={`${props.href}#${props.part}`}>{props.visit.t(props.text)}</a>
    </p>
  );

export const Proposals = ({ visit, seen }: { visit: StaffVisit; seen: Seen }) => {
  const { t, language } = visit;
  return (
    <section class="tw-panel" aria-labelledby="vorschlaege">
      <WithHelp visit={visit} of="case-proposals">
        <h2 id="vorschlaege">{t('employers:proposals')}</h2>
      </WithHelp>
      {seen.proposals.length === 0 ? <p class="td-muted">{t('employers:noProposals')}</p> : null}
      <ul class="tw-open">
        {seen.proposals.map((each) => {
          const stand = standOf(each.course);
          const talks = each.course.filter(({ step }) => step === 'contact');
          return (
            <li>
              <span>
                <strong>{each.title}</strong>{' '}
                <CaseLink visit={visit} caseId={each.caseId} found={seen.cases.get(each.caseId)} />
                <span class="tw-sub">
                  {t(`plans:proposalKind.${each.kind}`)}
                  {stand === undefined ? null : ` · ${formatDate(stand.onDay, language)}: ${stepWords(visit, stand)}`}
                </span>
                {talks.map((talk) => (
                  <span class="tw-sub">
                    {formatDate(talk.onDay, language)}: {talk.words}
                  </span>
                ))}
              </span>
            </li>
          );
        })}
      </ul>
      <Older visit={visit} href={seen.olderProposals} text="employers:olderProposals" part="vorschlaege" />
    </section>
  );
};

export const Talks = ({ visit, seen }: { visit: StaffVisit; seen: Seen }) => {
  const { t } = visit;
  const corrected = new Set(seen.notes.map((note) => note.about.corrects));
  return (
    <section class="tw-panel" aria-labelledby="gespraeche">
      <WithHelp visit={visit} of="employer-talks">
        <h2 id="gespraeche">{t('employers:talks')}</h2>
      </WithHelp>
      {seen.notes.length === 0 ? <p class="td-muted">{t('employers:noTalks')}</p> : null}
      <ol class="tw-note-list">
        {seen.notes
          .filter((note) => !corrected.has(note.id))
          .map((note) => (
            <li class="tw-said">
              <p class="tw-said__title">
                <CaseLink visit={visit} caseId={note.caseId} found={seen.cases.get(note.caseId)} />
                {' · '}
                {noteTitle(visit, note.about)}
              </p>
              <NoteText visit={visit} note={note} />
            </li>
          ))}
      </ol>
      <Older visit={visit} href={seen.olderTalks} text="employers:olderTalks" part="gespraeche" />
    </section>
  );
};
