import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeze, shippedDefinitions } from '../../modules/forms/index.ts';
import { demoAnswers } from './answers.ts';
import { evidenceFields, withEvidence } from './evidence.ts';
import { demoSubmissions, generateHouseholds } from './index.ts';

const forms = new Map(shippedDefinitions().map((form) => [form.key, form]));
const households = generateHouseholds(7, 400);
const submissions = [...demoSubmissions(7, households, { from: '2025-05-01', to: '2026-10-31', count: 3_000 })];

/** What the answers of a submission say of its papers, by the question that asks for them. */
function frozenOf(concern: string) {
  const submission = submissions.find((each) => each.concern === concern && each.papers.length > 0);
  const form = forms.get(concern);
  assert.ok(submission && form);
  const household = households[submission.householdIndex];
  const person = household?.members[submission.personIndex];
  assert.ok(household && person);
  const said = demoAnswers(form, submission.key, person, household, '2026-11-20');
  const documents = submission.papers.map((paper, index) => ({ id: String(index), name: `${paper.name}.pdf` }));
  const fields = evidenceFields(form, said, submission.papers);
  const answers = withEvidence(said, fields, documents);
  const names = new Map(documents.map(({ id, name }) => [id, name]));
  const items = freeze(form, answers, 'de', names).sections.flatMap((section) => section.items);
  return { submission, fields, textOf: (field: string) => items.find((each) => each.field === field)?.text };
}

test('a certificate that was handed in stands under its question, which does not say that nothing was given', () => {
  const { textOf } = frozenOf('krankmeldung');
  assert.equal(textOf('certificate'), 'AU-Bescheinigung.pdf');
});

test('every paper of a main application lies under a question that asks for it', () => {
  const { fields, submission } = frozenOf('hauptantrag');
  assert.deepEqual(
    fields.filter((field) => field === undefined),
    [],
  );
  const id = submission.papers.findIndex((paper) => paper.kind === 'id-copy');
  assert.match(fields[id] ?? '', /identityProof|adultProof/);
});

test('papers that nobody put under a question: it says to look there', () => {
  const form = forms.get('krankmeldung');
  assert.ok(form);
  const text = (unsorted: boolean) =>
    freeze(form, {}, 'de', undefined, unsorted)
      .sections.flatMap((section) => section.items)
      .find((each) => each.field === 'certificate')?.text;
  assert.deepEqual([text(false), text(true)], ['Keine Angabe', 'Siehe Unterlagen']);
});
