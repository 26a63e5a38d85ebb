import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  alex,
  app,
  at,
  begin,
  elsewhere,
  get,
  kim,
  kindsOf,
  newCase,
  refusal,
  release,
  secondTenant,
  services,
  submit,
  system,
  today,
  type Who,
  write,
} from '../../../test/support/letters.ts';
import { prepared } from '../../../test/support/submit.ts';
import type { Actor } from '../../kernel/actor.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import {
  casesByIds,
  closeCase,
  confirmPerson,
  openRequiredItems,
  requireItem,
  timeline,
  withdrawItem,
} from '../cases/index.ts';
import { findDocument, insertRaw } from '../documents/index.ts';
import { addMark, copiesOf, holdFile, isHeld, marksOfDocument, noteCopy } from '../files/index.ts';
import { addHousehold, addPerson } from '../people/index.ts';
import { currentProfile, saveProfile } from '../settings/index.ts';
import {
  beginNotice,
  beginTelling,
  chooseDelivery,
  countReturned,
  countWaiting,
  deliveryChoice,
  dispatchesOf,
  endTelling,
  forgetLetterOf,
  leaveReturned,
  lettersOut,
  markLetters,
  noteDispute,
  noteDrawn,
  noteFetched,
  noteReturned,
  proofOf,
  returnedPapers,
  sendAgain,
  sweepLetters,
  takeBackReturn,
  waitingLetters,
} from './index.ts';
import { addStep } from './notice.ts';

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
  assert.equal(await at((tx) => countWaiting(tx, kim.reader, 'print', 0)), 1, 'more than were to be counted');
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

test('what came back was scanned: its picture lies with the step, and a mistake is taken back while nobody has sent it again', async () => {
  const caseId = await newCase();
  const posted = async (): Promise<string> => {
    const id = await begin(caseId, 'ablehnung');
    await write(id, refusal);
    await submit(id);
    await release(id);
    await at((tx) => noteDrawn(tx, kim.actor, [id]));
    await at((tx) => markLetters(tx, kim.actor, kim.reader, { ids: [id], done: 'printed' }));
    await at((tx) => markLetters(tx, kim.actor, kim.reader, { ids: [id], done: 'posted', day: today }));
    return id;
  };
  const id = await posted();
  const out = async () => (await at((tx) => lettersOut(tx, caseId))).map(({ notice }) => notice.id);
  assert.deepEqual(await out(), [id]);
  assert.deepEqual(
    await at((tx) => lettersOut(tx, caseId), undefined, secondTenant),
    [],
    'another Jobcenter sees nothing',
  );
  const back = async (by: Who = kim) => {
    const picture = await prepared(services, app, 'Umschlag.pdf');
    const outcome = await at((tx) => noteReturned(tx, { ...by, noticeId: id }, 'unbekannt verzogen', picture));
    return { outcome: outcome.kind, picture: picture.id };
  };
  const mistaken = (picture: string, by: Who = kim) => at((tx) => takeBackReturn(tx, { ...by, noticeId: id }, picture));
  const effect = async () => (await at(async (tx) => proofOf(tx, await get(id)))).effect?.kind;
  assert.equal((await mistaken(id)).kind, 'too-late', 'nothing came back');
  assert.equal((await back(elsewhere)).outcome, 'not-found');
  const first = await back();
  assert.equal(first.outcome, 'done');
  assert.deepEqual([await out(), await effect()], [[], 'undelivered']);
  const pictures = async () =>
    (await at((tx) => returnedPapers(tx, { caseIds: [caseId] }))).map((one) => one.documentId);
  assert.deepEqual(await pictures(), [first.picture]);
  assert.equal((await at((tx) => returnedPapers(tx, { documentId: first.picture })))[0]?.notice.id, id);
  assert.deepEqual(await at((tx) => returnedPapers(tx, { documentId: first.picture }), undefined, secondTenant), []);
  assert.equal((await mistaken(first.picture, elsewhere)).kind, 'not-found');
  assert.deepEqual(await mistaken(first.picture), { kind: 'done', picture: 'erased' });
  assert.deepEqual([await out(), await effect()], [[id], 'known'], 'the letter counts as before');
  assert.notEqual((await at((tx) => findDocument(tx, first.picture)))?.erasedAt, null, 'the picture goes');
  assert.deepEqual(await pictures(), [], 'and the file has no gap whose time would have come');
  assert.equal((await mistaken(first.picture)).kind, 'too-late', 'once');
  assert.deepEqual((await kindsOf(caseId)).slice(-2), ['letter-returned', 'letter-return-mistaken']);

  const second = await back();
  assert.equal(second.outcome, 'done', 'and it may come back all the same');
  await at((tx) => sendAgain(tx, { ...kim, noticeId: id }, { recipient: 'Mika Muster\nAllee 2' }));
  assert.equal((await mistaken(second.picture)).kind, 'too-late', 'somebody has sent it again');
  await at((tx) => noteDrawn(tx, kim.actor, [id]));
  await at((tx) => markLetters(tx, kim.actor, kim.reader, { ids: [id], done: 'printed' }));
  await at((tx) => markLetters(tx, kim.actor, kim.reader, { ids: [id], done: 'posted', day: today }));
  const third = await back();
  assert.equal(third.outcome, 'done', 'the other address was wrong as well');
  assert.equal((await mistaken(second.picture)).kind, 'too-late', 'an earlier return does not undo a later one');
  assert.deepEqual(await pictures(), [third.picture, second.picture]);
  for (const { picture } of [second, third])
    assert.equal((await at((tx) => findDocument(tx, picture)))?.erasedAt, null);
  assert.equal(await effect(), 'undelivered');
});

test('the picture of a return that was a mistake stays while it, a copy or its file is held; else copies and marks go with it', async () => {
  const back = async () => {
    const caseId = await newCase();
    const id = await begin(caseId, 'ablehnung');
    await write(id, refusal);
    await submit(id);
    await release(id);
    await at((tx) => noteDrawn(tx, kim.actor, [id]));
    await at((tx) => markLetters(tx, kim.actor, kim.reader, { ids: [id], done: 'printed' }));
    await at((tx) => markLetters(tx, kim.actor, kim.reader, { ids: [id], done: 'posted', day: today }));
    const picture = await prepared(services, app, 'Umschlag.pdf');
    const copy = await prepared(services, app, 'Umschlag, geschwärzt.pdf');
    const noted = await at((tx) => noteReturned(tx, { ...kim, noticeId: id }, 'unbekannt verzogen', picture));
    assert.equal(noted.kind, 'done');
    const fileId = await at(async (tx) => {
      await insertRaw(tx, copy);
      await noteCopy(tx, copy.id, picture.id, kim.actor.id);
      const places = [{ x: 0.1, y: 0.1, width: 0.1, height: 0.1 }];
      await addMark(tx, kim.actor, { documentId: picture.id, page: 1, places, note: 'Handschrift' });
      return (await casesByIds(tx, [caseId]))[0]?.fileId ?? '';
    });
    return { caseId, id, fileId, picture: picture.id, copy: copy.id };
  };
  const takeBack = ({ id, picture }: Awaited<ReturnType<typeof back>>) =>
    at((tx) => takeBackReturn(tx, { ...kim, noticeId: id }, picture));
  const gone = async (...ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await at((tx) => findDocument(tx, id)))?.erasedAt !== null));
  const holds = ['picture', 'copy', 'file'] as const;
  for (const held of holds) {
    const each = await back();
    const documentId = held === 'file' ? null : each[held];
    await at((tx) => holdFile(tx, 'Kim', { fileId: each.fileId, documentId, reason: 'Klage' }));
    assert.deepEqual(await takeBack(each), { kind: 'done', picture: 'kept' }, held);
    assert.deepEqual(await gone(each.picture, each.copy), [false, false], held);
    assert.equal((await at((tx) => marksOfDocument(tx, each.picture))).length, 1, held);
    assert.ok(await at((tx) => isHeld(tx, { id: each.caseId, fileId: each.fileId }, each.picture)), held);
    const papers = await at((tx) => returnedPapers(tx, { caseIds: [each.caseId] }));
    assert.deepEqual(
      papers.map((one) => one.documentId),
      [each.picture],
      'what stays lies in the file',
    );
    assert.equal((await at((tx) => returnedPapers(tx, { documentId: each.picture }))).length, 1, 'and has its case');
  }
  const free = await back();
  assert.deepEqual(await takeBack(free), { kind: 'done', picture: 'erased' });
  assert.deepEqual(await gone(free.picture, free.copy), [true, true]);
  assert.deepEqual(await at((tx) => marksOfDocument(tx, free.picture)), []);
  assert.deepEqual(await at((tx) => copiesOf(tx, [free.picture])), []);
});

test('where the profile names the state of the office, its holidays move the end of a period', async () => {
  const id = await begin(await newCase(), 'ablehnung');
  await write(id, refusal);
  await submit(id);
  await release(id, alex, 'post', new Date('2027-09-20T10:00:00Z')); // nothing is posted before it is released
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

test('the portal is taken back in all cases of the confirmed person, and chosen for one alone', async () => {
  const [first, second, closed, unconfirmed, somebodyElse] = [
    await newCase(),
    await newCase(),
    await newCase(),
    await newCase(),
    await newCase(),
  ];
  const confirm = async (givenName: string, cases: readonly string[]): Promise<void> => {
    const person = { familyName: 'Muster', givenName, birthDate: '1990-04-03' };
    const known = await at(async (tx) => {
      const id = await addPerson(tx, person);
      const members = [{ personId: id, role: 'applicant' as const }];
      const householdId = await addHousehold(tx, { fileNumber: `47/${givenName}`, members, fromDay: today });
      return { id, householdId, name: `Muster, ${givenName}`, birthDate: person.birthDate };
    });
    for (const caseId of cases) await at((tx) => confirmPerson(tx, { ...kim, caseId }, known));
  };
  await confirm('Mika', [first, second, closed]);
  await confirm('Kaya', [somebodyElse]);
  const email = 'mika@example.org';
  const choose = (caseId: string, choice: Parameters<typeof chooseDelivery>[3], by: Actor = client) =>
    at((tx) => chooseDelivery(tx, by, caseId, choice));
  const client = { kind: 'client', receiptId: 'A-NUMBER' } as const;
  const wayOf = async (caseId: string) => (await at((tx) => deliveryChoice(tx, caseId)))?.way;
  const ways = async () => Promise.all([first, second, closed, unconfirmed, somebodyElse].map(wayOf));
  for (const caseId of [second, closed, unconfirmed, somebodyElse])
    await choose(caseId, { way: 'portal', email, reminders: true });
  assert.deepEqual(await ways(), [undefined, 'portal', 'portal', 'portal', 'portal'], 'chosen for one case alone');
  assert.equal((await choose(first, { way: 'post' })).kind, 'unchanged', 'what was never given is not taken back');
  assert.equal(await wayOf(second), 'portal');

  await choose(first, { way: 'portal', email });
  await at((tx) => closeCase(tx, { ...kim, caseId: closed }));
  assert.equal((await choose(first, { way: 'post' })).kind, 'done');
  assert.deepEqual(
    await ways(),
    ['post', 'post', 'post', 'portal', 'portal'],
    'of nobody else, and of whom nobody knows',
  );
  const there = await at((tx) => deliveryChoice(tx, second));
  assert.deepEqual([there?.email, there?.reminders], [email, true], 'reminders are another wish');
  const told = (await at((tx) => timeline(tx, second))).findLast((each) => each.kind === 'delivery-chosen');
  assert.deepEqual(told?.detail, { way: 'post', reminders: true, revoked: true });
  const [logged] = await at((tx) =>
    tx.raw<{ n: number }>(
      "select count(*) n from app.audit_entry where case_id = $1 and action = 'case.delivery-chosen' and detail ->> 'revoked' = 'true'",
      [second],
    ),
  );
  assert.equal(Number(logged?.n), 1);
  const [stored] = await at((tx) =>
    tx.raw<{ n: number }>(
      "select count(*) n from app.delivery_choice where case_id = $1 and actor_id = 'A-NUMBER' and way = 'post'",
      [second],
    ),
  );
  assert.equal(Number(stored?.n), 0, 'who works on the one learns nothing of the other');

  await choose(second, { way: 'portal', email });
  assert.deepEqual((await ways()).slice(0, 2), ['post', 'portal'], 'given again for the one case');
  assert.equal((await choose(first, { way: 'post', everywhere: true }, kim.actor)).kind, 'done');
  assert.equal(await wayOf(second), 'post', 'said where nothing is to be taken back');
  assert.equal((await choose(first, { way: 'post', everywhere: true })).kind, 'unchanged');

  await choose(second, { way: 'portal', email });
  await choose(first, { way: 'portal', email });
  await assert.rejects(
    at(async (tx) => {
      await chooseDelivery(tx, client, first, { way: 'post' });
      throw new Error('the transaction fails');
    }),
  );
  assert.deepEqual((await ways()).slice(0, 2), ['portal', 'portal'], 'all or none');
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
  assert.deepEqual(
    events.map((each) => each.detail),
    [
      { way: 'portal', reminders: false },
      { way: 'post', reminders: false },
    ],
  );
  assert.equal(
    (await choose({ way: 'post', email: 'mika@example.org' })).kind,
    'unchanged',
    'for nothing it is not kept',
  );
  assert.equal((await choose({ way: 'post', email: 'mika@example.org', reminders: true })).kind, 'done');
  assert.deepEqual((await at((tx) => deliveryChoice(tx, caseId)))?.email, 'mika@example.org');
  assert.equal((await choose({ way: 'post', email: 'mika@example.org', reminders: true })).kind, 'unchanged');
  assert.equal((await choose({ way: 'portal', email: 'mika@example.org' })).kind, 'done');
  assert.equal((await at((tx) => deliveryChoice(tx, caseId)))?.reminders, true, 'what is not said of them stays');
  assert.ok(!JSON.stringify(events).includes('mika@'), 'the address stays out of the timeline');
});
