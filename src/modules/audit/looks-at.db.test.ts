import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { newId } from '../../kernel/ids.ts';
import { looksAt, recordAudit } from './index.ts';

let now = new Date('2026-11-24T08:00:00Z');
const office = await openTestOffice({ now: () => now });
const jobcenterId = office.tenants[0]?.jobcenter.id ?? '';
const [caseId, paper] = [newId(now), newId(now)];

const look = (
  minute: number,
  detail: { page?: number; original?: true; copy?: true; renewed?: true },
  name = 'Ada',
) => {
  now = new Date(Date.UTC(2026, 10, 24, 8, minute));
  const entry = { action: 'document.read', subjectType: 'document', subjectId: paper, caseId, detail };
  return office.database.database.tenant(jobcenterId, (tx) =>
    recordAudit(tx, { kind: 'staff', id: name, name }, entry),
  );
};

test('who leafs through a paper or has it open looks once; every original that was taken counts, whatever the question for it said of itself', async () => {
  await look(0, { page: 0 });
  await look(1, { page: 1 });
  await look(5, { page: 0, renewed: true });
  await look(20, { page: 0, renewed: true });
  await look(21, { original: true });
  await look(22, { original: true, renewed: true });
  await look(23, { copy: true, renewed: true });
  await look(30, { page: 0, renewed: true }, 'Eva');
  await look(55, { page: 0, renewed: true });
  await look(58, { page: 0 });
  const until = new Date(Date.UTC(2026, 10, 24, 8, 57));
  const looks = await office.database.database.tenant(jobcenterId, (tx) =>
    looksAt(tx, { caseId, subjectIds: [paper], until }),
  );
  assert.deepEqual(
    looks.map(({ actorName, how, first, last, times }) => [
      actorName,
      how,
      first.getUTCMinutes(),
      last.getUTCMinutes(),
      times,
    ]),
    [
      ['Ada', 'opened', 0, 55, 2], // after more than half an hour it is a look of its own
      ['Ada', 'taken', 21, 22, 2],
      ['Ada', 'copyTaken', 23, 23, 1],
      ['Eva', 'opened', 30, 30, 1],
    ],
  );
});
