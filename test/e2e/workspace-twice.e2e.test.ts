import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { generateHouseholds } from '../../src/main/demo/households.ts';
import { drawPaper } from '../../src/main/demo/papers/index.ts';
import { makeAppointment } from '../../src/modules/appointments/index.ts';
import { openRequiredItems, readerOf, requireItem } from '../../src/modules/cases/index.ts';
import { readDocument } from '../../src/modules/documents/index.ts';
import { freeze } from '../../src/modules/forms/index.ts';
import { receive, type SubmissionInput } from '../../src/modules/intake/index.ts';
import { compareDocument, noticeSubmission } from '../../src/modules/twice/index.ts';
import { closeReading } from '../../src/platform/reading/index.ts';
import { follow } from '../support/browser.ts';
import { lookOnce } from '../support/look.ts';
import { smallPdf, submissionInput } from '../support/submit.ts';
import { app, browser, clerk, desk, lead, open } from './workspace-desk.ts';
import { formOf, signIn } from './workspace-office.ts';

after(closeReading);
const { services, jobcenter } = app;
const person = { familyName: 'Zweifach', givenName: 'Zoe', birthDate: '1991-05-06' };

async function arrive(extra: Partial<SubmissionInput>, minutesAgo: number): Promise<string> {
  const at = new Date(services.clock.now().getTime() - minutesAgo * 60_000);
  const input = await submissionInput(services, app, { person, receivedAt: at, ...extra });
  const work = async (tx: Parameters<typeof receive>[0]) => {
    const received = await receive(tx, { kind: 'client' }, input);
    assert.ok(received.kind === 'received');
    await noticeSubmission(tx, received.receipt.submissionId);
    return received.caseId;
  };
  return services.database.tenant(jobcenter.id, work, at);
}

const paper = async (name: string, text = 'Mietvertrag') => {
  const file = { name, bytes: smallPdf(text), mediaType: 'application/pdf', pages: 1 };
  return [{ document: await services.vault.prepare(jobcenter.id, file), field: 'papers', recorded: false as const }];
};

test('the same paper by post and online: seen on the case, decided by one key, taken back by another', async () => {
  const caseId = await arrive({ channel: 'post', documents: await paper('Mietvertrag.pdf') }, 3 * 1440);
  await arrive({ documents: await paper('mietvertrag_scan.pdf'), supplement: { caseId } }, 1440);
  const page = await open(`${app.baseUrl}/arbeit/vorgaenge/${caseId}`);
  const list = page.locator('.tw-papers');
  assert.equal(await list.locator(':scope > li').count(), 1, 'one item');
  assert.equal(await page.locator('#papers').innerText(), '1 Unterlage', 'what came twice is one');
  assert.match(await list.innerText(), /per Post, am .* online \(wohl dasselbe\)/);
  await lookOnce(page, 'twice-case');
  await follow(page, list.getByRole('link', { name: /kam schon|kam noch einmal/ }));
  assert.match(await page.locator('main').innerText(), /Byte für Byte/);
  await lookOnce(page, 'twice-pair');
  const press = async (key: string) => {
    const arrived = page.waitForEvent('load');
    await page.keyboard.press(key);
    await arrived;
  };
  await press('d');
  assert.match(await page.locator('main').innerText(), /Notiert: dasselbe[\s\S]*entschieden von Kim Muster/);
  await lookOnce(page, 'twice-decided');
  await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${caseId}`);
  assert.doesNotMatch(await list.innerText(), /wohl dasselbe/);
  await page.goBack();
  await press('u');
  assert.match(await page.locator('main').innerText(), /Zurückgenommen/);
  await press('v');
  await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${caseId}`);
  assert.equal(await list.locator(':scope > li').count(), 2);
  await page.close();
});

test('the same concern twice: found in the list by keyboard alone, answers side by side, put together and apart again', async () => {
  const form = formOf('wohnkosten');
  const said = (text: string) => {
    const field = form.questions.flatMap((question) => question.fields).find((each) => each.kind === 'longtext');
    const answers = { familyName: 'Zweifach', [field?.key ?? '']: text };
    return { form, answers, frozen: freeze(form, answers, 'de') };
  };
  const first = await arrive({ channel: 'portal', ...said('Neue Miete ab Mai') }, 2880);
  const second = await arrive({ channel: 'email', ...said('Neue Miete ab Juni') }, 100);
  await services.database.tenant(jobcenter.id, (tx) => {
    const { id: staffId, name } = { id: clerk().id, name: 'Kim Muster' };
    const reader = readerOf({ id: staffId, role: 'clerk', teamIds: Object.values(app.teams) });
    const act = { actor: { kind: 'staff', id: staffId, name } as const, reader, caseId: second, staffId };
    const startsAt = new Date(services.clock.now().getTime() + 3 * 86_400_000);
    const talk = { whom: 'stated', topic: 'work', way: 'office', place: 'Zimmer 77', bring: '', note: '' } as const;
    return makeAppointment(tx, act, { ...talk, staffId, minutes: 30, startsAt });
  });
  const page = await open(`${app.baseUrl}/arbeit/klaerung`);
  await follow(page, page.getByRole('link', { name: 'Doppelt angekommen?' }));
  await lookOnce(page, 'twice-list');
  await page.keyboard.press('j');
  const arrived = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await arrived;
  const main = page.locator('main');
  assert.match(await main.innerText(), /Dasselbe Anliegen[\s\S]*auf der anderen Seite anders/);
  await lookOnce(page, 'twice-concern');
  const merged = page.waitForEvent('load');
  await page.keyboard.press('g');
  await merged;
  assert.match(await main.innerText(), /Zusammengeführt/);
  await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${second}`);
  assert.match(await main.innerText(), /abgeschlossen/i);
  const appointments = page.locator('section[aria-labelledby="appointments"]');
  assert.doesNotMatch(await appointments.innerText(), /Zimmer 77/);
  await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${first}`);
  assert.match(await appointments.innerText(), /Zimmer 77/, 'the appointment went along');
  await page.goBack();
  await page.goBack();
  await follow(page, page.getByRole('button', { name: /Zurücknehmen/ }));
  await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${second}`);
  assert.match(await page.locator('.tw-papers').innerText(), /Angaben: Wohnkosten/);
  assert.match(await appointments.innerText(), /Zimmer 77/, 'and came back');
  const noPair = await desk.request.get(`${app.baseUrl}/arbeit/doppelt/${second}`);
  assert.equal(noPair.status(), 404);
  await page.close();
});

test('the lead sees what came twice and why, a clerk does not', async () => {
  const refused = await desk.request.get(`${app.baseUrl}/arbeit/doppelt/uebersicht`);
  assert.equal(refused.status(), 404);
  const person = { familyName: 'Oftmals', givenName: 'Olga', birthDate: '1970-01-02' };
  for (let i = 0; i < 6; i += 1) {
    const one = { ...person, givenName: `Olga${'abcdef'[i]}` };
    const file = { name: 'Lohn.pdf', bytes: smallPdf(`Lohn ${i}`), mediaType: 'application/pdf', pages: 1 };
    const documents = async () => [
      { document: await services.vault.prepare(jobcenter.id, file), field: 'papers', recorded: false as const },
    ];
    await arrive({ person: one, channel: 'post', documents: await documents() }, 2880);
    await arrive({ person: one, channel: 'email', documents: await documents() }, 60);
  }
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  const page = await context.newPage();
  await signIn(page, app, lead());
  await page.goto(`${app.baseUrl}/arbeit/doppelt`);
  await follow(page, page.getByRole('link', { name: /Übersicht/ }));
  const text = await page.locator('main').innerText();
  assert.match(text, /auf einem zweiten Weg gekommen[^\n]*\s+[67]/);
  assert.doesNotMatch(text, /Olga|Oftmals/);
  await lookOnce(page, 'twice-overview');
  await follow(page, page.getByRole('link', { name: 'Letzte 90 Tage' }));
  assert.match(page.url(), /tage=90/);
  await context.close();
});

test('the same document in another shape: the places that agree lie over both pages and stand below in words', async () => {
  const household = generateHouseholds('marks', 12).find((each) => each.members[0]?.job !== undefined);
  const member = household?.members[0];
  assert.ok(household !== undefined && member?.job !== undefined);
  const facts = {
    person: member,
    address: household.address,
    job: member.job,
    bank: household.bank,
    month: '2026-04-01',
  };
  const ids: string[] = [];
  const bring = async (form: 'pdf' | 'jpeg', channel: 'post' | 'portal', ago: number): Promise<string> => {
    const drawn = await drawPaper({ kind: 'payslip', facts, form, name: 'Lohn April' });
    const document = await services.vault.prepare(jobcenter.id, { ...drawn, pages: 1 });
    ids.push(document.id);
    return arrive({ channel, documents: [{ document, field: 'papers', recorded: false }] }, ago);
  };
  await bring('pdf', 'post', 2000);
  const caseId = await bring('jpeg', 'portal', 10);
  for (const id of ids) await readDocument(services, jobcenter.id, id, { announce: () => Promise.resolve() });
  for (const id of ids) await compareDocument(services, jobcenter.id, id);
  const page = await open(`${app.baseUrl}/arbeit/vorgaenge/${caseId}`);
  await follow(page, page.getByRole('link', { name: /kam schon .* per Post/ }));
  assert.match(
    await page.locator('main').innerText(),
    /Dasselbe Dokument in anderer Form[\s\S]*Stellen stimmen überein/,
  );
  for (const image of await page.locator('.tw-marked img').all())
    assert.ok(
      Number(await image.evaluate((each) => (each as HTMLImageElement).naturalWidth)) > 1_000,
      'as it was read',
    );
  assert.ok((await page.locator('.tw-mark--agree').count()) > 10);
  await lookOnce(page, 'twice-marks');
  await page.close();
});

test('a paper that came for a request and was here: asked for again from the pair, or taken as enough on the case', async () => {
  const person = { familyName: 'Nocheinmal', givenName: 'Nele', birthDate: '1992-07-08' };
  const same = (name: string) => paper(name, 'Vertrag über eine Wohnung');
  const caseId = await arrive({ person, channel: 'post', documents: await same('Mietvertrag.pdf') }, 3 * 1440);
  const itemId = await services.database.tenant(jobcenter.id, async (tx) => {
    const { id: staffId, name } = { id: clerk().id, name: 'Kim Muster' };
    const reader = readerOf({ id: staffId, role: 'clerk', teamIds: Object.values(app.teams) });
    const act = { actor: { kind: 'staff', id: staffId, name } as const, reader, caseId, staffId };
    await requireItem(tx, act, { what: 'Mietvertrag, alle Seiten', why: 'Seite 2 fehlt.', dueOn: '2099-01-02' });
    return (await openRequiredItems(tx, caseId))[0]?.id ?? '';
  });
  await arrive({ person, documents: await same('noch einmal.pdf'), supplement: { caseId, itemId } }, 0);
  const page = await open(`${app.baseUrl}/arbeit/vorgaenge/${caseId}`);
  const main = page.locator('main');
  const openItems = page.locator('section[aria-labelledby="open"]');
  assert.match(await openItems.innerText(), /Mietvertrag, alle Seiten[\s\S]*kam dafür nur, was schon da war/);
  await lookOnce(page, 'sent-again-case');
  await follow(page, page.getByRole('button', { name: /Das reicht/ }));
  assert.match(await main.innerText(), /gilt als eingereicht/);
  assert.match(await openItems.innerText(), /Schon eingereicht: 1 Unterlage/);

  await follow(page, page.locator('.tw-papers').getByRole('link', { name: /kam schon|kam noch einmal/ }));
  const back = page.locator('a.td-back').first();
  assert.match(await back.innerText(), /^Nocheinmal, Nele, V-/);
  await follow(page, page.getByRole('button', { name: /^Dasselbe/ }));
  assert.match(await main.innerText(), /Notiert: dasselbe/);
  assert.ok((await back.getAttribute('href'))?.includes(caseId), 'after deciding as well');
  assert.match(
    await main.innerText(),
    /Das spätere kam für „Mietvertrag, alle Seiten“\. Die Unterlage gilt als eingereicht/,
  );
  await lookOnce(page, 'sent-again-pair');
  await follow(page, page.getByRole('link', { name: 'Fehlt doch noch' }));
  await follow(page, page.getByRole('button', { name: 'Wieder anfordern' }));
  assert.match(await main.innerText(), /Bitte schreiben Sie, warum das nicht reicht/);
  await page.fill('#f-why', 'Das ist wieder nur Seite 1.');
  await page.fill('#f-due', '');
  await follow(page, page.getByRole('button', { name: 'Wieder anfordern' }));
  assert.equal(await page.inputValue('#f-why'), 'Das ist wieder nur Seite 1.', 'what was typed is kept');
  await lookOnce(page, 'ask-again');
  await page.fill('#f-due', '05.01.2099');
  await follow(page, page.getByRole('button', { name: 'Wieder anfordern' }));
  assert.match(await main.innerText(), /wieder angefordert/);
  assert.match(await openItems.innerText(), /Noch einmal angefordert: Das ist wieder nur Seite 1\./);
  assert.match(await page.locator('section[aria-labelledby="history"]').innerText(), /Fehlt wieder: Mietvertrag/);
  await lookOnce(page, 'asked-again-case');
  await page.close();
});
