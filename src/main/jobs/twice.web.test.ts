import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import { letterSheet, scanPdf } from '../../../test/support/scans.ts';
import { documentsByIds, insertDocuments, type PreparedDocument } from '../../modules/documents/index.ts';
import { judgeTwins, pairsOfCase, twinFiles } from '../../modules/twice/index.ts';
import { closeMedia } from '../../platform/media/index.ts';
import { closeReading } from '../../platform/reading/index.ts';
import { generateHouseholds } from '../demo/households.ts';
import { type DemoPaper, drawPaper } from '../demo/papers/index.ts';
import { allTasks } from './index.ts';

after(async () => {
  closeReading();
  await closeMedia();
});

const office = await openTestOffice();
const { services } = office;
const [tenant] = office.tenants as [(typeof office.tenants)[number]];
const { id: jobcenterId } = tenant.jobcenter;
const tasks = new Map(allTasks(office.jobs).map((task) => [task.name, task]));
const lead = { role: 'lead', id: '00000000-0000-7000-8000-000000000001', teamIds: [] } as const;

/** Runs what was announced, and what that announces. */
async function work(): Promise<string[]> {
  const client = new pg.Client({ connectionString: office.database.ownerUrl });
  await client.connect();
  const done: string[] = [];
  for (;;) {
    const { rows } = await client.query<{ task: string; payload: unknown }>(
      'with taken as (delete from queue.outbox returning id, task, payload) select task, payload from taken order by id',
    );
    if (rows.length === 0) break;
    for (const { task, payload } of rows) {
      await tasks.get(task)?.run(payload);
      done.push(task);
    }
  }
  await client.end();
  return done;
}

const household = generateHouseholds('twice', 12).find((each) => each.members[0]?.job !== undefined);
const member = household?.members[0];
if (household === undefined || member?.job === undefined) throw new Error('Nobody has a job.');
const { familyName, givenName, birthDate, job } = member;
const payslip = (month: string, form: 'pdf' | 'jpeg'): DemoPaper => ({
  kind: 'payslip',
  facts: { person: member, address: household.address, job, bank: household.bank, month },
  form,
  name: `Lohn ${month}`,
});

async function arrive(paper: DemoPaper, channel: 'post' | 'portal'): Promise<string> {
  const drawn = await drawPaper(paper);
  const document = await services.vault.prepare(jobcenterId, { ...drawn, pages: 1 });
  const documents = [{ document, field: 'papers', recorded: false as const }];
  const person = { familyName, givenName, birthDate };
  return (await office.submit(tenant, { person, channel, documents })).caseId;
}

test('a payslip as a file and as a photo is one paper with its marks, the next month is another one', async () => {
  const first = await arrive(payslip('2026-04-01', 'pdf'), 'post');
  await work();
  const photo = await arrive(payslip('2026-04-01', 'jpeg'), 'portal');
  const done = await work();
  assert.ok(done.includes('read-document') && done.includes('compare-document'), done.join());
  const pairs = await services.database.tenant(jobcenterId, (tx) => pairsOfCase(tx, lead, photo));
  const [pair] = pairs.filter((each) => each.level === 'same-document');
  assert.ok(pair !== undefined && pair.score >= 0.5);
  assert.deepEqual([pair.earlierCase, pair.laterCase], [first, photo]);
  const [marks] = pair.marks;
  assert.ok(marks !== undefined && marks.agree.length > 5);
  for (const { a, b } of marks.agree)
    for (const place of [a, b])
      assert.ok(place.x >= 0 && place.y >= 0 && place.x + place.width <= 1.01 && place.y + place.height <= 1.01);
  const next = await arrive(payslip('2026-05-01', 'pdf'), 'portal');
  await work();
  const others = await services.database.tenant(jobcenterId, (tx) => pairsOfCase(tx, lead, next));
  assert.deepEqual(
    others.map((each) => each.level),
    [],
  );
  await tasks.get('sweep-twice')?.run({ days: 2 });
  assert.deepEqual(await work(), [], 'everything was looked at');
});

test('a file and a photo of one paper in one draft are told apart from the next month, before anything is sent', async () => {
  const drawn = [payslip('2026-01-01', 'pdf'), payslip('2026-01-01', 'jpeg'), payslip('2026-02-01', 'pdf')];
  const prepared: PreparedDocument[] = [];
  for (const paper of drawn)
    prepared.push(await services.vault.prepare(jobcenterId, { ...(await drawPaper(paper)), pages: 1 }));
  await services.database.tenant(jobcenterId, (tx) => insertDocuments(tx, prepared));
  const ids = prepared.map((each) => each.id);
  const twins = () =>
    services.database.tenant(jobcenterId, async (tx) => twinFiles(tx, services.vault, await documentsByIds(tx, ids)));
  assert.deepEqual(await twins(), [], 'nothing is said before they were read');
  await work();
  assert.deepEqual(await judgeTwins(await twins()), [['Lohn 2026-01-01.pdf', 'Lohn 2026-01-01.jpg']]);
});

/** A contract whose rent is as given, or is covered by a stamp. */
function contract(rent: string): Buffer {
  const sheet = letterSheet({
    sender: 'Wohnbau Lindenhof GmbH',
    date: '01.10.2026',
    subject: 'Mietvertrag 4711-0815',
    text: [
      'zwischen der Wohnbau Lindenhof GmbH und der Mieterin wird geschlossen:',
      'Wohnung 23/117, zweites Obergeschoss rechts, Lindenhofweg 214.',
      'Vertragsnummer 88213579, Objekt 55271, Kaution 1.437,00 Euro.',
      'Das Mietverhältnis beginnt am 01.11.2026 und ist unbefristet.',
      'Die Zahlung erfolgt bis zum dritten Werktag jedes Monats.',
      'Heizkosten werden nach Verbrauch abgerechnet, Zähler 90417736.',
    ],
  });
  const amount = [
    { text: 'Die monatliche Kaltmiete in Euro:', x: 70, y: 500 },
    ...(rent === '' ? [] : [{ text: rent, x: 280, y: 500 }]),
  ];
  return scanPdf([{ lines: [...(sheet.lines ?? []), ...amount] }], rent);
}

test('a paper that may be two different ones is said to be neither, also when the second one comes later', async () => {
  const person = { familyName: 'Rivalova', givenName: 'Mina', birthDate: '1991-07-12' };
  const take = async (rent: string): Promise<string[]> => {
    const file = { name: `Vertrag ${rent}.pdf`, bytes: contract(rent), mediaType: 'application/pdf', pages: 1 };
    const document = await services.vault.prepare(jobcenterId, file);
    const { caseId } = await office.submit(tenant, {
      person,
      channel: 'post',
      documents: [{ document, field: 'papers', recorded: false as const }],
    });
    await work();
    const pairs = await services.database.tenant(jobcenterId, (tx) => pairsOfCase(tx, lead, caseId));
    const papers = pairs.filter((each) => each.level === 'same-document');
    return papers.map((each) => String(each.earlier.documentId === document.id ? each.laterCase : each.earlierCase));
  };
  assert.equal((await take('480,00')).length, 0);
  assert.equal((await take('')).length, 1, 'it may be the first one: nothing speaks against it');
  assert.equal(
    (await take('612,50')).length,
    0,
    'the second contract is not the first one, and the stamped one may be either',
  );
});
