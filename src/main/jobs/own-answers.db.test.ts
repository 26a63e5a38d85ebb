import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import { closeCase, openableCase, readerOf, reopenCase } from '../../modules/cases/index.ts';
import { addField, answerKey } from '../../modules/fields/index.ts';
import { endHold, holdFile, holdsOfFile } from '../../modules/files/index.ts';
import { type FrozenAnswers, freeze, sealsHold } from '../../modules/forms/index.ts';
import { addStaff } from '../../modules/identity/index.ts';
import { findSubmission, forgetOwnAnswer, ownAnswersIn } from '../../modules/intake/index.ts';
import { askedTerms, findTexts, searchKey } from '../../modules/search/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { verifyAll } from '../verify.ts';
import { forgetOwnFields } from './own-fields.ts';

const word = 'Schlehenlikör';
let now = new Date('2026-11-26T09:00:00Z');
const office = await openTestOffice({ now: () => now });
const [tenant] = office.tenants;
assert.ok(tenant);
const { services } = office;
const jobcenterId = tenant.jobcenter.id;
const team = tenant.teams['leistung'] ?? '';
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenterId, work);
const keys = await services.keyring.of(jobcenterId);
const secrets = { password: 'Lou Lou Lou Lou', totpSecret: 'JBSWY3DP' };
const hired = await inTenant((tx) =>
  addStaff(tx, Buffer.alloc(32, 1), { login: 'lou', name: 'Lou', role: 'lead', teamIds: [team], ...secrets }),
);
assert.ok(hired.kind === 'added');
const lou = { id: hired.id, role: 'lead', teamIds: [team] } as const;
const actor = { kind: 'staff', id: hired.id, name: 'Lou' } as const;
const act = (caseId: string) => ({ actor, reader: readerOf(lou), caseId });

for (const [name, years] of [
  ['Kurz', 1],
  ['Lang', 5],
] as const) {
  const definition = {
    label: { de: name },
    help: { de: '' },
    target: 'form',
    kind: 'text',
    choices: [],
    concerns: [],
    team: null,
    purpose: 'Probe',
    legalBasis: '§ 67a SGB X',
    category: 'none',
    writeHere: 'Was gilt',
    notHere: 'Keine Diagnosen',
    years,
  } as const;
  const input = { definition: { ...definition, choices: [], concerns: [] }, why: 'Probe' };
  const saved = await inTenant((tx) => addField(tx, { actor, role: 'lead' }, input, { concerns: [], teams: [] }));
  assert.ok(saved.kind === 'saved');
}
const form = await services.catalogue.find(jobcenterId, 'umzug');
assert.ok(form);
const asked = form.questions.flatMap(({ fields }) => fields).filter(({ key }) => key.startsWith('own_'));
const keyOf = (label: string): string => asked.find((field) => field.label.de === label)?.key ?? '';
const [short, long] = [keyOf('Kurz'), keyOf('Lang')];
assert.equal(answerKey({ key: short.slice(4).replaceAll('_', '-') }), short);

async function answered(): Promise<{ caseId: string; fileId: string; submissionId: string }> {
  assert.ok(tenant && form);
  const answers = { said: 'zieht um', [short]: `${word} kurz`, [long]: `${word} lang` };
  const { caseId, receipt } = await office.submit(tenant, {
    form,
    answers,
    frozen: { ...freeze(form, answers, 'de') },
    teamId: team,
  });
  const rows = await inTenant((tx) =>
    tx.raw<{ id: string }>('select file_id id from app.office_case where jobcenter_id = $1 and id = $2', [
      jobcenterId,
      caseId,
    ]),
  );
  return { caseId, fileId: rows[0]?.id ?? '', submissionId: receipt.submissionId };
}
const left = async (caseId: string): Promise<string[]> =>
  (await inTenant((tx) => ownAnswersIn(tx, caseId))).map((each) => each.field).sort();
const frozenOf = async (submissionId: string): Promise<Map<string, string>> => {
  const frozen = (await inTenant((tx) => findSubmission(tx, submissionId)))?.frozen as unknown as FrozenAnswers;
  return new Map(frozen.sections.flatMap(({ items }) => items.map(({ field, text }) => [field, text] as const)));
};
/** Whether the search finds a submission by a word of it. */
const isFound = async (typed: string): Promise<boolean> => {
  const all = await inTenant((tx) =>
    findTexts(
      tx,
      searchKey(keys),
      { circles: [], mayOpen: openableCase(tx, readerOf(lou)) },
      { terms: askedTerms(typed) },
      20,
    ),
  );
  return all.hits.length > 0;
};
const night = () => forgetOwnFields(office.jobs)();
const isTrue = async (): Promise<void> => {
  const verdict = await verifyAll(services, { onProblem: (problem) => assert.fail(problem) });
  assert.equal(verdict.problems, 0);
};

test('an answer to an own question goes after its years, the others stay, and the receipt proves what it proved', async () => {
  const { caseId, fileId, submissionId } = await answered();
  await isTrue();
  const said = await frozenOf(submissionId);
  assert.deepEqual([said.get(short), said.get(long)], [`${word} kurz`, `${word} lang`], 'frozen as it was said');
  now = new Date('2027-03-01T09:00:00Z');
  await night();
  assert.deepEqual(await left(caseId), [short, long].sort(), 'an open case keeps its answers');
  await inTenant((tx) => closeCase(tx, act(caseId)));
  await assert.rejects(
    inTenant((tx) => tx.raw('select app.forget_answer($1, $2, $3)', [submissionId, 'said', ''])),
    /not to be forgotten/,
    'no answer to a question of the form itself',
  );
  now = new Date('2028-12-31T12:00:00Z');
  await night();
  assert.equal((await left(caseId)).length, 2, 'the last day');
  now = new Date('2029-01-01T12:00:00Z');
  await inTenant((tx) => holdFile(tx, 'Lou', { fileId, documentId: null, reason: 'Klage' }));
  await night();
  assert.equal((await left(caseId)).length, 2, 'held');
  const [hold] = await inTenant((tx) => holdsOfFile(tx, fileId));
  await inTenant((tx) => endHold(tx, 'Lou', { id: hold?.id ?? '', reason: 'aus', fileId, documentIds: [] }));
  assert.equal(await rowsWith(`${word} kurz`), 1);
  assert.ok((await isFound('kurz')) && (await isFound('lang')));
  await night();
  assert.deepEqual(await left(caseId), [long]);
  const now_ = await frozenOf(submissionId);
  assert.deepEqual([now_.get(short), now_.get(long)], ['Gelöscht, weil die Frist vorbei ist', `${word} lang`]);
  assert.equal(now_.get('said'), said.get('said'), 'everything else stands as it was frozen');
  assert.equal(await rowsWith(`${word} kurz`), 0, 'in no row of any table');
  assert.deepEqual([await isFound('kurz'), await isFound('lang'), await isFound('Frist')], [false, true, false]);
  await isTrue();
  await night();
  assert.deepEqual(await left(caseId), [long], 'a second night changes nothing');
  now = new Date('2033-01-02T12:00:00Z');
  await inTenant((tx) => reopenCase(tx, act(caseId), 'läuft weiter'));
  await night();
  assert.deepEqual(await left(caseId), [long], 'opened again');
  const answer = { submissionId, field: long, caseId };
  await assert.rejects(
    inTenant((tx) => forgetOwnAnswer(tx, keys, answer)),
    /not to be forgotten/,
    'and the database says so too',
  );
  await inTenant((tx) => closeCase(tx, act(caseId)));
  now = new Date('2039-01-02T12:00:00Z');
  await night();
  assert.deepEqual(await left(caseId), []);
  assert.equal(await rowsWith(word), 0);
  await isTrue();
});

test('whoever changes a closed answer, or the number that closes it, is found out', async () => {
  const { submissionId } = await answered();
  const owner = new pg.Client({ connectionString: office.database.superuserUrl });
  await owner.connect();
  const frozen = (await inTenant((tx) => findSubmission(tx, submissionId)))?.frozen;
  assert.ok(frozen !== undefined && sealsHold(frozen));
  const forge = JSON.stringify(frozen).replace(`${word} lang`, `${word} anders`);
  await owner.query('update app.submission set frozen = $2 where id = $1', [submissionId, forge]);
  const problems: string[] = [];
  await verifyAll(services, { onProblem: (problem) => problems.push(problem) });
  assert.match(problems.join(), /does not fit the answers/);
  await owner.query('update app.submission set frozen = $2 where id = $1', [submissionId, JSON.stringify(frozen)]);
  await owner.end();
  await isTrue();
});

/** Rows of all tables in which a text stands. */
async function rowsWith(text: string): Promise<number> {
  const owner = new pg.Client({ connectionString: office.database.superuserUrl });
  await owner.connect();
  const { rows } = await owner.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('app', 'queue')",
  );
  let count = 0;
  for (const { name } of rows)
    count += (await owner.query(`select 1 from ${name} t where t::text ilike $1`, [`%${text}%`])).rowCount ?? 0;
  await owner.end();
  return count;
}
