import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { openTestOffice } from '../../../test/support/office.ts';
import type { CaseReader } from '../../modules/cases/index.ts';
import { decidePair, openPairs, pairsOfCase } from '../../modules/twice/index.ts';
import { closeMedia, joinImages, renderPage } from '../../platform/media/index.ts';
import { closeReading } from '../../platform/reading/index.ts';
import { generateHouseholds } from '../demo/households.ts';
import { type DemoPaper, drawPaper } from '../demo/papers/index.ts';
import { readOne } from './read-document.ts';
import { compareOne } from './twice.ts';

const office = await openTestOffice();
after(closeMedia);
after(closeReading);
const { services, jobs } = office;
const [tenant] = office.tenants as [(typeof office.tenants)[number]];
const jobcenterId = tenant.jobcenter.id;
const { leistung = '' } = tenant.teams;
const inTenant = <T>(work: Parameters<typeof services.database.tenant<T>>[1]) =>
  services.database.tenant(jobcenterId, work);
const member = generateHouseholds('elsewhere', 12).find((each) => each.members[0]?.job !== undefined);

/** A paper as it was brought: a photo, or a grey scan in a PDF without a text layer. */
async function brought(form: 'photo' | 'scan', facts: Extract<DemoPaper, { kind: 'payslip' }>['facts']) {
  const drawn = await drawPaper({ kind: 'payslip', facts, form: form === 'photo' ? 'jpeg' : 'pdf', name: 'Lohn' });
  if (form === 'photo') return drawn;
  const page = await renderPage(drawn.bytes, 'application/pdf', 1, 1_654);
  assert.ok(!('failed' in page));
  const grey = await sharp(page.bytes).flatten({ background: '#fff' }).greyscale().jpeg({ quality: 70 }).toBuffer();
  return { name: 'Scan.pdf', mediaType: 'application/pdf', bytes: await joinImages([grey]) } as const;
}

test('a photo in one household and a scan in another are found to be one paper, for those alone who may see both', async () => {
  const [own] = member?.members ?? [];
  assert.ok(member !== undefined && own?.job !== undefined);
  const facts = { person: own, address: member.address, job: own.job, bank: member.bank, month: '2026-04-01' };
  const arrive = async (form: 'photo' | 'scan', familyName: string, teamId: string | null) => {
    const file = await brought(form, facts);
    const document = await services.vault.prepare(jobcenterId, { ...file, bytes: Buffer.from(file.bytes), pages: 1 });
    const { caseId } = await office.submit(tenant, {
      person: { familyName, givenName: 'Mina', birthDate: familyName === 'Richtig' ? '1990-01-02' : '1984-11-12' },
      channel: form === 'photo' ? 'portal' : 'post',
      documents: [{ document, field: 'papers', recorded: false }],
      teamId,
    });
    await readOne(jobs)({ jobcenterId, documentId: document.id });
    await compareOne(jobs)({ jobcenterId, documentId: document.id });
    return caseId;
  };
  const first = await arrive('photo', 'Richtig', null);
  const second = await arrive('scan', 'Verkehrt', leistung);
  const lead: CaseReader = { role: 'lead', id: '00000000-0000-7000-8000-000000000001', teamIds: [] };
  const seen = await inTenant((tx) => pairsOfCase(tx, lead, second));
  assert.deepEqual(
    seen.map(({ level, reason, earlierCase, laterCase }) => [level, reason, earlierCase, laterCase]),
    [['same-document', 'same-document-elsewhere', first, second]],
  );
  const both: CaseReader = { ...lead, role: 'clerk', teamIds: [leistung] };
  assert.equal(
    (await inTenant((tx) => pairsOfCase(tx, both, first))).length,
    1,
    'sees cases without a team, and their own',
  );
  const one: CaseReader = { ...lead, role: 'clerk', teamIds: ['00000000-0000-7000-8000-000000000009'] };
  assert.deepEqual(await inTenant((tx) => pairsOfCase(tx, one, first)), [], 'sees the first case, and not the second');
  assert.deepEqual((await inTenant((tx) => openPairs(tx, one, undefined))).rows, []);
  const actor = { kind: 'staff', id: one.id, name: 'Kim Muster' } as const;
  const refused = await inTenant((tx) => decidePair(tx, { actor, reader: one }, seen[0]?.id ?? '', 'same'));
  assert.equal(refused.kind, 'not-found');
});
