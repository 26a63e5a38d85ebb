import { addDays, dayInGermany, instantInGermany } from '../../../../src/kernel/dates.ts';
import { makeEventsFindable } from '../../../../src/main/jobs/make-findable.ts';
import { appointmentsOf, cannotCome, makeAppointment } from '../../../../src/modules/appointments/index.ts';
import {
  assignCase,
  confirmPerson,
  findCase,
  issueReturnCode,
  makeFollowUp,
  makePromise,
  moveToTeam,
  nameStandIn,
  raiseClearing,
  requireItem,
} from '../../../../src/modules/cases/index.ts';
import { circlesOf, foundCircle, writeNote } from '../../../../src/modules/contacts/index.ts';
import { insertDocuments } from '../../../../src/modules/documents/index.ts';
import { addContact, addEmployer, contactsOf } from '../../../../src/modules/employers/index.ts';
import { sayFact } from '../../../../src/modules/facts/index.ts';
import { addField } from '../../../../src/modules/fields/index.ts';
import { addMark, askForExport, holdFile, keepExport } from '../../../../src/modules/files/index.ts';
import { addPasskey, makeKioskCode } from '../../../../src/modules/identity/index.ts';
import { accessCode, receive } from '../../../../src/modules/intake/index.ts';
import { beginNotice } from '../../../../src/modules/notices/index.ts';
import { addHousehold, addPerson } from '../../../../src/modules/people/index.ts';
import { holdReview, propose } from '../../../../src/modules/plans/index.ts';
import { lettersOfBatch, readScans, takeScan } from '../../../../src/modules/post/index.ts';
import { noticeCase, noticeSubmission, pairsOfCase } from '../../../../src/modules/twice/index.ts';
import type { Tx } from '../../../../src/platform/database/index.ts';
import { formOf } from '../../../e2e/workspace-office.ts';
import type { TestApp } from '../../../support/app.ts';
import { letterSheet, scanPdf } from '../../../support/scans.ts';
import { smallPdf, submissionInput } from '../../../support/submit.ts';
import { formsOf } from '../visitor.ts';
import { expect303, type Knocker, unlockTablet, type Who } from './people.ts';

/** The birth date of everybody in the worlds. */
export const birthDate = '1990-04-03';

/**
 * One household of the team, with one of everything an address can name. A person's name is a mark: where it is read, somebody saw
 * something of this household.
 */
export type World = {
  readonly mark: string;
  /** Ids by what they are; what an address names is looked up here. */
  readonly of: Readonly<Record<string, string>>;
  readonly receipt: { readonly number: string; readonly code: string };
  readonly returnCode: string;
};

/** The beginning of a name finds the whole one: who reads that did not type it. */
export const part = (mark: string): string => mark.slice(0, 'Zugriffsprob'.length);

const idIn = async (tx: Tx, sql: string, values: readonly unknown[]): Promise<string> => {
  const [row] = await tx.raw<{ id: string }>(sql, values);
  if (row === undefined) throw new Error(`Nothing found: ${sql}`);
  return row.id;
};

/** Makes a world of the team `leistung`, whose case is worked on by its clerk. */
export async function makeWorld(app: TestApp, all: Record<Who, Knocker>, mark: string): Promise<World> {
  const { services, jobcenter } = app;
  const at = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenter.id, work);
  const keys = await services.keyring.of(jobcenter.id);
  const staffId = all['clerk of the team'].staffId ?? '';
  const actor = { kind: 'staff', id: staffId, name: 'clerk of the team' } as const;
  const reader = { role: 'clerk', id: staffId, teamIds: [app.teams['leistung'] ?? ''] } as const;
  const today = dayInGermany(services.clock.now());
  const person = { familyName: mark, givenName: 'Mika', birthDate };
  const papers = async () => {
    const file = { name: `${mark}.pdf`, bytes: smallPdf(mark), mediaType: 'application/pdf', pages: 1 };
    return [{ document: await services.vault.prepare(jobcenter.id, file), field: 'papers', recorded: false as const }];
  };
  const arrive = async () => {
    const input = await submissionInput(services, app, {
      person,
      form: formOf('umzug'),
      answers: { said: 'zieht um' },
      documents: await papers(),
    });
    return at(async (tx) => {
      const received = await receive(tx, { kind: 'client' }, input);
      if (received.kind !== 'received') throw new Error(received.kind);
      await noticeSubmission(tx, received.receipt.submissionId);
      return received;
    });
  };
  const { caseId, receipt } = await arrive();
  const second = await arrive();
  await arrive(); // lies there untouched
  const act = { actor, reader, caseId, staffId };
  const sheets = await Promise.all(
    ['submitted', 'print', 'address'].map((name) =>
      services.vault.prepare(jobcenter.id, {
        name: `${name}.pdf`,
        bytes: smallPdf(`${mark} ${name}`),
        mediaType: 'application/pdf',
        pages: 1,
      }),
    ),
  );
  const byCase = (tx: Tx, table: string) =>
    idIn(tx, `select id from app.${table} where jobcenter_id = $1 and case_id = $2`, [jobcenter.id, caseId]);
  const made = await at(async (tx) => {
    const personId = await addPerson(tx, person);
    const householdId = await addHousehold(tx, {
      fileNumber: `0815/${mark}`,
      members: [{ personId, role: 'applicant' }],
      fromDay: today,
    });
    const known = { id: personId, householdId, name: `${mark}, Mika`, birthDate };
    for (const each of [caseId, second.caseId]) {
      await confirmPerson(tx, { ...act, caseId: each }, known);
      await assignCase(tx, { ...act, caseId: each }, { id: staffId, name: actor.name });
    }
    await requireItem(tx, act, { what: 'Lohn', why: 'Einkommen', dueOn: addDays(today, 10) });
    await requireItem(tx, act, { what: 'Miete', why: 'Wohnung', dueOn: addDays(today, -2) });
    await raiseClearing(tx, caseId, 'unreadable', {});
    await makePromise(tx, act, { what: 'Rückruf', dueAt: new Date(tx.now.getTime() + 86_400_000) });
    await makeFollowUp(tx, act, {
      dueOn: addDays(today, 3),
      reason: 'nachsehen',
      topic: 'other',
      waitsFor: 'us',
      forStaffId: staffId,
    });
    const talk = {
      whom: personId,
      topic: 'other',
      staffId,
      startsAt: instantInGermany(addDays(today, 2), '10:00'),
      minutes: 30,
      way: 'office',
      place: '',
      bring: '',
      note: '',
    } as const;
    await makeAppointment(tx, act, talk);
    const appointment = (await appointmentsOf(tx, caseId))[0]?.id ?? '';
    const client = { kind: 'client', receiptId: receipt.number } as const;
    await cannotCome(tx, client, caseId, appointment, { words: '', otherTimes: '' });
    const head = { actor: { kind: 'staff', id: all.lead.staffId ?? '', name: 'lead' }, role: 'lead' } as const;
    await foundCircle(tx, head, mark, [staffId]);
    const circle = (await circlesOf(tx, reader)).find((each) => each.name === mark)?.id ?? '';
    const note = { topic: 'other', whom: personId, way: null, day: null, corrects: null };
    await writeNote(tx, act, { ...note, text: `${mark} Kreiswort`, circleId: circle });
    await writeNote(tx, act, { ...note, text: 'Notizwort', circleId: null });
    const notes = {
      note: await idIn(
        tx,
        "select id from app.case_event where jobcenter_id = $1 and case_id = $2 and kind = 'note' order by id desc limit 1",
        [jobcenter.id, caseId],
      ),
      circleNote: await byCase(tx, 'circle_note'),
    };
    await makeEventsFindable(tx, services, Object.values(notes));
    const seen = { heldOn: today, nextOn: addDays(today, 10), summary: 'gesehen', reminder: 'Plan ansehen' };
    await holdReview(tx, { ...act, caseId: second.caseId }, seen);
    const fact = {
      kind: 'language',
      whom: 'household',
      text: mark,
      detail: {},
      validFrom: null,
      validUntil: null,
      source: { kind: 'person', id: null, page: null, day: today },
    } as const;
    await sayFact(tx, act, { ...fact, text: `${mark} früher` }, null);
    const oldFact = await byCase(tx, 'fact');
    await sayFact(tx, act, fact, oldFact);
    const holds = 'select id from app.fact where jobcenter_id = $1 and case_id = $2 and replaced_by is null';
    // The list of employers is everybody's: nothing in their names tells of the person.
    const listed = await addEmployer(tx, act, {
      kind: 'employer',
      name: 'Beispielbetrieb',
      place: '',
      sector: '',
      wants: '',
      carerId: '',
    });
    const employer = listed.kind === 'done' ? listed.id : '';
    const twin = await addEmployer(tx, act, {
      kind: 'employer',
      name: 'Beispielbetriebe',
      place: '',
      sector: '',
      wants: '',
      carerId: '',
    });
    await addContact(tx, act, employer, { name: 'Lou Probe', task: '', phone: '1', email: '' });
    const proposed = {
      kind: 'job',
      title: mark,
      provider: '',
      employerId: employer,
      onDay: today,
      words: mark,
    } as const;
    await propose(tx, act, proposed);
    const file = (await findCase(tx, reader, caseId))?.fileId ?? '';
    const [row] = await tx.raw<{ id: string }>(
      'select document_id id from app.submission_document where jobcenter_id = $1 and submission_id = $2',
      [jobcenter.id, receipt.submissionId],
    );
    const document = row?.id ?? '';
    await addMark(tx, actor, { documentId: document, page: 1, places: [], note: 'hier' });
    const hold = await holdFile(tx, staffId, { fileId: file, documentId: null, reason: 'Klage' });
    const documentHold = await holdFile(tx, staffId, { fileId: file, documentId: document, reason: 'Klage' });
    const export_ = await askForExport(tx, {
      fileId: file,
      reason: 'Auskunft',
      language: 'de',
      withheld: {},
      reader,
      by: actor.name,
    });
    await keepExport(tx, export_, [{ position: 1, kind: 'pdf', documentId: document }]);
    await makeKioskCode(tx, mark);
    await addPasskey(tx, { staffId, credentialId: mark, publicKey: Buffer.from('key'), counter: 0, name: mark });
    await noticeCase(tx, caseId); // since the person is known, the two are one concern
    const both = [caseId, second.caseId];
    const pairs = (await pairsOfCase(tx, reader, caseId)).filter(
      ({ earlierCase, laterCase }) => both.includes(earlierCase) && both.includes(laterCase),
    );
    const pairOf = (level: string): string => pairs.find((each) => each.level === level)?.id ?? '';
    const begun = await beginNotice(tx, { actor, reader, caseId }, { template: 'anruf', recipient: `${mark}\nWeg 1` });
    await insertDocuments(tx, sheets);
    await lettersOnTheirWay(tx, { actor, reader, caseId: second.caseId }, mark, sheets);
    await tx.raw(
      `insert into app.receipt_print (jobcenter_id, id, receipt_number, submission_id, team_id, asked_at, asked_by)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [jobcenter.id, tx.newId(), receipt.number, receipt.submissionId, app.teams['leistung'], tx.now, staffId],
    );
    const target = { caseId, purpose: 'letter', by: staffId } as const;
    return {
      of: {
        ...notes,
        client: personId,
        case: caseId,
        document,
        file,
        hold,
        documentHold,
        export: export_,
        circle,
        notice: begun.kind === 'begun' ? begun.id : '',
        oldFact,
        fact: await idIn(tx, holds, [jobcenter.id, caseId]),
        pair: pairOf('same-bytes'),
        concernPair: pairOf('same-request') || pairOf('same-concern'),
        submission: receipt.submissionId,
        otherCase: second.caseId,
        item: await byCase(tx, 'required_item'),
        promise: await byCase(tx, 'promise'),
        followUp: await byCase(tx, 'follow_up'),
        appointment,
        employer,
        otherEmployer: twin.kind === 'done' ? twin.id : '',
        person: (await contactsOf(tx, employer))[0]?.id ?? '',
        field: await ownField(tx, all.lead.staffId ?? ''),
        mark: await idIn(tx, 'select id from app.file_mark where jobcenter_id = $1 and document_id = $2', [
          jobcenter.id,
          document,
        ]),
        kiosk: await idIn(tx, 'select id from app.api_token where jobcenter_id = $1 and name = $2', [
          jobcenter.id,
          mark,
        ]),
        passkey: await idIn(tx, 'select id from app.passkey where jobcenter_id = $1 and name = $2', [
          jobcenter.id,
          mark,
        ]),
      },
      returnCode: (await issueReturnCode(tx, keys.codes, target))?.code ?? '',
    };
  });
  return {
    mark,
    of: { ...made.of, ...(await scanned(app, all, mark)) },
    receipt: { number: receipt.number, code: accessCode(keys.codes, receipt.number) },
    returnCode: made.returnCode,
  };
}

/**
 * Cases of the team that nobody works on. In three of them the clerk is expected while somebody stands in: they hold an appointment, wanted to look again,
 * promised something. In one that is due only when they are back; in one nobody expects anything of them.
 */
export async function heldCases(
  app: TestApp,
  all: Record<Who, Knocker>,
  mark: string,
): Promise<Record<string, string>> {
  const { services, jobcenter } = app;
  const staffId = all['clerk of the team'].staffId ?? '';
  const actor = { kind: 'staff', id: staffId, name: 'clerk of the team' } as const;
  const teamId = app.teams['leistung'] ?? '';
  const act = { actor, reader: { role: 'clerk', id: staffId, teamIds: [teamId] } as const, staffId };
  const today = dayInGermany(services.clock.now());
  const again = (days: number) =>
    ({
      dueOn: addDays(today, days),
      reason: 'nachsehen',
      topic: 'other',
      waitsFor: 'us',
      forStaffId: staffId,
    }) as const;
  const meeting = {
    whom: 'stated',
    topic: 'other',
    staffId,
    startsAt: instantInGermany(addDays(today, 2), '11:00'),
    minutes: 30,
    way: 'office',
    place: '',
    bring: '',
    note: '',
  } as const;
  const expects: Readonly<Record<string, (tx: Tx, caseId: string) => Promise<{ readonly kind: string }>>> = {
    heldByAppointment: (tx, caseId) => makeAppointment(tx, { ...act, caseId }, meeting),
    heldByFollowUp: (tx, caseId) => makeFollowUp(tx, { ...act, caseId }, again(2)),
    heldByPromise: (tx, caseId) => {
      const dueAt = new Date(tx.now.getTime() + 86_400_000);
      return makePromise(tx, { ...act, caseId }, { what: 'Rückruf', dueAt });
    },
    heldLater: (tx, caseId) => makeFollowUp(tx, { ...act, caseId }, again(30)),
    notHeld: async () => ({ kind: 'done' }),
  };
  const cases: Record<string, string> = {};
  for (const [name, expect] of Object.entries(expects)) {
    const input = await submissionInput(services, app, {
      person: { familyName: mark, givenName: name, birthDate },
      form: formOf('umzug'),
      answers: { said: 'zieht um' },
      documents: [],
    });
    cases[name] = await services.database.tenant(jobcenter.id, async (tx) => {
      const received = await receive(tx, { kind: 'client' }, input);
      if (received.kind !== 'received') throw new Error(received.kind);
      await moveToTeam(
        tx,
        { ...act, reader: { role: 'lead', id: staffId, teamIds: [] }, caseId: received.caseId },
        { id: teamId, name: 'leistung' },
      );
      const { kind } = await expect(tx, received.caseId);
      if (kind !== 'done') throw new Error(`${name} came to ${kind}.`);
      return received.caseId;
    });
  }
  return cases;
}

/** Three letters that the clerk wrote: one waits for somebody else to release it, one for the printer, one came back and waits for an address. */
async function lettersOnTheirWay(
  tx: Tx,
  act: Parameters<typeof beginNotice>[1],
  mark: string,
  sheets: readonly { readonly id: string; readonly sha256: Buffer }[],
): Promise<void> {
  for (const [index, sheet] of sheets.entries()) {
    const begun = await beginNotice(tx, act, { template: 'anruf', recipient: `${mark}\nWeg 1` });
    if (begun.kind !== 'begun') throw new Error(`The letter came to ${begun.kind}.`);
    const waits = [null, 'print', 'address'][index] ?? null;
    await tx.raw(
      `update app.notice set document_id = $2, sha256 = $3, title = $4, submitted_at = $5, submitted_by = $6, state = $7, waits_for = $8,
         released_at = $9, way = 'post' where id = $1`,
      [
        ...[begun.id, sheet.id, sheet.sha256, mark, tx.now, act.actor.id, waits === null ? 'submitted' : 'sent'],
        ...[waits, waits === null ? null : tx.now],
      ],
    );
  }
}

/** A field that leads have set up. */
async function ownField(tx: Tx, leadId: string): Promise<string> {
  const act = { actor: { kind: 'staff', id: leadId, name: 'lead' }, role: 'lead' } as const;
  const definition = {
    label: { de: 'Probefeld' },
    help: { de: '' },
    target: 'case',
    kind: 'number',
    choices: [],
    concerns: [],
    team: null,
    purpose: 'Probe',
    legalBasis: '§ 67a SGB X',
    category: 'none',
    writeHere: '',
    notHere: '',
    years: 1,
  } as const;
  const input = { definition: { ...definition, choices: [], concerns: [] }, why: '' };
  const saved = await addField(tx, act, input, { concerns: [], teams: [] });
  if (saved.kind !== 'saved') throw new Error(`The field came to ${saved.kind}.`);
  return saved.id;
}

/** A stack of the team with one letter, and another one whose letter has lain aside for so long that its scan goes soon. */
async function scanned(app: TestApp, all: Record<Who, Knocker>, mark: string): Promise<Record<string, string>> {
  const old = await stack(app, all, `${mark}-alt`);
  await app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const then = new Date(tx.now.getTime() - 340 * 86_400_000);
    await tx.raw('update app.scan_batch set created_at = $1 where id = $2', [then, old.batch]);
    await tx.raw("update app.scan_letter set state = 'aside', aside_reason = 'later', aside_at = $1 where id = $2", [
      then,
      old.letter,
    ]);
  });
  return stack(app, all, mark);
}

async function stack(app: TestApp, all: Record<Who, Knocker>, mark: string) {
  const { services, jobcenter } = app;
  const staffId = all['clerk of the team'].staffId ?? '';
  const bytes = scanPdf([letterSheet({ sender: 'Berg KG', subject: mark, text: [mark] })], mark);
  const file = { name: `${mark}-stapel.pdf`, bytes, mediaType: 'application/pdf', pages: 0 };
  const document = await services.vault.prepare(jobcenter.id, file);
  const row = { name: file.name, source: 'upload', teamId: app.teams['leistung'] ?? null, createdBy: staffId } as const;
  const taken = await services.database.tenant(jobcenter.id, (tx) =>
    takeScan(tx, { kind: 'staff', id: staffId, name: 'clerk' }, document, row),
  );
  while (await readScans({ ...services, ownName: jobcenter.name }, jobcenter.id));
  const [letter] = await services.database.tenant(jobcenter.id, (tx) => lettersOfBatch(tx, taken.batchId));
  return { batch: taken.batchId, letter: letter?.id ?? '' };
}

/** A draft begun at home by the client with the draft, kept, and opened by the clerk of the team at the counter. */
export async function deskDraft(all: Record<Who, Knocker>, mark: string): Promise<string> {
  const [home, desk] = [all['client with the draft'], all['clerk of the team']];
  const draft = await beginDraft(home);
  await home.visitor.post(`${draft}/frage/person`, {
    csrf: home.csrf,
    familyName: mark,
    givenName: 'Mika',
    birthDate: '3.4.1990',
  });
  const page = (await home.visitor.post(`${draft}/merken`, { csrf: home.csrf })).body.toString();
  const code = /td-code__value">([^<]+)</.exec(page)?.[1] ?? '';
  if (code === '') throw new Error(`The draft got no code: ${formsOf(page, draft).length} forms.`);
  await expect303(desk.visitor.post('/arbeit/schalter/entwurf', { csrf: desk.csrf, code }), 'a draft at the counter');
  return draft.split('/').at(-1) ?? '';
}

/** Begins a draft of the concern "Unterlagen" and gives its address. */
async function beginDraft({ visitor, csrf }: Knocker): Promise<string> {
  const to = await expect303(visitor.post('/anliegen/unterlagen/entwurf', { csrf }), 'a draft');
  return to.replace(/\/frage\/.*/, '');
}

/** Opens for the clients what they may hold: the receipt of this world, another receipt, a letter, the tablet. */
export async function holdPapers(app: TestApp, all: Record<Who, Knocker>, world: World, other: World): Promise<void> {
  const open = (who: Who, path: string, fields: Record<string, string>) =>
    expect303(all[who].visitor.post(path, { csrf: all[who].csrf, birthDate: '3.4.1990', ...fields }), who);
  const receiptFields = ({ receipt }: World) => ({ nummer: receipt.number, code: receipt.code });
  await open('client with the receipt', '/stand', receiptFields(world));
  await open('client with another receipt', '/stand', receiptFields(other));
  await open('helper with the code of a letter', '/b', { code: world.returnCode });
  await unlockTablet(app, all.tablet);
}

/** A substitution of the far future, which opens nothing today, and which the absent person or a lead can end. */
export async function farSubstitution(app: TestApp, all: Record<Who, Knocker>, from: number): Promise<string> {
  const day = (n: number) => addDays(dayInGermany(app.services.clock.now()), n);
  return app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const named = await nameStandIn(
      tx,
      { kind: 'staff', id: all.lead.staffId ?? '', name: 'lead' },
      {
        absentId: all['clerk of the team'].staffId ?? '',
        substituteId: all['clerk of another team'].staffId ?? '',
        fromDay: day(from),
        untilDay: day(from + 1),
      },
    );
    if (named.kind !== 'named') throw new Error(`Nobody was named: ${JSON.stringify(named)}.`);
    return named.substitution.id;
  });
}
