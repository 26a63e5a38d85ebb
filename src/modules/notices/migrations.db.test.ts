import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import pg from 'pg';
import {
  app,
  at,
  begin,
  kim,
  newCase,
  refusal,
  release,
  services,
  submit,
  today,
  write,
} from '../../../test/support/letters.ts';
import { prepared } from '../../../test/support/submit.ts';
import { projectPath } from '../../platform/env/project.ts';
import { markLetters, noteDrawn, noteReturned, sendAgain } from './index.ts';

/** Runs once more what a migration does with rows that are there. */
async function again(file: string, ...before: readonly string[]): Promise<void> {
  const sql = readFileSync(projectPath('db/migrations', file), 'utf8');
  const owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  for (const each of before) await owner.query(`begin; select app.enter('${app.jobcenter.id}'); ${each}; commit`);
  await owner.query(`begin; ${sql.slice(sql.indexOf('do $$'))}; commit`);
  await owner.end();
}

test('letters of a stack that came back get the picture of their own return, of the moment at which both were noted', async () => {
  const caseId = await newCase();
  const id = await begin(caseId, 'ablehnung');
  await write(id, refusal);
  await submit(id);
  await release(id);
  const batch = await at(async (tx) => {
    const row = { id: tx.newId(), name: 'S.pdf', source: 'upload', sha256: Buffer.alloc(32), received_on: today };
    await tx.insertInto('scan_batch', [{ ...row, created_at: tx.now, state: 'ready' }]);
    return row.id;
  });
  const pictures = [];
  let ticks = 0; // steps stand in the order of their moments
  const later = (): Date => {
    ticks += 1_000;
    return new Date(services.clock.now().getTime() + ticks);
  };
  for (const minute of [1, 2]) {
    await at((tx) => noteDrawn(tx, kim.actor, [id]), later());
    for (const done of [{ done: 'printed' }, { done: 'posted', day: today }] as const)
      await at((tx) => markLetters(tx, kim.actor, kim.reader, { ids: [id], ...done }), later());
    const picture = await prepared(services, app, 'Umschlag.pdf');
    const noted = await at(async (tx) => {
      const letter = { batch_id: batch, position: minute, begins: 'batch-start', state: 'returned', suggestion: '{}' };
      const where = { case_id: caseId, notice_id: id, filed_at: tx.now, filed_by: kim.actor.id };
      await tx.insertInto('scan_letter', [{ id: tx.newId(), ...letter, ...where }]);
      return noteReturned(tx, { ...kim, noticeId: id }, 'verzogen', picture);
    }, later());
    assert.equal(noted.kind, 'done');
    pictures.push({ id: picture.id });
    await at((tx) => sendAgain(tx, { ...kim, noticeId: id }, { recipient: 'Mika Muster\nAllee 2' }), later());
  }
  await again('0043_picture_of_a_return.sql');
  const found = await at((tx) =>
    tx.raw('select returned_document_id as id from app.scan_letter where notice_id = $1 order by position', [id]),
  );
  assert.deepEqual(found, pictures);
});

test('only versions of blocks from before there were translations say nothing of them', async () => {
  const version = (key: string, moment: string) =>
    `insert into app.text_block (jobcenter_id, key, version, title, body, translations, retired, reason, at, actor_id, actor_name)
     values ('${app.jobcenter.id}', '${key}', 1, 'T', 'T', '{}', false, 'x', ${moment}, 'x', 'x')`;
  await again(
    '0044_blocks_without_a_word_of_translation.sql',
    version('frueher', `'2026-01-01'`),
    version('spaeter', `now() + interval '1 day'`),
  );
  const rows = await at((tx) =>
    tx.raw(`select key, translations from app.text_block where key in ('frueher', 'spaeter') order by key`, []),
  );
  assert.deepEqual(rows, [
    { key: 'frueher', translations: null },
    { key: 'spaeter', translations: {} },
  ]);
});
