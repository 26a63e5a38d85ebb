import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectPath } from '../../src/platform/env/project.ts';

/** Pictures of every page, where a folder is given. */
const pictures = process.env.TANDEM_TEST_PICTURES ?? process.env.TANDEM_TEST_SHOTS;
const axe = readFileSync(projectPath('node_modules/axe-core/axe.min.js'), 'utf8');

/** Rules of axe that are asked for by their kind, which takes in some that are off by themselves. */
export const namedRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Axe = {
  run(
    part: string,
    options: object,
  ): Promise<{ violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[] }>;
};

/** The barriers that axe knows of on a page, or in a part of it: each with its rule and the elements it is about. */
export async function findBarriers(
  page: Page,
  { within = 'html', rules }: { readonly within?: string; readonly rules?: readonly string[] } = {},
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  // Only what is wrong is told in full: on a long page the rest is much to gather and to send.
  const options = { resultTypes: ['violations'], ...(rules === undefined ? {} : { runOnly: rules }) };
  return page.evaluate(
    async ([part, how]) => {
      const { violations } = await (window as unknown as { axe: Axe }).axe.run(part, how);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    },
    [within, options] as const,
  );
}

/** Gives axe to every page that this one will be: for a walk of many pages, so that it is sent once. */
export const bringAxe = (page: Page): Promise<unknown> => page.addInitScript({ content: axe });

/** Keeps a picture of the page, where a folder for them is given. */
export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/** No sideways scrolling. */
async function fits(page: Page, where: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${where}: ${over} px too wide`);
}

/** Nothing in the way of anybody, and nothing wider than the window, at each width. */
export async function look(page: Page, name: string, widths: readonly number[] = [1280, 360]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await findBarriers(page), [], `${name} ${width}`);
    await fits(page, `${name} at ${width}`);
    await picture(page, `${name}-${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** The same with rules asked for by their kind, where the elements do not differ with the width. */
export async function lookOnce(page: Page, name: string): Promise<void> {
  assert.deepEqual(await findBarriers(page, { rules: namedRules }), [], name);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await fits(page, `${name} at ${width}`);
    await picture(page, `${name}-${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** What holds for every page: no sideways scrolling, one heading, no violation of accessibility rules. */
export async function inspectPage(
  page: Page,
  name: string,
  { width, script }: { readonly width: number; readonly script: boolean },
): Promise<void> {
  await picture(page, `${name}-${width}`);
  assert.equal(await page.locator('h1').count(), 1, `${name}: one main heading`);
  if (!script) return;
  await fits(page, `${name} at ${width}`);
  if (width > 1000) return; // the same elements were judged on the small screen
  assert.deepEqual(await findBarriers(page, { rules: namedRules }), [], name);
}

/** Goes on with Tab until something has the focus that is called so, holds these words, or has this id (after a #). */
export async function tabTo(page: Page, words: RegExp): Promise<void> {
  for (let i = 0; i < 250; i += 1) {
    await page.keyboard.press('Tab');
    const names = await page.evaluate(() => {
      const at = document.activeElement as HTMLInputElement | null;
      if (at === null || at === document.body) return [];
      const name = at.getAttribute('aria-label') ?? at.labels?.[0]?.innerText ?? '';
      return [name, at.innerText, `#${at.id}`];
    });
    if (names.some((each) => words.test(each))) return;
  }
  assert.fail(`no way by Tab to ${words}`);
}
