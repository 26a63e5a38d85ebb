import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BlobMissing, openBlobFolder } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'tandem-blobs-'));
after(() => rmSync(root, { recursive: true }));
const blobs = openBlobFolder(join(root, 'blobs'));

test('many blobs at once are all there, byte for byte', async () => {
  await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      blobs.put(`a/${i % 3}/${i}`, [Buffer.from(`head ${i} `), Buffer.from('body')]),
    ),
  );
  for (let i = 0; i < 50; i += 1) assert.equal((await blobs.get(`a/${i % 3}/${i}`)).toString(), `head ${i} body`);
});

test('a name is written once, a missing one is named, a path cannot leave the folder', async () => {
  await blobs.put('once', [Buffer.from('1')]);
  await assert.rejects(blobs.put('once', [Buffer.from('2')]));
  assert.equal((await blobs.get('once')).toString(), '1');
  await assert.rejects(blobs.get('never'), BlobMissing);
  await blobs.remove('once');
  await blobs.remove('once');
  await assert.rejects(blobs.put('../out', [Buffer.from('x')]), /Not the name/);
});
