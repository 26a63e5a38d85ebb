import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { unzipSync } from 'fflate';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import { scanPdf } from '../../../test/support/scans.ts';
import { shippedForms } from '../../../test/support/submit.ts';
import { looksAt } from '../../modules/audit/index.ts';
import {
  type CaseReader,
  casesOfFile,
  closeCase,
  confirmPerson,
  findCase,
  moveToTeam,
  reopenCase,
} from '../../modules/cases/index.ts';
import { findDocument, insertDocuments } from '../../modules/documents/index.ts';
import {
  addMark,
  askForExport,
  confirmDeletions,
  describeDocument,
  dueDeletions,
  endedHoldsOfFile,
  endHold,
  findExport,
  holdFile,
  holdsOfFile,
  holdsOnDocument,
  marksOfDocument,
  noFacts,
  noteCopy,
  noteMoves,
  piecesOf,
  putIntoPart,
  type RetentionRule,
  retentionClasses,
  retentionRules,
  setRetentionRule,
  turnPage,
} from '../../modules/files/index.ts';
import { arrivalsOfDocuments, movePaper, moveSubmission } from '../../modules/intake/index.ts';
import { addPerson, lookForPeople } from '../../modules/people/index.ts';
import { addTeam } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { projectPath } from '../../platform/env/project.ts';
import { closeMedia } from '../../platform/media/index.ts';
import { closeTypesetter } from '../../platform/pdf/index.ts';
import { closeReading } from '../../platform/reading/index.ts';
import { dueByRule } from '../../surfaces/due-by-rule.ts';
import { teamOfConcern } from '../../surfaces/file-contents.ts';
import { allTasks } from './index.ts';

const word = 'Quittenmarmelade'; // stands on the paper, and nowhere else
let now = new Date('2026-11-26T09:00:00Z');
const office = await openTestOffice({ now: () => now });
after(closeReading);
after(closeTypesetter);
after(closeMedia);
const tenant = office.tenants[0];
assert.ok(tenant);
const { services } = office;
const jobcenterId = tenant.jobcenter.id;
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenterId, work);
const run = (name: string, payload: unknown = {}): Promise<void> =>
  Promise.resolve(
    allTasks(office.jobs)
      .find((task) => task.name === name)
      ?.run(payload as never),
  );
const staff = { id: '019ac000-0000-7000-8000-000000000001', name: 'Kim Muster' };
const actor = { kind: 'staff', ...staff } as const;
const lead: CaseReader = { role: 'lead', id: staff.id, teamIds: [] };
const clerk: CaseReader = { role: 'clerk', id: staff.id, teamIds: [tenant.teams['leistung'] ?? ''] };

let papers = 0;
/** A case of a person with one paper that was read, marked, turned, described, moved and copied; then closed. */
async function closedCase(
  birthDate: string,
  from: Parameters<typeof office.submit>[1] = {},
  field = 'documents',
): Promise<{ caseId: string; fileId: string; documentId: string; copyId: string }> {
  papers += 1;
  const lines = [
    { text: 'Kontoauszug', x: 70, y: 60, size: 16 },
    { text: `02.11. Lastschrift ${word} ${papers}`, x: 70, y: 120 },
  ];
  const file = { name: `Papier ${papers}.pdf`, bytes: scanPdf([{ lines }]), mediaType: 'application/pdf', pages: 1 };
  const document = await services.vault.prepare(jobcenterId, file);
  const person = { familyName: 'Muster', givenName: 'Mika', birthDate };
  const { caseId } = await office.submit(tenant as NonNullable<typeof tenant>, {
    person,
    documents: [{ document, field, recorded: false }],
    ...from,
  });
  await run('read-document', { jobcenterId, documentId: document.id });
  const copy = await services.vault.prepare(jobcenterId, {
    ...file,
    name: 'Kopie.pdf',
    bytes: scanPdf([{ lines }], 'copy'),
  });
  await inTenant(async (tx) => {
    const id = await addPerson(tx, person);
    const act = { actor, reader: lead, caseId };
    await confirmPerson(tx, act, { id, householdId: null, name: 'Muster, Mika', birthDate });
    await insertDocuments(tx, [copy]);
    await noteCopy(tx, copy.id, document.id, staff.name);
    const place = { x: 0.1, y: 0.1, width: 0.2, height: 0.1 };
    await addMark(tx, staff, { documentId: document.id, page: 1, places: [place], note: `Hier: ${word}` });
    await turnPage(tx, document.id, 1, 90, staff.id);
    await describeDocument(tx, document.id, staff.name, { ...noFacts, sender: `Hof ${word}` });
    await noteMoves(tx, actor, [document.id], {
      fromPart: 'general',
      toPart: 'benefits',
      fromCase: null,
      toCase: null,
      alone: true,
      reason: `wegen ${word}`,
    });
    await closeCase(tx, act);
  });
  const found = await inTenant((tx) => findCase(tx, lead, caseId));
  assert.ok(found?.fileId);
  return { caseId, fileId: found.fileId, documentId: document.id, copyId: copy.id };
}

const due = (): Promise<string[]> =>
  inTenant(async (tx) => (await dueDeletions(tx, undefined, 100)).map((each) => each.documentId));
const erased = (id: string): Promise<boolean> =>
  inTenant(async (tx) => (await findDocument(tx, id))?.erasedAt !== null);

/** Every row of every table in which a text stands. */
async function rowsWith(text: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: office.database.superuserUrl });
  await owner.connect();
  const { rows: tables } = await owner.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('app', 'queue', 'graphile_worker')",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await owner.query(`select 1 from ${name} t where t::text ilike $1`, [`%${text}%`]);
    if ((rowCount ?? 0) > 0) found.push(name);
  }
  await owner.end();
  return found;
}
const filesOf = (id: string): string[] =>
  [office.jobs.blobFolder, office.jobs.derivedFolder].flatMap((folder) => globSync(`**/*${id}*`, { cwd: folder }));

test('a closed case keeps its papers until its years are over, then they are listed and wait for a person', async () => {
  const { documentId, copyId } = await closedCase('1990-04-03');
  now = new Date('2031-12-31T12:00:00Z');
  await run('list-deletions');
  assert.deepEqual(await due(), [], 'the last day of the fifth year');
  now = new Date('2032-01-01T03:00:00Z');
  await run('list-deletions');
  assert.deepEqual(await due(), [documentId]);
  await run('erase-due', { jobcenterId });
  assert.equal(await erased(documentId), false, 'nobody has confirmed');
  assert.deepEqual((await rowsWith(word)).sort(), ['app.file_document', 'app.file_mark', 'app.file_move']);
  assert.ok(filesOf(documentId).length >= 3, 'bytes, words and picture');
  await inTenant((tx) => confirmDeletions(tx, [documentId], staff.name));
  await run('erase-due', { jobcenterId });
  assert.equal(await erased(documentId), true);
  assert.equal(await erased(copyId), true, 'the copy goes with its original');
  for (const id of [documentId, copyId]) assert.deepEqual(filesOf(id), [], 'no file is left');
  assert.deepEqual(await rowsWith(word), [], 'no row is left in which a word of the paper stands');
  for (const table of ['document_reading', 'page_mark', 'page_turn', 'file_mark', 'file_move', 'file_document'])
    assert.deepEqual(
      await inTenant((tx) =>
        tx.raw(`select 1 from ${table} where jobcenter_id = $1 and document_id = any ($2)`, [
          jobcenterId,
          [documentId, copyId],
        ]),
      ),
      [],
      table,
    );
  assert.equal(await inTenant((tx) => services.vault.read(tx, documentId)), undefined);
});

test('a hold keeps a file, also what was confirmed before; ended, its papers are due again', async () => {
  now = new Date('2026-11-26T10:00:00Z');
  const { documentId, fileId } = await closedCase('1991-05-04');
  now = new Date('2033-02-01T03:00:00Z');
  await run('list-deletions');
  assert.ok((await due()).includes(documentId));
  const hold = { fileId, documentId: null, reason: 'Klage S 12 AS 345/26' };
  const id = await inTenant((tx) => holdFile(tx, staff.name, hold));
  await inTenant((tx) => confirmDeletions(tx, [documentId], staff.name));
  await run('erase-due', { jobcenterId });
  assert.equal(await erased(documentId), false);
  await run('list-deletions');
  assert.ok(!(await due()).includes(documentId));
  assert.equal(
    await inTenant((tx) => endHold(tx, staff.name, { fileId, documentIds: [], id, reason: 'Urteil rechtskräftig' })),
    true,
  );
  await run('list-deletions');
  assert.ok((await due()).includes(documentId));
});

test('a hold on one paper keeps that paper alone, and goes along where the paper is moved', async () => {
  now = new Date('2026-11-26T10:30:00Z');
  const held = await closedCase('1994-07-08');
  const other = await closedCase('1995-08-09');
  const free = await closedCase('1996-09-10');
  now = new Date('2033-02-10T03:00:00Z');
  const hold = { fileId: held.fileId, documentId: held.documentId, reason: 'Prüfung' };
  const id = await inTenant((tx) => holdFile(tx, staff.name, hold));
  await run('list-deletions');
  assert.ok(!(await due()).includes(held.documentId));
  assert.ok((await due()).includes(free.documentId), 'other files are not held');
  await inTenant(async (tx) => {
    await holdFile(tx, staff.name, { ...hold, documentId: held.copyId, reason: 'Prüfung der Kopie' });
    await movePaper(tx, actor, { documentId: held.documentId, toCaseId: other.caseId });
    await closeCase(tx, { actor, reader: lead, caseId: other.caseId });
  });
  const papers = [held.documentId, held.copyId];
  const holds = await inTenant((tx) => holdsOfFile(tx, other.fileId, papers));
  assert.deepEqual(
    new Map(holds.map((each) => [each.documentId, each.reason])),
    new Map([
      [held.documentId, 'Prüfung'],
      [held.copyId, 'Prüfung der Kopie'],
    ]),
  );
  now = new Date('2045-02-10T03:00:00Z');
  await run('list-deletions');
  assert.ok(!(await due()).includes(held.documentId));
  assert.ok((await due()).includes(other.documentId), 'a paper beside it is not held');
  const end = (documentId: string, holdId: string) =>
    inTenant((tx) => endHold(tx, staff.name, { documentId, id: holdId, reason: 'Prüfung zu Ende' }));
  assert.equal(await end(held.copyId, id), false, 'a hold of another paper');
  assert.equal(await end(held.documentId, id), true);
  await run('list-deletions');
  assert.ok(!(await due()).includes(held.documentId), 'its copy would go with it, and that is held');
  assert.equal(await end(held.copyId, holds.find((each) => each.documentId === held.copyId)?.id ?? ''), true);
  const ended = await inTenant((tx) => endedHoldsOfFile(tx, other.fileId, papers));
  assert.deepEqual(
    ended.map((each) => each.endedReason),
    ['Prüfung zu Ende', 'Prüfung zu Ende'],
  );
  await run('list-deletions');
  assert.ok((await due()).includes(held.documentId));
});

test('a paper moved out of a file that is held whole stays held, without the reason of that file', async () => {
  now = new Date('2026-11-26T10:40:00Z');
  const held = await closedCase('1997-07-08');
  const other = await closedCase('1998-08-09');
  await inTenant((tx) => holdFile(tx, staff.name, { fileId: held.fileId, documentId: null, reason: 'Klage M.' }));
  const [arrival] = await inTenant((tx) => arrivalsOfDocuments(tx, [held.documentId]));
  const whole = { submissionId: arrival?.submissionId ?? '', toCaseId: other.caseId };
  assert.equal(await inTenant((tx) => moveSubmission(tx, actor, whole)), 'moved');
  const papers = [held.documentId, held.copyId];
  const holds = await inTenant((tx) => holdsOfFile(tx, other.fileId, papers));
  assert.deepEqual(
    new Map(holds.map((each) => [each.documentId, each.reason])),
    new Map([
      [held.documentId, ''],
      [held.copyId, ''],
    ]),
    'each of them, without the reason of the other file',
  );
});

test('a case that is held holds what comes into it later, and that stays held where it goes from there', async () => {
  now = new Date('2026-11-26T10:45:00Z');
  const [file, target] = [await closedCase('1997-03-04'), await closedCase('1998-03-04')];
  const [later, elsewhere] = [await closedCase('1999-03-04'), await closedCase('2000-03-04')];
  await inTenant((tx) => holdFile(tx, staff.name, { fileId: file.fileId, documentId: null, reason: 'Klage M.' }));
  const [arrival] = await inTenant((tx) => arrivalsOfDocuments(tx, [file.documentId]));
  const whole = { submissionId: arrival?.submissionId ?? '', toCaseId: target.caseId };
  assert.equal(await inTenant((tx) => moveSubmission(tx, actor, whole)), 'moved');
  await inTenant((tx) => movePaper(tx, actor, { documentId: later.documentId, toCaseId: target.caseId }));
  await inTenant((tx) => closeCase(tx, { actor, reader: lead, caseId: target.caseId }));
  const place = { id: target.caseId, fileId: target.fileId };
  const onPaper = await inTenant((tx) => holdsOnDocument(tx, place, later.documentId));
  assert.deepEqual(
    onPaper.map((each) => [each.caseId, each.documentId]),
    [[target.caseId, null]],
    'the case alone',
  );
  now = new Date('2045-02-10T03:00:00Z');
  await run('list-deletions');
  const listed = await due();
  assert.ok(!listed.includes(later.documentId), 'it came after the hold');
  assert.ok(listed.includes(elsewhere.documentId));
  await inTenant((tx) => movePaper(tx, actor, { documentId: later.documentId, toCaseId: elsewhere.caseId }));
  const papers = [later.documentId, later.copyId];
  const holds = await inTenant((tx) => holdsOfFile(tx, elsewhere.fileId, papers));
  assert.deepEqual(holds.map((each) => each.documentId).sort(), papers.sort());
  const id = onPaper[0]?.id ?? '';
  const ending = { id, reason: 'Ende', fileId: target.fileId, documentIds: [], caseIds: [target.caseId] };
  assert.equal(await inTenant((tx) => endHold(tx, staff.name, ending)), true);
  await run('list-deletions');
  assert.ok((await due()).includes(target.documentId), 'what was not held by itself goes after the hold of the case');
});

test('a hold on a paper that was moved before is listed where the paper lies, once the migration is there', async () => {
  now = new Date('2026-11-26T10:50:00Z');
  const [held, wrong] = [await closedCase('1999-09-10'), await closedCase('2000-10-11')];
  const hold = { fileId: held.fileId, documentId: held.documentId, reason: 'Prüfung' };
  const id = await inTenant((tx) => holdFile(tx, staff.name, hold));
  const sql = readFileSync(projectPath('db/migrations/0041_where_a_held_paper_lies.sql'), 'utf8');
  const owner = new pg.Client({ connectionString: office.database.ownerUrl });
  await owner.connect();
  await owner.query(`begin; select app.enter('${jobcenterId}')`);
  await owner.query('alter table app.legal_hold drop constraint legal_hold_check');
  await owner.query('update app.legal_hold set file_id = $1 where id = $2', [wrong.fileId, id]);
  await owner.query(sql.slice(sql.indexOf('do $$'), sql.indexOf('alter table app.legal_hold add check')));
  await owner.query(
    'alter table app.legal_hold add constraint legal_hold_check check (num_nonnulls(file_id, document_id, case_id) = 1)',
  );
  await owner.query('commit');
  await owner.end();
  const listed = async ({ fileId, documentId }: typeof held) =>
    (await inTenant((tx) => holdsOfFile(tx, fileId, [documentId]))).map((each) => each.id);
  assert.deepEqual([await listed(held), await listed(wrong)], [[id], []]);
});

test('each class is kept for its own years, to the day: by its kind, its part, or what somebody chose', async () => {
  now = new Date('2026-11-26T09:00:00Z');
  const rules = await inTenant(retentionRules);
  const papers: { class: keyof typeof rules; documentId: string }[] = [];
  const make = async (
    name: keyof typeof rules,
    prepare: (tx: Tx, documentId: string) => Promise<void>,
    ...from: Parameters<typeof closedCase> extends [string, ...infer Rest] ? Rest : never
  ) => {
    const { documentId } = await closedCase('1971-02-03', ...from);
    await inTenant((tx) => prepare(tx, documentId));
    papers.push({ class: name, documentId });
  };
  const said = (facts: Partial<typeof noFacts>) => (tx: Tx, id: string) =>
    describeDocument(tx, id, staff.name, { ...noFacts, ...facts });
  await make('statements', said({ kind: 'account-statement' }));
  await make('benefits', (tx, id) => putIntoPart(tx, id, staff.name, 'benefits'));
  await make('integration', (tx, id) => putIntoPart(tx, id, staff.name, 'integration'));
  await make('health', said({ kind: 'account-statement', retention: 'health' }));
  const [sick, main] = ['krankmeldung', 'hauptantrag'].map((key) => shippedForms().find((form) => form.key === key));
  assert.ok(sick && main);
  const certificate = said({ kind: 'certificate' });
  await make('health', certificate, { form: sick }, 'certificate');
  await make('health', certificate, { form: sick }, 'anything');
  await make('benefits', (tx, id) => putIntoPart(tx, id, staff.name, 'benefits'), { form: sick });
  await make('statements', said({ kind: 'account-statement' }), { form: sick });
  await make('benefits', certificate, { form: main }, 'pregnancyProof');
  const elsewhere = (tx: Tx, id: string) => putIntoPart(tx, id, staff.name, 'general');
  await make('health', elsewhere, { form: main }, 'pregnancyProof');
  await make('general', (tx, id) => putIntoPart(tx, id, staff.name, 'general'));
  assert.deepEqual(
    [...new Set(papers.map((each) => each.class))].sort(),
    [...retentionClasses].sort(),
    'no class is left out',
  );
  for (const { class: name, documentId } of papers.toSorted((a, b) => rules[a.class].years - rules[b.class].years)) {
    const year = 2026 + rules[name].years;
    now = new Date(`${year}-12-31T12:00:00Z`);
    await run('list-deletions');
    assert.ok(!(await due()).includes(documentId), `${name}: the last day of ${year}`);
    now = new Date(`${year + 1}-01-01T03:00:00Z`);
    await run('list-deletions');
    assert.ok((await due()).includes(documentId), `${name}: the first day of ${year + 1}`);
  }
  now = new Date('2026-11-26T09:00:00Z');
});

test('what another rule makes due is counted before it holds, as the nightly list then has it', async () => {
  now = new Date('2026-11-26T10:00:00Z');
  await closedCase('1985-04-06');
  await closedCase('1986-05-07');
  now = new Date('2029-02-01T03:00:00Z');
  await run('list-deletions');
  const teamOf = await teamOfConcern(services, jobcenterId);
  const { general } = await inTenant(retentionRules);
  const counted = (next: Partial<RetentionRule>) => inTenant((tx) => dueByRule(tx, teamOf, { ...general, ...next }));
  const before = (await due()).length;
  const shorter = await counted({ years: 1 });
  assert.deepEqual(await counted({}), { count: 0, more: false }, 'the same rule makes nothing due');
  assert.deepEqual(await counted({ years: 3 }), { count: 0, more: false });
  await inTenant((tx) => setRetentionRule(tx, { ...general, years: 1 }, staff.name));
  await run('list-deletions');
  assert.ok(shorter.count >= 2);
  assert.deepEqual(shorter, { count: (await due()).length - before, more: false });
  const alone = await counted({ years: 1, byItself: true });
  assert.equal(alone.count, shorter.count, 'what somebody had to confirm goes by itself');
  await inTenant((tx) => setRetentionRule(tx, general, staff.name));
  await run('list-deletions');
  assert.equal((await due()).length, before);
  now = new Date('2026-11-26T09:00:00Z');
});

test('whoever asks what another rule makes due does not wait for all closed cases without papers', async () => {
  now = new Date('2033-02-01T03:00:00Z');
  const teamOf = await teamOfConcern(services, jobcenterId);
  const { general } = await inTenant(retentionRules);
  const counted = () => inTenant((tx) => dueByRule(tx, teamOf, { ...general, years: 1 }, 3));
  assert.deepEqual(await counted(), { count: 0, more: false });
  now = new Date('2030-05-02T10:00:00Z');
  for (const birthDate of ['1981-01-01', '1982-02-02', '1983-03-03']) {
    const person = { familyName: 'Muster', givenName: 'Mika', birthDate };
    const { caseId } = await office.submit(tenant as NonNullable<typeof tenant>, { person });
    await inTenant((tx) => closeCase(tx, { actor, reader: lead, caseId }));
  }
  now = new Date('2033-02-01T03:00:00Z');
  assert.deepEqual(await counted(), { count: 0, more: true });
  now = new Date('2026-11-26T09:00:00Z');
});

test('a case that was opened again keeps its papers; a rule that needs nobody deletes by itself', async () => {
  now = new Date('2026-11-26T11:00:00Z');
  const { documentId, caseId } = await closedCase('1992-06-05');
  now = new Date('2033-03-01T03:00:00Z');
  await run('list-deletions');
  const act = { actor, reader: lead, caseId };
  await inTenant((tx) => reopenCase(tx, act, 'Widerspruch'));
  await inTenant((tx) => confirmDeletions(tx, [documentId], staff.name));
  await run('erase-due', { jobcenterId });
  assert.equal(await erased(documentId), false);
  await inTenant(async (tx) => {
    await closeCase(tx, act);
    const { general } = await retentionRules(tx);
    await setRetentionRule(tx, { ...general, years: 1, byItself: true }, staff.name);
  });
  now = new Date('2035-01-02T03:00:00Z');
  await run('list-deletions');
  await run('erase-due', { jobcenterId });
  assert.equal(await erased(documentId), true);
});

test('a rule of no years that was set to delete by itself waits for a person', async () => {
  const { integration } = await inTenant(retentionRules);
  const ruled = async (years: number) => {
    await inTenant((tx) => setRetentionRule(tx, { ...integration, years, byItself: true }, staff.name));
    return (({ years, byItself }) => [years, byItself])((await inTenant(retentionRules)).integration);
  };
  assert.deepEqual(await ruled(0), [0, false]);
  assert.deepEqual(await ruled(1), [1, true]);
  await inTenant((tx) => setRetentionRule(tx, integration, staff.name));
});

test('an export is a tagged PDF and a ZIP with an index; what its reader may not see is not in it; its days end', async () => {
  now = new Date('2035-02-01T10:00:00Z');
  const { fileId, documentId, copyId, caseId } = await closedCase('1993-07-06');
  const other = await hiddenCase(fileId);
  const ask = (reader: CaseReader, withheld: Record<string, string> = {}, purpose: 'person' | 'other' = 'person') =>
    inTenant(async (tx) => {
      const asked = {
        id: reader.id,
        teamIds: reader.teamIds,
        role: reader.role === 'lead' ? 'lead' : 'clerk',
      } as const;
      const by = staff.name;
      return askForExport(tx, { fileId, reason: 'Einsicht', language: 'de', withheld, reader: asked, by, purpose });
    });
  const make = async (exportId: string) => {
    await run('make-file-export', { jobcenterId, exportId });
    await run('make-file-export', { jobcenterId, exportId });
    return inTenant(async (tx) => {
      const pieces = await piecesOf(tx, exportId);
      const bytes = [];
      for (const { documentId: id } of pieces) bytes.push(await services.vault.read(tx, id));
      return { kinds: pieces.map((piece) => piece.kind), bytes };
    });
  };
  const seen = await inTenant((tx) => casesOfFile(tx, clerk, fileId));
  assert.deepEqual(
    seen.map((each) => each.id),
    [caseId],
  );
  const first = await ask(clerk, { [copyId]: 'Namen Dritter' });
  const { kinds, bytes } = await make(first);
  assert.deepEqual(kinds, ['pdf', 'zip']);
  const [pdf = Buffer.of(), zip = Buffer.of()] = bytes;
  const raw = pdf.toString('latin1');
  assert.match(raw, /pdfuaid:part>1</);
  assert.match(raw, /\/Marked true/);
  assert.match(raw, /\/Outlines/);
  const text = await textOf(pdf);
  for (const part of [
    `Hier: ${word}`,
    'Inhalt',
    'Namen Dritter',
    'Einsicht',
    `Hof ${word}`,
    'was die Person sehen darf',
  ])
    assert.ok(text.includes(part), `the PDF says ${part}`);
  assert.match(text, /Notiz\s+zu\s+einer\s+Stelle\s+auf\s+Seite\s+1/);
  assert.ok(!text.includes('geheim.pdf'));
  const entries = unzipSync(zip);
  const names = Object.keys(entries);
  assert.equal(names.filter((name) => name.startsWith('unterlagen/')).length, 1);
  const csv = Buffer.from(entries['index.csv'] ?? []).toString();
  const original = names.find((name) => name.startsWith('unterlagen/')) ?? '';
  assert.ok(csv.includes(original) && !csv.includes('geheim.pdf'));
  assert.match(Buffer.from(entries['index.html'] ?? []).toString(), /<html lang="de">.*<caption>/);
  const stored = await inTenant((tx) => services.vault.read(tx, documentId));
  assert.ok(stored?.equals(Buffer.from(entries[original] ?? [])), 'the original, byte by byte');
  const whole = await make(await ask(lead, {}, 'other'));
  assert.equal(
    Object.keys(unzipSync(whole.bytes[1] ?? Buffer.of())).filter((name) => name.startsWith('unterlagen/')).length,
    3,
  );
  const everything = await textOf(whole.bytes[0] ?? Buffer.of());
  assert.ok(everything.includes('geheim.pdf'));
  const until = new Date(now.getTime() + 1_000);
  const looks = (id: string) => inTenant((tx) => looksAt(tx, { caseId, subjectIds: [id], until }));
  assert.deepEqual(
    (await looks(documentId)).map(({ actorName, how, times }) => [actorName, how, times]),
    [[staff.name, 'exported', 2]],
    'whoever took the file away took the paper',
  );
  assert.deepEqual(
    (await looks(copyId)).map(({ how, times }) => [how, times]),
    [['exported', 1]],
    'what was withheld was not taken',
  );
  const missing = /nicht\s+für\s+ein\s+Gericht[\s\S]*ausgeblendete\s+eigene\s+Felder[\s\S]*andere\s+Anliegen/;
  assert.match(everything, missing, 'what is not for the person or a court says so');
  assert.doesNotMatch(text, missing);
  now = new Date('2035-02-09T10:00:00Z');
  await run('sweep-file-exports');
  const gone = await inTenant((tx) => findExport(tx, first));
  assert.ok(gone?.goneAt);
  assert.deepEqual(await inTenant((tx) => piecesOf(tx, first)), []);
  assert.equal((await inTenant((tx) => marksOfDocument(tx, documentId))).length, 1, 'the file itself stays');
  assert.ok(other);
});

/** A case of the same household that belongs to another team, with one paper. */
async function hiddenCase(fileId: string): Promise<string> {
  assert.ok(tenant);
  const bytes = scanPdf([{ lines: [{ text: 'geheim', x: 70, y: 60 }] }]);
  const file = { name: 'geheim.pdf', bytes, mediaType: 'application/pdf', pages: 1 };
  const document = await services.vault.prepare(jobcenterId, file);
  const { caseId } = await office.submit(tenant, { documents: [{ document, field: 'documents', recorded: false }] });
  await inTenant(async (tx) => {
    const [person] = (await lookForPeople(tx, { birthDate: '1993-07-06' }, 'as-typed')).people;
    assert.ok(person);
    const act = { actor, reader: lead, caseId };
    await confirmPerson(tx, act, { ...person, name: 'Muster, Mika' });
    const team = await addTeam(tx, { key: 'andere', name: 'Andere', phone: '030 23125 300' });
    assert.ok(team.kind === 'added');
    await moveToTeam(tx, act, { id: team.id, name: 'Andere' });
  });
  const found = await inTenant((tx) => findCase(tx, lead, caseId));
  assert.equal(found?.fileId, fileId, 'one file of one household');
  return caseId;
}

async function textOf(bytes: Uint8Array): Promise<string> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(bytes);
  const text = [...document.pages()].map((page) => page.getText()).join('\n');
  document.destroy();
  library.destroy();
  return text.replace(/[\u200b\r]/g, '').replace(/\n/g, ' ');
}
