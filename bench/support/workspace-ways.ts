import { federalStates, freeDay } from '../../src/kernel/holidays.ts';
import {
  type Form,
  formsOf,
  linksOf,
  type Outcome,
  type Reply,
  type Visitor,
} from '../../test/proof/support/visitor.ts';
import { smallPdf } from '../../test/support/submit.ts';

/** Somebody at work: asks for pages, each under the name of its step, and thinks between them. */
export type Worker = {
  readonly visitor: Visitor;
  /** Waits as long as a person looks, reads or writes. */
  readonly think: () => Promise<void>;
  /** Takes the time of one request, and says when it was not answered as it should be. */
  readonly step: (name: string, ask: () => Promise<Outcome>, fits?: (reply: Reply) => boolean) => Promise<Reply>;
  /** Tells the open page which case it shows now; its stream stays open meanwhile. */
  readonly watch: (caseId: string | undefined) => void;
  readonly pick: <T>(list: readonly T[]) => T;
  /** Cases with papers, which this person may see. */
  readonly cases: readonly string[];
  /** Names of people who have cases. */
  readonly names: readonly string[];
  readonly run: number;
};

type Way = { readonly name: string; readonly go: (worker: Worker) => Promise<void> };

const page = (visitor: Visitor, path: string) => () => visitor.send({ method: 'GET', path });
/** Asks for something in words and follows to the page that answers, as a browser does: together one step. */
const ask = (visitor: Visitor, path: string) => async (): Promise<Outcome> =>
  follow(visitor, await visitor.send({ method: 'GET', path }));
const text = (reply: Reply): string => reply.body.toString();

/** The form of a page that goes to this address, with what it holds already. */
function formTo(reply: Reply, path: string, to: RegExp): { form: Form; fields: Record<string, string> } {
  const form = formsOf(text(reply), path).find((each) => to.test(each.action));
  if (form === undefined) throw new Error(`${path} has no form to ${to}.`);
  const kept = form.fields.filter(({ type }) => type === 'hidden');
  return { form, fields: Object.fromEntries(kept.map(({ name, value }) => [name, value])) };
}

/** Sends a form and follows it to the page it leads to, as a browser does: together one step. */
const send = (visitor: Visitor, to: string, fields: Readonly<Record<string, string>>) => async (): Promise<Outcome> => {
  const body = new URLSearchParams(fields).toString();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return follow(visitor, await visitor.send({ method: 'POST', path: to, headers, body }));
};

async function follow(visitor: Visitor, sent: Outcome): Promise<Outcome> {
  if (typeof sent === 'string' || sent.status !== 303) return sent;
  const [to = ''] = (sent.headers.location ?? '').split('#');
  return visitor.send({ method: 'GET', path: to });
}

/** Opens the page of a case, with the picture of the paper it shows. */
async function openCase({ visitor, step, watch }: Worker, id: string, name: string): Promise<Reply> {
  const shown = await step(name, page(visitor, `/arbeit/vorgaenge/${id}`));
  watch(id);
  return shown;
}

/** A verb of a case: its form, time to write, and sending it. */
async function verb(
  worker: Worker,
  name: string,
  wanted: { readonly verb: string; readonly fields: Readonly<Record<string, string>> },
): Promise<void> {
  const id = worker.pick(worker.cases);
  await openCase(worker, id, `${name}: open the case`);
  await worker.think();
  const path = `/arbeit/vorgaenge/${id}?tun=${wanted.verb}`;
  const opened = await worker.step(`${name}: open the form`, page(worker.visitor, path));
  await worker.think();
  const { form, fields } = formTo(opened, path, new RegExp(`/vorgaenge/[^/]+/${wanted.verb}$`));
  await worker.step(`${name}: send it`, send(worker.visitor, form.action, { ...fields, ...wanted.fields }));
  worker.watch(undefined);
}

const inDays = (n: number): string => {
  const [year, month, day] = new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10).split('-');
  return `${day}.${month}.${year}`;
};

/** The same, or the next day about which nobody is asked whether they mean it. */
const workingDay = (n: number): string => {
  const day = new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
  return federalStates.some((state) => freeDay(day, { state }) !== undefined) ? workingDay(n + 1) : inDays(n);
};

/** The ten commonest ways through the workspace, as often as each comes (the weights are an assumption: no office has counted them). */
export const ways: readonly (Way & { readonly weight: number })[] = [
  {
    name: 'my day',
    weight: 4,
    go: async ({ visitor, step }) => {
      await step('my day: open it', page(visitor, '/arbeit/heute'));
    },
  },
  {
    name: 'inbox',
    weight: 4,
    go: async ({ visitor, step, think, pick }) => {
      await step('inbox: open it', page(visitor, '/arbeit'));
      await think();
      const concern = pick(['umzug', 'unterlagen', 'weiterbewilligung', 'wohnkosten']);
      const path = `/arbeit?anliegen=${concern}`;
      const filtered = await step('inbox: filter it', page(visitor, path));
      const next = linksOf(text(filtered)).findLast((link) => /[?&]nach=/.test(link) && !link.includes('sprache='));
      if (next === undefined) return;
      await think();
      await step('inbox: next page', page(visitor, next));
    },
  },
  {
    name: 'case from the inbox',
    weight: 4,
    go: async (worker) => {
      const list = await worker.step('case: the inbox', page(worker.visitor, '/arbeit'));
      await worker.think();
      const [id] =
        /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(linksOf(text(list)).find((link) => /vorgaenge\//.test(link)) ?? '') ?? [];
      if (id !== undefined) await openCase(worker, id, 'case: open it');
      await worker.think();
      worker.watch(undefined);
    },
  },
  {
    name: 'read a paper',
    weight: 4,
    go: async (worker) => {
      const shown = await openCase(worker, worker.pick(worker.cases), 'paper: open the case');
      const picture = /src="(\/arbeit\/dokumente\/[^"]+\/seite\/[^"]+)"/
        .exec(text(shown))?.[1]
        ?.replaceAll('&amp;', '&');
      if (picture === undefined) throw new Error('The case shows no paper.');
      await worker.step('paper: its page', page(worker.visitor, picture));
      await worker.think();
      const [, document] = /\/dokumente\/([^/]+)\//.exec(picture) ?? [];
      await worker.step('paper: open the reader', page(worker.visitor, `/arbeit/dokumente/${document}`));
      await worker.think();
      worker.watch(undefined);
    },
  },
  {
    name: 'find a person',
    weight: 4,
    go: async (worker) => {
      const name = worker.pick(worker.names);
      const found = await worker.step('find: by name', ask(worker.visitor, `/arbeit/suche?q=${name}`));
      await worker.think();
      const [id] =
        /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(linksOf(text(found)).find((link) => /vorgaenge\//.test(link)) ?? '') ?? [];
      if (id === undefined) throw new Error(`Nobody is called ${name}.`);
      await openCase(worker, id, 'find: open the case');
      await worker.think();
      worker.watch(undefined);
    },
  },
  {
    name: 'ask for a paper',
    weight: 2,
    go: (worker) =>
      verb(worker, 'ask', {
        verb: 'anforderungen',
        fields: { what: 'Lohnabrechnung', why: 'Für Ihr Einkommen.', due: workingDay(14) },
      }),
  },
  {
    name: 'write to the person',
    weight: 2,
    go: (worker) =>
      verb(worker, 'write', { verb: 'nachrichten', fields: { text: 'Guten Tag, wir prüfen Ihre Unterlagen.' } }),
  },
  {
    name: 'follow up later',
    weight: 2,
    go: (worker) =>
      verb(worker, 'follow up', {
        verb: 'wiedervorlage',
        fields: {
          followReason: 'Rückmeldung abwarten',
          followDay: workingDay(7),
          followTopic: 'other',
          followWaits: 'us',
          followFor: 'team',
        },
      }),
  },
  {
    name: 'take a case over',
    weight: 1,
    go: async (worker) => {
      const id = worker.pick(worker.cases);
      const path = `/arbeit/vorgaenge/${id}`;
      const shown = await openCase(worker, id, 'take: open the case');
      await worker.think();
      const html = text(shown);
      const own = /name="staff" value="([^"]+)"/.exec(html)?.[1];
      if (own === undefined) return; // it is theirs already
      const { form, fields } = formTo(shown, path, /\/zuweisung$/);
      await worker.step('take: assign it', send(worker.visitor, form.action, { ...fields, staff: own }));
      worker.watch(undefined);
    },
  },
  {
    name: 'take papers in at the counter',
    weight: 2,
    go: async (worker) => {
      const name = worker.pick(worker.names);
      const path = `/arbeit/schalter/eingang?name=${name}%2C%20Mika&geburtsdatum=3.4.1990`;
      await worker.step('counter: find the person', ask(worker.visitor, `/arbeit/schalter?name=${name}`));
      await worker.think();
      const opened = await worker.step('counter: open the form', ask(worker.visitor, path));
      await worker.think();
      const { form, fields } = formTo(opened, path, /schalter\/eingang/);
      const said: Record<string, string> = {
        ...fields,
        familyName: name,
        givenName: 'Mika',
        birthDate: '3.4.1990',
        concern: 'unterlagen',
        said: `Bringt den Lohn, ${worker.run}.`,
      };
      await worker.step(
        'counter: hand out the receipt',
        async () => {
          const file = { name: `Lohn ${worker.run}.pdf`, bytes: smallPdf(`${name} ${worker.run}`) };
          return follow(worker.visitor, await worker.visitor.send(multipart(form.action, said, file)));
        },
        (reply) => /Alles ist angekommen/.test(text(reply)),
      );
    },
  },
];

/** A form with a paper, as a browser writes it. */
function multipart(
  path: string,
  fields: Readonly<Record<string, string>>,
  file: { readonly name: string; readonly bytes: Buffer },
): { method: string; path: string; headers: Record<string, string>; body: Buffer } {
  const mark = `tandem${'-'.repeat(20)}`;
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${mark}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${mark}\r\nContent-Disposition: form-data; name="papers"; filename="${file.name}"\r\nContent-Type: application/pdf\r\n\r\n`;
  return {
    method: 'POST',
    path,
    headers: { 'Content-Type': `multipart/form-data; boundary=${mark}` },
    body: Buffer.concat([Buffer.from(parts.join('') + head), file.bytes, Buffer.from(`\r\n--${mark}--\r\n`)]),
  };
}
