import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';
import { projectPath } from '../../src/platform/env/project.ts';

const read = (path: string): string => readFileSync(projectPath(path), 'utf8');
const documents = ['*.md', 'docs/**/*.md', 'src/**/*.md'].flatMap((pattern) =>
  globSync(pattern, { cwd: projectPath() }),
);

test('every link between documents leads somewhere', () => {
  const broken = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
      .map((match) => match[1] ?? '')
      .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(projectPath(posix.join(posix.dirname(file), link))))
      .map((link) => `${file}: ${link}`),
  );
  assert.deepEqual(broken, []);
});

test('the README names every command and every setting', () => {
  const readme = read('README.md');
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const commands = Object.keys(scripts).map((name) =>
    name === 'start' || name === 'test' ? `npm ${name}` : `npm run ${name}`,
  );
  const settings = [...read('src/platform/env/config.ts').matchAll(/(?:read|value)\(env, '([A-Z_]+)'/g)].map(
    (match) => match[1] ?? '',
  );
  assert.ok(settings.length > 5);
  assert.deepEqual(
    [...commands, ...new Set(settings)].filter((name) => !readme.includes(name)),
    [],
  );
});

test('decisions are numbered without a gap, dated, and in the list', () => {
  const list = read('docs/adr/README.md');
  const files = globSync('0*.md', { cwd: projectPath('docs/adr') }).sort();
  files.forEach((file, index) => {
    const text = read(`docs/adr/${file}`);
    assert.equal(file.slice(0, 4), String(index + 1).padStart(4, '0'));
    assert.match(text, /^# \d{4} .+\n\nStatus: (accepted|replaced by \d{4}), \d{4}-\d{2}-\d{2}\n/);
    for (const part of ['Context', 'Decision', 'Consequences', 'Refused'])
      assert.ok(text.includes(`\n## ${part}\n`), `${file}: ${part}`);
    assert.ok(list.includes(file), file);
  });
});
