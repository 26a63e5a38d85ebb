import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApp, type TestTenant } from '../../../test/support/app.ts';
import { prepared, submissionInput } from '../../../test/support/submit.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import {
  type CaseReader,
  clientView,
  closeCase,
  findCase,
  openRequiredItems,
  requireItem,
  timeline,
  withdrawItem,
} from '../cases/index.ts';
import { findDocument } from '../documents/index.ts';
import { addStaff, newTotpSecret } from '../identity/index.ts';
import { receive } from '../intake/index.ts';
import { currentProfile, saveProfile } from '../settings/index.ts';
import {
  accountTemplate,
  allBlocks,
  allTemplates,
  beginNotice,
  beginTelling,
  blockHistory,
  chooseDelivery,
  countReturned,
  countToRelease,
  deliveryChoice,
  discardNotice,
  dispatchesOf,
  dropStaleDrafts,
  endTelling,
  findNotice,
  forgetLetterOf,
  giveBackNotice,
  leaveReturned,
  letterOfDocument,
  lettersToRelease,
  markLetters,
  noteDispute,
  noteDrawn,
  noteFetched,
  noteReturned,
  noticesOfCase,
  noticesOfItem,
  type PlaceholderValues,
  placeholders,
  proofOf,
  releaseNotice,
  remedyBlock,
  saveBlock,
  saveTemplate,
  sendAgain,
  sentLetters,
  submitNotice,
  sweepLetters,
  translatables,
  translatedPassages,
  type Written,
  waitingLetters,
  writeNotice,
} from './index.ts';
import { addStep } from './notice.ts';

const app = await startTestApp();
const { services, secondTenant } = app;
const at = <T>(work: (tx: Tx) => Promise<T>, now?: Date, tenant: TestTenant = app): Promise<T> =>
  services.database.tenant(tenant.jobcenter.id, work, now);
const today = dayInGermany(services.clock.now());

const addClerk = (login: string, teamIds: readonly string[], tenant: TestTenant = app): Promise<string> =>
  at(
    async (tx) => {
      const person = {
        login,
        name: `Mensch ${login}`,
        role: 'clerk',
        password: 'ein langes Passwort',
        teamIds,
      } as const;
      const added = await addStaff(tx, new Uint8Array(32), { ...person, totpSecret: newTotpSecret() });
      return added.kind === 'added' ? added.id : '';
    },
    undefined,
    tenant,
  );
const leistung = app.teams['leistung'] ?? '';
const wohnen = app.teams['wohnen'] ?? '';
const who = (id: string, teamIds: readonly string[], role: CaseReader['role'] = 'clerk') => ({
  actor: { kind: 'staff', id, name: `Mensch ${id.slice(-4)}` } as const,
  reader: { role, id, teamIds } as CaseReader,
});
const kim = who(await addClerk('kim', [leistung]), [leistung]);
const alex = who(await addClerk('alex', [leistung]), [leistung]);
const system = { kind: 'system', name: 'letters' } as const;
const elsewhere = who(await addClerk('weg', [wohnen]), [wohnen]);

const values: PlaceholderValues = {
  ...Object.fromEntries(placeholders.filter((name) => name !== 'items').map((name) => [name, `<${name}>`])),
  items: ['Mietvertrag'],
};
const newCase = async (): Promise<string> => {
  const received = await at(async (tx) =>
    receive(tx, { kind: 'client' }, await submissionInput(services, app, { teamId: leistung })),
  );
  assert.ok(received.kind === 'received');
  return received.caseId;
};
type Who = typeof kim;
const begin = async (caseId: string, template: string, by: Who = kim): Promise<string> => {
  const begun = await at((tx) => beginNotice(tx, { ...by, caseId }, { template, recipient: 'Mika Muster\nWeg 1' }));
  assert.ok(begun.kind === 'begun', begun.kind);
  return begun.id;
};
const get = async (id: string, by: Who = kim) => {
  const found = await at((tx) => findNotice(tx, by.reader, id));
  assert.ok(found !== undefined);
  return found;
};
const write = (id: string, written: Written, by: Who = kim) =>
  at((tx) => writeNotice(tx, { ...by, noticeId: id }, written));
const submit = async (id: string, by: Who = kim, way: 'portal' | 'post' = 'post') => {
  const { content } = await get(id, by);
  const document = await prepared(services, app, `Brief ${id} ${content}.pdf`);
  return at((tx) =>
    submitNotice(tx, { ...by, noticeId: id }, { content, document, values, way, sender: app.jobcenter.name }),
  );
};
const release = async (id: string, by: Who = alex, way: 'portal' | 'post' = 'post') => {
  const { sha256 } = await get(id, kim);
  const input = { sha256: sha256 ?? Buffer.alloc(32), way, sender: app.jobcenter.name };
  return at((tx) => releaseNotice(tx, { ...by, noticeId: id }, input));
};
const refusal: Written = {
  result: { value: 'refused', opened: 0 },
  reasons: { value: 'Ihr Einkommen ist höher als Ihr Bedarf.', opened: 0 },
  weighing: { value: 'Wir haben Ihre Lage gegen die Regeln abgewogen.', opened: 0 },
};
const kindsOf = async (caseId: string): Promise<string[]> =>
  (await at((tx) => timeline(tx, caseId))).map((each) => each.kind).filter((kind) => kind.startsWith('letter-'));

test('a letter is begun from the blocks of its template, and belongs to whoever sees the case', async () => {
  const caseId = await newCase();
  const id = await begin(caseId, 'unterlagen');
  const found = await get(id);
  assert.match(found.body, /\{\{items\}\}/);
  assert.equal(found.state, 'draft');
  assert.equal(await at((tx) => findNotice(tx, elsewhere.reader, id)), undefined, 'another team');
  assert.equal(
    await at((tx) => findNotice(tx, kim.reader, id), undefined, secondTenant),
    undefined,
    'another Jobcenter',
  );
  assert.deepEqual(await write(id, { subject: { value: 'x', opened: 0 } }, elsewhere), { kind: 'not-found' });
  const foreign = await at((tx) =>
    beginNotice(tx, { ...elsewhere, caseId }, { template: 'unterlagen', recipient: '' }),
  );
  assert.equal(foreign.kind, 'not-found');
  const nothing = await at((tx) => beginNotice(tx, { ...kim, caseId }, { template: 'gibtesnicht', recipient: '' }));
  assert.equal(nothing.kind, 'no-template');
});

test('two who write different fields both stay; of the same field the second one sees both', async () => {
  const id = await begin(await newCase(), 'anruf');
  assert.deepEqual(await write(id, { subject: { value: 'Von Kim', opened: 0 } }), {
    kind: 'written',
    withdrawn: false,
  });
  assert.equal((await write(id, { body: { value: 'Von Alex', opened: 0 } }, alex)).kind, 'written');
  const both = await get(id);
  assert.deepEqual([both.subject, both.body, both.content], ['Von Kim', 'Von Alex', 2]);
  const clash = await write(id, { subject: { value: 'Von Alex', opened: 0 }, body: { value: 'Neu', opened: 1 } }, alex);
  assert.ok(clash.kind === 'conflicts');
  assert.deepEqual(
    clash.conflicts.map(({ field, theirs, writer }) => [field, theirs, writer.version]),
    [['subject', 'Von Kim', 1]],
  );
  assert.equal((await get(id)).body, 'Von Alex', 'nothing of a form with a conflict is kept');
  assert.equal((await write(id, { subject: { value: 'Von Alex', opened: 1 } }, alex)).kind, 'written');
  assert.equal((await write(id, { subject: { value: 'Von Alex', opened: 0 } })).kind, 'unchanged', 'the same twice');
});

test('a letter may ask for one missing item: its day is there, another case has no such item, and one that came is not asked for', async () => {
  const caseId = await newCase();
  const dueOn = addDays(today, 20);
  const act = { ...kim, caseId, staffId: kim.actor.id };
  for (const what of ['Mietvertrag', 'Lohnzettel'])
    await at((tx) => requireItem(tx, act, { what, why: 'Für die Miete', dueOn }));
  const item = (await at((tx) => openRequiredItems(tx, caseId))).find(({ what }) => what === 'Lohnzettel');
  assert.ok(item);
  const start = (to: string, itemId = item.id) =>
    at((tx) => beginNotice(tx, { ...kim, caseId: to }, { template: 'unterlagen', recipient: '', itemId }));
  const begun = await start(caseId);
  assert.ok(begun.kind === 'begun');
  const found = await get(begun.id);
  assert.deepEqual([found.itemId, found.deadline], [item.id, dueOn]);
  assert.deepEqual(
    (await at((tx) => noticesOfItem(tx, item.id))).map(({ id }) => id),
    [begun.id],
  );
  assert.equal((await start(await newCase())).kind, 'no-item', 'an item of another case');
  await at((tx) => withdrawItem(tx, act, item.id));
  assert.equal((await start(caseId)).kind, 'no-item');
  await at((tx) => discardNotice(tx, { ...kim, noticeId: begun.id }));
  assert.deepEqual(await at((tx) => noticesOfItem(tx, item.id)), []);
});

test('a notice needs its result, its reasons and what was weighed; an unfilled place is named', async () => {
  const caseId = await newCase();
  const id = await begin(caseId, 'ablehnung');
  const missing = await submit(id);
  assert.ok(missing.kind === 'problems');
  assert.deepEqual(
    missing.problems.map(({ field, code }) => `${field} ${code}`),
    ['result empty', 'reasons empty', 'weighing empty'],
  );
  await write(id, { ...refusal, body: { value: 'Guten Tag {{deadline}} {{frist}}', opened: 0 } });
  const document = await prepared(services, app, 'lücke.pdf');
  const { deadline: _, ...without } = values;
  const input = { content: 1, document, values: without, way: 'post', sender: 'x' } as const;
  const open = await at((tx) => submitNotice(tx, { ...kim, noticeId: id }, input));
  assert.deepEqual(open, {
    kind: 'problems',
    problems: [
      { field: 'body', code: 'unknown', name: 'frist' },
      { field: 'body', code: 'unfilled', name: 'deadline' },
    ],
  });
  assert.equal((await get(id)).state, 'draft');
  assert.equal(await at((tx) => findDocument(tx, document.id)), undefined, 'nothing of a refused letter is recorded');
  await write(id, { reasons: { value: 'Weil {{amount}}', opened: 1 }, body: { value: 'Guten Tag', opened: 1 } });
  const braces = await submit(id);
  assert.deepEqual(braces.kind === 'problems' && braces.problems, [{ field: 'reasons', code: 'braces' }]);
});

test('a name alone is no address: the letter waits until it says where it goes', async () => {
  const act = { ...kim, caseId: await newCase() };
  const begun = await at((tx) => beginNotice(tx, act, { template: 'anruf', recipient: 'Mika Muster\n ' }));
  assert.ok(begun.kind === 'begun');
  const outcome = await submit(begun.id);
  assert.deepEqual(outcome.kind === 'problems' && outcome.problems, [{ field: 'recipient', code: 'no-place' }]);
  const lines = (count: number): string => Array.from({ length: count }, (_, index) => `Zeile ${index}`).join('\n');
  await write(begun.id, { recipient: { value: lines(8), opened: 0 } });
  const long = await submit(begun.id);
  assert.deepEqual(long.kind === 'problems' && long.problems, [{ field: 'recipient', code: 'too-many-lines' }]);
  await write(begun.id, { recipient: { value: `${lines(7)}\n `, opened: 1 } });
  assert.equal((await submit(begun.id)).kind, 'sent');
});

test('four eyes: who wrote in a letter does not release it, and what is released are the bytes that were looked at', async () => {
  const caseId = await newCase();
  const id = await begin(caseId, 'ablehnung');
  await write(id, refusal);
  assert.equal((await submit(id)).kind, 'submitted');
  assert.equal((await submit(id)).kind, 'unchanged', 'twice is once');
  assert.equal((await release(id, kim)).kind, 'own');
  assert.equal((await release(id, elsewhere)).kind, 'not-found');
  const wrong = { sha256: Buffer.alloc(32, 7), way: 'post', sender: 'x' } as const;
  assert.equal((await at((tx) => releaseNotice(tx, { ...alex, noticeId: id }, wrong))).kind, 'changed');
  assert.deepEqual(
    (await at((tx) => lettersToRelease(tx, alex.reader))).map((each) => each.id).filter((each) => each === id),
    [id],
  );
  assert.deepEqual(await at((tx) => lettersToRelease(tx, elsewhere.reader)), []);
  const counts = await Promise.all([kim, alex, elsewhere].map(({ reader }) => at((tx) => countToRelease(tx, reader))));
  assert.deepEqual(counts, [0, 1, 0], 'nobody is asked to release what they wrote');

  const first = await get(id);
  const changed = await write(id, { body: { value: 'Doch anders', opened: 0 } }, alex);
  assert.deepEqual(changed, { kind: 'written', withdrawn: true });
  const after = await get(id);
  assert.deepEqual([after.state, after.documentId, after.sha256], ['draft', null, null]);
  const gone = await at((tx) => findDocument(tx, first.documentId ?? ''));
  assert.notEqual(gone?.erasedAt ?? null, null, 'the preview is gone');
  assert.equal((await release(id)).kind, 'not-submitted');

  assert.equal((await submit(id)).kind, 'submitted');
  const lead = who(app.staff[1]?.id ?? '', [], 'lead');
  assert.equal((await release(id, alex)).kind, 'own', 'Alex wrote in it meanwhile');
  const back = await at((tx) => giveBackNotice(tx, { ...lead, noticeId: id }, 'Bitte den Betrag nennen'));
  assert.equal(back.kind, 'done');
  assert.equal((await submit(id)).kind, 'submitted');
  assert.equal((await release(id, lead)).kind, 'sent');
  assert.equal((await release(id, lead)).kind, 'unchanged', 'released once');
  const sent = await get(id);
  assert.deepEqual([sent.state, sent.way, sent.waitsFor], ['sent', 'post', 'print']);
  assert.equal((await write(id, { body: { value: 'zu spät', opened: 1 } })).kind, 'closed');
  assert.equal((await at((tx) => findCase(tx, kim.reader, caseId)))?.state, 'decided');
  const seen = await at((tx) => clientView(tx, caseId));
  assert.deepEqual(
    seen?.events.filter((each) => ['decided', 'letter-sent'].includes(each.kind)).map((each) => each.kind),
    ['decided', 'letter-sent'],
    'the person sees the decision and the letter, and nothing of what came before',
  );
  assert.deepEqual(await kindsOf(caseId), [
    'letter-begun',
    'letter-submitted',
    'letter-given-back',
    'letter-submitted',
    'letter-given-back',
    'letter-submitted',
    'letter-sent',
  ]);
});

test('above an amount somebody else looks; below it, or where the rule needs nobody, the letter goes at once', async () => {
  const grant = (amount: number): Written => ({
    ...refusal,
    result: { value: 'granted', opened: 0 },
    amountCents: { value: amount, opened: 0 },
  });
  const small = await begin(await newCase(), 'bewilligung');
  const nameless = await submit(small);
  assert.ok(nameless.kind === 'problems' && nameless.problems.some((each) => each.field === 'amountCents'));
  await write(small, grant(100_000));
  assert.equal((await submit(small)).kind, 'sent');
  const large = await begin(await newCase(), 'bewilligung');
  await write(large, grant(100_001));
  assert.equal((await submit(large)).kind, 'submitted');
  const plain = await begin(await newCase(), 'anruf');
  assert.equal((await submit(plain)).kind, 'sent');
});

test('a notice in a closed case opens it, and decides it', async () => {
  const caseId = await newCase();
  await at((tx) => closeCase(tx, { ...kim, caseId }));
  const id = await begin(caseId, 'ablehnung');
  await write(id, refusal);
  await submit(id);
  assert.equal((await release(id)).kind, 'sent');
  const found = await at((tx) => findCase(tx, kim.reader, caseId));
  assert.deepEqual([found?.state, found?.closedAt], ['decided', null]);
});

test('what somebody writes after the preview is not sent by it', async () => {
  const id = await begin(await newCase(), 'anruf');
  const { content } = await get(id);
  const document = await prepared(services, app, 'alt.pdf');
  await write(id, { body: { value: 'Neuer Text', opened: 0 } }, alex);
  const input = { content, document, values, way: 'post', sender: 'x' } as const;
  assert.equal((await at((tx) => submitNotice(tx, { ...kim, noticeId: id }, input))).kind, 'changed');
  assert.equal((await get(id)).state, 'draft');
});

test('two who release at the same moment send one letter', async () => {
  const caseId = await newCase();
  const id = await begin(caseId, 'ablehnung');
  await write(id, refusal);
  await submit(id);
  const lead = who(app.staff[1]?.id ?? '', [], 'lead');
  const both = await Promise.all([release(id, alex), release(id, lead)]);
  assert.deepEqual(both.map((each) => each.kind).sort(), ['sent', 'unchanged']);
  assert.equal((await kindsOf(caseId)).filter((kind) => kind === 'letter-sent').length, 1);
});

test('by post: printed, then handed over on a day, from which the effect is counted; each once', async () => {
  const caseId = await newCase();
  const id = await begin(caseId, 'ablehnung');
  await write(id, refusal);
  await submit(id);
  await release(id);
  const waits = async (what: 'print' | 'hand-over', by = kim) =>
    (await at((tx) => waitingLetters(tx, by.reader, what))).some((each) => each.id === id);
  assert.ok(await waits('print'));
  assert.ok(!(await waits('print', elsewhere)));
  const mark = (done: 'printed' | 'posted', by = kim, day = today) =>
    at((tx) => markLetters(tx, by.actor, by.reader, { ids: [id], ...(done === 'posted' ? { done, day } : { done }) }));
  assert.equal(await mark('posted'), 0, 'what is not printed is not handed over');
  assert.equal(await mark('printed', elsewhere), 0);
  assert.equal(await mark('printed'), 0, 'what stood in no opened print file is not printed');
  await at((tx) => noteDrawn(tx, kim.actor, [id]));
  assert.equal(await mark('printed'), 1);
  assert.equal(await mark('printed'), 0, 'once');
  const effect = async () => (await at(async (tx) => proofOf(tx, await get(id)))).effect;
  assert.deepEqual(await effect(), { kind: 'waiting' });
  assert.equal(await mark('posted', kim, addDays(today, -1)), 0, 'nothing is posted before it is released');
  assert.equal(await mark('posted'), 1);
  const known = await effect();
  assert.ok(known?.kind === 'known');
  assert.deepEqual([known.sentOn, known.knownOn], [today, addDays(today, 4)]);
  const late = { claimed: addDays(today, 9), text: 'Sagt, der Brief kam spät.' };
  assert.equal((await at((tx) => noteDispute(tx, { ...elsewhere, noticeId: id }, late))).kind, 'not-found');
  assert.equal((await at((tx) => noteDispute(tx, { ...kim, noticeId: id }, late))).kind, 'done');
  const disputed = await effect();
  assert.ok(disputed?.kind === 'disputed' && disputed.claimed === late.claimed);
  assert.equal((await at((tx) => noteReturned(tx, { ...kim, noticeId: id }, 'unbekannt verzogen'))).kind, 'done');
  assert.deepEqual(await effect(), { kind: 'undelivered' });
});

test('what came back goes out once more to another address, with a proof of its own; the day of that dispatch counts', async () => {
  const caseId = await newCase();
  const id = await begin(caseId, 'ablehnung');
  await write(id, refusal);
  await submit(id);
  await release(id);
  const act = { ...kim, noticeId: id };
  const mark = (done: 'printed' | 'posted', day = today, now?: Date) =>
    at(
      (tx) => markLetters(tx, kim.actor, kim.reader, { ids: [id], ...(done === 'posted' ? { done, day } : { done }) }),
      now,
    );
  const proof = async () => at(async (tx) => proofOf(tx, await get(id)));
  const draw = (now?: Date) => at((tx) => noteDrawn(tx, kim.actor, [id]), now);
  const again = (recipient: string, by: Who = kim, now?: Date) =>
    at((tx) => sendAgain(tx, { ...by, noticeId: id }, { recipient }), now);
  const back = (by: Who = kim, now?: Date) =>
    at((tx) => noteReturned(tx, { ...by, noticeId: id }, 'unbekannt verzogen'), now);
  assert.equal((await back()).kind, 'not-out', 'what did not go out cannot come back');
  await draw();
  await mark('printed');
  await mark('posted');
  assert.equal((await again('Mika Muster\nAllee 2')).kind, 'not-back', 'what counts as known is not repeated');
  assert.equal((await back(elsewhere)).kind, 'not-found');
  assert.equal((await back()).kind, 'done');
  assert.equal((await back()).kind, 'not-out', 'once');
  const waiting = async (by: Who) => (await at((tx) => waitingLetters(tx, by.reader, 'address'))).map((one) => one.id);
  assert.ok((await waiting(alex)).includes(id));
  assert.deepEqual(await waiting(elsewhere), []);
  assert.equal(await at((tx) => countReturned(tx, elsewhere.reader)), 0);

  let ticks = 0; // steps stand in the order of their moments
  const later = (): Date => {
    ticks += 1_000;
    return new Date(services.clock.now().getTime() + 9 * 86_400_000 + ticks);
  };
  const laterDay = dayInGermany(later());
  assert.equal((await again('Mika Muster', kim, later())).kind, 'no-place');
  const eight = [1, 2, 3, 4, 5, 6, 7, 8].join('\n\n');
  assert.equal((await again(eight, kim, later())).kind, 'too-many-lines', 'the last line, the town, would be cut');
  assert.equal((await again('Mika Muster\nAllee 2', elsewhere, later())).kind, 'not-found');
  const before = await get(id);
  assert.equal((await again('Mika Muster\nAllee 2\n01234 Musterstadt', kim, later())).kind, 'done');
  assert.equal((await again('Mika Muster\nAllee 3', kim, later())).kind, 'not-back', 'once');
  const queued = await get(id);
  assert.ok(queued.sha256?.equals(before.sha256 ?? Buffer.alloc(0)), 'the bytes that were released');
  assert.deepEqual([queued.way, queued.waitsFor], ['post', 'print']);
  assert.deepEqual(
    (await at((tx) => dispatchesOf(tx, [id]))).map((each) => [each.number, each.recipient.split('\n')[1]]),
    [[2, 'Allee 2']],
  );
  assert.equal((await proof()).effect?.kind, 'undelivered', 'nothing runs before it is handed over again');
  assert.equal(await mark('printed', today, later()), 0, 'it must stand in a print file once more');
  await draw(later());
  assert.equal(await mark('printed', today, later()), 1);
  assert.equal(await mark('posted', addDays(laterDay, -1), later()), 0, 'not before it was sent again');
  assert.equal(await mark('posted', laterDay, later()), 1);
  const known = (await proof()).effect;
  assert.ok(known?.kind === 'known');
  assert.deepEqual([known.sentOn, known.knownOn], [laterDay, addDays(laterDay, 4)]);
  assert.deepEqual(
    (await proof()).steps.map(({ kind }) => kind).filter((kind) => kind !== 'submitted' && kind !== 'released'),
    ['queued', 'drawn', 'printed', 'posted', 'returned', 'again', 'drawn', 'printed', 'posted'],
  );
  assert.deepEqual((await kindsOf(caseId)).slice(-2), ['letter-returned', 'letter-again']);

  assert.equal((await back(kim, later())).kind, 'done', 'the second dispatch may come back as well');
  const left = await at((tx) => leaveReturned(tx, act, 'Anschrift bleibt unbekannt'), later());
  assert.equal(left.kind, 'done');
  assert.equal((await at((tx) => leaveReturned(tx, act, 'x'), later())).kind, 'unchanged');
  assert.ok(!(await waiting(alex)).includes(id));
  assert.equal(
    (await again('Mika Muster\nNeue Allee 3', kim, later())).kind,
    'done',
    'once somebody knows, it can still go',
  );
  await at((tx) => forgetLetterOf(tx, system, queued.documentId ?? ''));
  assert.deepEqual(
    (await at((tx) => dispatchesOf(tx, [id]))).map((each) => each.recipient),
    ['', ''],
    'no address is left',
  );
});

test('where the profile names the state of the office, its holidays move the end of a period', async () => {
  const id = await begin(await newCase(), 'ablehnung');
  await write(id, refusal);
  await submit(id);
  await release(id);
  await at((tx) => noteDrawn(tx, kim.actor, [id]));
  for (const done of [{ done: 'printed' }, { done: 'posted', day: '2027-09-27' }] as const)
    await at((tx) => markLetters(tx, kim.actor, kim.reader, { ids: [id], ...done }));
  const until = async () => {
    const { effect } = await at(async (tx) => proofOf(tx, await get(id)));
    return effect?.kind === 'known' && [effect.knownOn, effect.until];
  };
  assert.deepEqual(await until(), ['2027-10-01', '2027-11-01']);
  await at(async (tx) => {
    const profile = await currentProfile(tx);
    assert.ok(profile);
    await saveProfile(tx, { kind: 'system', name: 'test' }, { ...profile, state: 'NW' });
  });
  assert.deepEqual(await until(), ['2027-10-01', '2027-11-02'], 'Allerheiligen');
});

test('what never came, says the person, may go out once more; what came late may not', async () => {
  const id = await begin(await newCase(), 'ablehnung');
  await write(id, refusal);
  await submit(id);
  await release(id);
  const act = { ...kim, noticeId: id };
  const dispute = (claimed: string | null) =>
    at((tx) => noteDispute(tx, act, { claimed, text: 'Sagt es am Telefon.' }));
  const again = () => at((tx) => sendAgain(tx, act, { recipient: 'Mika Muster\nWeg 1' }));
  assert.equal((await dispute(null)).kind, 'not-sent', 'what did not go out cannot have come');
  await at((tx) => addStep(tx, kim.actor, id, 'disputed')); // as it could be noted once
  await at((tx) => noteDrawn(tx, kim.actor, [id]));
  for (const done of [{ done: 'printed' }, { done: 'posted', day: today }] as const)
    await at((tx) => markLetters(tx, kim.actor, kim.reader, { ids: [id], ...done }));
  assert.equal((await again()).kind, 'not-back', 'it counts as known: what was said before says nothing about it');
  await dispute(addDays(today, 9));
  assert.equal((await again()).kind, 'not-back');
  await dispute(null);
  assert.equal((await again()).kind, 'done');
  assert.equal((await dispute(null)).kind, 'not-sent', 'the second dispatch has not gone out');
});

test('a letter about an item that came meanwhile is not submitted, not released, and not sent again', async () => {
  const caseId = await newCase();
  const act = { ...kim, caseId, staffId: kim.actor.id };
  const begun = async (): Promise<{ readonly id: string; readonly itemId: string }> => {
    await at((tx) => requireItem(tx, act, { what: 'Lohnzettel', why: 'Für die Miete', dueOn: addDays(today, 20) }));
    const itemId = (await at((tx) => openRequiredItems(tx, caseId))).at(-1)?.id ?? '';
    const letter = await at((tx) =>
      beginNotice(tx, act, { template: 'ablehnung', recipient: 'Mika Muster\nWeg 1', itemId }),
    );
    assert.ok(letter.kind === 'begun');
    await write(letter.id, refusal);
    return { id: letter.id, itemId };
  };
  const gone = (itemId: string) => at((tx) => withdrawItem(tx, act, itemId));
  const early = await begun();
  await gone(early.itemId);
  assert.equal((await submit(early.id)).kind, 'item-gone');
  assert.equal((await get(early.id)).state, 'draft');

  const waiting = await begun();
  assert.equal((await submit(waiting.id)).kind, 'submitted');
  await gone(waiting.itemId);
  assert.equal((await release(waiting.id)).kind, 'item-gone');
  assert.equal((await get(waiting.id)).state, 'submitted');

  const sent = await begun();
  await submit(sent.id);
  assert.equal((await release(sent.id)).kind, 'sent');
  await at((tx) => noteDrawn(tx, kim.actor, [sent.id]));
  for (const done of [{ done: 'printed' }, { done: 'posted', day: today }] as const)
    await at((tx) => markLetters(tx, kim.actor, kim.reader, { ids: [sent.id], ...done }));
  await at((tx) => noteReturned(tx, { ...kim, noticeId: sent.id }, 'unbekannt verzogen'));
  await gone(sent.itemId);
  const again = await at((tx) => sendAgain(tx, { ...kim, noticeId: sent.id }, { recipient: 'Mika Muster\nWeg 1' }));
  assert.equal(again.kind, 'item-gone');
  assert.equal((await at((tx) => leaveReturned(tx, { ...kim, noticeId: sent.id }, 'Ist da'))).kind, 'done');
});

test('by portal: the e-mail is told once, and a letter of which nobody can say so goes by post', async () => {
  const send = async (): Promise<string> => {
    const id = await begin(await newCase(), 'ablehnung');
    await write(id, refusal);
    await submit(id, kim, 'portal');
    assert.equal((await release(id, alex, 'portal')).kind, 'sent');
    return id;
  };
  const told = await send();
  const first = await Promise.all([0, 1].map(() => at((tx) => beginTelling(tx, told))));
  assert.equal(first.filter((each) => each !== undefined).length, 1, 'one of two workers tells');
  await at((tx) => endTelling(tx, system, told, 'sent'));
  await at((tx) => endTelling(tx, system, told, 'failed'));
  const proven = await at(async (tx) => proofOf(tx, await get(told)));
  assert.deepEqual([proven.way, proven.waitsFor, proven.effect?.kind], ['portal', null, 'known']);
  const client = { kind: 'client', receiptId: 'ABC' } as const;
  await at(async (tx) => noteFetched(tx, client, await get(told)));
  await at(async (tx) => noteFetched(tx, client, await get(told)));
  const fetched = await at(async (tx) => proofOf(tx, await get(told)));
  assert.deepEqual(
    fetched.steps.map((step) => step.kind),
    ['submitted', 'released', 'available', 'notified', 'fetched'],
  );

  const refused = await send();
  await at((tx) => beginTelling(tx, refused));
  await at((tx) => endTelling(tx, system, refused, 'failed'));
  assert.deepEqual([(await get(refused)).way, (await get(refused)).waitsFor], ['post', 'print']);

  const killed = await send();
  await at((tx) => beginTelling(tx, killed));
  const soon = new Date(services.clock.now().getTime() + 16 * 60_000);
  await at((tx) => sweepLetters(tx, system), soon);
  assert.deepEqual([(await get(killed)).way, (await get(killed)).waitsFor], ['post', 'print'], 'nobody knows: by post');

  const lost = await send();
  await at((tx) => sweepLetters(tx, system), soon);
  assert.equal((await get(lost)).waitsFor, 'notify', 'its job is announced again');
  await at((tx) => sweepLetters(tx, system), new Date(soon.getTime() + 24 * 3_600_000));
  assert.equal((await get(lost)).waitsFor, 'print', 'after a day without a relay it goes by post');
});

test('the way is the choice of the person, can be taken back, and stands in the timeline', async () => {
  const caseId = await newCase();
  const actor = { kind: 'client', receiptId: 'ABC' } as const;
  const choose = (choice: Parameters<typeof chooseDelivery>[3]) =>
    at((tx) => chooseDelivery(tx, actor, caseId, choice));
  assert.equal(await at((tx) => deliveryChoice(tx, caseId)), undefined);
  assert.equal((await choose({ way: 'post' })).kind, 'unchanged', 'that is so without a choice');
  assert.equal((await choose({ way: 'portal', email: 'mika@example.org' })).kind, 'done');
  assert.equal((await choose({ way: 'portal', email: 'mika@example.org' })).kind, 'unchanged');
  assert.equal((await choose({ way: 'post' })).kind, 'done');
  const now = await at((tx) => deliveryChoice(tx, caseId));
  assert.deepEqual([now?.way, now?.email], ['post', null]);
  const events = (await at((tx) => timeline(tx, caseId))).filter((each) => each.kind === 'delivery-chosen');
  assert.equal(events.length, 2);
  assert.ok(!JSON.stringify(events).includes('mika@'), 'the address stays out of the timeline');
});

test('what is thrown away or deleted leaves no word; old drafts go by themselves', async () => {
  const caseId = await newCase();
  const id = await begin(caseId, 'anruf');
  assert.equal((await at((tx) => discardNotice(tx, { ...kim, noticeId: id }))).kind, 'done');
  assert.equal((await at((tx) => discardNotice(tx, { ...kim, noticeId: id }))).kind, 'unchanged');
  const gone = await get(id);
  assert.deepEqual([gone.state, gone.body, gone.recipient], ['discarded', '', '']);
  assert.deepEqual(await at((tx) => noticesOfCase(tx, caseId)), []);

  const sent = await begin(caseId, 'anruf');
  await submit(sent);
  assert.equal((await at((tx) => discardNotice(tx, { ...kim, noticeId: sent }))).kind, 'closed');
  const { documentId } = await get(sent);
  assert.equal((await at((tx) => letterOfDocument(tx, documentId ?? '')))?.id, sent);
  await at((tx) => forgetLetterOf(tx, system, documentId ?? ''));
  assert.equal((await get(sent)).body, '');
  assert.equal((await get(sent)).waitsFor, null, 'there is nothing to print any more');
  assert.equal((await at(async (tx) => proofOf(tx, await get(sent)))).steps.at(-1)?.kind, 'left');
  assert.equal((await at((tx) => sentLetters(tx, [caseId]))).length, 1, 'the line that there was a letter stays');

  const old = await begin(caseId, 'anruf');
  const later = new Date(services.clock.now().getTime() + 181 * 86_400_000);
  await at((tx) => dropStaleDrafts(tx, system), later);
  assert.equal((await get(old)).state, 'discarded');
});

test('blocks and templates have versions with who, when and why; what is wrong is not kept', async () => {
  const lead = { kind: 'staff', id: app.staff[1]?.id ?? '', name: 'Alex Beispiel' } as const;
  const block = { key: 'fragen', title: 'Fragen?', translations: {}, retired: false, reason: 'kürzer', opened: 0 };
  const save = (body: string, more: Partial<typeof block> = {}) =>
    at((tx) => saveBlock(tx, lead, { ...block, ...more, body }));
  assert.deepEqual(await save('Rufen Sie {{team.phone}} an. {{wer}} {{'), {
    kind: 'problems',
    problems: [
      { field: 'body', code: 'unknown', name: 'wer' },
      { field: 'body', code: 'broken', name: 'Rufen Sie … an. … {{' },
    ],
  });
  assert.equal((await save('Neu', { reason: '' })).kind, 'problems');
  assert.deepEqual(await save('Rufen Sie {{team.phone}} an.'), { kind: 'saved', version: 1 });
  assert.equal((await save('Rufen Sie {{team.phone}} an.', { opened: 1 })).kind, 'unchanged');
  const newer = await save('Anders');
  assert.equal(newer.kind, 'newer', 'whoever saw the shipped text sees that somebody wrote meanwhile');
  const history = await at((tx) => blockHistory(tx, 'fragen'));
  assert.deepEqual(
    history.map((each) => each.origin.version),
    [1, 0],
  );
  const used = await save('Rufen Sie {{team.phone}} an.', { opened: 1, retired: true });
  assert.ok(used.kind === 'problems' && used.problems.every((each) => each.code === 'used'), 'templates need it');
  const remedy = await save('x', { key: remedyBlock, retired: true });
  assert.ok(remedy.kind === 'problems' && remedy.problems.some((each) => each.code === 'needed'));
  assert.equal(
    (await at((tx) => allBlocks(tx), undefined, secondTenant)).find((each) => each.key === 'fragen')?.origin.version,
    0,
    'the other Jobcenter has its own',
  );

  const template = (await at(allTemplates)).find((each) => each.key === 'anruf');
  assert.ok(template);
  const change = { ...template, blocks: ['gibtesnicht'], reason: 'x', opened: 0 };
  const bad = await at((tx) => saveTemplate(tx, lead, change));
  assert.deepEqual(bad.kind === 'problems' && bad.problems, [
    { field: 'blocks', code: 'missing', name: 'gibtesnicht' },
  ]);
  const needed = (await at(allTemplates)).find((each) => each.key === accountTemplate);
  assert.ok(needed);
  const without = await at((tx) => saveTemplate(tx, lead, { ...needed, retired: true, reason: 'x', opened: 0 }));
  assert.ok(without.kind === 'problems' && without.problems.some((each) => each.code === 'needed'));
  const strict = { ...template, release: 'always', reason: 'Prüfung der Innenrevision', opened: 0 } as const;
  const id = await begin(await newCase(), 'anruf');
  assert.equal((await at((tx) => saveTemplate(tx, lead, strict))).kind, 'saved');
  assert.equal((await submit(id)).kind, 'submitted', 'the rule that holds now counts');
});

test('a block has translations with the same places; one that was left alone when the German text changed is asked about', async () => {
  const lead = { kind: 'staff', id: app.staff[1]?.id ?? '', name: 'Alex Beispiel' } as const;
  const block = { key: 'rueckruf', title: 'Rückruf', retired: false, reason: 'auch auf Englisch' };
  const save = (opened: number, body: string, en: string, translationsFit = false) =>
    at((tx) => saveBlock(tx, lead, { ...block, opened, body, translations: { en }, translationsFit }));
  const wrong = await save(0, 'Rufen Sie {{team.phone}} an.', 'Call {{staff.name}}.');
  assert.ok(wrong.kind === 'problems');
  assert.deepEqual(
    wrong.problems.map((each) => 'name' in each && each.name),
    ['team.phone', 'staff.name'],
  );
  assert.deepEqual(await save(0, 'Rufen Sie {{team.phone}} an.', ''), { kind: 'saved', version: 1 });
  assert.deepEqual(await save(1, 'Rufen Sie {{team.phone}} an.', 'Call {{team.phone}}.'), {
    kind: 'saved',
    version: 2,
  });
  assert.equal((await save(2, 'Rufen Sie {{team.phone}} an.', 'Call {{team.phone}}.')).kind, 'unchanged');
  assert.deepEqual(await save(2, 'Bitte rufen Sie {{team.phone}} an.', 'Call {{team.phone}}.'), {
    kind: 'problems',
    problems: [{ field: 'translation-en', code: 'stale' }],
  });
  assert.equal((await save(2, 'Bitte rufen Sie {{team.phone}} an.', 'Call {{team.phone}}.', true)).kind, 'saved');
  const history = await at((tx) => blockHistory(tx, 'rueckruf'));
  assert.deepEqual(
    history.map((each) => each.translations),
    [{ en: 'Call {{team.phone}}.' }, { en: 'Call {{team.phone}}.' }, {}],
  );
  const known = await at((tx) => translatables(tx));
  assert.deepEqual(translatedPassages('Rufen Sie {{team.phone}} an.', known, 'en'), [{ text: 'Call {{team.phone}}.' }]);
});

test('who writes a letter does not let it pass by changing the rule of its template, before or after it is begun', async () => {
  const rule = async (release: 'always' | 'never', by: Who) => {
    const template = (await at(allTemplates)).find((each) => each.key === 'ablehnung');
    assert.ok(template);
    const saved = { ...template, release, reason: 'Probe', opened: template.origin.version };
    assert.equal((await at((tx) => saveTemplate(tx, by.actor, saved))).kind, 'saved');
  };
  const written = async (): Promise<string> => {
    const id = await begin(await newCase(), 'ablehnung');
    await write(id, refusal);
    return id;
  };
  const before = await written();
  await rule('never', kim);
  assert.equal((await submit(before)).kind, 'submitted', 'the rule it was begun under asked for somebody else');
  assert.equal((await submit(await written())).kind, 'submitted', 'its writer took the rule away');
  await rule('always', alex);
  await rule('never', alex);
  assert.equal((await submit(await written())).kind, 'sent', 'somebody else took the rule away');
});
