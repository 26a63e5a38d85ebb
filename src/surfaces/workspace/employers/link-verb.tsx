import { isId } from '../../../kernel/ids.ts';
import { linkTalk, notesOf } from '../../../modules/contacts/index.ts';
import { employerLabel, employersMeant, employersOfNotes } from '../../../modules/employers/index.ts';
import { linkProposal, proposals } from '../../../modules/plans/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { fieldId } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { VerbPart } from '../case/more-verbs.ts';
import { staffAct } from '../case/plans/fields.tsx';
import { Sheet } from '../case/verb-sheet.tsx';
import { NoteText } from '../contacts/note-list.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { chooseProblem, chosenEmployer, employerField } from './choose.tsx';

const field = 'employer';

/** What of a case is put beside an employer: a proposal, or a note that the reader may read. */
async function subjectOf(tx: Tx, visit: StaffVisit, caseId: string, id: string) {
  if (!isId(id)) return undefined;
  const proposal = (await proposals(tx, caseId)).find((each) => each.id === id);
  if (proposal !== undefined)
    return { kind: 'proposal' as const, proposal, words: proposal.provider, employerId: proposal.employerId };
  const [note] = (await notesOf(tx, visit, [caseId], { id }, undefined, 1)).notes;
  if (note === undefined) return undefined;
  const [linked] = await employersOfNotes(tx, [id]);
  return { kind: 'note' as const, note, words: note.about.employer ?? '', employerId: linked?.employerId ?? null };
}

/** Says later with which employer of the list a proposal or a talk is, or that it is with none of them. */
export const linkVerb: VerbPart = {
  form: async (tx, props) => {
    const { visit, view, data } = props;
    const { t } = visit;
    const subject = await subjectOf(tx, visit, data.case.id, one(view.input, 'entry'));
    if (subject === undefined) return <p>{t('employers:nothingToLink')}</p>;
    const meant =
      subject.employerId === null
        ? undefined
        : (await employersMeant(tx, [subject.employerId])).get(subject.employerId);
    return (
      <Sheet {...props} verb="betrieb">
        <input type="hidden" name="entry" value={one(view.input, 'entry')} />
        {subject.kind === 'proposal' ? (
          <p>
            <strong>{subject.proposal.title}</strong>
          </p>
        ) : (
          <NoteText visit={visit} note={subject.note} />
        )}
        {
          await employerField(tx, props, {
            name: field,
            label: t('employers:linkTo'),
            hint: t('employers:linkHint'),
            otherwise: meant === undefined ? subject.words : employerLabel(meant),
            offer: true,
          })
        }
        <p>
          <a href={paths.employerNew}>{t('employers:new')}</a>
        </p>
      </Sheet>
    );
  },
  attempt: async (tx, visit, caseId) => {
    const id = one(visit.input, 'entry');
    const subject = await subjectOf(tx, visit, caseId, id);
    if (subject === undefined)
      return { kind: 'wrong', problems: [{ id: 'verb', text: visit.t('employers:nothingToLink') }] };
    const chosen = await chosenEmployer(tx, visit.input, field);
    if (chosen.kind === 'ask') return { kind: 'wrong', problems: [chooseProblem(visit, field)] };
    if (chosen.kind === 'none' || chosen.words === '')
      return { kind: 'wrong', problems: [{ id: fieldId(field), text: visit.t('employers:problem.notListed') }] };
    const { employerId } = chosen;
    const act = staffAct(visit, caseId);
    const outcome =
      subject.kind === 'proposal'
        ? await linkProposal(tx, act, { proposalId: id, employerId })
        : await linkTalk(tx, act, { noteId: id, employerId });
    return outcome.kind === 'ended' ? { kind: 'unchanged' } : { kind: outcome.kind };
  },
};
