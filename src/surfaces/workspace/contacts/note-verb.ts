import { isId } from '../../../kernel/ids.ts';
import { type ContactWay, contactWays, findCase, noteSpokenAnswer } from '../../../modules/cases/index.ts';
import { writeNote } from '../../../modules/contacts/index.ts';
import { fieldId } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { VerbPart } from '../case/more-verbs.ts';
import type { Try } from '../case/verbs.ts';
import { chooseProblem, chosenEmployer } from '../employers/choose.tsx';
import { readOwnInputs } from '../fields/own-inputs.tsx';
import { readDayNear } from '../near-day.ts';
import { fieldsOfNote, keepNoteFields } from './note-fields.tsx';
import { noteForm } from './note-form.tsx';

/** Where the reason for a refusal is shown. */
const fieldOf = {
  'no-text': 'text',
  topic: 'topic',
  whom: 'whom',
  day: 'day',
  circle: 'circle',
  corrects: undefined,
} as const;

/** Writes the note of the form. What is missing is said all at once, as far as it can be seen without the case. */
const attempt: Try = async (tx, visit, caseId) => {
  const { input, t } = visit;
  const text = one(input, 'text').slice(0, 10_000);
  const typedDay = one(input, 'day').trim();
  const day = readDayNear(visit, typedDay);
  const [circle, corrects] = [one(input, 'circle'), one(input, 'corrects')];
  const problem = (why: keyof typeof fieldOf) => {
    const name = fieldOf[why];
    return { id: name === undefined ? 'verb' : fieldId(name), text: t(`contacts:problem.${why}`) };
  };
  const found = await findCase(tx, visit.reader, caseId);
  if (found === undefined) return { kind: 'not-found' };
  // What stood in the fields of the corrected note came with the form: here it says which choices of before may stay.
  const own = readOwnInputs(visit, await fieldsOfNote(tx, found, isId(corrects) ? corrects : undefined, true));
  const employer = await chosenEmployer(tx, input, 'employer');
  const problems = [
    ...(text.trim() === '' ? [problem('no-text')] : []),
    ...(one(input, 'topic') === '' ? [problem('topic')] : []),
    ...(typedDay !== '' && day === undefined ? [problem('day')] : []),
    ...(circle !== '' && !isId(circle) ? [problem('circle')] : []),
    ...(corrects !== '' && !isId(corrects) ? [problem('corrects')] : []),
    ...(employer.kind === 'ask' ? [chooseProblem(visit, 'employer')] : []),
    ...own.problems,
  ];
  if (problems.length > 0 || employer.kind === 'ask') return { kind: 'wrong', problems };
  const act = { actor: visit.actor, reader: visit.reader, caseId };
  const outcome = await writeNote(tx, act, {
    text,
    topic: one(input, 'topic'),
    whom: one(input, 'whom'),
    way: contactWays.find((each): each is ContactWay => each === one(input, 'way')) ?? null,
    day: day ?? null,
    circleId: circle === '' ? null : circle,
    corrects: corrects === '' ? null : corrects,
    employer: employer.words,
    employerId: employer.kind === 'meant' ? employer.employerId : null,
  });
  if (outcome.kind === 'refused') return { kind: 'wrong', problems: [problem(outcome.why)] };
  if (outcome.kind !== 'done') return outcome;
  await keepNoteFields(tx, visit, { caseId, noteId: outcome.noteId }, own.writes);
  const answered = one(input, 'answered');
  if (isId(answered)) await noteSpokenAnswer(tx, act, answered);
  return outcome;
};

/** The verb of the case that writes a note. */
export const noteVerb: VerbPart = { form: noteForm, attempt };
