import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Pictures of every page, where a folder is given. */
const pictures = process.env.TANDEM_TEST_PICTURES;
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** What holds for every page: no sideways scrolling, one heading, no violation of accessibility rules. */
export async function inspectPage(
  page: Page,
  name: string,
  { width, script }: { readonly width: number; readonly script: boolean },
): Promise<void> {
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
  }
  assert.equal(await page.locator('h1').count(), 1, `${name}: one main heading`);
  if (!script) return;
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(overflow <= 0, `${name} at ${width}: ${overflow} px too wide`);
  if (width > 1000) return; // the same elements were judged on the small screen
  await page.evaluate(axe);
  const found = (await page.evaluate(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
  )) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  assert.deepEqual(
    found.violations.map((v) => `${name}: ${v.id} ${v.nodes[0]?.html}`),
    [],
  );
}
