import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { addPerson } from '../../src/modules/people/index.ts';
import { follow } from '../support/browser.ts';
import { look, tabTo } from '../support/look.ts';
import { app, browser, casePath, count, desk, ids, open } from './workspace-desk.ts';

before(() =>
  app.services.database.tenant(app.jobcenter.id, async (tx) => {
    for (let day = 1; day <= 21; day++)
      await addPerson(tx, {
        familyName: 'Vielhubers',
        givenName: 'Kim',
        birthDate: `1990-01-${String(day).padStart(2, '0')}`,
      });
    await addPerson(tx, { familyName: 'Fielhubers', givenName: 'Robin', birthDate: '1971-02-03' });
  }),
);

/** A page of the clerk without scripts. */
async function withoutScripts(work: (page: Page) => Promise<void>): Promise<void> {
  const home = await browser.newContext({
    storageState: await desk.storageState(),
    locale: 'de-DE',
    javaScriptEnabled: false,
  });
  await work(await home.newPage());
  await home.close();
}

const narrow = /Es gibt noch mehr Personen, die passen\. Geben Sie den Vornamen oder das Geburtsdatum dazu ein/;
const alikeLink = { name: 'Auch ähnlich geschriebene Namen zeigen' } as const;

test('counter, without scripts: a misspelt name finds the person, marked; the day of birth may stand beside the name; more than shown is said', async () => {
  await withoutScripts(async (page) => {
    const main = page.locator('main');
    const find = async (words: string): Promise<string> => {
      await page.goto(`${app.baseUrl}/arbeit/schalter`);
      await page.getByLabel('Name').fill(words);
      await follow(page, page.getByRole('button', { name: 'Suchen', exact: true }));
      return main.innerText();
    };
    const many = await find('Vielhubers');
    assert.match(many, /Personen \(die ersten 20\)/);
    assert.match(many, narrow);
    assert.doesNotMatch(many, /ähnlich geschrieben\n/, 'somebody has the name');
    await follow(page, page.getByRole('link', alikeLink));
    const both = await main.innerText();
    assert.match(both, /Gleich und ähnlich geschriebene Namen[\s\S]*Vielhubers, Kim[\s\S]*Fielhubers, Robin\s*ähnlich/);
    assert.equal(await page.getByRole('link', alikeLink).count(), 0);
    const alike = await find('Vielhuhbers 3.2.1971');
    assert.match(alike, /Niemand heißt genau so\. Ähnlich geschriebene Namen \(1\)/);
    assert.match(alike, /Fielhubers, Robin\s*ähnlich geschrieben/);
    assert.doesNotMatch(alike, /Vielhubers, Kim/);
    await follow(page, page.getByRole('link', { name: 'Ohne Akte aufnehmen' }));
    assert.equal(await page.locator('#f-familyName').inputValue(), 'Vielhuhbers');
    assert.equal(await page.locator('#f-birthDate').inputValue(), '03.02.1971');
    await page.goto(`${app.baseUrl}/arbeit/schalter`);
    assert.match(await find('Vielhubers 21.1.1990'), /Personen \(1\)/);
    assert.match(await find('Quastenflosser'), /Niemand gefunden/);
    await find('Yilmatz');
    await page.getByRole('link', { name: 'Yılmaz, Elif' }).click();
    await page.getByText('Akte 4711/0').waitFor();
  });
  const logged = `select count(*) n from app.audit_entry where jobcenter_id = $1 and action = 'search.read' and detail ->> 'alike' = '10'`;
  const before_ = await count(logged, [app.jobcenter.id]);
  const page = await open(`${app.baseUrl}/arbeit/schalter?name=Vielhuhbers`);
  await look(page, 'people-counter-alike');
  assert.equal(await count(logged, [app.jobcenter.id]), before_ + 1, 'who looked is written down');
  await page.close();
});

test('case, by keyboard alone: nobody written alike is chosen before a clerk chooses, and only people who were shown can be', async () => {
  const page = await open(`${casePath(2)}?tun=person`);
  await tabTo(page, /^Person suchen/);
  await page.keyboard.type('Fielhuhbers, Robin');
  await page.keyboard.press('Enter');
  const choice = page.getByRole('radio', { name: 'Fielhubers, Robin · geb. 03.02.1971' });
  await choice.waitFor();
  const group = page.getByRole('group', { name: 'Wer ist das?' });
  assert.match(
    await group.innerText(),
    /Niemand heißt genau so[\s\S]*Fielhubers, Robin · geb\. 03\.02\.1971\s*ähnlich geschrieben/,
  );
  assert.equal(await group.locator('input:checked').count(), 0, 'neither the one suggested nor one written alike');
  await look(page, 'people-case-alike');
  await follow(page, page.getByRole('button', { name: 'Bestätigen', exact: true }));
  assert.equal(await page.locator('a[href="#f-person"]').count(), 1, 'the page asks who it is');
  assert.equal(await group.locator('input:checked').count(), 0);
  const hidden = (name: string) => page.locator(`.tw-verb input[type=hidden][name=${name}]`).first().inputValue();
  const [csrf, stand, robin] = [await hidden('csrf'), await hidden('stand'), await choice.inputValue()];
  const form = { csrf, stand, person: robin, suche: 'Vielhubers' };
  const refused = await page.request.post(`${casePath(2)}/person`, { form, maxRedirects: 0 });
  assert.equal(refused.status(), 422, 'who was not among those shown');
  const confirmed = 'select count(*) n from app.office_case where id = $1 and person_id is not null';
  assert.equal(await count(confirmed, [ids[2]]), 0);
  await page.goto(`${casePath(2)}?tun=person&suche=Vielhubers`);
  assert.match(await group.innerText(), /Personen \(die ersten 20\)/);
  assert.match(await group.innerText(), narrow);
  await follow(page, page.getByRole('link', alikeLink));
  await choice.focus();
  await page.keyboard.press('Space');
  await tabTo(page, /^Bestätigen$/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=person/);
  assert.match(await page.locator('main').innerText(), /Fielhubers, Robin/);
  const stands = `select count(*) n from app.office_case c join app.person p on p.id = c.person_id and p.jobcenter_id = c.jobcenter_id
    where c.id = $1 and p.family_name = 'Fielhubers'`;
  assert.equal(await count(stands, [ids[2]]), 1);
  await page.close();
});
