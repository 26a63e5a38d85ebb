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
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';

/** So many proposals and talks a page shows at most; older ones stand in their cases. */
const most = 100;

/** What of an employer stands in cases that the reader may open. Of the others nothing is told, not even that there are some. */
export type Seen = {
  readonly proposals: readonly EmployerProposal[];
  readonly notes: readonly Note[];
  readonly cases: ReadonlyMap<string, LineCase>;
};

/** Reads it, with a look at each of the cases in the log of that case. */
export async function readSeen(tx: Tx, visit: StaffVisit, employerIds: readonly string[]): Promise<Seen> {
  const proposals = await proposalsOfEmployer(tx, visit.reader, employerIds, undefined, most);
  const linked = await notesOfEmployer(tx, employerIds, 10 * most);
  const { notes } =
    linked.length === 0
      ? { notes: [] }
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
  for (const caseId of plain)
    await recordAudit(tx, visit.actor, {
      action: 'case.read',
      subjectType: 'case',
      subjectId: caseId,
      caseId,
      reason: visit.t('employers:readReason'),
    });
  return { proposals, notes, cases };
}

const CaseLink = ({ visit, found, caseId }: { visit: StaffVisit; found: LineCase | undefined; caseId: string }) => (
  <a href={paths.case(caseId)}>{nameOnCase(visit, found?.personName ?? '')}</a>
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
    </section>
  );
};
