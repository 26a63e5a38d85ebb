import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, openCaseOffice } from '../../../test/support/case-office.ts';
import { accessLog } from '../audit/index.ts';
import { addTeam } from '../settings/index.ts';
import { clientView } from './client-view.ts';
import {
  addNote,
  assignCase,
  clientHasRead,
  clientWrites,
  makeFollowUp,
  noteSpokenAnswer,
  openMessages,
  timeline,
  unansweredMessages,
  writeToClient,
} from './index.ts';

const { benefits, inTenant, hire, newCase } = await openCaseOffice();
const other = await inTenant((tx) => addTeam(tx, { key: 'wohnen', name: 'Wohnen', phone: '1' }));
assert.ok(other.kind === 'added');
const ada = await hire('Ada', [benefits]);
const eva = await hire('Eva', [other.id]);
const client = { kind: 'client', receiptId: 'A' } as const;

/** A case in which the office writes, and what waits in it for the person. */
async function open() {
  const caseId = await newCase();
  const writes = async (text: string): Promise<string> => {
    assert.equal((await inTenant((tx) => writeToClient(tx, act(ada, caseId), text))).kind, 'done');
    return (await inTenant((tx) => timeline(tx, caseId))).at(-1)?.id ?? '';
  };
  const waits = (): Promise<string[]> =>
    inTenant(async (tx) => openMessages(await timeline(tx, caseId), tx.now).map(({ detail }) => detail.text));
  const answers = (upTo: string, who = ada) => inTenant((tx) => noteSpokenAnswer(tx, act(who, caseId), upTo));
  const spoken = async () =>
    (await inTenant((tx) => timeline(tx, caseId))).filter((event) => event.kind === 'message-answered');
  return { caseId, writes, waits, answers, spoken };
}

test('an answer by telephone settles what was written until then, once, and not what came meanwhile', async () => {
  const { caseId, writes, waits, answers, spoken } = await open();
  await writes('Wer wohnt bei Ihnen?');
  const second = await writes('Seit wann?');
  const third = await writes('Und die Miete?');
  assert.deepEqual(await answers(second), { kind: 'done' });
  assert.deepEqual(await waits(), ['Und die Miete?']);
  assert.deepEqual(await answers(second), { kind: 'unchanged' });
  const together = await Promise.all([answers(third), answers(third)]);
  assert.deepEqual(together.map(({ kind }) => kind).toSorted(), ['done', 'unchanged'], 'two at once note it once');
  assert.deepEqual(await waits(), []);
  assert.deepEqual(
    (await spoken()).map(({ actorKind, actorName, detail }) => [actorKind, actorName, detail]),
    [
      ['staff', 'Ada', { upTo: second }],
      ['staff', 'Ada', { upTo: third }],
    ],
  );
  const logged = (await inTenant((tx) => accessLog(tx, caseId))).filter(
    (each) => each.action === 'case.message-answered',
  );
  assert.equal(logged.length, 2);
  const seen = await inTenant((tx) => clientView(tx, caseId));
  assert.equal(seen?.events.filter(({ kind }) => kind === 'message-answered').length, 2, 'the person sees it');
});

test('who may not see the case notes no answer, nor does anybody where nothing waits', async () => {
  const { caseId, writes, waits, answers, spoken } = await open();
  const message = await writes('Bitte melden Sie sich.');
  assert.deepEqual(await answers(message, eva), { kind: 'not-found' });
  assert.deepEqual(await waits(), ['Bitte melden Sie sich.']);
  await inTenant((tx) => clientWrites(tx, client, caseId, 'Hier bin ich.', message));
  assert.deepEqual(await answers(message), { kind: 'unchanged' }, 'they wrote themselves');
  const [one, two] = [await writes('Danke.'), await writes('Noch etwas.')];
  assert.deepEqual(await inTenant((tx) => clientHasRead(tx, client, caseId, one)), { kind: 'done' });
  assert.deepEqual(await answers(one), { kind: 'unchanged' });
  assert.deepEqual(await waits(), ['Noch etwas.']);
  assert.deepEqual(await spoken(), []);
  assert.deepEqual(await answers(two), { kind: 'done' });
});

test('what the person wrote is unanswered until somebody of the office does something about it, and not by being taken', async () => {
  const { caseId, writes } = await open();
  const unanswered = (): Promise<string[]> =>
    inTenant(async (tx) => unansweredMessages(await timeline(tx, caseId)).map(({ detail }) => detail.text));
  const asks = (text: string) => inTenant((tx) => clientWrites(tx, client, caseId, text));
  await asks('Wann?');
  await asks('Und wo?');
  await inTenant((tx) => assignCase(tx, act(ada, caseId), ada));
  assert.deepEqual(await unanswered(), ['Wann?', 'Und wo?']);
  const again = {
    dueOn: '2099-01-08',
    reason: 'Nachsehen',
    topic: 'other',
    waitsFor: 'us',
    forStaffId: ada.id,
  } as const;
  assert.equal((await inTenant((tx) => makeFollowUp(tx, act(ada, caseId), again))).kind, 'done');
  assert.deepEqual(await unanswered(), ['Wann?', 'Und wo?'], 'who reminds themselves has answered nothing');
  await writes('Am Montag.');
  assert.deepEqual(await unanswered(), []);
  await asks('Danke. Mit wem?');
  assert.deepEqual(await unanswered(), ['Danke. Mit wem?']);
  await inTenant((tx) => addNote(tx, act(ada, caseId), 'Angerufen.'));
  assert.deepEqual(await unanswered(), []);
});
