import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import { test } from 'node:test';
import { projectPath } from '../../src/platform/env/project.ts';
import { rowOf } from './layers.ts';
import { check, exceptions, migratedTables, tableOwners } from './rules.ts';
import { readSources } from './source.ts';

test('the house keeps its rules', () => {
  const found = check(readSources('src', 'test', 'bench')).map(({ rule, at, why }) => `${at} [${rule}] ${why}`);
  assert.deepEqual(found, [], `\n${found.join('\n')}\n`);
});

test('every table has exactly one owner', () => {
  assert.deepEqual(Object.keys(tableOwners).sort(), migratedTables().sort());
});

test('no exception outlives the file it was made for', () => {
  const gone = exceptions.flatMap((allowed) => Object.keys(allowed)).filter((path) => !existsSync(projectPath(path)));
  assert.deepEqual(gone, []);
});

test('every module has a row, a face and a page that explains it', () => {
  for (const module of globSync('*', { cwd: projectPath('src/modules') })) {
    assert.notEqual(rowOf(module), -1, module);
    for (const file of ['index.ts', 'README.md'])
      assert.deepEqual(globSync(file, { cwd: projectPath('src/modules', module) }), [file], `${module}/${file}`);
  }
});

/** One planted violation for each rule: file, code, rule that must find it. */
const planted: readonly (readonly [path: string, text: string, rule: string])[] = [
  ['src/kernel/x.ts', "import { translate } from '../platform/i18n/index.ts';", 'imports'],
  ['src/platform/x/index.ts', "import { inbox } from '../../modules/cases/index.ts';", 'imports'],
  ['src/platform/x/index.ts', "import type { Field } from '../../ui/index.ts';", 'imports'],
  ['src/ui/x.tsx', "import { openLog } from '../platform/log/index.ts';", 'imports'],
  ['src/ui/x.tsx', "export { inbox } from '../modules/cases/index.ts';", 'imports'],
  ['src/modules/cases/x.ts', "import { sha } from '../documents/store.ts';", 'imports'],
  ['src/modules/people/x.ts', "import { openCase } from '../cases/index.ts';", 'imports'],
  ['src/modules/audit/x.ts', "import { allTeams } from '../settings/index.ts';", 'imports'],
  ['src/modules/cases/x.ts', "import type { Receipt } from '../intake/index.ts';", 'imports'],
  ['src/modules/forms/x.ts', "export * from '../cases/index.ts';", 'imports'],
  ['src/modules/surveys/x.ts', "import { findPerson } from '../people/index.ts';", 'imports'],
  ['src/modules/unheard-of/x.ts', "import { recordAudit } from '../audit/index.ts';", 'imports'],
  ['src/modules/cases/x.ts', "import { Button } from '../../ui/index.ts';", 'imports'],
  ['src/modules/cases/x.ts', "import type { Context } from 'hono';", 'imports'],
  ['src/modules/cases/x.ts', "const s = await import('../../surfaces/services.ts');", 'imports'],
  ['src/surfaces/portal/x.ts', "import { routes } from '../workspace/routes.ts';", 'imports'],
  ['src/surfaces/workspace/x.ts', "type R = import('../channels/api/route.ts').ApiRoute;", 'imports'],
  ['src/surfaces/portal/x.ts', "import { visibleTo } from '../../modules/cases/access.ts';", 'imports'],
  ['src/surfaces/request.ts', "import { portalRoutes } from './portal/index.ts';", 'imports'],
  ['src/platform/x/index.ts', "import { apiRoutes } from '../../surfaces/channels/api/index.ts';", 'imports'],
  ['src/surfaces/portal/x.ts', "import { compose } from '../../main/compose.ts';", 'imports'],
  ['src/main/x.ts', "import { appendEvent } from '../modules/cases/events.ts';", 'imports'],
  ['src/main/x.ts', "import { startTestApp } from '../../test/support/app.ts';", 'imports'],
  ['src/modules/cases/x.ts', 'const m = await import(address);', 'computed-import'],
  ['src/modules/cases/x.ts', 'const url = process.env.DATABASE_URL;', 'environment'],
  ['src/main/x.ts', 'const { env } = process;', 'environment'],
  ['src/platform/log/x.ts', "import { env } from 'node:process';", 'environment'],
  ['src/modules/cases/x.ts', 'const now = new Date();', 'clock'],
  ['src/surfaces/portal/x.ts', 'const now = Date.now();', 'clock'],
  ['src/platform/http/x.ts', 'const now = performance.now();', 'clock'],
  ['src/surfaces/portal/x.ts', "import { randomBytes } from 'node:crypto';", 'crypto'],
  ['src/modules/cases/x.ts', 'const n = Math.random();', 'crypto'],
  ['src/modules/cases/x.ts', 'const n = crypto.randomUUID();', 'crypto'],
  ['src/modules/intake/x.ts', "tx.tables<T>().selectFrom('office_case').selectAll();", 'tables'],
  [
    'src/modules/intake/x.ts',
    "tx.tables<T>().selectFrom('receipt').innerJoin('app.person as p', 'p.id', 'x');",
    'tables',
  ],
  ['src/surfaces/portal/x.ts', "tx.raw('select name from team t where t.jobcenter_id = $1', []);", 'tables'],
  ['src/main/x.ts', 'client.query(`update app.draft set language = $1`);', 'tables'],
  ['src/modules/cases/x.ts', "console.log('here');", 'console'],
  ['src/modules/cases/x.ts', 'const x = y as any;', 'types'],
  ['test/e2e/x.e2e.test.ts', 'const x: any = 1;', 'types'],
  ['src/modules/cases/x.ts', '// @ts-ignore\nconst x = 1;', 'types'],
];

for (const [path, text, rule] of planted) {
  test(`a planted violation is found: ${path}: ${text.replace('\n', ' ')}`, () => {
    assert.deepEqual(
      check([{ path, text }]).map((violation) => violation.rule),
      [rule],
    );
  });
}

const welcome: readonly (readonly [path: string, text: string])[] = [
  [
    'src/modules/intake/x.ts',
    "import { openCase } from '../cases/index.ts';\nimport { sha256 } from '../../platform/crypto/index.ts';",
  ],
  ['src/modules/intake/x.ts', "import type { KeyObject } from 'node:crypto';\nconst day = new Date(0);"],
  [
    'src/surfaces/portal/a/x.tsx',
    "import { Field } from '../../../ui/index.ts';\nimport type { Services } from '../../services.ts';\nimport { h } from '../b/y.ts';",
  ],
  ['src/modules/cases/x.ts', "tx.tables<T>().selectFrom('office_case as c').selectAll();"],
  ['src/main/x.ts', "import { apiRoutes } from '../surfaces/channels/api/index.ts';\nconsole.log(performance.now());"],
];

for (const [path, text] of welcome) {
  test(`what is allowed is not reported: ${path}: ${text.split('\n')[0]}`, () =>
    assert.deepEqual(check([{ path, text }]), []));
}
