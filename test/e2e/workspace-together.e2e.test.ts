import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { app, browser, casePath, clerk, count, lead, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

/** A second person, in a browser of their own. */
const other = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
other.setDefaultTimeout(8_000);
after(() => other.close());
const first = await other.newPage();
await signIn(first, app, lead());
await first.close();

async function openOther(url: string): Promise<Page> {
  const page = await other.newPage();
  await page.goto(url);
  return page;
}

test('two people in one case see each other, and changes as they happen; typed text, focus and scroll stay', async () => {
  const mine = await open(`${casePath(3)}?tun=nachrichten`);
  const theirs = await openOther(casePath(3));
  await theirs.locator('.tw-present', { hasText: 'Kim Muster' }).waitFor();
  await mine.locator('.tw-present', { hasText: 'Alex Beispiel sieht sich den Vorgang an' }).waitFor();
  assert.match(await theirs.locator('.tw-present').innerText(), /Kim Muster hat „.+“ offen/);
  await mine.locator('#f-text').fill('Guten Tag, ich schreibe ger');
  await mine.evaluate(() => window.scrollTo(0, 120));
  const notes = await openOther(`${casePath(3)}?tun=notizen`);
  await notes.locator('#f-text').fill('Miete telefonisch bestätigt.');
  await notes.getByRole('button', { name: 'Notiz speichern' }).click();
  await notes.waitForURL(/ok=notizen/);
  await mine.locator('.td-timeline', { hasText: 'Miete telefonisch bestätigt.' }).waitFor();
  assert.equal(await mine.locator('#f-text').inputValue(), 'Guten Tag, ich schreibe ger');
  assert.equal(await mine.evaluate(() => document.activeElement?.id), 'f-text');
  assert.ok((await mine.evaluate(() => window.scrollY)) > 60);
  await mine.keyboard.press('End');
  await mine.keyboard.type('ade.');
  await mine.getByRole('button', { name: 'Senden', exact: true }).click();
  await mine.waitForURL(/ok=nachrichten/);
  await theirs.locator('.td-timeline', { hasText: 'Guten Tag, ich schreibe gerade.' }).waitFor();
  await notes.close();
  await theirs.close();
  await mine.locator('.tw-present').waitFor({ state: 'detached' });
  await mine.close();
});

test('the same field: the second person sees both and chooses; different fields both stay', async () => {
  const email = `${casePath(0)}?tun=email`;
  const confirm = await open(`${casePath(0)}?tun=person`);
  await confirm.getByRole('button', { name: 'Bestätigen' }).click();
  await confirm.waitForURL(/ok=person/);
  await confirm.close();
  const [mine, theirs] = [await open(email), await openOther(email)];
  const assign = await openOther(`${casePath(0)}?tun=zuweisung`);
  await mine.locator('#f-email').fill('meine@example.org');
  await assign.locator('select[name=staff]').selectOption({ label: 'Alex Beispiel' });
  await assign.getByRole('button', { name: 'Zuweisen', exact: true }).click();
  await assign.waitForURL(/ok=zuweisung/);
  await theirs.locator('#f-email').fill('deine@example.org');
  await theirs.getByRole('button', { name: 'Adresse festhalten' }).click();
  await theirs.waitForURL(/ok=email/);
  await mine.getByRole('button', { name: 'Adresse festhalten' }).click();
  const note = mine.locator('#conflict');
  await note.waitFor();
  assert.match(await note.innerText(), /Alex Beispiel hat inzwischen[\s\S]*deine@example.org[\s\S]*meine@example.org/);
  await mine.getByRole('button', { name: 'Meins nehmen' }).click();
  await mine.waitForURL(/ok=email/);
  assert.equal(await count("select count(*) n from app.person where email = 'meine@example.org'", []), 1);
  await theirs.locator('.tw-facts', { hasText: 'meine@example.org' }).waitFor();
  assert.match(await mine.locator('.tw-facts').innerText(), /Alex Beispiel/);
  for (const page of [mine, theirs, assign]) await page.close();
});

test('what is typed survives the loss of the window, and is gone once it is sent', async () => {
  const page = await open(`${casePath(5)}?tun=notizen`);
  await page.locator('#f-text').fill('Halb fertig geschrieben');
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await page.close();
  const again = await open(`${casePath(5)}?tun=notizen`);
  assert.equal(await again.locator('#f-text').inputValue(), 'Halb fertig geschrieben');
  await again.getByText('Ihr Entwurf vom').waitFor();
  assert.equal(await count('select count(*) n from app.staff_draft where staff_id = $1', [clerk().id]), 1);
  await again.getByRole('button', { name: 'Notiz speichern' }).click();
  await again.waitForURL(/ok=notizen/);
  assert.equal(await count('select count(*) n from app.staff_draft where staff_id = $1', [clerk().id]), 0);
  await again.close();
});
