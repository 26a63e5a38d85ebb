import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { startTestApp } from '../../../test/support/app.ts';
import { startRelay } from '../../../test/support/mail-server.ts';
import { submissionInput } from '../../../test/support/submit.ts';
import { instantInGermany } from '../../kernel/dates.ts';
import { appointmentsOf, endAppointment, makeAppointment, moveAppointment } from '../../modules/appointments/index.ts';
import { type CaseReader, clientView, timeline } from '../../modules/cases/index.ts';
import { receive } from '../../modules/intake/index.ts';
import { beginReminding, chooseDelivery, remindersOf } from '../../modules/notices/index.ts';
import { addMailbox } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { allTasks, type JobServices } from './index.ts';

let now = instantInGermany('2026-12-23', '08:00');
const app = await startTestApp({ clock: { now: () => now } });
const { services, jobcenter } = app;
const relay = await startRelay();
afterEach(() => {
  relay.refuse = undefined;
});
/** Work a moment later than all before, so that what is chosen last is the newest. */
const at = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
  now = new Date(now.getTime() + 1);
  return services.database.tenant(jobcenter.id, work);
};
const remind = (): Promise<void> =>
  Promise.resolve(
    allTasks({
      ...services,
      blobFolder: `${app.dataFolder}/blobs`,
      derivedFolder: `${app.dataFolder}/derived`,
    } as JobServices)
      .find((task) => task.name === 'remind-appointments')
      ?.run({} as never),
  );
const clock = (day: string, time: string): void => {
  now = instantInGermany(day, time);
};
const leistung = app.teams['leistung'] ?? '';
const staffId = app.staff[0]?.id ?? '';
const reader: CaseReader = { role: 'lead', id: staffId, teamIds: [] };
const actor = { kind: 'staff', id: staffId, name: 'Kim Muster' } as const;
const client = { kind: 'client', receiptId: 'A' } as const;

async function withMailbox(): Promise<void> {
  const keys = await services.keyring.of(jobcenter.id);
  const here = { host: '127.0.0.1', security: 'none', port: relay.port } as const;
  const folders = { folder: 'INBOX', doneFolder: 'Tandem' };
  const login = { login: 'team', password: 'geheim', smtpLogin: false };
  await at((tx) =>
    addMailbox(tx, keys, {
      ...folders,
      ...login,
      teamId: leistung,
      address: 'leistung@jobcenter.example',
      imap: here,
      smtp: here,
    }),
  );
}

/** A case whose person has letters in the portal, with an appointment. */
async function withAppointment(day: string, time: string, email: string | undefined) {
  const input = await submissionInput(services, app, { teamId: leistung, receivedAt: now });
  const received = await at((tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  const { caseId } = received;
  const act = { actor, reader, caseId, staffId };
  if (email !== undefined)
    await at((tx) => chooseDelivery(tx, client, caseId, { way: 'portal', email, reminders: true }));
  const place = {
    way: 'office',
    place: 'Schuldenberatung, Zimmer 204',
    bring: 'Lohnzettel',
    note: 'Nur für uns',
  } as const;
  const startsAt = instantInGermany(day, time);
  await at((tx) =>
    makeAppointment(tx, act, { ...place, whom: 'stated', topic: 'debts', staffId, minutes: 30, startsAt }),
  );
  const [appointment] = await at((tx) => appointmentsOf(tx, caseId));
  assert.ok(appointment);
  const history = async () =>
    (await at((tx) => timeline(tx, caseId))).flatMap((event) =>
      event.kind === 'appointment-office' && /remind/.test(event.detail.act)
        ? [`${event.detail.act} ${event.detail.why ?? ''}`.trim()]
        : [],
    );
  const state = async () =>
    (await at(async (tx) => remindersOf(tx, await appointmentsOf(tx, caseId)))).get(appointment.id)?.state;
  const mails = (): number => relay.taken.filter((mail) => mail.to.includes(email ?? '')).length;
  return { caseId, act, appointment, history, state, mails };
}

test('on the working day before, over the holidays: once, without place or reason; seen by staff alone', async () => {
  await withMailbox();
  const one = await withAppointment('2026-12-28', '14:30', 'mika@example.org');
  await remind();
  assert.equal(one.mails(), 0, 'not before nine');
  clock('2026-12-23', '09:00');
  await remind();
  assert.equal(one.mails(), 0, 'Christmas Eve is a working day');
  clock('2026-12-24', '09:15');
  await Promise.all([remind(), remind()]);
  await remind();
  assert.equal(one.mails(), 1);
  const mail = relay.taken.find(({ to }) => to.includes('mika@example.org'));
  const words = (mail?.raw ?? '').replaceAll('=\r\n', '');
  assert.match(words, /28\. Dezember 2026 um 14:30 Uhr/);
  assert.match(words, /28 December 2026 at 14:30|December 28, 2026 at 14:30|28 December 2026 at 2:30/);
  assert.doesNotMatch(words, /Schulden|Zimmer|Kim|Mika |Lohn|Nur f|(?<![0-9A-Z])V-[0-9A-Z]{4}-/);
  assert.deepEqual(await one.history(), ['reminded']);
  assert.equal(await one.state(), 'sent');
  const seen = await at((tx) => clientView(tx, one.caseId));
  assert.ok(seen?.events.every((event) => event.kind !== 'appointment-office'));
  const why = { reason: 'Bus', wish: 'person' } as const;
  const moved = { ...one.appointment, ...why, startsAt: instantInGermany('2026-12-29', '10:00') };
  await at((tx) => moveAppointment(tx, one.act, one.appointment.id, moved));
  await remind();
  assert.equal(one.mails(), 1, 'the day before the new one has not come');
  clock('2026-12-28', '10:00');
  await remind();
  await remind();
  assert.equal(one.mails(), 2, 'once for the time that holds now');
});

test('none for what is called off, for letters by post, for whoever wants none; and none on the day itself', async () => {
  clock('2027-01-11', '08:00');
  const off = await withAppointment('2027-01-12', '10:00', 'off@example.org');
  await at((tx) =>
    endAppointment(tx, off.act, off.appointment.id, { as: 'called-off', words: 'Streik', wish: 'office' }),
  );
  const post = await withAppointment('2027-01-12', '10:00', undefined);
  const none = await withAppointment('2027-01-12', '10:00', 'none@example.org');
  await at((tx) =>
    chooseDelivery(tx, client, none.caseId, { way: 'portal', email: 'none@example.org', reminders: false }),
  );
  await at((tx) => chooseDelivery(tx, actor, none.caseId, { way: 'portal', email: 'none@example.org' }));
  const silent = await withAppointment('2027-01-12', '10:00', undefined);
  await at((tx) => chooseDelivery(tx, client, silent.caseId, { way: 'portal', email: 'silent@example.org' }));
  const before = relay.taken.length;
  const late = await withAppointment('2027-01-11', '15:00', 'late@example.org');
  clock('2027-01-11', '12:00');
  await remind();
  await remind();
  assert.equal(relay.taken.length, before);
  assert.deepEqual([await off.state(), await late.state()], [undefined, undefined]);
  assert.deepEqual([await post.state(), await none.state()], ['by-post', 'not-wished']);
  assert.equal(await silent.state(), 'not-wished', 'who chose the portal and said nothing of reminders has none');
  assert.deepEqual([await post.history(), await off.history()], [[], []]);
});

test('whoever gets letters by post and said so is reminded as well, until they take it back', async () => {
  clock('2027-01-25', '09:30');
  const one = await withAppointment('2027-01-26', '10:00', undefined);
  const two = await withAppointment('2027-01-26', '11:00', undefined);
  for (const { caseId } of [one, two])
    await at((tx) => chooseDelivery(tx, client, caseId, { way: 'post', email: 'post@example.org', reminders: true }));
  await at((tx) => chooseDelivery(tx, client, two.caseId, { way: 'post', reminders: false }));
  await remind();
  await remind();
  assert.deepEqual([await one.state(), await two.state()], ['sent', 'by-post']);
  assert.equal(relay.taken.filter(({ to }) => to.includes('post@example.org')).length, 1);
});

test('a worker that dies while it sends: nobody is reminded twice, and staff see that nobody knows', async () => {
  clock('2027-01-13', '09:00');
  const one = await withAppointment('2027-01-14', '10:00', 'dead@example.org');
  const taken = await at((tx) => beginReminding(tx, { kind: 'system', name: 'reminders' }, one.appointment.id));
  assert.equal(taken?.email, 'dead@example.org');
  await remind();
  assert.equal(await one.state(), 'sending', 'somebody may still be sending it');
  clock('2027-01-13', '09:16');
  await remind();
  await remind();
  assert.deepEqual([await one.state(), one.mails()], ['unsure', 0]);
  assert.deepEqual(await one.history(), ['not-reminded unsure']);
});

test('a relay that takes nothing is asked again until the day has come; then staff see that it could not be', async () => {
  clock('2027-01-14', '09:00');
  const one = await withAppointment('2027-01-15', '10:00', 'mika2@example.org');
  relay.refuse = { code: 450, text: 'later' };
  await remind();
  assert.equal(await one.state(), 'later');
  relay.refuse = undefined;
  clock('2027-01-14', '09:15');
  await remind();
  assert.deepEqual([await one.state(), one.mails()], ['sent', 1]);
  clock('2027-01-18', '09:00');
  const two = await withAppointment('2027-01-19', '10:00', 'mika3@example.org');
  relay.refuse = { code: 450, text: 'later' };
  await remind();
  clock('2027-01-19', '09:00');
  await remind();
  assert.deepEqual([await two.state(), two.mails()], ['failed', 0]);
  assert.deepEqual(await two.history(), ['not-reminded failed']);
  relay.refuse = undefined;
  clock('2027-01-20', '09:00');
  const three = await withAppointment('2027-01-21', '10:00', 'mika4@example.org');
  relay.refuse = { code: 550, text: 'never' };
  await remind();
  assert.deepEqual([await three.state(), await three.history()], ['failed', ['not-reminded failed']]);
  relay.refuse = { code: 0, text: '' };
  const four = await withAppointment('2027-01-21', '11:00', 'mika5@example.org');
  await remind();
  relay.refuse = undefined;
  await remind();
  assert.deepEqual([await four.state(), four.mails()], ['unsure', 0], 'the line broke: it is not sent once more');
});
