import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { projectPath } from '../../platform/env/project.ts';

test('the stylesheets are those their sources make', () => {
  const { status, stderr } = spawnSync(process.execPath, [projectPath('tools/css.mjs'), '--check'], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
});

test('a stylesheet weighs at most 14 KB on the line and loads nothing from elsewhere', () => {
  for (const surface of ['portal', 'workspace']) {
    const css = readFileSync(projectPath('src/assets/css', `${surface}.css`), 'utf8');
    assert.ok(gzipSync(css).length <= 14_000, surface);
    assert.doesNotMatch(css, /https?:(?!\/\/www\.w3\.org\/2000\/svg)|@import/);
  }
});

test('a choice keeps its arrow where something is wrong with it', () => {
  for (const surface of ['portal', 'workspace']) {
    const css = readFileSync(projectPath('src/assets/css', `${surface}.css`), 'utf8');
    assert.match(css, /\.td-select\{[^}]*background-image:/);
    const wrong = /\.kern-form-input__input\[aria-invalid\]\{([^}]*)\}/.exec(css)?.[1] ?? '';
    assert.match(wrong, /background-color:/);
    assert.doesNotMatch(wrong, /background:/, 'which would take the picture of the arrow away');
  }
});
