import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

// The first has the same engine without windows: a page opens in a quarter of the computing time.
const candidates = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser of this machine; one of Debian's is installed where it is missing and that is possible. */
export function findBrowser(): string {
  const found = process.env.TANDEM_TEST_BROWSER ?? candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const run = (...args: string[]) =>
      spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    run('update');
    for (const name of ['chromium-headless-shell', 'chromium']) {
      run('install', '-y', '--no-install-recommends', name, 'fonts-liberation');
      const installed = candidates.find((path) => existsSync(path));
      if (installed !== undefined) return installed;
    }
  }
  throw new Error(
    'The browser tests need chromium: install it ("apt-get install chromium-headless-shell") or set TANDEM_TEST_BROWSER to its path.',
  );
}

/** Starts the browser without a profile and without calls to the outside. Keys wait for the page they are meant for: until its scripts ran, nobody hears them. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP *.localhost 127.0.0.1',
      // Pages of a test live for seconds: they share a process, and no compiler works on scripts that are gone by then.
      '--process-per-site',
      '--js-flags=--no-opt --no-maglev',
    ],
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    context.on('page', (page) => {
      const press = page.keyboard.press.bind(page.keyboard);
      page.keyboard.press = async (key, how) => {
        await page.waitForLoadState();
        await press(key, how);
      };
    });
    return context;
  };
  return browser;
}

/** Leaves a page that renews itself: it may be on its way to itself at that moment, and then has to be left once more. */
export async function leave(page: Page): Promise<void> {
  for (let left = 5; left > 0 && page.url() !== 'about:blank'; left--)
    await page.goto('about:blank').catch((error: unknown) => {
      if (left === 1 || !/interrupted by another navigation/.test(String(error))) throw error;
    });
}

/** Presses a link or button and waits until the page it leads to has arrived whole. */
export async function follow(page: Page, target: Locator): Promise<void> {
  await page.waitForLoadState(); // the page that is still arriving is not the one it leads to
  const arrived = page.waitForEvent('load');
  await target.click();
  await arrived;
}
