import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { newId } from '../../src/kernel/ids.ts';
import { projectPath } from '../../src/platform/env/project.ts';
import { fillFromKept, type KeptData } from './kept-data.ts';

const place = mkdtempSync(join(tmpdir(), 'tandem-kept-test-'));
const name = `kept-${newId(new Date())}`;
const kept = (): string[] => readdirSync(projectPath('build')).filter((each) => each.startsWith(name));
after(() => {
  rmSync(place, { recursive: true, force: true });
  for (const each of kept()) rmSync(projectPath('build', each), { recursive: true, force: true });
});

let made = 0;
let stopped = 0;
const data = (words: readonly string[], at = ''): KeptData => ({
  name,
  words,
  files: [],
  make: async (dataDir) => {
    made += 1;
    mkdirSync(join(dataDir, 'postgres'));
    writeFileSync(join(dataDir, 'postgres', 'rows'), words.join());
    return {
      folder: at || join(dataDir, 'postgres'),
      stop: async () => {
        stopped += 1;
      },
    };
  },
});
const fresh = (): string => mkdtempSync(join(place, 'data-'));
const rows = (folder: string): string => join(folder, 'postgres', 'rows');

test('what is made at once by several is kept once, and every user has files of their own', async () => {
  const folders = [fresh(), fresh(), fresh()];
  assert.deepEqual(await Promise.all(folders.slice(0, 2).map((each) => fillFromKept(data(['a']), each))), [true, true]);
  const before = made;
  assert.equal(await fillFromKept(data(['a']), folders[2] as string), true);
  assert.deepEqual([made, stopped, kept().length], [before, before, 1]);
  const inodes = folders.map((each) => statSync(rows(each)).ino);
  assert.equal(new Set([...inodes, statSync(rows(projectPath('build', kept()[0] as string))).ino]).size, 4);
  for (const each of folders) assert.equal(readFileSync(rows(each), 'utf8'), 'a');
});

test('other contents are made anew; of those only the newest stay', async () => {
  for (const word of ['b', 'c', 'd', 'e']) {
    const folder = fresh();
    assert.equal(await fillFromKept(data([word]), folder), true);
    assert.equal(readFileSync(rows(folder), 'utf8'), word);
  }
  assert.ok(kept().length <= 4, kept().join(' '));
});

test('a maker that fails, or whose cluster lies elsewhere, leaves nothing', async () => {
  const before = kept();
  const failing = { ...data(['f']), make: () => Promise.reject(new Error('no room')) };
  await assert.rejects(fillFromKept(failing, fresh()), /no room/);
  const folder = fresh();
  assert.equal(await fillFromKept(data(['g'], join(place, 'elsewhere')), folder), false);
  assert.deepEqual(readdirSync(folder), []);
  assert.deepEqual(kept(), before);
});
