import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { globSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { setDayOfDatabase } from '../../../test/support/database.ts';
import { mail } from '../../../test/support/mails.ts';
import { openTestOffice } from '../../../test/support/office.ts';
import { letterSheet, scanPdf } from '../../../test/support/scans.ts';
import { prepared, shippedForms, smallPdf } from '../../../test/support/submit.ts';
import { addDays, dayInGermany, instantInGermany } from '../../kernel/dates.ts';
import { lowestId } from '../../kernel/ids.ts';
import { appointmentsOf, cannotCome, makeAppointment } from '../../modules/appointments/index.ts';
import {
  addCheck,
  assignCase,
  clientWrites,
  closeCase,
  confirmPerson,
  decideCase,
  findCase,
  issueReturnCode,
  makeFollowUp,
  makePromise,
  openFollowUps,
  openRequiredItems,
  raiseClearing,
  readerOf,
  reopenCase,
  requireBankConfirmation,
  requireItem,
  timeline,
  withdrawItem,
  writeToClient,
} from '../../modules/cases/index.ts';
import { circlesOf, foundCircle, writeNote } from '../../modules/contacts/index.ts';
import { addEmployer, linkNote } from '../../modules/employers/index.ts';
import { sayFact } from '../../modules/facts/index.ts';
import { addField, fieldsInForce, writeOwnValues } from '../../modules/fields/index.ts';
import {
  addMark,
  askForExport,
  confirmCases,
  confirmDeletions,
  confirmedCases,
  deletedCases,
  describeDocument,
  dueCases,
  dueDeletions,
  endHold,
  failedCases,
  findExport,
  holdFile,
  holdsOfFile,
  noteMoves,
  piecesOf,
  type RuleClass,
  setRetentionRule,
} from '../../modules/files/index.ts';
import { freeze } from '../../modules/forms/index.ts';
import { addStaff } from '../../modules/identity/index.ts';
import {
  arrivalsOfSubmissions,
  findKeptReceipt,
  findReceipt,
  movePaper,
  moveSubmission,
} from '../../modules/intake/index.ts';
import {
  beginNotice,
  chooseDelivery,
  findNotice,
  markLetters,
  noteDrawn,
  noteReturned,
  placeholders,
  releaseNotice,
  sendAgain,
  submitNotice,
  writeNotice,
} from '../../modules/notices/index.ts';
import { addHousehold, addPerson, peopleByIds } from '../../modules/people/index.ts';
import {
  addEntry,
  goOn,
  hearBack,
  holdReview,
  makeAgreement,
  proposals,
  propose,
  refer,
  referrals,
} from '../../modules/plans/index.ts';
import { fileLetter, lettersOfBatch, readScans, takeScan } from '../../modules/post/index.ts';
import { addMailbox, addTeam, allMailboxes, allTeams } from '../../modules/settings/index.ts';
import { enterCase, saveStaffDraft } from '../../modules/together/index.ts';
import { decidePair, noticeSubmission, pairsOfCase } from '../../modules/twice/index.ts';
import { chooseView } from '../../modules/views/index.ts';
import { randomSecret, sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { closeMedia } from '../../platform/media/index.ts';
import { closeTypesetter } from '../../platform/pdf/index.ts';
import { closeReading } from '../../platform/reading/index.ts';
import { takeMail } from '../../surfaces/channels/email/index.ts';
import { confirmWithHolds } from '../../surfaces/confirm-person.ts';
import { openInCase } from '../../surfaces/open-in-case.ts';
import { verifyAll } from '../verify.ts';
import { forgetCase, lockCaseAndFile } from './forget-case.ts';
import { allTasks } from './index.ts';

/** Stands in everything anybody may write in the case, and nowhere else. */
const word = 'Quittenmarmelade';
let now = new Date('2026-11-26T09:00:00Z');
const office = await openTestOffice({ now: () => now });
after(closeReading);
after(closeTypesetter);
after(closeMedia);
const [tenant] = office.tenants;
assert.ok(tenant);
const { services } = office;
const { jobcenter } = tenant;
const jobcenterId = jobcenter.id;
const team = tenant.teams['leistung'] ?? '';
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenterId, work);
const keys = await services.keyring.of(jobcenterId);
await setDayOfDatabase(office.database, '2200-01-01');
const owner = new pg.Client({ connectionString: office.database.superuserUrl });
await owner.connect();
owner.on('error', () => undefined); // the database goes first
after(() => owner.end());

const tasks = new Map(allTasks(office.jobs).map((task) => [task.name, task]));
const run = async (name: string, payload: unknown = {}): Promise<void> => {
  await tasks.get(name)?.run(payload as never);
};
/** Does what was announced until nothing is left, as a worker would. */
async function work(): Promise<void> {
  for (;;) {
    const { rows } = await owner.query<{ task: string; payload: unknown }>(
      'delete from queue.outbox returning task, payload',
    );
    if (rows.length === 0) return;
    for (const { task, payload } of rows) if (task !== 'answer-mail') await run(task, payload); // no relay here
  }
}

async function hire(name: string, role: 'clerk' | 'lead') {
  const staff = { login: name.toLowerCase(), name, role, password: `${name} ${name} ${name}`, totpSecret: 'JBSWY3DP' };
  const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...staff, teamIds: [team] }));
  assert.ok(added.kind === 'added');
  return { id: added.id, name, role, teamIds: [team], actor: { kind: 'staff', id: added.id, name } as const };
}
const kim = await hire('Kim', 'clerk');
const alex = await hire('Alex', 'clerk');
const lou = await hire('Lou', 'lead');
const actOf = (caseId: string, who = kim) => ({
  actor: who.actor,
  reader: readerOf(who),
  caseId,
  staffId: who.id,
  staffName: who.name,
});

for (const target of ['case', 'person', 'household', 'note', 'form'] as const) {
  const definition = {
    label: { de: `Feld ${target}` },
    help: { de: '' },
    target,
    kind: 'text',
    choices: [],
    concerns: [],
    team: null,
    purpose: 'Probe',
    legalBasis: '§ 67a SGB X',
    category: 'none',
    writeHere: 'Was gilt',
    notHere: 'Keine Diagnosen',
    years: 1,
  } as const;
  const act = { actor: lou.actor, role: 'lead' } as const;
  const input = { definition: { ...definition, choices: [], concerns: [] }, why: 'Probe' };
  const saved = await inTenant((tx) => addField(tx, act, input, { concerns: [], teams: [] }));
  assert.ok(saved.kind === 'saved');
}
const fieldOf = async (target: 'case' | 'person' | 'household' | 'note') => {
  const [field] = await inTenant((tx) => fieldsInForce(tx, [target]));
  assert.ok(field);
  return field;
};
await inTenant((tx) => foundCircle(tx, { actor: lou.actor, role: 'lead' }, 'Zu zweit', [kim.id, alex.id]));
const server = { host: '127.0.0.1', port: 1, security: 'none' } as const;
await inTenant((tx) =>
  addMailbox(tx, keys, {
    teamId: team,
    address: 'team@jobcenter.example',
    login: 'team',
    password: 'secret',
    folder: 'INBOX',
    doneFolder: 'Tandem',
    imap: server,
    smtp: server,
    smtpLogin: true,
  }),
);
const employer = await inTenant((tx) =>
  addEmployer(tx, actOf(''), { kind: 'employer', name: 'Betrieb', place: '', sector: '', wants: '', carerId: '' }),
);
assert.ok(employer.kind === 'done');

const paper = (name: string) =>
  services.vault.prepare(jobcenterId, {
    name: `${name} ${word}.pdf`,
    bytes: smallPdf(`${name} ${word} 480,00 EUR`),
    mediaType: 'application/pdf',
    pages: 1,
  });
/** The form with the question of the Jobcenter's own. */
const form = await services.catalogue.find(jobcenterId, 'umzug');
assert.ok(form);
const ownKey = form.questions.flatMap(({ fields }) => fields).find(({ key }) => key.startsWith('own_'))?.key ?? '';
assert.notEqual(ownKey, '');

type Filled = {
  caseId: string;
  submissionId: string;
  fileId: string;
  personId: string;
  householdId: string;
  number: string;
  signature: string;
};

/** A submission of somebody, as the portal hands it in: with what they say in the form, and a paper. */
async function arrive(birthDate: string, paperName: string) {
  const answers = { said: word, [ownKey]: word };
  assert.ok(form);
  return office.submit(tenant as NonNullable<typeof tenant>, {
    form,
    answers,
    frozen: { ...freeze(form, answers, 'de'), said: word } as never,
    person: { familyName: word, givenName: 'Mika', birthDate },
    documents: [{ document: await paper(paperName), field: 'papers', recorded: false }],
    command: { key: randomUUID(), requestHash: sha256(paperName) },
  });
}

/** A case with one of everything that a case may hold, through the verbs of the house, each with the word in it; then closed. */
async function fullCase(birthDate: string): Promise<Filled> {
  assert.ok(tenant);
  const received = await arrive(birthDate, 'Vertrag');
  const again = await arrive(birthDate, 'Vertrag');
  const { caseId } = received;
  const { submissionId } = received.receipt;
  const act = actOf(caseId);
  const today = dayInGermany(now);
  await inTenant((tx) => noticeSubmission(tx, submissionId));
  await inTenant((tx) => noticeSubmission(tx, again.receipt.submissionId));
  const { personId, householdId } = await inTenant(async (tx) => {
    const person = { familyName: word, givenName: 'Mika', birthDate, email: `${word}@example.org` };
    const id = await addPerson(tx, person);
    const child = await addPerson(tx, { familyName: word, givenName: 'Kind', birthDate: '2020-01-01' });
    const household = await addHousehold(tx, {
      fileNumber: `BG ${word} ${birthDate}`,
      members: [
        { personId: id, role: 'applicant' },
        { personId: child, role: 'child' },
      ],
      fromDay: today,
    });
    for (const each of [caseId, again.caseId]) {
      await confirmPerson(tx, actOf(each), { id, householdId: household, name: `${word}, Mika`, birthDate });
      await assignCase(tx, actOf(each), { id: kim.id, name: kim.name });
    }
    return { personId: id, householdId: household };
  });
  await inTenant(async (tx) => {
    await requireItem(tx, act, { what: `Lohn ${word}`, why: word, dueOn: addDays(today, 10) });
    await requireBankConfirmation(tx, caseId, submissionId);
    await raiseClearing(tx, caseId, 'unreadable', { said: word });
    await makePromise(tx, act, { what: word, phone: word, dueAt: new Date(now.getTime() + 3_600_000) });
    await makeFollowUp(tx, act, { dueOn: today, reason: word, topic: 'other', waitsFor: 'us', forStaffId: kim.id });
    await addCheck(tx, act, { what: word, result: 'met', source: word, documentId: null, replaces: null });
    await writeToClient(tx, act, `Guten Tag ${word}`);
    await clientWrites(tx, { kind: 'client', receiptId: received.receipt.number }, caseId, `Ich meine ${word}`);
    await decideCase(tx, act, { result: 'granted', reasons: word, discretion: word });
    const [item] = await openRequiredItems(tx, caseId);
    assert.ok(item);
    await issueReturnCode(tx, keys.codes, { caseId, purpose: 'letter', by: kim.id });
    await chooseView(tx, act, 'social');
    await enterCase(tx, { caseId, staffId: kim.id, staffName: kim.name, part: 'case' });
    const place = `/arbeit/vorgaenge/${caseId}/notiz`;
    await saveStaffDraft(tx, randomSecret(), { staffId: kim.id, place, page: place, fields: { text: word } });
  });
  await inTenant(async (tx) => {
    const circle = (await circlesOf(tx, readerOf(kim)))[0]?.id ?? '';
    const note = { topic: 'other', whom: personId, way: null, day: null, corrects: null };
    for (const circleId of [circle, null]) await writeNote(tx, act, { ...note, text: `Notiz ${word}`, circleId });
    const last = (await timeline(tx, caseId)).findLast((event) => event.kind === 'note');
    assert.ok(last);
    await linkNote(tx, act, { noteId: last.id, caseId, employerId: employer.kind === 'done' ? employer.id : '' });
    const noteField = await fieldOf('note');
    await writeOwnValues(tx, act, [{ field: noteField, subjectId: last.id, opened: 0, value: word }]);
  });
  for (const [target, subjectId] of [
    ['case', caseId],
    ['person', personId],
    ['household', householdId],
  ] as const) {
    const field = await fieldOf(target);
    for (const [opened, value] of [`${word} früher`, word].entries())
      await inTenant((tx) => writeOwnValues(tx, act, [{ field, subjectId, opened, value }]));
  }
  await inTenant(async (tx) => {
    await addEntry(tx, act, { kind: 'goal', words: word });
    await makeAgreement(tx, act, {
      side: 'person',
      who: word,
      what: word,
      dueOn: today,
      goalId: null,
      reminder: word,
      begins: { summary: word, reminder: word },
    });
    await holdReview(tx, act, { heldOn: today, nextOn: addDays(today, 30), summary: word, reminder: word });
    const offer = { kind: 'job', title: word, provider: word, onDay: today, words: word } as const;
    await propose(tx, act, { ...offer, employerId: employer.kind === 'done' ? employer.id : null });
    const [proposal] = await proposals(tx, caseId);
    await goOn(tx, act, proposal?.id ?? '', { step: 'applied', onDay: today, side: null, words: word });
    const consent = { mayTell: word, until: addDays(today, 30) };
    const service = {
      service: 'debts',
      organisation: word,
      reason: word,
      consent,
      askOn: today,
      reminder: word,
    } as const;
    await refer(tx, act, service);
    const [referral] = await referrals(tx, caseId);
    await hearBack(tx, act, referral?.id ?? '', { kind: 'helped', words: word });
    const fact = { kind: 'language', whom: personId, detail: {}, validFrom: null, validUntil: null } as const;
    const source = { kind: 'person', id: null, page: null, day: today } as const;
    await sayFact(tx, act, { ...fact, source, text: `${word} alt` }, null);
    const [old] = await tx.raw<{ id: string }>('select id from app.fact where jobcenter_id = $1 and case_id = $2', [
      jobcenterId,
      caseId,
    ]);
    await sayFact(tx, act, { ...fact, source, text: word }, old?.id ?? null);
    const talk = { whom: personId, topic: 'other', staffId: kim.id, minutes: 30, way: 'office' } as const;
    const startsAt = instantInGermany(addDays(today, 2), '10:00');
    await makeAppointment(tx, act, { ...talk, startsAt, place: word, bring: word, note: word });
    const meeting = (await appointmentsOf(tx, caseId))[0]?.id ?? '';
    const client = { kind: 'client', receiptId: received.receipt.number } as const;
    await cannotCome(tx, client, caseId, meeting, { words: word, otherTimes: word });
    await chooseDelivery(tx, kim.actor, caseId, { way: 'portal', email: `${word}@example.org` });
  });
  await inTenant(async (tx) => {
    const [pair] = await pairsOfCase(tx, readerOf(lou), caseId);
    const deciding = { actor: lou.actor, reader: readerOf(lou) };
    assert.equal((await decidePair(tx, deciding, pair?.id ?? '', 'different')).kind, 'done');
  });
  // Whether somebody was reminded is written by the job that tells the relay, of which there is none here.
  await owner.query(
    `insert into app.appointment_reminder select jobcenter_id, gen_random_uuid(), id, starts_at, 'sent', now() from app.appointment where case_id = $1`,
    [caseId],
  );
  await letters(caseId);
  await byPost(caseId);
  await byMail(caseId);
  const fileId = await inTenant(async (tx) => {
    const file = (await findCase(tx, readerOf(lou), caseId))?.fileId ?? '';
    const [row] = await tx.raw<{ id: string }>(
      'select document_id id from app.submission_document where jobcenter_id = $1 and submission_id = $2',
      [jobcenterId, submissionId],
    );
    const documentId = row?.id ?? '';
    await addMark(tx, kim, { documentId, page: 1, places: [], note: word });
    await describeDocument(tx, documentId, kim.name, { sender: word });
    const moved = { fromPart: 'general', toPart: 'benefits', fromCase: null, toCase: null, alone: true, reason: word };
    await noteMoves(tx, kim.actor, [documentId], moved);
    await holdFile(tx, kim.name, { fileId: file, documentId: null, reason: `Klage ${word}` });
    const [hold] = await holdsOfFile(tx, file);
    const ending = { id: hold?.id ?? '', reason: word, fileId: file, documentIds: [] };
    await endHold(tx, lou.name, ending);
    const reader = { id: kim.id, role: 'clerk', teamIds: [team] } as const;
    await askForExport(tx, {
      fileId: file,
      reason: word,
      language: 'de',
      withheld: { [documentId]: word },
      reader,
      by: kim.name,
    });
    return file;
  });
  await work();
  const { number, signature } = received.receipt;
  await inTenant(async (tx) => {
    for (const item of await openRequiredItems(tx, caseId)) await withdrawItem(tx, act, item.id);
    for (const each of [caseId, again.caseId]) {
      const choices = { staffId: kim.id, end: [], keep: [], why: '', items: new Map() };
      const open = await closeCase(tx, actOf(each), choices);
      if (open.kind === 'still-open')
        assert.equal(
          (
            await closeCase(tx, actOf(each), {
              ...choices,
              end: open.followUps,
              promises: new Map(open.promises.map((id) => [id, 'open'])),
            })
          ).kind,
          'done',
        );
    }
  });
  return { caseId, submissionId, fileId, personId, householdId, number, signature };
}

/** A letter that was sent, came from a template, and one that was begun and never sent. */
async function letters(caseId: string): Promise<void> {
  assert.ok(tenant);
  const begin = async () => {
    const begun = await inTenant((tx) =>
      beginNotice(tx, actOf(caseId), { template: 'anruf', recipient: `${word}\nWeg 1` }),
    );
    assert.ok(begun.kind === 'begun');
    const written = { subject: { value: `Ihr ${word}`, opened: 0 }, body: { value: `Wir ${word}.`, opened: 0 } };
    await inTenant((tx) => writeNotice(tx, { ...actOf(caseId), noticeId: begun.id }, written));
    return begun.id;
  };
  await begin();
  const noticeId = await begin();
  const values = Object.fromEntries(placeholders.map((name) => [name, name === 'items' ? [word] : word])) as never;
  const content = (await inTenant((tx) => findNotice(tx, readerOf(kim), noticeId)))?.content ?? 0;
  const document = await prepared(services, tenant, `Brief ${word} ${noticeId}.pdf`);
  const dispatch = { way: 'post', sender: jobcenter.name } as const;
  const sent = await inTenant((tx) =>
    submitNotice(tx, { ...actOf(caseId), noticeId }, { ...dispatch, content, document, values }),
  );
  const { sha256: digest } = document;
  if (sent.kind === 'submitted')
    await inTenant((tx) => releaseNotice(tx, { ...actOf(caseId, alex), noticeId }, { ...dispatch, sha256: digest }));
  const post = async () => {
    await inTenant((tx) => noteDrawn(tx, kim.actor, [noticeId]));
    for (const done of [{ done: 'printed' }, { done: 'posted', day: dayInGermany(now) }] as const)
      await inTenant((tx) => markLetters(tx, kim.actor, readerOf(kim), { ids: [noticeId], ...done }));
  };
  await post();
  const picture = await prepared(services, tenant, `Zurück ${word} ${noticeId}.pdf`);
  const back = { ...actOf(caseId), noticeId };
  assert.equal((await inTenant((tx) => noteReturned(tx, back, word, picture))).kind, 'done');
  assert.equal((await inTenant((tx) => sendAgain(tx, back, { recipient: `${word}\nWeg 2` }))).kind, 'done');
  await post();
}

/** A letter out of a stack of the scanner, filed in the case. */
async function byPost(caseId: string): Promise<void> {
  assert.ok(tenant);
  const bytes = scanPdf([letterSheet({ sender: 'Berg KG', subject: word, text: [`Kaltmiete ${word}`] })], caseId);
  const file = { name: 'S.pdf', bytes, mediaType: 'application/pdf', pages: 0 };
  const stack = await services.vault.prepare(jobcenterId, file);
  const scan = { name: 'S.pdf', source: 'upload', teamId: team, createdBy: kim.id } as const;
  const taken = await inTenant((tx) => takeScan(tx, kim.actor, stack, scan));
  while (await readScans({ ...services, ownName: jobcenter.name }, jobcenterId));
  const [letter] = await inTenant((tx) => lettersOfBatch(tx, taken.batchId));
  assert.ok(letter);
  const post = shippedForms().find((each) => each.key === 'unterlagen');
  assert.ok(post);
  const document = await prepared(services, tenant, `Post ${word} ${caseId}.pdf`);
  const filed = await inTenant((tx) =>
    fileLetter(
      tx,
      { ...actOf(caseId), jobcenter, keys },
      {
        letterId: letter.id,
        version: letter.version,
        kind: 'rent-contract',
        form: post,
        teamId: team,
        person: { familyName: word, givenName: 'Mika' },
        receivedOn: '2026-11-02',
        document,
        frozen: { concern: 'unterlagen', version: 1, language: 'de', title: word, sections: [] },
        receiptByLetter: true,
        supplement: { caseId },
      },
    ),
  );
  assert.ok(filed.kind === 'filed', filed.kind);
  assert.equal(filed.caseId, caseId);
}

/** An e-mail, which was a case of its own and was put into this one; the other case is empty since then. */
async function byMail(caseId: string): Promise<void> {
  const [box] = await inTenant(allMailboxes);
  assert.ok(box);
  const raw = Buffer.from(mail({ subject: `Wegen ${word}`, text: `Ich schreibe wegen ${word}.` }));
  const arrivedAt = now;
  await takeMail(services, jobcenter, box, { raw, cut: false, bytes: raw.length, arrivedAt, uidValidity: 7, uid: 1 });
  const { rows } = await owner.query<{ id: string }>(
    'select submission_id id from app.mail_message where submission_id is not null order by id desc limit 1',
  );
  const move = { submissionId: rows[0]?.id ?? '', toCaseId: caseId };
  assert.equal(await inTenant((tx) => moveSubmission(tx, kim.actor, move)), 'moved');
}

/** Every column of every table in which a text stands, as the owner sees them. */
async function columnsWith(text: string): Promise<string[]> {
  const { rows } = await owner.query<{ t: string; c: string }>(
    `select format('%I.%I', c.table_schema, c.table_name) t, c.column_name c from information_schema.columns c
       join information_schema.tables b using (table_schema, table_name)
      where c.table_schema in ('app', 'queue', 'graphile_worker') and b.table_type = 'BASE TABLE' order by 1, 2`,
  );
  const found: string[] = [];
  for (const { t, c } of rows) {
    const sql = `select 1 from ${t} where (case when pg_typeof(${c})::text = 'bytea' then encode(${c}::text::bytea, 'escape') else ${c}::text end) ilike $1 limit 1`;
    if ((await owner.query(sql, [`%${text}%`])).rows.length > 0) found.push(`${t.replace('app.', '')}.${c}`);
  }
  return found;
}

/** Tables whose rows belong to a case, by whatever chain of references, with how many rows there are. */
async function tablesOfCases(): Promise<Map<string, number>> {
  const { rows } = await owner.query<{ name: string }>(`
    with recursive reach(oid) as (
      select 'app.office_case'::regclass::oid
      union select c.conrelid from pg_constraint c join reach r on c.confrelid = r.oid where c.contype = 'f'
    ) select relname as name from reach join pg_class using (oid) order by 1`);
  const counts = new Map<string, number>();
  for (const { name } of rows)
    counts.set(name, Number((await owner.query(`select count(*) n from app.${name}`)).rows[0]?.n));
  return counts;
}

/** Every file of the data folder: stored bytes, and what was read and drawn from them. */
const filesThere = (): string[] => {
  const folder = dirname(office.jobs.blobFolder);
  return globSync('**/*', { cwd: folder })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
};

/** The night: lists and deletes the papers, and the next one the cases. Gives the cases that are due. */
async function nights(confirm = true): Promise<string[]> {
  await run('list-deletions');
  const papers = await inTenant((tx) => dueDeletions(tx, undefined, 100));
  await inTenant((tx) =>
    confirmDeletions(
      tx,
      papers.map((each) => each.documentId),
      lou.name,
    ),
  );
  await run('erase-due', { jobcenterId });
  await run('list-deletions');
  const due = (await inTenant((tx) => dueCases(tx, undefined, 100))).map((each) => each.caseId);
  if (confirm) await inTenant((tx) => confirmCases(tx, due, lou.name));
  return due;
}

test('of a deleted case no word is left, and no row but the ones that may stay', async () => {
  const before = await tablesOfCases();
  const bytes = filesThere();
  const filled = await fullCase('1990-04-03');
  // What a case may hold is what refers to one: whoever adds a table fills it here, and sees that it goes.
  const full = await tablesOfCases();
  const rows = [...full].filter(([name, count]) => name !== 'deletion' && count === (before.get(name) ?? 0)); // the night lists papers that are due
  const empty = rows.map(([name]) => name);
  assert.deepEqual(empty, [], 'tables of which the case holds no row');
  assert.ok((await columnsWith(word)).length > 40);
  now = new Date('2038-02-01T02:00:00Z');
  await run('forget-own-fields');
  // Nothing else of the night has run: what it would sweep away (drafts, exports, who is there, commands) goes with the case as well.
  assert.ok(!(await nights()).includes(filled.caseId), 'the scan of a stack still shows one of its letters');
  await run('erase-scans');
  const due = await nights();
  assert.ok(due.includes(filled.caseId), 'due once its papers are gone');
  for (const column of ['staff_draft.place', 'presence.case_id'])
    assert.ok((await columnsWith(filled.caseId)).includes(column), column);
  assert.ok((await columnsWith(filled.submissionId)).includes('command.result_id'));
  const asked = await inTenant((tx) => askFor(tx, filled.fileId));
  await run('make-file-export', { jobcenterId, exportId: asked });
  assert.ok((await inTenant((tx) => piecesOf(tx, asked))).length > 0, 'what was put together is still there');
  await run('erase-due', { jobcenterId });
  assert.deepEqual(await columnsWith(word), [], 'no column of any table holds a word of it');
  assert.deepEqual(filesThere(), bytes, 'the data folder is as it was before');
  assert.deepEqual(await columnsWith(filled.caseId), mayStay, 'its id stands where it may and nowhere else');
  for (const id of [filled.personId, filled.householdId, filled.fileId, filled.submissionId])
    assert.deepEqual(
      (await columnsWith(id)).filter((column) => !column.startsWith('audit_entry.')),
      [],
    );
  for (const [name, count] of await tablesOfCases())
    if (name !== 'mail_message') assert.equal(count, before.get(name), name); // its key stays, so that it does not come in again
  const kept = (await inTenant((tx) => deletedCases(tx, 100))).find((each) => each.caseId === filled.caseId);
  assert.deepEqual(
    [kept?.closedOn, kept?.dueOn, kept?.years, kept?.confirmedBy],
    ['2026-11-26', '2037-01-01', 10, lou.name],
  );
  const found = await verifyAll(services, { onProblem: (problem) => assert.fail(problem) });
  assert.equal(found.problems, 0, 'receipts, documents and the sealed log are whole');

  const number = filled.number;
  assert.equal(await inTenant((tx) => findReceipt(tx, number)), undefined);
  const digest = await inTenant((tx) => findKeptReceipt(tx, number));
  assert.ok(
    digest?.sha256.equals(sha256(Buffer.from(filled.signature))),
    'whoever holds the receipt can have it checked',
  );
  assert.deepEqual([digest?.issuedOn, digest?.forgottenOn], ['2026-11-26', '2038-02-01']);

  await nights();
  await run('erase-due', { jobcenterId });
  assert.deepEqual(await columnsWith(filled.caseId), mayStay, 'a second night changes nothing');
});

/** Where the id of a deleted case may stand, each with its reason. */
const mayStay = [
  'audit_entry.case_id', // who looked and who acted is sealed; of whom it was nothing is left
  'audit_entry.detail', // which case something was moved to or from
  'audit_entry.subject_id', // the same
  'case_deletion.case_id', // that it was deleted, when, by which rule, on whose word
];

/** A closed case without papers, of somebody whose household has others or not. */
async function plainCase(
  personId?: string,
  householdId?: string,
  teamId = team,
): Promise<{ caseId: string; fileId: string; submissionId: string }> {
  assert.ok(tenant);
  const { caseId, receipt } = await office.submit(tenant, { teamId });
  await inTenant(async (tx) => {
    const [person] = personId === undefined ? [] : await peopleByIds(tx, [personId]);
    if (person !== undefined && householdId !== undefined)
      await confirmPerson(tx, actOf(caseId, lou), {
        ...person,
        householdId,
        name: `${person.familyName}, ${person.givenName}`,
      });
    await closeCase(tx, actOf(caseId, lou));
  });
  const found = await inTenant((tx) => findCase(tx, readerOf(lou), caseId));
  return { caseId, fileId: found?.fileId ?? '', submissionId: receipt.submissionId };
}
/** Somebody with a household of their own. */
async function somebody(familyName: string): Promise<{ personId: string; householdId: string }> {
  return inTenant(async (tx) => {
    const personId = await addPerson(tx, { familyName, givenName: 'Robin', birthDate: '1980-01-01' });
    const members = [{ personId, role: 'applicant' }];
    return {
      personId,
      householdId: await addHousehold(tx, { fileNumber: `BG ${familyName}`, members, fromDay: dayInGermany(now) }),
    };
  });
}
const isThere = async (caseId: string): Promise<boolean> =>
  (await inTenant((tx) => findCase(tx, readerOf(lou), caseId))) !== undefined;
const list = async (): Promise<string[]> => {
  await run('list-deletions');
  return (await inTenant((tx) => dueCases(tx, undefined, 100))).map((each) => each.caseId);
};
const confirm = (...ids: string[]) => inTenant((tx) => confirmCases(tx, ids, lou.name));
async function rule(name: RuleClass, years: number, byItself = false): Promise<void> {
  now = new Date(now.getTime() + 1_000); // the last one counts
  await inTenant((tx) => setRetentionRule(tx, { class: name, years, byItself, source: 'Probe' }, lou.name));
}
const erase = () => run('erase-due', { jobcenterId });
/** What the tests before have left. */
async function clear(): Promise<void> {
  await confirm(...(await list()));
  await erase();
}

test('a case is listed after its years, and neither a hold nor somebody who opens it again comes too late', async () => {
  now = new Date('2038-03-01T09:00:00Z');
  const [held, opened, later] = [await plainCase(), await plainCase(), await plainCase()];
  const ids = [held, opened, later].map((each) => each.caseId);
  now = new Date('2048-12-31T12:00:00Z');
  assert.deepEqual(await list(), [], 'the last day of the tenth year');
  now = new Date('2049-01-01T12:00:00Z');
  assert.deepEqual((await list()).sort(), ids.sort());
  await erase();
  for (const id of ids) assert.ok(await isThere(id), 'nobody has confirmed');
  const holdOn = ({ fileId }: { fileId: string }) =>
    inTenant((tx) => holdFile(tx, kim.name, { fileId, documentId: null, reason: 'Klage' }));
  await holdOn(held);
  await confirm(held.caseId, opened.caseId);
  await inTenant((tx) => reopenCase(tx, actOf(opened.caseId, lou), 'Überprüfungsantrag'));
  await erase();
  assert.ok(await isThere(held.caseId), 'a hold between listing and confirming');
  assert.ok(await isThere(opened.caseId), 'opened again after it was confirmed');
  assert.deepEqual(await list(), [later.caseId], 'both are off the list, and the word of then does not count later');
  await holdOn(later);
  assert.deepEqual(await list(), [], 'a hold takes it off');
  for (const { fileId } of [held, later]) {
    const [hold] = await inTenant((tx) => holdsOfFile(tx, fileId));
    await inTenant((tx) => endHold(tx, lou.name, { id: hold?.id ?? '', reason: 'erledigt', fileId, documentIds: [] }));
  }
  assert.deepEqual((await list()).sort(), [held.caseId, later.caseId].sort());
  await rule('case', 5, false);
  await list();
  const years = async () =>
    (await inTenant((tx) => dueCases(tx, undefined, 100))).map((each) => [each.years, each.source]);
  assert.deepEqual(
    await years(),
    [
      [5, 'Probe'],
      [5, 'Probe'],
    ],
    'what nobody has confirmed follows the rule',
  );
  await confirm(later.caseId);
  await rule('case', 30, false);
  assert.deepEqual(await list(), [], 'a longer rule');
  await erase();
  const withdrawn = await owner.query(
    "select detail from app.audit_entry where action = 'deletion.withdrawn' and subject_id = $1",
    [later.caseId],
  );
  assert.deepEqual(
    withdrawn.rows,
    [{ detail: { confirmedBy: lou.name } }],
    'that somebody had confirmed it stays in the log',
  );
  await rule('case', 1, true);
  await list();
  await erase();
  for (const each of [held, later]) assert.equal(await isThere(each.caseId), false, 'a rule that needs no person');
  const [last] = await inTenant((tx) => deletedCases(tx, 1));
  assert.deepEqual([last?.confirmedBy, last?.source, last?.years], ['Probe', 'Probe', 1]);
  await rule('case', 10, false);
});

test('what is to be kept longer keeps the case: a paper, a letter on its way, a look that somebody wants to take, a field', async () => {
  assert.ok(tenant);
  now = new Date('2050-03-01T09:00:00Z');
  const withPaper = (await arrive('1991-01-01', 'Bleibt')).caseId;
  const awaited = (await office.submit(tenant, { teamId: team })).caseId;
  const field = await fieldOf('case');
  const written = (await office.submit(tenant, { teamId: team })).caseId;
  await inTenant(async (tx) => {
    const again = {
      dueOn: '2061-06-01',
      reason: 'nachsehen',
      topic: 'other',
      waitsFor: 'us',
      forStaffId: lou.id,
    } as const;
    assert.equal((await makeFollowUp(tx, actOf(awaited, lou), again)).kind, 'done');
    await writeOwnValues(tx, actOf(written, lou), [{ field, subjectId: written, opened: 0, value: 'steht' }]);
    await beginNotice(tx, actOf(awaited, lou), { template: 'anruf', recipient: 'Weg 1' });
    const [kept] = await openFollowUps(tx, awaited);
    const choices = { staffId: lou.id, end: [], keep: [kept?.id ?? ''], why: 'wegen der Frist', items: new Map() };
    for (const caseId of [withPaper, awaited, written]) await closeCase(tx, actOf(caseId, lou), choices);
  });
  for (const name of ['benefits', 'general'] as const) await rule(name, 20);
  await rule('case', 0);
  now = new Date('2051-01-02T09:00:00Z');
  assert.deepEqual(await list(), [], 'the field is kept for one year');
  now = new Date('2052-01-02T09:00:00Z');
  assert.deepEqual(await list(), [written], 'and then no longer');
  now = new Date('2061-06-02T09:00:00Z');
  assert.deepEqual((await list()).sort(), [written, awaited].sort(), 'the day of the follow-up is over');
  assert.deepEqual(await inTenant((tx) => openInCase(tx, awaited)), {
    followUps: 1,
    promises: 0,
    appointments: 0,
    drafts: 1,
  });
  await inTenant((tx) =>
    makePromise(tx, actOf(awaited, lou), { what: 'Rückruf', phone: '', dueAt: new Date('2061-06-05T09:00:00Z') }),
  );
  assert.deepEqual(await list(), [written], 'something is promised for a time to come');
  now = new Date('2061-06-06T09:00:00Z');
  await rule('case', 1, true);
  assert.deepEqual(await list(), [awaited], 'what nobody has ended waits for a person, also where the rule needs none');
  await rule('case', 0);
  await confirm(written, awaited);
  await erase();
  now = new Date('2071-01-02T09:00:00Z');
  assert.ok((await nights(false)).includes(withPaper), 'the paper had twenty years');
  await confirm(withPaper);
  await erase();
  assert.equal(await isThere(withPaper), false);
  await rule('case', 10, false);
});

test('a household with another case keeps its people and what still holds; nothing of that case is touched', async () => {
  now = new Date('2072-03-01T09:00:00Z');
  const { personId, householdId } = await somebody('Bleibt');
  const old = await plainCase(personId, householdId);
  const field = await fieldOf('person');
  const today = dayInGermany(now);
  const factOf = (text: string) =>
    ({
      kind: 'language',
      whom: personId,
      detail: {},
      text,
      validFrom: null,
      validUntil: null,
      source: { kind: 'person', id: null, page: null, day: today },
    }) as const;
  await inTenant(async (tx) => {
    await sayFact(tx, actOf(old.caseId, lou), factOf('Arabisch'), null);
    await writeOwnValues(tx, actOf(old.caseId, lou), [{ field, subjectId: personId, opened: 0, value: 'bleibt' }]);
  });
  now = new Date('2083-01-02T09:00:00Z');
  const other = await plainCase(personId, householdId);
  assert.equal(other.fileId, old.fileId);
  await inTenant((tx) => reopenCase(tx, actOf(other.caseId, lou), 'läuft'));
  const before = await inTenant((tx) => timeline(tx, other.caseId));
  assert.deepEqual(await list(), [old.caseId]);
  await confirm(old.caseId);
  await erase();
  assert.equal(await isThere(old.caseId), false);
  assert.deepEqual(await inTenant((tx) => timeline(tx, other.caseId)), before);
  assert.equal((await inTenant((tx) => peopleByIds(tx, [personId]))).length, 1);
  const { rows } = await owner.query('select text, case_id from app.fact');
  assert.deepEqual(rows, [{ text: 'Arabisch', case_id: other.caseId }], 'the language is known as before');
  const values = await owner.query('select value, case_id from app.own_field_value');
  assert.deepEqual(values.rows, [{ value: 'bleibt', case_id: other.caseId }]);
  await inTenant((tx) => closeCase(tx, actOf(other.caseId, lou)));
  now = new Date('2094-01-02T09:00:00Z');
  assert.deepEqual(await list(), [other.caseId]);
  await confirm(other.caseId);
  await erase();
  assert.deepEqual(await inTenant((tx) => peopleByIds(tx, [personId])), [], 'with the last case the person goes too');
  assert.deepEqual((await owner.query('select 1 from app.fact union all select 1 from app.own_field_value')).rows, []);
});

const refused = (call: string, caseId: string) =>
  assert.rejects(
    inTenant((tx) => tx.raw(`select app.${call}`, [caseId])),
    /was not confirmed, or is not due/,
    call,
  );

test('a deletion that breaks off has deleted nothing; and nothing is deleted that nobody confirmed', async () => {
  now = new Date('2095-03-01T09:00:00Z');
  for (const name of ['benefits', 'general'] as const) await rule(name, 10);
  const filled = await fullCase('1990-04-03');
  now = new Date('2107-02-01T02:00:00Z');
  await run('forget-own-fields');
  await run('erase-scans');
  const due = await nights(false);
  assert.ok(due.includes(filled.caseId));
  for (const call of [
    'submissions($1, current_date)',
    'pairs($1)',
    'events($1, now())',
    'circle_notes($1)',
    'appointments($1)',
    'moves($1)',
  ])
    await refused(`forget_${call}`, filled.caseId);
  await refused(`pass_facts($1, gen_random_uuid(), '{}')`, filled.caseId);
  await confirm(filled.caseId);
  // A line that says something untrue opens nothing, nor does one that comes too early, or under a hold.
  const { rows } = await owner.query('select closed_on, due_on from app.case_deletion where case_id = $1', [
    filled.caseId,
  ]);
  for (const untrue of ['closed_on = closed_on + 1', 'due_on = closed_on', "due_on = '2200-01-02'"]) {
    await owner.query(`update app.case_deletion set ${untrue} where case_id = $1`, [filled.caseId]);
    await refused('forget_events($1, now())', filled.caseId);
    await owner.query('update app.case_deletion set closed_on = $2, due_on = $3 where case_id = $1', [
      filled.caseId,
      rows[0]?.closed_on,
      rows[0]?.due_on,
    ]);
  }
  await inTenant((tx) => holdFile(tx, lou.name, { fileId: filled.fileId, documentId: null, reason: 'Klage' }));
  await refused('forget_events($1, now())', filled.caseId);
  const [hold] = await inTenant((tx) => holdsOfFile(tx, filled.fileId));
  await inTenant((tx) =>
    endHold(tx, lou.name, { id: hold?.id ?? '', reason: 'Ende', fileId: filled.fileId, documentIds: [] }),
  );
  const other = office.tenants[1]?.jobcenter.id ?? '';
  await assert.rejects(
    services.database.tenant(other, (tx) => tx.raw('select app.forget_events($1, now())', [filled.caseId])),
    /was not confirmed/,
    'another Jobcenter',
  );
  const counts = async () => ({
    ...Object.fromEntries(await tablesOfCases()),
    people: (await columnsWith(word)).length,
  });
  const before = await counts();
  // It ends before each of the steps that only the owner may do (the calls of `tx.raw`; others cannot be cut from here), and after the last: all of it is one transaction.
  const steps = 7;
  for (let step = 1; step <= steps + 1; step += 1) {
    let reached = 0;
    const cut = await inTenant(async (tx) => {
      await lockCaseAndFile(tx, filled.caseId);
      const listed = (await confirmedCases(tx, lowestId(new Date(0)), 100)).find(
        (each) => each.caseId === filled.caseId,
      );
      assert.ok(listed);
      const raw: Tx['raw'] = async (text, values) => {
        reached += 1;
        if (reached === step) throw new Cut();
        return tx.raw(text, values);
      };
      await forgetCase({ ...tx, raw }, listed);
      throw new Cut();
    }).catch((error: unknown) => error);
    assert.ok(cut instanceof Cut, String(cut));
    assert.equal(reached, Math.min(step, steps));
    assert.deepEqual(await counts(), before, `broken off at step ${step}`);
  }
  // Somebody looks, types and asks for the whole file in the last moment.
  await inTenant(async (tx) => {
    await enterCase(tx, { caseId: filled.caseId, staffId: kim.id, staffName: kim.name, part: 'case' });
    const place = `/arbeit/vorgaenge/${filled.caseId}/notiz`;
    await saveStaffDraft(tx, randomSecret(), { staffId: kim.id, place, page: place, fields: { text: word } });
    await askFor(tx, filled.fileId);
  });
  await erase();
  await work();
  assert.equal(await isThere(filled.caseId), false);
  await clear(); // what was moved to or from it says so until it goes as well
  assert.deepEqual(await columnsWith(filled.caseId), mayStay);
  assert.deepEqual(await columnsWith(word), []);
});

/** Asks for the whole file to be put together. */
const askFor = (tx: Tx, fileId: string) =>
  askForExport(tx, {
    fileId,
    reason: word,
    language: 'de',
    withheld: {},
    reader: { id: kim.id, role: 'clerk', teamIds: [team] },
    by: kim.name,
  });

test('people of whom there is nothing go after as many years, with their household; whoever has a case, or came lately, stays', async () => {
  now = new Date('2120-06-01T09:00:00Z');
  const add = (givenName: string) =>
    inTenant((tx) => addPerson(tx, { familyName: 'Niemand', givenName, birthDate: '1980-01-01' }));
  const [alone, partner, busy, late] = [await add('Eins'), await add('Zwei'), await add('Drei'), await add('Vier')];
  const household = (fileNumber: string, ...ids: string[]) =>
    inTenant((tx) => {
      const members = ids.map((personId) => ({ personId, role: 'applicant' }));
      return addHousehold(tx, { fileNumber, members, fromDay: dayInGermany(now) });
    });
  const empty = await household('BG leer', alone, partner);
  const own = await household('BG eigen', busy);
  const { caseId } = await plainCase(busy, own);
  const there = async () =>
    new Set((await inTenant((tx) => peopleByIds(tx, [alone, partner, busy, late]))).map(({ id }) => id));
  now = new Date('2130-12-31T12:00:00Z');
  await household('BG neu', late);
  await run('forget-people');
  assert.equal((await there()).size, 4, 'the last day of the tenth year');
  now = new Date('2131-01-01T12:00:00Z');
  await run('forget-people');
  assert.deepEqual(await there(), new Set([busy, late]));
  assert.deepEqual(await columnsWith(empty), []);
  assert.deepEqual(await columnsWith(alone), ['audit_entry.subject_id']);
  assert.ok(await isThere(caseId), 'cases wait for a lead');
});

test('what one team alone may read goes over to no case of another one, and comes with its file', async () => {
  now = new Date('2154-02-01T09:00:00Z');
  await clear();
  const other = await inTenant((tx) => addTeam(tx, { key: 'andere', name: 'Andere', phone: '0' }));
  assert.ok(other.kind === 'added');
  const ofTeam = {
    definition: {
      label: { de: 'Nur Leistung' },
      help: { de: '' },
      target: 'person',
      kind: 'text',
      choices: [],
      concerns: [],
      team: 'leistung',
      purpose: 'Probe',
      legalBasis: '§ 67a SGB X',
      category: 'none',
      writeHere: 'Was gilt',
      notHere: 'Keine Diagnosen',
      years: 1,
    },
    why: 'Probe',
  } as const;
  const known = { concerns: [], teams: ['leistung', 'andere'] };
  const input = { ...ofTeam, definition: { ...ofTeam.definition, choices: [], concerns: [] } };
  const added = await inTenant((tx) => addField(tx, { actor: lou.actor, role: 'lead' }, input, known));
  assert.ok(added.kind === 'saved');
  const field = (await inTenant((tx) => fieldsInForce(tx, ['person']))).find((each) => each.definition.team !== null);
  assert.ok(field);

  const { personId, householdId } = await somebody('Wechselt');
  const old = await plainCase(personId, householdId);
  const source = { kind: 'person', id: null, page: null, day: dayInGermany(now) } as const;
  const base = { whom: personId, validFrom: null, source } as const;
  await inTenant(async (tx) => {
    const act = actOf(old.caseId, lou);
    await sayFact(tx, act, { ...base, kind: 'language', detail: {}, text: 'Dari', validUntil: null }, null);
    await sayFact(tx, act, { ...base, kind: 'until', detail: {}, text: 'Pflege', validUntil: '2200-01-01' }, null);
    await sayFact(
      tx,
      act,
      { ...base, kind: 'free', detail: { topic: 'debts' }, text: 'Schulden', validUntil: null },
      null,
    );
    await writeOwnValues(tx, act, [{ field, subjectId: personId, opened: 0, value: 'intern' }]);
  });
  const facts = async () => (await owner.query('select text, case_id from app.fact order by text')).rows;
  const values = async () => (await owner.query('select value, case_id from app.own_field_value')).rows;
  now = new Date('2155-02-01T09:00:00Z');
  const between = await plainCase(personId, householdId);
  now = new Date('2156-02-01T09:00:00Z');
  const newest = await plainCase(personId, householdId, other.id);
  now = new Date('2166-01-02T09:00:00Z');
  assert.deepEqual(await list(), [old.caseId, between.caseId].sort());
  await confirm(old.caseId);
  await erase();
  assert.deepEqual(
    await facts(),
    [
      { text: 'Dari', case_id: newest.caseId },
      { text: 'Pflege', case_id: between.caseId },
      { text: 'Schulden', case_id: between.caseId },
    ],
    'what serves everybody goes to the newest case, the rest to one of the same team',
  );
  assert.deepEqual(await values(), [{ value: 'intern', case_id: between.caseId }]);
  assert.deepEqual(await list(), [between.caseId]);
  now = new Date('2167-01-02T09:00:00Z');
  assert.deepEqual((await list()).sort(), [between.caseId, newest.caseId].sort());
  await confirm(between.caseId);
  await erase();
  assert.deepEqual(await facts(), [{ text: 'Dari', case_id: newest.caseId }]);
  assert.deepEqual(await values(), []);
  await confirm(newest.caseId);
  await erase();
  assert.deepEqual(await facts(), []);
  assert.equal(await isThere(newest.caseId), false);
});

test('a hold stays on what leaves the file that is held: a case that turns out to be of somebody else, and a submission without papers', async () => {
  now = new Date('2170-02-01T09:00:00Z');
  await clear();
  const [wrong, right, third] = [await somebody('Falsch'), await somebody('Richtig'), await somebody('Drittes')];
  const stays = await plainCase(wrong.personId, wrong.householdId);
  const [leaves, left] = [
    await plainCase(wrong.personId, wrong.householdId),
    await plainCase(wrong.personId, wrong.householdId),
  ];
  const target = await plainCase(third.personId, third.householdId);
  await inTenant((tx) => holdFile(tx, kim.name, { fileId: stays.fileId, documentId: null, reason: 'Klage Geheim' }));
  const [person] = await inTenant((tx) => peopleByIds(tx, [right.personId]));
  assert.ok(person);
  const named = { ...person, householdId: right.householdId, name: 'Richtig, Robin' };
  assert.equal((await inTenant((tx) => confirmWithHolds(tx, actOf(leaves.caseId, lou), named))).kind, 'done');
  const move = { submissionId: left.submissionId, toCaseId: target.caseId };
  assert.equal(await inTenant((tx) => moveSubmission(tx, lou.actor, move)), 'moved');
  await inTenant((tx) => closeCase(tx, actOf(target.caseId, lou)));
  now = new Date('2181-01-02T09:00:00Z');
  assert.deepEqual(await list(), [], 'all four are kept');
  const endOf = async (caseId: string) => {
    const fileId = (await inTenant((tx) => findCase(tx, readerOf(lou), caseId)))?.fileId ?? '';
    const holds = await inTenant((tx) => holdsOfFile(tx, fileId, [], [caseId]));
    assert.deepEqual(
      holds.map((each) => [each.caseId, each.reason]),
      [[caseId, '']],
      'without the reason of the other file',
    );
    const ending = { id: holds[0]?.id ?? '', reason: 'Ende', fileId, documentIds: [] };
    assert.equal(await inTenant((tx) => endHold(tx, lou.name, ending)), false, 'not by who does not see the case');
    assert.equal(await inTenant((tx) => endHold(tx, lou.name, { ...ending, caseIds: [caseId] })), true);
  };
  await endOf(leaves.caseId);
  assert.deepEqual(await list(), [leaves.caseId]);
  await endOf(target.caseId);
  assert.deepEqual((await list()).sort(), [leaves.caseId, target.caseId].sort());
  await confirm(leaves.caseId, target.caseId);
  await erase();
  for (const { caseId } of [leaves, target]) assert.equal(await isThere(caseId), false);
  const [hold] = await inTenant((tx) => holdsOfFile(tx, stays.fileId));
  await inTenant((tx) =>
    endHold(tx, lou.name, { id: hold?.id ?? '', reason: 'Ende', fileId: stays.fileId, documentIds: [] }),
  );
  assert.deepEqual((await list()).sort(), [stays.caseId, left.caseId].sort());
  await confirm(stays.caseId, left.caseId);
  await erase();
  assert.equal(await isThere(left.caseId), false);
});

test('a case that cannot be deleted holds up no other, and is named', async () => {
  now = new Date('2185-02-01T09:00:00Z');
  await rule('case', 0);
  const [stuck, other] = [await plainCase(), await plainCase()];
  now = new Date('2186-01-02T09:00:00Z');
  await list();
  await confirm(stuck.caseId, other.caseId);
  await owner.query(
    'create table app.forgotten (jobcenter_id uuid, case_id uuid, foreign key (jobcenter_id, case_id) references app.office_case (jobcenter_id, id))',
  );
  await owner.query('insert into app.forgotten values ($1, $2)', [jobcenterId, stuck.caseId]);
  const failed = () => inTenant((tx) => failedCases(tx, 10));
  await owner.query('alter table app.case_deletion add constraint unnoted check (failed_at is null) not valid');
  await assert.rejects(erase(), /1 deletions have failed/);
  const there = [await isThere(stuck.caseId), await isThere(other.caseId)];
  assert.deepEqual(there, [true, false], 'also where it cannot be noted');
  assert.deepEqual(await failed(), []);
  await owner.query('alter table app.case_deletion drop constraint unnoted');
  await assert.rejects(erase(), /1 deletions have failed/);
  assert.deepEqual(
    (await failed()).map((each) => [each.caseId, each.failedAt]),
    [[stuck.caseId, now]],
  );
  await owner.query('drop table app.forgotten');
  await erase();
  assert.equal(await isThere(stuck.caseId), false, 'it is tried again');
  assert.deepEqual(await failed(), []);
  const all = await inTenant((tx) => deletedCases(tx, 1_000));
  const paged: string[] = [];
  for (let after: (typeof all)[number] | undefined; ; ) {
    const rows = await inTenant((tx) => deletedCases(tx, 3, after));
    paged.push(...rows.map((each) => each.caseId));
    after = rows.at(-1);
    if (rows.length < 3) break;
  }
  assert.deepEqual(
    paged,
    all.map((each) => each.caseId),
    'what was deleted is read page by page',
  );
});

test('an export that is asked for at the wrong moment does not keep what is deleted', async () => {
  now = new Date('2187-02-01T09:00:00Z');
  const { personId, householdId } = await somebody('Einsicht');
  const old = await plainCase(personId, householdId);
  now = new Date('2188-02-01T09:00:00Z');
  const stays = await plainCase(personId, householdId);
  assert.deepEqual(await list(), [old.caseId]);
  await confirm(old.caseId);
  const asked = await inTenant((tx) => askFor(tx, old.fileId));
  await erase();
  assert.equal(await isThere(old.caseId), false);
  assert.deepEqual(
    (await inTenant((tx) => findExport(tx, asked)))?.goneAt,
    now,
    'it was not made yet, and is not made any more',
  );
  await owner.query('delete from queue.outbox');
  await run('make-file-export', { jobcenterId, exportId: asked });
  assert.deepEqual((await owner.query('select 1 from app.file_export_piece')).rows, []);
  // Whoever asks while somebody holds the file waits, and then asks for what is left.
  let waiting = 0;
  const order: string[] = [];
  let waits: Promise<unknown> = Promise.resolve();
  await inTenant(async (tx) => {
    await lockCaseAndFile(tx, stays.caseId);
    waits = inTenant((other) => askFor(other, stays.fileId)).then(() => order.push('asked'));
    while (waiting === 0) {
      const { rows } = await owner.query(
        "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      waiting = rows.length;
    }
    order.push('deleted');
  });
  await waits;
  assert.deepEqual(order, ['deleted', 'asked']);
});

test('what lies between two cases stays true in the one that stays, and so does whoever belongs to another household', async () => {
  now = new Date('2190-02-01T09:00:00Z');
  await clear();
  for (const name of ['benefits', 'general', 'case'] as const) await rule(name, 0);
  const { personId, householdId } = await somebody('Beide');
  const child = await inTenant((tx) =>
    addPerson(tx, { familyName: 'Beide', givenName: 'Kind', birthDate: '2180-01-01' }),
  );
  const [home, elsewhere] = await inTenant(async (tx) => {
    const fromDay = dayInGermany(now);
    const both = [
      { personId, role: 'applicant' },
      { personId: child, role: 'child' },
    ];
    return [
      await addHousehold(tx, { fileNumber: 'BG beide', members: both, fromDay }),
      await addHousehold(tx, { fileNumber: 'BG anderswo', members: [{ personId: child, role: 'child' }], fromDay }),
    ] as const;
  });
  assert.ok(householdId);
  const [person] = await inTenant((tx) => peopleByIds(tx, [personId]));
  assert.ok(tenant !== undefined && person !== undefined);
  const other = (await inTenant((tx) => allTeams(tx))).find((each) => each.key === 'andere')?.id ?? '';
  const withPaper = async (name: string, teamId: string) => {
    const documents = [{ document: await paper(name), field: 'papers', recorded: false }];
    const { caseId, receipt } = await office.submit(tenant, { teamId, documents });
    await inTenant((tx) =>
      confirmPerson(tx, actOf(caseId, lou), { ...person, householdId: home, name: 'Beide, Robin' }),
    );
    const [arrived] = await inTenant((tx) => arrivalsOfSubmissions(tx, [receipt.submissionId]));
    return { caseId, documentId: arrived?.documentId ?? '' };
  };
  const [goes, stays] = [await withPaper('Aus dem einen', team), await withPaper('Aus dem anderen', other)];
  const third = await plainCase(child, elsewhere);
  const until = {
    kind: 'until',
    whom: personId,
    detail: {},
    validFrom: null,
    validUntil: '2199-01-01',
    source: { kind: 'person', id: null, page: null, day: dayInGermany(now) },
  } as const;
  const factsOf = async (caseId: string) =>
    (await owner.query('select id, closed_as, replaced_by from app.fact where case_id = $1', [caseId])).rows;
  await inTenant(async (tx) => {
    const check = {
      what: 'Miete',
      result: 'met',
      source: 'Vertrag',
      documentId: goes.documentId,
      replaces: null,
    } as const;
    assert.equal((await addCheck(tx, actOf(stays.caseId, lou), check)).kind, 'done');
    assert.equal((await sayFact(tx, actOf(stays.caseId, lou), { ...until, text: 'Pflege alt' }, null)).kind, 'done');
  });
  const [old] = await factsOf(stays.caseId);
  await inTenant(async (tx) => {
    const said = await sayFact(tx, actOf(goes.caseId, lou), { ...until, text: 'Pflege neu' }, old?.id ?? '');
    assert.equal(said.kind, 'done');
    const moved = { documentId: stays.documentId, toCaseId: goes.caseId };
    assert.equal(await movePaper(tx, lou.actor, moved), 'moved');
    const [fromCase, toCase] = [stays.caseId, goes.caseId];
    const trace = { fromPart: 'general', toPart: 'general', fromCase, toCase, alone: true, reason: 'gehört hierher' };
    await noteMoves(tx, lou.actor, [stays.documentId], trace);
    await closeCase(tx, actOf(goes.caseId, lou));
  });
  assert.deepEqual(
    (await factsOf(stays.caseId)).map((each) => each.replaced_by),
    (await factsOf(goes.caseId)).map((each) => each.id),
  );
  const rowsOf = async (sql: string, ...of: string[]) => (await owner.query(sql, of)).rows;
  const events = () => inTenant((tx) => timeline(tx, stays.caseId));
  const before = await events();

  await work();
  now = new Date('2192-02-01T09:00:00Z');
  assert.ok((await nights(false)).includes(goes.caseId));
  await confirm(goes.caseId);
  await erase();
  assert.equal(await isThere(goes.caseId), false);
  assert.deepEqual(await events(), before);
  assert.deepEqual(
    await rowsOf('select filed_in from app.submission_document where document_id = $1', stays.documentId),
    [{ filed_in: null }],
    'a paper that was filed in it lies where it came in',
  );
  assert.deepEqual(
    await rowsOf(
      'select case_id, deleted_at is not null gone from app.deletion where document_id = $1',
      stays.documentId,
    ),
    [{ case_id: stays.caseId, gone: true }],
    'and so does the line that it was deleted',
  );
  assert.deepEqual(
    await rowsOf('select what, document_id from app.case_check where case_id = $1', stays.caseId),
    [{ what: 'Miete', document_id: null }],
    'what was checked by one of its papers stays checked',
  );
  assert.deepEqual(await factsOf(stays.caseId), [{ id: old?.id, closed_as: 'ended', replaced_by: null }]);
  assert.deepEqual(
    (await columnsWith(goes.caseId)).filter((column) => !column.startsWith('case_event.')),
    mayStay,
    'only the timeline of the other case still says from where something came',
  );

  await inTenant((tx) => closeCase(tx, actOf(stays.caseId, lou)));
  now = new Date('2194-02-01T09:00:00Z');
  await nights(false);
  await confirm(stays.caseId);
  await erase();
  assert.deepEqual(await columnsWith(goes.caseId), mayStay);
  const left = async () => (await inTenant((tx) => peopleByIds(tx, [personId, child]))).map(({ id }) => id);
  assert.ok((await left()).includes(child), 'who belongs to a household that is still there stays');
  assert.deepEqual(await rowsOf('select 1 from app.household where id = $1', home), []);
  await confirm(third.caseId);
  await erase();
  assert.ok(!(await left()).includes(child));
});

class Cut extends Error {}
