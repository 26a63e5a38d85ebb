import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { smallPdf } from '../../support/submit.ts';
import type { Attack, Ids, Target } from './fuzz/attack.ts';
import { nextAttack } from './fuzz/attacks.ts';
import { hostileFiles } from './fuzz/hostile-files.ts';
import { hostileTexts } from './fuzz/hostile-text.ts';
import { sendRaw } from './fuzz/raw.ts';
import { formBody } from './fuzz/route-attacks.ts';
import { type Installation, makeInstallation, type Tenant } from './installation.ts';
import { seededRandom } from './numbers.ts';
import { memoryMb, type Program, startProgram, untilReady } from './programs.ts';
import { ask, formsOf, linksOf, type Outcome, type Outgoing, Visitor } from './visitor.ts';

export type FuzzOptions = { readonly requests: number; readonly seed: number };

export type FuzzResult = {
  readonly requests: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Answers of 500 and above, each with what to do to see it again. */
  readonly failures: readonly string[];
  readonly hangs: readonly string[];
  /** Something was visible, or possible, that must not be. */
  readonly leaks: readonly string[];
  readonly slowestMs: number;
  readonly memoryMb: { readonly before: number; readonly peak: number; readonly after: number };
  readonly restarts: number;
};

const atOnce = 12;
const limitMs = 30_000;
/** The web process may never need more than this: its budget for uploads is 300 MB, and pictures are opened in threads. */
export const memoryLimitMb = 1_400;

/** Names that only the person's own office may see. */
const canaries = ['Kanarienvogel-Eins', 'Kanarienvogel-Zwei'] as const;

type Scene = {
  readonly installation: Installation;
  readonly target: Target;
  readonly agent: Agent;
  readonly options: FuzzOptions;
  readonly byStatus: Record<string, number>;
  readonly failures: string[];
  readonly hangs: string[];
  readonly leaks: string[];
  slowestMs: number;
  next: number;
};

/** Sends hostile requests and files of every kind, and looks at every answer. */
export async function proveFuzz(options: FuzzOptions, tell: (line: string) => void): Promise<FuzzResult> {
  const installation = await makeInstallation();
  const env = { ...installation.databaseEnv, TANDEM_TRUST_PROXY: 'on' }; // each request comes from an address of its own
  let web: Program = startProgram('web', env);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  try {
    if (!(await untilReady(web, installation.baseUrl))) throw new Error(`The web process did not start: ${web.said()}`);
    const target = await makeTarget(installation);
    const scene: Scene = {
      installation,
      target,
      agent,
      options,
      byStatus: {},
      failures: [],
      hangs: [],
      leaks: [],
      slowestMs: 0,
      next: 0,
    };
    const before = memoryMb(web.pid).now;
    let restarts = 0;
    const guard = new AbortController();
    const watch = (async () => {
      while (!guard.signal.aborted) {
        await pause(500, undefined, { signal: guard.signal }).catch(() => undefined);
        if (guard.signal.aborted || web.running()) continue;
        restarts += 1;
        scene.failures.push(`The web process ended: ${web.said().slice(-1_000)}`);
        web = startProgram('web', env);
        await untilReady(web, installation.baseUrl);
      }
    })();
    const workers = Array.from({ length: atOnce }, (_, i) =>
      i < 9 ? attackOn(scene, tell) : i < 11 ? wander(scene, i) : rawOn(scene),
    );
    await Promise.all(workers);
    guard.abort();
    await watch;
    const { peak } = memoryMb(web.pid);
    await pause(1_000);
    if (!(await untilReady(web, installation.baseUrl, 10_000))) scene.hangs.push('The server no longer answers.');
    const { byStatus, failures, hangs, leaks } = scene;
    const said = web.said().trim();
    if (failures.length > 0 && said !== '') tell(`The log of the web process ends:\n${said.slice(-6_000)}`);
    return {
      requests: options.requests,
      byStatus,
      failures,
      hangs,
      leaks,
      slowestMs: Math.round(scene.slowestMs),
      memoryMb: { before, peak, after: memoryMb(web.pid).now },
      restarts,
    };
  } finally {
    agent.destroy();
    await web.stop();
    await installation.remove();
  }
}

async function makeTarget({ baseUrl, tenants }: Installation): Promise<Target> {
  const make = async (tenant: Tenant, canary: string): Promise<Ids> => {
    const headers = { Authorization: `Bearer ${tenant.apiToken}` };
    const form = new FormData();
    form.set(
      'submission',
      JSON.stringify({
        concern: 'unterlagen',
        channel: 'post',
        person: { familyName: canary, givenName: 'Mika', birthDate: '1990-04-03' },
        answers: { note: canary },
      }),
    );
    form.append('document', new Blob([smallPdf(canary) as BlobPart]), `${canary}.pdf`);
    const sent = await fetch(`${baseUrl}/api/v1/submissions`, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': canary },
      body: form,
    });
    const { number } = (await sent.json()) as { number: string };
    const status = (await (await fetch(`${baseUrl}/api/v1/receipts/${number}`, { headers })).json()) as {
      case: { id: string };
    };
    const found = (await (await fetch(`${baseUrl}/api/v1/cases/${status.case.id}`, { headers })).json()) as {
      submissions: { id: string; documents: { id: string }[] }[];
    };
    const submission = found.submissions[0];
    return {
      caseId: status.case.id,
      documentId: submission?.documents[0]?.id ?? '',
      submissionId: submission?.id ?? '',
      receipt: number,
    };
  };
  const ids = [await make(tenants[0], canaries[0]), await make(tenants[1], canaries[1])] as const;
  return {
    tokens: [tenants[0].apiToken, tenants[1].apiToken],
    ids,
    jobcenterIds: [tenants[0].jobcenter.id, tenants[1].jobcenter.id],
    files: await hostileFiles(),
  };
}

const address = (i: number): string => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;

function take(scene: Scene): number | undefined {
  if (scene.next >= scene.options.requests) return undefined;
  scene.next += 1;
  return scene.next;
}

async function attackOn(scene: Scene, tell: (line: string) => void): Promise<void> {
  const { installation, target, agent, options } = scene;
  for (let i = take(scene); i !== undefined; i = take(scene)) {
    if (i % 2_000 === 0) tell(`${i} requests: ${JSON.stringify(scene.byStatus)}`);
    const attack = nextAttack(seededRandom(options.seed * 1_000_003 + i), target);
    const headers = { 'X-Forwarded-For': address(i), ...attack.headers };
    const began = performance.now();
    const outcome = await ask(installation.baseUrl, agent, { ...attack, headers: plainHeaders(headers) }, limitMs);
    judge(
      scene,
      `#${i} seed ${options.seed} ${attack.label} ${attack.method} ${attack.path.slice(0, 200)}`,
      attack,
      outcome,
      performance.now() - began,
    );
  }
}

/** Node refuses to send some header values; they are sent as far as it lets them. */
const plainHeaders = (headers: Readonly<Record<string, string | string[]>>): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?') : value,
    ]),
  );

function judge(scene: Scene, what: string, attack: Partial<Attack>, outcome: Outcome, ms: number): void {
  scene.slowestMs = Math.max(scene.slowestMs, outcome === 'broken-off' ? 0 : ms);
  const word = typeof outcome === 'string' ? outcome : String(outcome.status);
  scene.byStatus[word] = (scene.byStatus[word] ?? 0) + 1;
  if (outcome === 'hang') scene.hangs.push(what);
  if (outcome === 'refused') scene.failures.push(`${what}: nobody listens`);
  if (typeof outcome === 'string') return;
  if (outcome.status >= 500) scene.failures.push(`${what}: ${outcome.status}`);
  const text = outcome.body.toString('latin1');
  if (attack.foreign && outcome.status < 400)
    scene.leaks.push(`${what}: ${outcome.status} for what belongs to another Jobcenter`);
  if (attack.other !== true && text.includes(canaries[1]))
    scene.leaks.push(`${what}: shows a name of another Jobcenter`);
  if (attack.nobody && text.includes(canaries[0])) scene.leaks.push(`${what}: shows a name to nobody in particular`);
  const staffPage = attack.method === 'GET' && /^\/arbeit(?!\/anmelden)/.test(attack.path ?? '');
  if (attack.nobody && staffPage && outcome.status === 200) scene.leaks.push(`${what}: a staff page without a session`);
  if (/\n\s+at .+:\d+:\d+\)?|node_modules\/|root:x:0|BEGIN PRIVATE KEY|syntax error at or near/.test(text))
    scene.leaks.push(`${what}: shows the inside of the program`);
}

/** Somebody who goes through the pages, fills in forms with anything, and goes on where that leads; two are staff. */
async function wander(scene: Scene, which: number): Promise<void> {
  const { installation, agent, options } = scene;
  const random = seededRandom(options.seed * 7_919 + which);
  const staff = which === 10;
  const fresh = async (i: number): Promise<Visitor> => {
    const visitor = new Visitor(installation.baseUrl, agent, { 'X-Forwarded-For': address(500_000 + i) });
    if (staff) await visitor.signIn(installation.tenants[0], installation.tenants[0].staff).catch(() => undefined);
    return visitor;
  };
  const home = staff ? '/arbeit' : '/';
  let visitor = await fresh(which);
  let path = home;
  for (let i = take(scene); i !== undefined; i = take(scene)) {
    if (!staff && i % 150 === 0) visitor = await fresh(i);
    const go = async (outgoing: Outgoing): Promise<Outcome> => {
      const began = performance.now();
      const outcome = await visitor.send(outgoing, limitMs);
      judge(
        scene,
        `#${i} seed ${options.seed} walk ${outgoing.method} ${outgoing.path.slice(0, 200)} ${String(outgoing.body ?? '').slice(0, 300)}`,
        staff ? {} : { nobody: true, ...outgoing },
        outcome,
        performance.now() - began,
      );
      return outcome;
    };
    const page = await go({ method: 'GET', path });
    path = home;
    if (typeof page === 'string') continue;
    const html = page.body.toString();
    const forms = formsOf(html, '/').filter((form) => !/abmeldung/.test(form.action));
    if (forms.length > 0 && random.next() < 0.7) {
      const answer = await go(filledForm(random, random.pick(forms), scene));
      const location = typeof answer === 'string' ? undefined : answer.headers.location;
      if (location?.startsWith('/') && random.next() < 0.9) path = location;
      continue;
    }
    const links = linksOf(html).filter((link) => !/sprache=|\.pdf/.test(link));
    const location = page.headers.location;
    path = location?.startsWith('/') ? location : links.length > 0 && random.next() < 0.8 ? random.pick(links) : home;
  }
}

/** Fields as they are, or anything else; now and then in the wrong encoding. */
function filledForm(
  random: ReturnType<typeof seededRandom>,
  form: ReturnType<typeof formsOf>[number],
  { target }: Scene,
): Outgoing {
  const plausible = [
    '1990-04-03',
    '03.04.1990',
    '3',
    'ja',
    'nein',
    'Muster',
    '030 23125 100',
    '12,50',
    'DE02120300000000202051',
  ];
  const value = (): string => (random.next() < 0.6 ? random.pick(plausible) : random.pick(hostileTexts).toWellFormed());
  const fields = form.fields.flatMap(({ name, value: given, type }): [string, string][] => {
    if (type === 'hidden' || type === 'radio' || type === 'checkbox' || type === 'submit')
      return type === 'radio' && random.next() < 0.5 ? [] : [[name, random.next() < 0.93 ? given : value()]];
    return random.next() < 0.1 ? [] : [[name, value()]];
  });
  if (form.method === 'GET')
    return { method: 'GET', path: `${form.action.split('?')[0]}?${new URLSearchParams(fields)}` };
  if (!form.multipart && random.next() < 0.9) {
    const body = random.next() < 0.95 ? new URLSearchParams(fields).toString() : formBody(random);
    return {
      method: 'POST',
      path: form.action,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body,
    };
  }
  const files = form.fields.filter((field) => field.type === 'file');
  const parts: Buffer[] = fields
    .filter(([name]) => !files.some((file) => file.name === name))
    .map(([name, text]) => Buffer.from(`--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`));
  for (const file of files) {
    const { bytes } = random.pick(target.files);
    parts.push(
      Buffer.from(
        `--x\r\nContent-Disposition: form-data; name="${file.name}"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`,
      ),
      bytes,
      Buffer.from('\r\n'),
    );
  }
  return {
    method: 'POST',
    path: form.action,
    headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    body: Buffer.concat([...parts, Buffer.from('--x--\r\n')]),
  };
}

async function rawOn(scene: Scene): Promise<void> {
  const { installation, options } = scene;
  for (let i = take(scene); i !== undefined; i = take(scene)) {
    const { label, status, text } = await sendRaw(installation.baseUrl, seededRandom(options.seed * 104_729 + i));
    scene.byStatus[`raw ${status}`] = (scene.byStatus[`raw ${status}`] ?? 0) + 1;
    if (status.startsWith('5')) scene.failures.push(`#${i} ${label}: ${status}`);
    if (text.includes(canaries[0]) || text.includes(canaries[1])) scene.leaks.push(`#${i} ${label}: shows a name`);
  }
}
