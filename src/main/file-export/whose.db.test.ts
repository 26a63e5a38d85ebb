import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { shippedForms, smallPdf } from '../../../test/support/submit.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import {
  appointmentsOf,
  cannotCome,
  endAppointment,
  makeAppointment,
  moveAppointment,
} from '../../modules/appointments/index.ts';
import {
  clientWrites,
  confirmPerson,
  findCase,
  makeFollowUp,
  readerOf,
  writeToClient,
} from '../../modules/cases/index.ts';
import { linkTalk, type NewNote, writeNote } from '../../modules/contacts/index.ts';
import { documentsByIds } from '../../modules/documents/index.ts';
import { addEmployer } from '../../modules/employers/index.ts';
import {
  boardCases,
  boardFacts,
  confirmFact,
  isUnnamed,
  nameFact,
  peopleOfPapers,
  type Running,
  sayFact,
  suggestRunning,
} from '../../modules/facts/index.ts';
import { addField, fieldsAt, type OwnDefinition, writeOwnValues } from '../../modules/fields/index.ts';
import { askForExport, type ExportPurpose, findExport } from '../../modules/files/index.ts';
import { addStaff } from '../../modules/identity/index.ts';
import { arrivalsOfCases } from '../../modules/intake/index.ts';
import { addHousehold, addPerson } from '../../modules/people/index.ts';
import { addEntry, propose } from '../../modules/plans/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { collect } from './collect.ts';
import { exportPdfs } from './pdf.ts';
import { aboutCase, aboutEvent, aboutPaper, goesTo } from './whose.ts';

const office = await openTestOffice();
const [tenant] = office.tenants;
assert.ok(tenant);
const { jobcenter } = tenant;
const { services } = office;
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenter.id, work);
const today = dayInGermany(services.clock.now());
const login = { login: 'lou', name: 'Lou', role: 'lead', password: 'Lou Lou Lou Lou', totpSecret: 'JBSWY3DP' } as const;
const hired = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...login, teamIds: [] }));
assert.ok(hired.kind === 'added');
const actor = { kind: 'staff', id: hired.id, name: 'Lou' } as const;
const lou = { id: hired.id, role: 'lead', teamIds: [] } as const;
const act = (caseId: string) => ({ actor, reader: readerOf(lou), caseId });

const people = await inTenant(async (tx) => {
  const add = (givenName: string, birthDate: string) => addPerson(tx, { familyName: 'Probe', givenName, birthDate });
  const [mira, jan, ole] = [
    await add('Mira', '1988-02-01'),
    await add('Jan', '1986-03-02'),
    await add('Ole', '2015-04-03'),
  ];
  const members = [
    { personId: mira, role: 'applicant' },
    { personId: jan, role: 'partner' },
    { personId: ole, role: 'child' },
  ];
  return { mira, jan, ole, household: await addHousehold(tx, { fileNumber: 'A-PROBE', members, fromDay: today }) };
});

const note = (caseId: string, text: string, whom: string) =>
  inTenant(async (tx) => {
    const more: Omit<NewNote, 'text' | 'whom'> = {
      topic: 'other',
      way: null,
      day: null,
      circleId: null,
      corrects: null,
    };
    assert.equal((await writeNote(tx, act(caseId), { ...more, text, whom })).kind, 'done');
  });
const source = { kind: 'person', id: null, page: null, day: today } as const;
const reach = { kind: 'reach', detail: { way: 'phone' }, validFrom: null, validUntil: null, source } as const;

/** A case of somebody of the household, with one paper in it. */
async function caseOf(
  personId: string,
  name: string,
  concern: string,
  paper: string,
  early?: (caseId: string) => Promise<void>,
) {
  const form = shippedForms().find((each) => each.key === concern);
  assert.ok(form);
  const file = { name: `${paper}.pdf`, bytes: smallPdf(paper), mediaType: 'application/pdf', pages: 1 };
  const documents = [
    { document: await services.vault.prepare(jobcenter.id, file), field: 'documents', recorded: false },
  ];
  const { caseId } = await office.submit(tenant as NonNullable<typeof tenant>, {
    form,
    documents,
  });
  await early?.(caseId);
  const person = { id: personId, householdId: people.household, name, birthDate: '1988-02-01' };
  await inTenant((tx) => confirmPerson(tx, act(caseId), person));
  return caseId;
}
const ours = await caseOf(people.jan, 'Probe, Jan', 'weiterbewilligung', 'Mietvertrag', async (caseId) => {
  await note(caseId, 'Er ruft wegen seiner Schulden an.', 'stated');
  await inTenant((tx) => sayFact(tx, act(caseId), { ...reach, whom: 'stated', text: '0170 3333' }, null));
});
await caseOf(people.mira, 'Probe, Mira', 'arbeitsaufnahme', 'Arbeitsvertrag Mira');
const jans = await caseOf(people.jan, 'Probe, Jan', 'krankmeldung', 'Attest Jan');

await note(ours, 'Alle ziehen um.', 'household');
await note(ours, 'Jan hat Streit im Betrieb.', people.jan);
await note(ours, 'Mira sucht einen Kurs.', people.mira);
await note(ours, 'Ole geht in die Schule.', people.ole);
await note(jans, 'Jan ist lange krank.', 'stated');
await note(jans, 'Mira pflegt ihn.', people.mira);
await inTenant(async (tx) => {
  await addEntry(tx, { ...act(ours), staffId: lou.id }, { kind: 'burden', words: 'Jan schläft schlecht.' });
  await sayFact(tx, act(ours), { ...reach, whom: people.jan, text: '0170 1111' }, null);
  await sayFact(tx, act(ours), { ...reach, whom: people.mira, text: '0170 2222' }, null);
});
await inTenant(async (tx) => {
  const definition: Omit<OwnDefinition, 'target'> = {
    label: { de: 'Lieblingsfarbe' },
    help: { de: '' },
    kind: 'text',
    choices: [],
    concerns: [],
    team: null,
    purpose: 'Zum Ansprechen',
    legalBasis: '§ 14 SGB II',
    category: 'social',
    writeHere: 'Eine Farbe',
    notHere: 'Keine Diagnosen',
    years: 1,
  };
  const head = { actor, role: 'lead' } as const;
  for (const target of ['person', 'household'] as const)
    await addField(tx, head, { definition: { ...definition, target }, why: 'Probe' }, { concerns: [], teams: [] });
  const subjects = [
    ['person', people.jan, 'Janblau'],
    ['person', people.mira, 'Miragrün'],
    ['household', people.household, 'Hausrot'],
  ] as const;
  for (const [target, subjectId, value] of subjects)
    for (const field of await fieldsAt(tx, { targets: [target], concern: 'weiterbewilligung' }))
      await writeOwnValues(tx, act(ours), [{ field, subjectId, opened: 0, value }]);
});
await inTenant(async (tx) => {
  const startsAt = new Date(tx.now.getTime() + 86_400_000);
  const talk = { topic: 'work', staffId: lou.id, startsAt, minutes: 30, way: 'office', place: '', note: '' } as const;
  const staffAct = { ...act(ours), staffId: lou.id };
  await makeAppointment(tx, staffAct, { ...talk, whom: people.jan, bring: 'Jans Rezept' });
  await makeAppointment(tx, staffAct, { ...talk, whom: people.mira, bring: 'Miras Zeugnis' });
  await makeAppointment(tx, staffAct, { ...talk, whom: 'household', bring: 'Mietvertrag aller' });
  const all = (await appointmentsOf(tx, ours)).find((each) => each.personName === '');
  const said = { words: 'Jans Therapie', otherTimes: '' };
  await cannotCome(tx, { kind: 'client', receiptId: 'R' }, ours, all?.id ?? '', said);
});
const fileId = (await inTenant((tx) => findCase(tx, readerOf(lou), ours)))?.fileId ?? '';

async function exported(purpose: ExportPurpose, forPerson: string | null, forChildren: string[], withheld = {}) {
  const asked = { fileId, reason: 'Auskunft', language: 'de', withheld, reader: lou, by: 'Lou' };
  const id = await inTenant((tx) => askForExport(tx, { ...asked, purpose, forPerson, forChildren }));
  const found = await inTenant((tx) => findExport(tx, id));
  assert.ok(found);
  const collected = await collect(services, jobcenter.id, found);
  assert.ok(collected);
  const notes = collected.cases.flatMap((each) =>
    each.events.flatMap((event) => (event.kind === 'note' ? [event.detail.text] : [])),
  );
  const own = collected.cases.flatMap((each) => each.own.flatMap((line) => line.entries.map((entry) => entry.value)));
  const papers = collected.documents.map((each) => each.document.name);
  return {
    found,
    collected,
    notes,
    own,
    papers,
    all: JSON.stringify(collected.cases.map((each) => [each.said, each.events, each.own])),
  };
}

test('an export for one person holds what is theirs and the household’s; the other adult’s own things are counted, not told', async () => {
  const { collected, notes, own, papers, all } = await exported('person', people.mira, [people.ole]);
  assert.deepEqual(notes.sort(), [
    'Alle ziehen um.',
    'Mira pflegt ihn.',
    'Mira sucht einen Kurs.',
    'Ole geht in die Schule.',
  ]);
  assert.deepEqual(own.sort(), ['Hausrot', 'Miragrün']);
  assert.deepEqual(papers.sort(), ['Arbeitsvertrag Mira.pdf', 'Mietvertrag.pdf']);
  assert.ok(all.includes('0170 2222') && !all.includes('0170 1111') && !all.includes('0170 3333'));
  assert.ok(!/schläft|Janblau|Streit|lange krank|Schulden/.test(all));
  assert.ok(
    all.includes('Miras Zeugnis') && all.includes('Mietvertrag aller') && !/Jans Rezept|Jans Therapie/.test(all),
  );
  const jan = collected.cases.find((each) => each.case.id === jans);
  assert.deepEqual(
    [jan?.elsewhere, jan?.submissions.length, jan?.events.length],
    [true, 0, 1],
    'only what is about her',
  );
  assert.ok(collected.others > 5);
  assert.deepEqual(collected.people, ['Mira Probe', 'Ole Probe']);
});

test('who represents no child does not get what is about the child alone; a child gets its own', async () => {
  assert.ok(!(await exported('person', people.mira, [])).notes.some((text) => text.startsWith('Ole')));
  const jan = await exported('person', people.jan, [people.ole]);
  assert.ok(jan.notes.includes('Jan ist lange krank.') && !jan.notes.includes('Mira sucht einen Kurs.'));
  assert.ok(jan.all.includes('schläft') && jan.papers.includes('Attest Jan.pdf'));
  assert.ok(!jan.papers.includes('Arbeitsvertrag Mira.pdf'));
  const child = await exported('person', people.ole, []);
  assert.deepEqual(
    [child.notes.sort(), child.papers],
    [['Alle ziehen um.', 'Ole geht in die Schule.'], ['Mietvertrag.pdf']],
  );
});

test('a court gets the whole file, and nothing is said to be left out', async () => {
  const court = await exported('court', null, []);
  assert.deepEqual([court.notes.length, court.own.length, court.papers.length, court.collected.others], [7, 3, 3, 0]);
  assert.deepEqual(court.collected.people, []);
});

test('a paper of which all that is known is about somebody is theirs, wherever it lies; what is withheld of others is not named', async () => {
  const arrivals = await inTenant((tx) => arrivalsOfCases(tx, [ours, jans], 50));
  const documents = await inTenant((tx) =>
    documentsByIds(
      tx,
      arrivals.map((each) => each.documentId),
    ),
  );
  const [rent, sick] = ['Mietvertrag.pdf', 'Attest Jan.pdf'].map(
    (name) => documents.find((each) => each.name === name)?.id ?? '',
  );
  await inTenant((tx) =>
    sayFact(
      tx,
      act(ours),
      {
        kind: 'until',
        whom: people.jan,
        text: 'Mietvertrag',
        detail: {},
        validFrom: today,
        validUntil: addDays(today, 90),
        source: { kind: 'document', id: rent ?? null, page: 1, day: today },
      },
      null,
    ),
  );
  assert.deepEqual((await exported('person', people.mira, [])).papers, ['Arbeitsvertrag Mira.pdf']);
  const held = await exported('person', people.mira, [], { [sick ?? '']: 'Gründe' });
  assert.deepEqual(held.collected.withheld, []);
  const scene = { services, jobcenter, asked: held.found, collected: held.collected, now: services.clock.now() };
  for await (const pdf of exportPdfs(scene)) assert.ok(pdf.length > 1_000);
});

/** Something is read on the paper of a case, and somebody takes it over; gives the paper. */
async function confirmed(caseId: string, name: string, read: Running, whom?: string): Promise<string> {
  return inTenant(async (tx) => {
    const arrivals = await arrivalsOfCases(tx, [caseId], 50);
    const ids = arrivals.map((each) => each.documentId);
    const documentId = (await documentsByIds(tx, ids)).find((each) => each.name === name)?.id ?? '';
    assert.ok(await suggestRunning(tx, { caseId, documentId, page: 1, datedOn: today }, read));
    const cases = await boardCases(tx, act(caseId).reader, caseId);
    const fact = (cases === undefined ? [] : await boardFacts(tx, cases)).find((each) => each.text === read.text);
    assert.equal((await confirmFact(tx, act(caseId), fact?.id ?? '', whom)).kind, 'done');
    return documentId;
  });
}

test('what was read and confirmed without a name is about whom its case is about; what somebody said of all is the household’s', async () => {
  const pay = { text: 'Lohn Oktober 2026: netto 1.234,00 Euro', topic: 'work', from: null, until: null };
  await confirmed(jans, 'Attest Jan.pdf', pay);
  await confirmed(ours, 'Mietvertrag.pdf', { ...pay, text: 'Kaltmiete 480,00 Euro', topic: 'housing' });
  await inTenant((tx) => sayFact(tx, act(jans), { ...reach, whom: 'household', text: '0170 4444' }, null));
  const [mira, jan] = [(await exported('person', people.mira, [])).all, (await exported('person', people.jan, [])).all];
  assert.ok(!mira.includes('1.234,00') && jan.includes('1.234,00'));
  assert.ok(mira.includes('480,00') && mira.includes('0170 4444'));
});

test('a fact without a name from the same paper does not give the paper away, nor does one that was replaced say whose it is', async () => {
  const papers = async () => (await exported('person', people.mira, [])).papers;
  const rent = await confirmed(ours, 'Mietvertrag.pdf', {
    text: 'Konto, IBAN endet auf 2051',
    topic: 'money',
    from: null,
    until: null,
  });
  assert.ok(!(await papers()).includes('Mietvertrag.pdf'), 'Jan is named from it');
  await inTenant(async (tx) => {
    const cases = await boardCases(tx, act(ours).reader, ours);
    const facts = cases === undefined ? [] : await boardFacts(tx, cases);
    const old = facts.find((each) => each.text === 'Mietvertrag');
    const next = { kind: 'until', whom: people.mira, text: 'Mietvertrag', detail: {} } as const;
    const from = { kind: 'document', id: rent, page: 1, day: today } as const;
    const said = { ...next, validFrom: today, validUntil: null, source: from };
    assert.equal((await sayFact(tx, act(ours), said, old?.id ?? '')).kind, 'done');
    assert.deepEqual((await peopleOfPapers(tx, [rent])).get(rent), [people.mira]);
  });
  assert.ok((await papers()).includes('Mietvertrag.pdf'), 'and now it is hers');
  assert.deepEqual(aboutPaper(['p'], [[]]), ['p']);
});

test('messages and follow-ups of a household’s case are the person’s whose case it is, and nobody’s where nobody is confirmed', async () => {
  const before = await exported('person', people.mira, []);
  await inTenant(async (tx) => {
    await clientWrites(tx, { kind: 'client' }, ours, 'Ich ziehe aus.');
    await writeToClient(tx, act(ours), 'Wir helfen beim Auszug.');
    const again = { dueOn: addDays(today, 7), reason: 'Gewaltschutz prüfen', topic: 'family', waitsFor: 'us' } as const;
    await makeFollowUp(tx, { ...act(ours), staffId: lou.id }, { ...again, forStaffId: lou.id });
  });
  const mira = await exported('person', people.mira, []);
  assert.ok(!/ziehe aus|Auszug|Gewaltschutz/.test(mira.all));
  assert.equal(mira.collected.others, before.collected.others + 3);
  const jan = await exported('person', people.jan, []);
  assert.ok(/ziehe aus/.test(jan.all) && /Auszug/.test(jan.all) && /Gewaltschutz/.test(jan.all));
  const actorNow = { actorKind: 'client', actorId: 'client', actorName: '', at: services.clock.now() };
  const event = { ...actorNow, id: 'e', kind: 'message-in', detail: { text: 'Bitte nicht sagen.' } } as const;
  const about = aboutEvent(event, { personId: null, whole: [], several: true }, new Map());
  assert.equal(goesTo(new Set([people.mira]), about), false);
  assert.equal(goesTo(undefined, about), true, 'a court gets it');
});

test('what was written about an appointment of the household is not told to the other adult', async () => {
  const before = await exported('person', people.mira, []);
  await inTenant(async (tx) => {
    const staffAct = { ...act(ours), staffId: lou.id };
    const startsAt = new Date(tx.now.getTime() + 2 * 86_400_000);
    const talk = {
      staffId: lou.id,
      startsAt,
      minutes: 30,
      way: 'office',
      place: '',
      bring: 'Zeugnisse aller',
    } as const;
    await makeAppointment(tx, staffAct, { ...talk, topic: 'work', whom: 'household', note: 'Jan will sich trennen' });
    const id = (await appointmentsOf(tx, ours)).find((each) => each.bring === 'Zeugnisse aller')?.id ?? '';
    const to = { ...talk, minutes: 45, reason: 'Jan ist in Haft', wish: 'office' } as const;
    assert.equal((await moveAppointment(tx, staffAct, id, to)).kind, 'done');
    const off = { as: 'called-off', words: 'Jan in der Klinik', wish: 'person' } as const;
    assert.equal((await endAppointment(tx, staffAct, id, off)).kind, 'done');
  });
  const mira = await exported('person', people.mira, []);
  assert.ok(/Zeugnisse aller/.test(mira.all) && !/trennen|Haft|Klinik/.test(mira.all));
  assert.equal(mira.collected.others, before.collected.others + 3);
  assert.match((await exported('person', people.jan, [])).all, /trennen.*Haft.*Klinik/);
  const who = { actorKind: 'staff', actorId: lou.id, actorName: 'Lou', at: services.clock.now() };
  const at = {
    appointmentId: 'a',
    at: who.at.toISOString(),
    minutes: 30,
    way: 'office',
    place: '',
    topic: 'work',
  } as const;
  const of = { personId: null, whole: [], several: true };
  for (const text of ['Kam betrunken', undefined]) {
    const detail = {
      act: 'held',
      ...at,
      personId: null,
      personName: '',
      ...(text === undefined ? {} : { text }),
    } as const;
    const about = aboutEvent({ ...who, id: 'e', kind: 'appointment-office', detail }, of, new Map());
    assert.equal(goesTo(new Set([people.mira]), about), text === undefined, 'nobody’s where nobody is confirmed');
  }
});

test('what is known no longer is nobody’s where the file knows several people', () => {
  const detail = { factId: 'gone', fact: 'free', text: 'Hat Schulden', person: '' };
  const who = { actorKind: 'staff', actorId: lou.id, actorName: 'Lou', at: services.clock.now() };
  const event = { ...who, id: 'e', kind: 'fact-said', detail } as const;
  const told = (several: boolean) =>
    goesTo(new Set([people.mira]), aboutEvent(event, { personId: people.jan, whole: [], several }, new Map()));
  assert.deepEqual([told(true), told(false)], [false, true]);
});

test('a wage of the household’s papers goes to nobody until somebody says whose it is, and is counted by itself', async () => {
  const before = (await exported('person', people.mira, [])).collected;
  const wage = { text: 'Lohn November 2026: netto 987,00 Euro', topic: 'work', from: null, until: null };
  await confirmed(ours, 'Mietvertrag.pdf', wage);
  for (const who of [people.mira, people.jan]) {
    const one = await exported('person', who, []);
    assert.ok(!one.all.includes('987,00'), 'nobody said whose it is');
    assert.equal(one.collected.unnamed, before.unnamed + 1);
  }
  assert.equal((await exported('person', people.mira, [])).collected.others, before.others);
  const court = await exported('court', null, []);
  assert.ok(court.all.includes('987,00') && court.collected.unnamed === 0);
  const unsaid = await inTenant(async (tx) => {
    const cases = await boardCases(tx, act(ours).reader, ours);
    return (cases === undefined ? [] : await boardFacts(tx, cases)).find((each) => each.text === wage.text);
  });
  assert.ok(unsaid !== undefined && isUnnamed(unsaid));
  const stranger = await inTenant((tx) => nameFact(tx, act(ours), unsaid.id, jans));
  assert.deepEqual(stranger, { kind: 'refused', why: 'whom' });
  assert.equal((await inTenant((tx) => nameFact(tx, act(ours), unsaid.id, people.jan))).kind, 'done');
  assert.equal((await inTenant((tx) => nameFact(tx, act(ours), unsaid.id, people.mira))).kind, 'unchanged');
  const [mira, jan] = [await exported('person', people.mira, []), await exported('person', people.jan, [])];
  assert.ok(!mira.all.includes('987,00') && jan.all.includes('987,00'));
  assert.deepEqual([mira.collected.unnamed, jan.collected.unnamed], [before.unnamed, before.unnamed]);
  const [row] = await inTenant((tx) =>
    tx.raw<{ places: string[] }>('select places from app.fact where text = $1 and person_id is not null', [wage.text]),
  );
  assert.deepEqual(row?.places, [], 'the same words of the page');
});

test('who takes a suggestion over can say whose it is: of one, or of the whole household', async () => {
  const before = (await exported('person', people.mira, [])).collected.unnamed;
  const read = { text: 'Konto, IBAN endet auf 7777', topic: 'money', from: null, until: null };
  await confirmed(ours, 'Mietvertrag.pdf', read, 'household');
  await confirmed(ours, 'Mietvertrag.pdf', { ...read, text: 'Lohn Mai 2026: netto 55,00 Euro' }, people.mira);
  const [mira, jan] = [await exported('person', people.mira, []), await exported('person', people.jan, [])];
  assert.ok(mira.all.includes('7777') && jan.all.includes('7777'));
  assert.ok(mira.all.includes('55,00') && !jan.all.includes('55,00'));
  assert.equal(mira.collected.unnamed, before);
});

test('which shipped concerns are the household’s and which the person’s', () => {
  const own = shippedForms().flatMap((form) => (aboutCase({ personId: 'p' }, form).length === 0 ? [] : [form.key]));
  assert.deepEqual(own.sort(), ['arbeitsaufnahme', 'bankverbindung', 'krankmeldung', 'rueckruf', 'unterlagen']);
  assert.deepEqual(aboutCase({ personId: 'p' }, undefined), ['p'], 'a form nobody knows any more');
  assert.deepEqual(aboutCase({ personId: null }, undefined), [], 'nobody is confirmed');
});

test('what was said at an employer’s goes to whom it is about, with the employer, and not to the other adult', async () => {
  const said = { kind: 'employer', name: 'Backhaus', place: '', sector: '', wants: '', carerId: '' } as const;
  await inTenant(async (tx) => {
    const kept = await addEmployer(tx, { actor }, said);
    assert.ok(kept.kind === 'done');
    const talk = { topic: 'partners', way: null, day: null, circleId: null, corrects: null } as const;
    const words = { ...talk, text: 'Mira kann dort probeweise mitarbeiten.', whom: people.mira };
    const written = await writeNote(tx, act(ours), words);
    assert.ok(written.kind === 'done');
    await linkTalk(tx, act(ours), { noteId: written.noteId, employerId: kept.id });
    const job = { kind: 'job', title: 'Verkauf', provider: 'Backhaus', employerId: kept.id, onDay: today } as const;
    await propose(tx, { ...act(ours), staffId: lou.id }, { ...job, words: 'Sie suchen jemanden wie Jan' });
  });
  const [mira, jan] = [await exported('person', people.mira, []), await exported('person', people.jan, [])];
  assert.ok(mira.all.includes('probeweise') && mira.all.includes('"employer":"Backhaus"'));
  assert.ok(!mira.all.includes('jemanden wie Jan'));
  assert.ok(jan.all.includes('jemanden wie Jan') && !jan.all.includes('probeweise'));
});
