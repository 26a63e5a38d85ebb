import { Agent } from 'node:http';
import type { Locator, Page } from 'playwright-core';
import { makeInstallation } from '../../test/proof/support/installation.ts';
import { startProgram, untilReady } from '../../test/proof/support/programs.ts';
import { Visitor } from '../../test/proof/support/visitor.ts';
import { launchBrowser } from '../../test/support/browser.ts';
import { smallPdf } from '../../test/support/submit.ts';
import { submitCases } from './workspace-cases.ts';

/** What hands do on one way: clicks with a mouse, keys that are no text, characters of text, and pages that are loaded. */
export type Effort = {
  readonly clicks: number;
  readonly keys: number;
  readonly characters: number;
  readonly pages: number;
};
export type HandsOfWay = { readonly way: string; readonly mouse: Effort; readonly keyboard: Effort };

/** A pair of hands at a page, which counts. */
class Hands {
  clicks = 0;
  keys = 0;
  characters = 0;
  pages = 0;
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
    page.on('response', (answer) => {
      const request = answer.request();
      const html = /text\/html/.test(answer.headers()['content-type'] ?? '');
      const asked = request.headers()['x-tandem-refresh'] === undefined && request.frame() === page.mainFrame();
      if (html && asked && answer.status() < 300) this.pages += 1;
    });
  }
  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }
  /** Opens a list and picks from it: two clicks. */
  async choose(target: Locator, label: string): Promise<void> {
    this.clicks += 2;
    await target.selectOption({ label });
  }
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.keys += 1;
      await this.page.keyboard.press(key);
    }
  }
  async write(text: string): Promise<void> {
    this.characters += text.length;
    await this.page.keyboard.type(text);
  }
  /** Presses Tab until this has the focus. */
  async tabTo(target: Locator): Promise<void> {
    await target.first().waitFor();
    for (let n = 0; n < 60; n += 1) {
      if (await target.first().evaluate((element) => element === element.ownerDocument.activeElement)) return;
      await this.press('Tab');
    }
    throw new Error(`Tab does not lead to ${target}.`);
  }
  /** Waits for the next page and until its scripts run. */
  async arrived(where: RegExp): Promise<void> {
    await this.page.waitForURL(where);
    await this.page.waitForLoadState('load');
  }
  /** The field that has the focus now, so that writing begins in it. */
  focused(id: string): Promise<unknown> {
    return this.page.waitForFunction((name) => document.activeElement?.id === name, id);
  }
  effort = (): Effort => ({ clicks: this.clicks, keys: this.keys, characters: this.characters, pages: this.pages });
}

type Go = (hands: Hands) => Promise<void>;
type Way = { readonly way: string; readonly from: 'day' | 'inbox' | 'case'; readonly mouse: Go; readonly keyboard: Go };

const link = (hands: Hands, name: string | RegExp): Locator => hands.page.getByRole('link', { name }).first();
const button = (hands: Hands, name: string): Locator => hands.page.getByRole('button', { name, exact: true });
const field = (hands: Hands, name: string): Locator => hands.page.getByLabel(name);

const send = (hands: Hands): Locator => hands.page.locator('.tw-verb form button[type=submit]').last();

/** A verb of a case by mouse: open it, write into its fields, send it. */
const verbByMouse =
  (title: string, done: string, fields: readonly (readonly [string, string])[]): Go =>
  async (hands) => {
    await hands.click(link(hands, new RegExp(`^${title}`)));
    for (const [i, [id, text]] of fields.entries()) {
      if (i > 0) await hands.click(hands.page.locator(`#${id}`)); // the first one has the focus
      await hands.focused(id);
      await hands.write(text);
    }
    await hands.click(send(hands));
    await hands.arrived(new RegExp(`ok=${done}`));
  };

const verbByKeys =
  (key: string, done: string, fields: readonly (readonly [string, string])[]): Go =>
  async (hands) => {
    await hands.press(key);
    for (const [i, [id, text]] of fields.entries()) {
      if (i > 0) await hands.tabTo(hands.page.locator(`#${id}`));
      await hands.focused(id);
      await hands.write(text);
    }
    await hands.tabTo(send(hands));
    await hands.press('Enter');
    await hands.arrived(new RegExp(`ok=${done}`));
  };

const asked = [
  ['f-what', 'Lohnabrechnung'],
  ['f-why', 'Für Ihr Einkommen.'],
] as const;
const written = [['f-text', 'Guten Tag, wir prüfen Ihre Unterlagen.']] as const;
const later = [['f-followReason', 'Rückmeldung abwarten']] as const;

const ways: readonly Way[] = [
  {
    way: 'my day',
    from: 'inbox',
    mouse: async (hands) => {
      await hands.click(link(hands, /^Mein Tag/));
      await hands.arrived(/heute/);
    },
    keyboard: async (hands) => {
      await hands.press('h');
      await hands.arrived(/heute/);
    },
  },
  {
    way: 'inbox, one kind of concern',
    from: 'day',
    mouse: async (hands) => {
      await hands.click(link(hands, /^Posteingang/));
      await hands.arrived(/arbeit$/);
      await hands.choose(field(hands, 'Anliegen'), 'Unterlagen abgeben');
      await hands.click(button(hands, 'Anzeigen'));
      await hands.arrived(/anliegen=/);
    },
    keyboard: async (hands) => {
      await hands.press('1');
      await hands.arrived(/arbeit$/);
      await hands.press('f');
      await hands.tabTo(field(hands, 'Anliegen'));
      await hands.press('U');
      await hands.press('n');
      await hands.tabTo(button(hands, 'Anzeigen'));
      await hands.press('Enter');
      await hands.arrived(/anliegen=/);
    },
  },
  {
    way: 'case from the inbox',
    from: 'inbox',
    mouse: async (hands) => {
      await hands.click(hands.page.locator('tbody tr a').first());
      await hands.arrived(/vorgaenge/);
    },
    keyboard: async (hands) => {
      await hands.press('j', 'Enter');
      await hands.arrived(/vorgaenge/);
    },
  },
  {
    way: 'read a paper',
    from: 'case',
    mouse: async (hands) => {
      await hands.click(link(hands, /^Groß öffnen/));
      await hands.arrived(/dokumente/);
    },
    keyboard: async (hands) => {
      await hands.press('g');
      await hands.arrived(/dokumente/);
    },
  },
  {
    way: 'find a person',
    from: 'inbox',
    mouse: async (hands) => {
      await hands.click(hands.page.getByRole('searchbox').first());
      await hands.write('Benchmannb');
      await hands.press('Enter');
      await hands.arrived(/suche/);
      await hands.click(hands.page.locator('main a[href*="/vorgaenge/"]').first());
      await hands.arrived(/vorgaenge/);
    },
    keyboard: async (hands) => {
      await hands.press('/');
      await hands.write('Benchmannb');
      await hands.press('Enter');
      await hands.arrived(/suche/);
      await hands.press('j', 'Enter');
      await hands.arrived(/vorgaenge|schalter/);
    },
  },
  {
    way: 'ask for a paper',
    from: 'case',
    mouse: verbByMouse('Unterlage anfordern', 'anforderungen', asked),
    keyboard: verbByKeys('u', 'anforderungen', asked),
  },
  {
    way: 'write to the person',
    from: 'case',
    mouse: verbByMouse('Nachricht', 'nachrichten', written),
    keyboard: verbByKeys('n', 'nachrichten', written),
  },
  {
    way: 'follow up later',
    from: 'case',
    mouse: verbByMouse('Wiedervorlage', 'wiedervorlage', later),
    keyboard: verbByKeys('f', 'wiedervorlage', later),
  },
  {
    way: 'take a case over',
    from: 'case',
    mouse: async (hands) => {
      await hands.click(hands.page.locator('button[data-shortcut=m]'));
      await hands.arrived(/ok=zuweisung/);
    },
    keyboard: async (hands) => {
      await hands.press('m');
      await hands.arrived(/ok=zuweisung/);
    },
  },
  {
    way: 'take papers in at the counter',
    from: 'day',
    mouse: (hands) => counter(hands, true),
    keyboard: (hands) => counter(hands, false),
  },
];

/** At the counter: found by name, taken in with a paper; choosing the file itself is the system's window and is not counted. */
async function counter(hands: Hands, mouse: boolean): Promise<void> {
  const use = async (target: Locator, key?: string): Promise<void> => {
    if (mouse) return hands.click(target);
    if (key === undefined) await hands.tabTo(target);
    await hands.press(key ?? 'Enter');
  };
  await use(link(hands, /^Schalter/), '3');
  await hands.arrived(/schalter/);
  await hands.page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'name');
  await hands.write('Benchmannc');
  await hands.press('Enter');
  await hands.arrived(/name=/);
  await use(link(hands, /^Ohne Akte/), 'n');
  await hands.arrived(/eingang/);
  for (const [name, text] of [
    ['Vorname', 'Mika'],
    ['Geburtsdatum', '3.4.1990'],
  ] as const) {
    if (mouse) await hands.click(field(hands, name));
    else await hands.tabTo(field(hands, name));
    await hands.write(text);
  }
  if (mouse) await hands.choose(hands.page.locator('select[name=concern]'), 'Unterlagen abgeben');
  else {
    await hands.tabTo(hands.page.locator('select[name=concern]'));
    await hands.press('U', 'n');
  }
  const files = field(hands, 'Scans oder Fotos');
  if (mouse) hands.clicks += 1;
  else {
    await hands.tabTo(files);
    hands.keys += 1;
  }
  await files.setInputFiles({ name: 'Lohn.pdf', mimeType: 'application/pdf', buffer: smallPdf('Lohn') });
  await use(button(hands, 'Eingang bestätigen'));
  await hands.arrived(/eingangsbestaetigungen/);
}

/** Goes every way twice in a real browser, by mouse and by keyboard alone, and counts what hands do. */
export async function countHands(tell: (line: string) => void): Promise<HandsOfWay[]> {
  const installation = await makeInstallation();
  const web = startProgram('web', installation.databaseEnv);
  const agent = new Agent({ keepAlive: true });
  const browser = await launchBrowser();
  try {
    const { baseUrl } = installation;
    if (!(await untilReady(web, baseUrl))) throw new Error(`The web process did not start: ${web.said()}`);
    const cases = await submitCases(installation);
    const visitor = new Visitor(baseUrl, agent);
    await visitor.signIn(installation.tenants[0], installation.tenants[0].staff);
    const context = await browser.newContext({
      baseURL: baseUrl,
      locale: 'de-DE',
      viewport: { width: 1280, height: 900 },
    });
    context.setDefaultTimeout(10_000);
    await context.addCookies([
      { name: 'sitzung', value: visitor.cookies.get('sitzung') ?? '', url: `${baseUrl}/arbeit` },
    ]);
    const counted: HandsOfWay[] = [];
    let used = 0;
    for (const { way, from, mouse, keyboard } of ways) {
      tell(`by hand: ${way}`);
      const by = async (go: Go): Promise<Effort> => {
        const page = await context.newPage();
        used += 1;
        const start = { day: '/arbeit/heute', inbox: '/arbeit', case: `/arbeit/vorgaenge/${cases[used]}` }[from];
        await page.goto(start);
        const hands = new Hands(page);
        await go(hands);
        await page.close();
        return hands.effort();
      };
      counted.push({ way, mouse: await by(mouse), keyboard: await by(keyboard) });
    }
    return counted;
  } finally {
    await browser.close();
    agent.destroy();
    await web.stop();
    await installation.remove();
  }
}
