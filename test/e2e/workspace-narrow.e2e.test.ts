import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { findBarriers, picture } from '../support/look.ts';
import { app, browser, casePath, desk, lead, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

/** How high the head of the page is, and how wide the page. */
const measure = (page: Page): Promise<{ head: number; wide: number }> =>
  page.evaluate(() => ({
    head: document.querySelector('header.td-top')?.getBoundingClientRect().height ?? 0,
    wide: document.documentElement.scrollWidth,
  }));

test('on a phone the head is two rows: mark, my day and menu, and the search; the menu opens the rest by keyboard', async () => {
  const page = await open(casePath(9));
  const link = (name: string) => page.getByRole('banner').getByRole('link', { name, exact: true });
  const menu = page.locator('.td-top__fold summary');
  assert.equal(await menu.isVisible(), false, 'a wide screen shows everything');
  assert.equal(await link('Posteingang').isVisible(), true);
  for (const width of [700, 360, 320]) {
    await page.setViewportSize({ width, height: 640 });
    const { head, wide } = await measure(page);
    assert.ok(head > 0 && head <= 110, `${head} px at ${width}`);
    assert.ok(wide <= width, `${wide} px at ${width}`);
    assert.equal(await link('Mein Tag').isVisible(), true);
    assert.equal(await page.locator('#top-search').isVisible(), true);
    for (const hidden of ['Posteingang', 'Haus']) assert.equal(await link(hidden).isVisible(), false);
    await picture(page, `head-${width}`);
  }
  assert.match(
    await menu.innerText(),
    /^Menü\s+Es gibt Neues\.$/,
    'the dot is said as well, while what it points to is hidden',
  );
  await menu.focus();
  await page.keyboard.press('Enter');
  assert.deepEqual(await findBarriers(page), []);
  assert.ok((await measure(page)).wide <= 320);
  await picture(page, 'head-open-320');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await link('Posteingang').evaluate((each) => each === document.activeElement), true);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${app.baseUrl}/arbeit`);
  await page.keyboard.press('h'); // the key of an area that the closed menu hides works as on a wide screen
  await page.waitForURL(`${app.baseUrl}/arbeit/heute`);
  await page.keyboard.press('3');
  await page.waitForURL(`${app.baseUrl}/arbeit/schalter`);
  await page.close();
});

test('without a script the menu opens by touch, and one signs out there', async () => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    hasTouch: true,
    locale: 'de-DE',
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await page.goto(`${app.baseUrl}/arbeit/anmelden`);
  assert.equal(await page.locator('.td-top__fold').count(), 0, 'before signing in there is nothing to open');
  assert.equal(await page.getByRole('link', { name: 'English' }).isVisible(), true);
  // Somebody else than who sits at the desk: a code opens the door once.
  await signIn(page, app, lead());
  const menu = page.locator('.td-top__fold summary');
  await menu.tap();
  await page.getByRole('link', { name: /^Klärung/ }).tap();
  await page.waitForURL(`${app.baseUrl}/arbeit/klaerung`);
  await menu.tap();
  await page.getByRole('button', { name: 'Abmelden' }).tap();
  await page.getByText('Sie sind abgemeldet.').waitFor();
  await context.close();
});

/** What changed is drawn, and whoever observes sizes was told. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** What has the focus and is not seen: at its middle, or, where it is large, at none of many places. */
const hiddenFocus = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (at === null || at === document.body || at.closest('.tw-verbs') !== null) return undefined;
    const box = at.getBoundingClientRect();
    const places = box.height < 100 ? [0.5] : [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95];
    const isSeen = places.some((part) => {
      const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part);
      return seen !== null && (at.contains(seen) || seen.contains(at));
    });
    return isSeen ? undefined : at.outerHTML.slice(0, 200);
  });

for (const [width, height] of [
  [1280, 600],
  [1000, 600],
] as const)
  test(`beside a long application the verbs stay at hand, and nothing that has the focus is behind them, at ${width} px`, async () => {
    const page = await open(casePath(9));
    await page.setViewportSize({ width, height });
    const bar = page.locator('.tw-case > .tw-verbs');
    const verb = bar.getByRole('link', { name: /^Unterlage anfordern/ });
    const more = bar.locator('summary');
    for (const opened of [false, true]) {
      await drawn(page);
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      assert.ok((await page.evaluate(() => scrollY)) > 300, 'the page is long');
      const box = await bar.boundingBox();
      assert.ok(box && box.y >= 0 && box.y < 1, `the row is at ${box?.y}`);
      assert.equal(await verb.evaluate((each) => each.scrollHeight > 0), true);
      const fits = await bar.evaluate((each) => each.scrollHeight <= each.clientHeight);
      assert.equal(fits, true, 'no verb has to be scrolled to within the row');
      await page.locator('.td-keys summary').focus();
      for (let back = 0; back < 60; back += 1) {
        await page.keyboard.press('Shift+Tab');
        assert.equal(await hiddenFocus(page), undefined);
      }
      await page.locator('.td-keys summary').focus();
      if (!opened) await more.click();
    }
    await verb.click();
    await page.waitForURL(/tun=anforderung/);
    await page.close();
  });

/** What a house, a reader or a language does to the row: long words, letters of twice the size, more room between them (WCAG 2.2, 1.4.12). */
const otherRows = {
  'long words': () => {
    for (const each of document.querySelectorAll('.tw-verbs li > a')) each.prepend('Mitwirkungspflichtige ');
  },
  'large letters': () => {
    document.documentElement.style.fontSize = '200%';
  },
  'wide letters': () => {
    document.documentElement.style.letterSpacing = '0.12em';
    document.documentElement.style.wordSpacing = '0.16em';
  },
};

for (const [what, change] of Object.entries(otherRows))
  test(`with ${what} no verb is cut off, and what has the focus is never behind the row; where it is too high, it stays in its place`, async () => {
    const page = await open(casePath(9));
    const bar = page.locator('.tw-case > .tw-verbs');
    const papers = page.locator('.tw-case__papers');
    for (const [width, height] of [
      [1280, 520],
      [1000, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.evaluate(change);
      for (const opened of [false, true]) {
        if (opened) await bar.locator('summary').click();
        await drawn(page);
        const more = await bar.locator('summary').boundingBox();
        assert.ok(!opened || (more && more.y >= 0 && more.y < height), 'what was opened is seen');
        await page.evaluate(() => window.scrollTo(0, 0));
        await bar.evaluate((each) => window.scrollTo(0, each.getBoundingClientRect().bottom + 50));
        const [row, below] = [await bar.boundingBox(), await papers.boundingBox()];
        assert.ok(row && below);
        const stays = Math.abs(row.y) < 1;
        assert.ok(stays || row.y + row.height < 0, `the row is at ${row.y}`);
        assert.ok(!stays || row.height <= height / (opened ? 2 : 3), `${row.height} px of ${height}`);
        if (what === 'large letters' && height === 520) assert.equal(stays, false, 'it would take more than a third');
        assert.ok(!stays || below.y >= row.height, `papers are at ${below.y}, the row takes ${row.height}`);
        assert.equal(await bar.evaluate((each) => each.scrollHeight <= each.clientHeight), true, 'nothing is cut off');
        assert.equal(await bar.evaluate((each) => each.scrollWidth <= each.clientWidth), true);
        await picture(page, `verbs-${what}-${width}${opened ? '-open' : ''}`);
        await page.locator('.td-keys summary').focus();
        for (let back = 0; back < 40; back += 1) {
          await page.keyboard.press('Shift+Tab');
          assert.equal(await hiddenFocus(page), undefined);
        }
      }
      await page.reload();
    }
    await page.close();
  });

test('without a script the row keeps its place, and links lead up to it', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: await desk.storageState() });
  const page = await context.newPage();
  await page.goto(casePath(9));
  const bar = page.locator('.tw-case > .tw-verbs');
  await page.getByRole('link', { name: 'Nach oben: Was tun?' }).last().scrollIntoViewIfNeeded();
  assert.ok(((await bar.boundingBox())?.y ?? 0) < 0);
  await page.getByRole('link', { name: 'Nach oben: Was tun?' }).last().click();
  while (Math.abs((await bar.boundingBox())?.y ?? -1) >= 5); // the page moves a moment after the click
  await context.close();
});

test('on a phone there is a way up to the verbs at the end of each long part', async () => {
  const page = await open(casePath(9));
  await page.setViewportSize({ width: 360, height: 740 });
  const up = page.getByRole('link', { name: 'Nach oben: Was tun?' });
  assert.equal(await up.count(), 3, 'answers, papers, history');
  assert.equal(
    await page.locator('.tw-case > .tw-verbs').evaluate((each) => getComputedStyle(each).position),
    'static',
  );
  await picture(page, 'case-360');
  await up.last().click();
  await page.waitForFunction(() => document.activeElement?.id === 'was-tun');
  await page.waitForFunction(() => Math.abs(document.querySelector('#was-tun')?.getBoundingClientRect().top ?? 9) < 5);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.closest('.tw-verbs') !== null), true);
  await page.close();
});
