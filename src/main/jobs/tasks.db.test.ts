import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import { prepared } from '../../../test/support/submit.ts';
import { recordAudit, verifyAudit } from '../../modules/audit/index.ts';
import { openClearingItems } from '../../modules/cases/index.ts';
import { insertDocuments } from '../../modules/documents/index.ts';
import { addDraftDocument, startDraft } from '../../modules/forms/index.ts';
import { beginAttempt } from '../../modules/identity/index.ts';
import { fixedClock } from '../../platform/clock/index.ts';
import { moveOutbox } from '../../platform/jobs/index.ts';
import { publicKeysById, sealIsBy } from '../audit-seal.ts';
import { verifyAll } from '../verify.ts';
import { allTasks } from './index.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const clock = fixedClock('2026-08-03T08:00:00Z');
const office = await openTestOffice(clock);
const { services, jobs } = office;
const tasks = new Map(allTasks(jobs).map((task) => [task.name, task]));
const run = (name: string, payload: unknown = {}): Promise<void> =>
  tasks.get(name)?.run(payload) ?? Promise.reject(new Error(`no task ${name}`));
const [tenant] = office.tenants as [(typeof office.tenants)[number]];
const { id: jobcenterId } = tenant.jobcenter;

async function asOwner<Row extends object>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: office.database.ownerUrl });
  await client.connect();
  try {
    await client.query(`begin; select app.enter('${jobcenterId}')`);
    const { rows } = await client.query<Row>(sql);
    await client.query('commit');
    return rows;
  } finally {
    await client.end();
  }
}

const waiting = async (): Promise<unknown[]> =>
  (await asOwner<{ payload: unknown }>('select payload from queue.outbox order by id')).map((row) => row.payload);

test('a submission whose job was lost is announced again until it is sorted, and not afterwards', async () => {
  const { receipt, caseId } = await office.submit(tenant);
  await asOwner('delete from queue.outbox');
  await run('sweep-unsorted', { days: 2 });
  assert.deepEqual(await waiting(), [], 'its turn may still come');
  clock.advance(6 * minute);
  await run('sweep-unsorted', { days: 2 });
  const payload = { jobcenterId, submissionId: receipt.submissionId };
  assert.deepEqual(await waiting(), [payload]);
  await run('sort-submission', payload);
  await run('sort-submission', payload);
  const items = await services.database.tenant(jobcenterId, (tx) => openClearingItems(tx, caseId));
  assert.deepEqual(
    items.map((item) => item.reason),
    ['person-unknown'],
  );
  await asOwner('delete from queue.outbox');
  await run('sweep-unsorted', { days: 2 });
  assert.deepEqual(await waiting(), []);
});

test('the audit log is sealed block by block, and a changed entry is found', async () => {
  await services.database.tenant(jobcenterId, async (tx) => {
    for (let i = 0; i < 1_100; i += 1)
      await recordAudit(
        tx,
        { kind: 'system', name: 'test' },
        { action: 'test.done', subjectType: 'test', subjectId: String(i) },
      );
  });
  clock.advance(2 * minute);
  await run('seal-audit');
  await run('seal-audit');
  const verdict = () =>
    services.database.tenant(jobcenterId, async (tx) => verifyAudit(tx, sealIsBy(await publicKeysById(tx))));
  const { blocks, entries, unsealed, broken } = await verdict();
  assert.deepEqual({ blocks, unsealed, broken }, { blocks: 2, unsealed: 0, broken: [] });
  assert.ok(entries > 1_100);
  await asOwner("update app.audit_entry set actor_name = 'nobody' where subject_id = '7'");
  const changed = await verdict();
  assert.match(changed.broken.join(), /^block [12] was changed$/);
  await asOwner("update app.audit_entry set actor_name = 'test' where subject_id = '7'");
  assert.deepEqual((await verdict()).broken, []);
});

test('a draft goes 30 days after its last edit, with key and bytes of the papers in it', async () => {
  const paper = await prepared(services, tenant, 'Entwurf.pdf');
  const draftId = await services.database.tenant(jobcenterId, async (tx) => {
    const { id } = await startDraft(tx, { concern: 'unterlagen', version: 1, language: 'de' });
    await insertDocuments(tx, [paper]);
    await addDraftDocument(tx, id, 'papers', paper.id);
    return id;
  });
  clock.advance(29 * day);
  await run('delete-expired-drafts');
  assert.ok(existsSync(join(jobs.blobFolder, paper.blob)));
  clock.advance(2 * day);
  await run('delete-expired-drafts');
  assert.ok(!existsSync(join(jobs.blobFolder, paper.blob)));
  assert.deepEqual(await asOwner(`select 1 from app.draft where id = '${draftId}'`), []);
  assert.deepEqual(await asOwner(`select wrapped_key, key_id from app.document where id = '${paper.id}'`), [
    { wrapped_key: null, key_id: null },
  ]);
  assert.deepEqual(await asOwner("select detail from app.audit_entry where action = 'draft.expired'"), [
    { detail: { drafts: 1, documents: 1 } },
  ]);
});

test('blobs that no document names go after a day, others and younger ones stay', async () => {
  const kept = await prepared(services, tenant, 'bleibt.pdf');
  const lost = await prepared(services, tenant, 'verloren.pdf');
  const young = await prepared(services, tenant, 'jung.pdf');
  await office.submit(tenant, { documents: [{ document: kept, field: 'papers', recorded: false }] });
  const derived = join(jobs.derivedFolder, `${lost.blob}.page-1`);
  const foreign = join(jobs.blobFolder, 'lost+found', 'something');
  for (const file of [derived, foreign]) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, 'x');
  }
  const old = new Date(clock.now().getTime() - 2 * day);
  for (const file of [join(jobs.blobFolder, kept.blob), join(jobs.blobFolder, lost.blob), derived, foreign])
    await utimes(file, old, old);
  await utimes(join(jobs.blobFolder, young.blob), clock.now(), clock.now());
  await run('sweep-blobs');
  const there = [
    join(jobs.blobFolder, kept.blob),
    join(jobs.blobFolder, young.blob),
    foreign,
    join(jobs.blobFolder, lost.blob),
    derived,
  ].map((file) => existsSync(file));
  assert.deepEqual(there, [true, true, true, false, false]);
});

test('failed proofs are forgotten after two days, idempotency keys after ninety', async () => {
  const key = Buffer.alloc(32);
  await services.database.tenant(jobcenterId, (tx) =>
    beginAttempt(tx, key, [{ kind: 'test', subject: 'somebody', most: 5, minutes: 5 }]),
  );
  await office.submit(tenant, { command: { key: 'one', requestHash: key } });
  const left = () =>
    asOwner(
      'select (select count(*)::int from app.attempt) as attempts, (select count(*)::int from app.command) as commands',
    );
  await run('forget-old-rows');
  assert.deepEqual(await left(), [{ attempts: 1, commands: 1 }]);
  clock.advance(3 * day);
  await run('forget-old-rows');
  assert.deepEqual(await left(), [{ attempts: 0, commands: 1 }]);
  clock.advance(90 * day);
  await run('forget-old-rows');
  assert.deepEqual(await left(), [{ attempts: 0, commands: 0 }]);
});

test('verify finds nothing wrong, and everything that is made wrong', async () => {
  const document = await prepared(services, tenant, 'Lohn.pdf');
  const { receipt } = await office.submit(tenant, { documents: [{ document, field: 'papers', recorded: false }] });
  const verify = async () => {
    const problems: string[] = [];
    const verdict = await verifyAll(services, { onProblem: (problem) => problems.push(problem) });
    return { verdict, problems };
  };
  const sound = await verify();
  assert.deepEqual(sound.problems, []);
  assert.deepEqual([sound.verdict.documents, sound.verdict.receipts, sound.verdict.blocks], [2, 4, 2]);
  const blob = join(jobs.blobFolder, document.blob);
  await writeFile(blob, 'something else entirely, long enough to look sealed');
  await asOwner(`update app.submission set frozen = '[]' where id = '${receipt.submissionId}'`);
  const { verdict, problems } = await verify();
  assert.equal(verdict.problems, 2);
  assert.match(problems[0] ?? '', new RegExp(`document ${document.id} cannot be opened`));
  assert.match(problems[1] ?? '', new RegExp(`receipt ${receipt.number} does not fit the answers`));
});

test('the outbox can be moved with the jobs that all this announced', async () => {
  const client = new pg.Client({ connectionString: office.database.ownerUrl });
  await client.connect();
  assert.ok((await moveOutbox(client)) > 0);
  await client.end();
});
