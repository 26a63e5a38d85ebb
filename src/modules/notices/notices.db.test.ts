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
  values,
  type Who,
  who,
  write,
} from '../../../test/support/letters.ts';
import { prepared } from '../../../test/support/submit.ts';
import { addDays } from '../../kernel/dates.ts';
import { clientView, closeCase, findCase, openRequiredItems, requireItem, withdrawItem } from '../cases/index.ts';
import { findDocument } from '../documents/index.ts';
import {
  accountTemplate,
  allBlocks,
  allTemplates,
  beginNotice,
  blockHistory,
  countToRelease,
  discardNotice,
  dropStaleDrafts,
  findNotice,
  forgetLetterOf,
  giveBackNotice,
  keepNotice,
  letterOfDocument,
  lettersToRelease,
  noticesOfCase,
  noticesOfItem,
  proofOf,
  releaseNotice,
  remedyBlock,
  saveBlock,
  saveTemplate,
  sentLetters,
  submitNotice,
  translatables,
  translatedPassages,
  type Written,
} from './index.ts';

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

  const [old, kept] = [await begin(caseId, 'anruf'), await begin(caseId, 'anruf')];
  const on = (days: number) => new Date(services.clock.now().getTime() + days * 86_400_000);
  const { body } = await get(kept);
  const keep = (id: string) => at((tx) => keepNotice(tx, { ...kim, noticeId: id }), on(170));
  assert.deepEqual(
    [(await keep(kept)).kind, (await keep(sent)).kind, (await keep(id)).kind],
    ['done', 'closed', 'closed'],
  );
  await at((tx) => dropStaleDrafts(tx, system), on(181));
  assert.equal((await get(old)).state, 'discarded');
  await at((tx) => dropStaleDrafts(tx, system), on(349));
  assert.deepEqual(
    [(await get(kept)).state, (await get(kept)).body],
    ['draft', body],
    'its days count from keeping it',
  );
  await at((tx) => dropStaleDrafts(tx, system), on(350));
  assert.equal((await get(kept)).state, 'discarded');
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

test('a version from before there were translations has the shipped ones while it says the same, and hides none', async () => {
  const lead = { kind: 'staff', id: app.staff[1]?.id ?? '', name: 'Alex Beispiel' } as const;
  const find = async () => (await at(allBlocks)).find((each) => each.key === 'beratung');
  const shipped = await find();
  assert.ok(shipped?.translations.en !== undefined && shipped.origin.version === 0);
  const { key, body, translations } = shipped;
  const old = (version: number, words: string) =>
    at((tx) =>
      tx.raw(
        `insert into app.text_block (jobcenter_id, key, version, title, body, translations, retired, reason, at, actor_id, actor_name)
         values (app.current_jobcenter(), $1, $2, 'Rat', $3, null, false, 'früher', $4, $5, 'Alex Beispiel')`,
        [key, version, words, tx.now, lead.id],
      ),
    );
  const english = async () => translatedPassages(body, await at(translatables), 'en');
  await old(1, `${body.replaceAll('\n', '\r\n')} `);
  assert.deepEqual((await find())?.translations, translations);
  assert.deepEqual(await english(), [{ text: translations.en }], 'the letter has its translation');
  await old(2, 'Nur ein eigener Satz.');
  assert.deepEqual((await find())?.translations, {}, 'other words have none, and the list says so');
  const block = { key, title: 'Rat', retired: false, reason: 'ohne Übersetzung', opened: 2 };
  assert.equal((await at((tx) => saveBlock(tx, lead, { ...block, body, translations: {} }))).kind, 'saved');
  assert.deepEqual((await find())?.translations, {}, 'who took it away said so');
  assert.ok((await english()).every((each) => 'german' in each));
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
