// `npm run check:access` is this test with a line for each cell that is open, and why.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeMedia } from '../../src/platform/media/index.ts';
import { closeTypesetter } from '../../src/platform/pdf/index.ts';
import { closeReading } from '../../src/platform/reading/index.ts';
import { startTestApp } from '../support/app.ts';
import { accessMatrix, faultsOf } from './support/matrix/matrix.ts';

after(closeReading);
after(closeMedia);
after(closeTypesetter);

test('every route and query, every role, team, Jobcenter, client, helper and program: open is what is declared', async (t) => {
  const matrix = await accessMatrix(await startTestApp(), (line) => t.diagnostic(line));
  const open = matrix.cells.filter((cell) => cell.open);
  if (process.env['TANDEM_ACCESS_LINES'] !== undefined)
    for (const { route, who, why } of open) console.log(`${route}: ${who}: ${why}`);
  t.diagnostic(`${matrix.cells.length} cells, ${open.length} of them open`);
  assert.deepEqual(faultsOf(matrix), []);
  // A query that finds nothing for anybody says nothing of who is kept out.
  const queries = Map.groupBy(
    matrix.cells.filter(({ route }) => route.startsWith('query ')),
    ({ route }) => route,
  );
  const empty = [...queries].filter(([, cells]) => !cells.some(({ open: found }) => found));
  assert.deepEqual(
    empty.map(([route]) => route),
    [],
    'asked of a world in which there is nothing to find',
  );
  const [cell] = matrix.cells;
  assert.ok(cell);
  const other = { ...cell, open: !cell.open };
  assert.equal(faultsOf({ cells: [other], leaks: ['a name is read'], changed: ['promise'] }).length, 3);
});
