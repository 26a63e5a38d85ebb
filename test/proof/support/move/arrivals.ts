import sharp from 'sharp';
import { newId } from '../../../../src/kernel/ids.ts';
import { demoAnswers } from '../../../../src/main/demo/answers.ts';
import { generateHouseholds } from '../../../../src/main/demo/households.ts';
import { type FormDefinition, reachable, saveDraft, shippedDefinitions } from '../../../../src/modules/forms/index.ts';
import { findReceipt, listSubmissions, submissionDocuments } from '../../../../src/modules/intake/index.ts';
import { addPerson } from '../../../../src/modules/people/index.ts';
import { lettersOfBatch } from '../../../../src/modules/post/index.ts';
import type { Tx } from '../../../../src/platform/database/index.ts';
import { joinImages, renderPage } from '../../../../src/platform/media/index.ts';
import { writtenPage } from '../../../../src/platform/reading/sample.ts';
import { takeMail } from '../../../../src/surfaces/channels/email/index.ts';
import { mail } from '../../../support/mails.ts';
import type { Scene } from '../channels-run.ts';
import { formsOf, type Reply, Visitor } from '../visitor.ts';

export const ways = ['portal', 'post', 'email', 'phone', 'counter'] as const;
export type Way = (typeof ways)[number];

/** One person who moves, and what reached the office of it. */
export type Move = {
  readonly jobcenterId: string;
  readonly index: number;
  readonly person: { readonly familyName: string; readonly givenName: string; readonly birthDate: string };
  readonly personId: string;
  readonly submissions: Set<string>;
  /** Which paper a document is, by what was handed in. */
  readonly papers: Map<string, string>;
  /** What a way needs to send the very same thing again: the draft, the key of the form. */
  readonly kept: Map<string, string>;
};

/**
 * `first`: something arrives. `repeat`: the very same request once more, as after a broken line. `again`: the person sends it anew.
 * Gives the number of the receipt.
 */
export type Arrive = (scene: Scene, move: Move, turn: 'first' | 'repeat' | 'again') => Promise<string>;

const letters = (index: number): string =>
  [...String(index).padStart(4, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');

/** Somebody the office knows, with a name and a day of birth that nobody else has. */
export async function movedPerson(scene: Scene, index: number): Promise<Move> {
  const jobcenterId = scene.installation.tenants[0].jobcenter.id;
  const birthDate = new Date(Date.UTC(1950, 0, 1 + index)).toISOString().slice(0, 10);
  const person = { familyName: `Umzug${letters(index)}`, givenName: 'Ute', birthDate };
  const personId = await scene.services.database.tenant(jobcenterId, (tx) => addPerson(tx, person));
  return { jobcenterId, index, person, personId, submissions: new Set(), papers: new Map(), kept: new Map() };
}

/** What stands in each paper: senders, days and amounts of its own. */
const papers: Readonly<Record<string, readonly string[]>> = {
  Mietangebot: ['Hausverwaltung Nordstern', 'Wohnung im zweiten Stock links', 'Kaltmiete', 'Nebenkosten', 'Heizkosten'],
  Kontoauszug: ['Sparkasse Musterstadt', 'Kontostand am Monatsende', 'Gutschrift Lohn', 'Lastschrift Strom', 'Bargeld'],
  Umzugsangebot: ['Spedition Rollt', 'Festpreis mit zwei Helfern', 'Fahrzeug', 'Kartons und Decken', 'Halteverbot'],
  Kündigung: ['Kündigung des Mietvertrags', 'Altbau am Ring, dritter Stock', 'Auszug', 'Kaution', 'Rückzahlung'],
};

/** In every so many moves the letters are scanned as pictures; in the others the scanner reads itself, and only saves anew. */
const pictureEvery = 10;
export const isPicture = ({ index }: Pick<Move, 'index'>): boolean => index % pictureEvery === 0;

/** A4 at 200 dpi, and how crooked a sheet goes through the scanner, in degrees. */
const across = 1_654;
const crooked = 0.6;
/** What the scanner made of the letters of a move: scanned once, sent as often as wanted. */
const scans = new WeakMap<Move, Map<string, Buffer>>();

/** A letter as an office scanner gives it: a grey picture of the paper, laid in a little crooked, as a JPEG in a PDF without any text. */
async function scanned(move: Move, name: string, paper: Buffer): Promise<Buffer> {
  const known = scans.get(move) ?? new Map<string, Buffer>();
  scans.set(move, known);
  const before = known.get(name);
  if (before !== undefined) return before;
  const drawn = await renderPage(paper, 'application/pdf', 1, across);
  if ('failed' in drawn) throw new Error(`The paper was not drawn: ${drawn.failed}.`);
  const { width = across, height = across } = await sharp(drawn.bytes).metadata();
  const turned = await sharp(drawn.bytes).greyscale().rotate(crooked, { background: '#f4f4f4' }).png().toBuffer();
  const jpeg = await sharp(turned)
    .resize(width, height, { fit: 'cover' })
    .linear(0.92, 8) // paper is not quite white, and ink not quite black
    .jpeg({ quality: 75 })
    .toBuffer();
  const pdf = Buffer.from(await joinImages([jpeg]));
  known.set(name, pdf);
  return pdf;
}

/** A paper of the move. Sent by post it is saved anew by the scanner: other bytes, the same paper. */
const paper = (move: Move, name: string, way: Way) => {
  const lines = (papers[name] ?? []).flatMap((line, at) => [
    `${line} ${move.person.familyName}`,
    `${(move.index + 3) * (at + 7)},${String(at * 13 + 10)} Euro am ${10 + at}.0${at + 1}.2026 Nr. ${name.length}${move.index + 1000}${at}`,
  ]);
  const saved = way === 'post' ? Buffer.from('% saved anew\n') : Buffer.alloc(0);
  const bytes = Buffer.concat([writtenPage(lines), saved]);
  return { name: `${name}.pdf`, bytes, mediaType: 'application/pdf', pages: 1 };
};

const formOf = (key: string): FormDefinition => {
  const form = shippedDefinitions().find((each) => each.key === key);
  if (form === undefined) throw new Error(`No form ${key}.`);
  return form;
};

/** Notes a submission, and which papers its documents are. */
async function noteSubmission(scene: Scene, move: Move, id: string, names: readonly string[]): Promise<void> {
  move.submissions.add(id);
  const documents = await scene.services.database.tenant(move.jobcenterId, (tx) => submissionDocuments(tx, id));
  for (const [at, { documentId }] of documents.entries()) move.papers.set(documentId, names[at] ?? '?');
}

/** Notes the submission behind a receipt number. */
async function note(scene: Scene, move: Move, number: string, names: readonly string[]): Promise<string> {
  const receipt = await scene.services.database.tenant(move.jobcenterId, (tx) => findReceipt(tx, number));
  if (receipt === undefined) throw new Error(`There is no receipt ${number}.`);
  await noteSubmission(scene, move, receipt.submissionId, names);
  return number;
}

const expectRedirect = (reply: Reply, what: string): string => {
  const to = reply.headers.location;
  if (reply.status !== 303 || to === undefined)
    throw new Error(
      `${what}: ${reply.status} ${reply.body
        .toString()
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .slice(0, 600)}`,
    );
  return to;
};

const csrfOf = (reply: Reply, path: string): string =>
  formsOf(reply.body.toString(), path)
    .flatMap((form) => form.fields)
    .find((field) => field.name === 'csrf')?.value ?? '';

function multipart(
  fields: readonly (readonly [string, string])[],
  files: readonly { field: string; name: string; bytes: Buffer }[],
): { headers: Record<string, string>; body: Buffer } {
  const mark = 'proof-of-channels-4711';
  const head = (text: string): Buffer => Buffer.from(`--${mark}\r\nContent-Disposition: form-data; ${text}\r\n`);
  const parts = [
    ...fields.flatMap(([name, value]) => [head(`name="${name}"\r\n`), Buffer.from(`${value}\r\n`)]),
    ...files.flatMap((file) => [
      head(`name="${file.field}"; filename="${file.name}"\r\nContent-Type: application/pdf\r\n`),
      file.bytes,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${mark}--\r\n`),
  ];
  return { headers: { 'Content-Type': `multipart/form-data; boundary=${mark}` }, body: Buffer.concat(parts) };
}

async function sendMultipart(visitor: Visitor, path: string, form: ReturnType<typeof multipart>): Promise<Reply> {
  const reply = await visitor.send({ method: 'POST', path, ...form });
  if (typeof reply === 'string') throw new Error(`${path}: ${reply}`);
  return reply;
}

/** Fills in the form of a move, uploads two papers and sends it; the repeat presses "send" once more. */
const byPortal: Arrive = async (scene, move, turn) => {
  const visitor =
    turn === 'repeat' ? visitorWith(scene, move, move.kept.get('cookies') ?? '') : visitorWith(scene, move, '');
  const id = turn === 'repeat' ? (move.kept.get('draft') ?? '') : await fillIn(scene, move, visitor);
  const check = `/entwurf/${id}/pruefen`;
  const csrf = turn === 'repeat' ? (move.kept.get('csrf') ?? '') : csrfOf(await visitor.page(check), check);
  if (turn === 'first') {
    move.kept
      .set('draft', id)
      .set('csrf', csrf)
      .set('cookies', JSON.stringify([...visitor.cookies]));
  }
  const to = expectRedirect(await visitor.post(`/entwurf/${id}/absenden`, { csrf }), 'sending a draft');
  return note(scene, move, to.split('/')[2] ?? '', ['Mietangebot', 'Kontoauszug']);
};

function visitorWith(scene: Scene, move: Move, cookies: string): Visitor {
  const address = `10.${(move.index >> 8) & 255}.${move.index & 255}.7`;
  const visitor = new Visitor(scene.installation.baseUrl, scene.agent, { 'X-Forwarded-For': address });
  if (cookies !== '') for (const [name, value] of JSON.parse(cookies)) visitor.cookies.set(name, value);
  return visitor;
}

async function fillIn(scene: Scene, move: Move, visitor: Visitor): Promise<string> {
  const form = formOf('umzug');
  const page = await visitor.page('/anliegen/umzug');
  const begun = expectRedirect(
    await visitor.post('/anliegen/umzug/entwurf', { csrf: csrfOf(page, '/anliegen/umzug') }),
    'beginning a draft',
  );
  const id = begun.split('/')[2] ?? '';
  const [household] = generateHouseholds('move', 1);
  const [member] = household?.members ?? [];
  if (household === undefined || member === undefined) throw new Error('Nobody lives here.');
  const day = new Date().toISOString().slice(0, 10);
  const answers = { ...demoAnswers(form, 'move', { ...member, ...move.person }, household, day), ...move.person };
  await scene.services.database.tenant(move.jobcenterId, (tx) => saveDraft(tx, id, { answers }));
  const asksPapers = (field: { kind: string; required: boolean }) => field.kind === 'documents' && field.required;
  const question = reachable(form, answers).find((each) => each.fields.some(asksPapers));
  const field = question?.fields.find(asksPapers);
  if (question === undefined || field === undefined) throw new Error('The form takes no papers.');
  const path = `/entwurf/${id}/frage/${question.key}`;
  const csrf = csrfOf(await visitor.page(path), path);
  const files = ['Mietangebot', 'Kontoauszug'].map((name) => ({
    field: `datei.${field.key}`,
    ...paper(move, name, 'portal'),
  }));
  const sent = multipart([['csrf', csrf], ['aktion', 'hochladen']], files); // biome-ignore format: pairs
  expectRedirect(await sendMultipart(visitor, path, sent), 'uploading');
  return id;
}

/** A visit or a call, taken by a clerk at the form of the counter; the repeat sends the same form again. */
const byDesk =
  (way: 'counter' | 'phone', names: readonly string[], said: string): Arrive =>
  async (scene, move, turn) => {
    const { desk } = scene;
    const path = '/arbeit/schalter/eingang';
    const command = turn === 'repeat' ? (move.kept.get(way) ?? '') : newId(new Date());
    if (turn === 'first') move.kept.set(way, command);
    const page = '/arbeit/schalter';
    const { familyName, givenName, birthDate } = move.person;
    const fields: [string, string][] = [
      ['csrf', csrfOf(await desk.page(page), page)],
      ['command', command],
      ['way', way],
      ['concern', 'umzug'],
      ['said', said],
      ['familyName', familyName],
      ['givenName', givenName],
      ['birthDate', birthDate],
    ];
    const files = names.map((name) => ({ field: 'files', ...paper(move, name, way) }));
    const to = expectRedirect(await sendMultipart(desk, path, multipart(fields, files)), `taking by ${way}`);
    return note(scene, move, new URL(to, scene.installation.baseUrl).pathname.split('/').at(-1) ?? '', names);
  };

/** Two letters, each scanned as a stack of its own and confirmed on its page; the repeat scans the same files and presses Enter again. */
const byPost: Arrive = async (scene, move, turn) => {
  const submissions: string[] = [];
  for (const name of ['Mietangebot', 'Umzugsangebot']) submissions.push(await oneLetter(scene, move, turn, name));
  return submissions.join(' ');
};

async function oneLetter(scene: Scene, move: Move, turn: string, name: string): Promise<string> {
  const { desk } = scene;
  const written = paper(move, name, 'post');
  const scan = isPicture(move) ? await scanned(move, name, written.bytes) : written.bytes;
  const bytes = turn === 'again' ? Buffer.concat([scan, Buffer.from('% once more\n')]) : scan;
  const csrf = csrfOf(await desk.page('/arbeit/post'), '/arbeit/post');
  const sent = multipart([['csrf', csrf]], [{ field: 'files', name: 'stapel.pdf', bytes }]);
  const batch = expectRedirect(await sendMultipart(desk, '/arbeit/post', sent), 'taking a stack');
  const batchId = batch.split('?')[0]?.split('/').at(-1) ?? '';
  await scene.work();
  const inTenant = <T>(work: (tx: Tx) => Promise<T>) => scene.services.database.tenant(move.jobcenterId, work);
  const [letter] = await inTenant((tx) => lettersOfBatch(tx, batchId));
  if (letter === undefined) throw new Error('The stack has no letter.');
  const fields = {
    csrf,
    version: String(letter.version),
    kind: 'other',
    concern: 'unterlagen',
    receivedOn: new Date().toISOString().slice(0, 10),
    person: move.personId,
    case: 'neu',
  };
  expectRedirect(await desk.post(`/arbeit/post/brief/${letter.id}/bestaetigung`, fields), 'confirming a letter');
  const [filed] = await inTenant((tx) => lettersOfBatch(tx, batchId));
  if (filed?.submissionId == null) throw new Error('The letter was not filed.');
  await noteSubmission(scene, move, filed.submissionId, [name]);
  return filed.submissionId;
}

/** A message with two attachments, as the mailbox gave it; the repeat is the same message fetched once more. */
const byEmail: Arrive = async (scene, move, turn) => {
  const [{ jobcenter }] = scene.installation.tenants;
  const names = ['Kontoauszug', 'Kündigung'];
  const fresh = (): string =>
    mail({
      from: `${move.person.givenName} ${move.person.familyName} <ute${move.index}@example.org>`,
      subject: 'Mein Umzug',
      text: 'Guten Tag, anbei meine Unterlagen zum Umzug.',
      files: names.map((name) => ({
        ...paper(move, name, 'email'),
        name: `${name.replace('ü', 'ue')}.pdf`,
        type: 'application/pdf',
      })),
    });
  const raw = Buffer.from(turn === 'repeat' ? (move.kept.get('email') ?? '') : fresh());
  if (turn === 'first') move.kept.set('email', raw.toString());
  scene.mails.count += 1;
  const outcome = await takeMail(scene.services, jobcenter, scene.mails.box, {
    raw,
    cut: false,
    bytes: raw.length,
    arrivedAt: new Date(),
    uidValidity: 1,
    uid: scene.mails.count,
  });
  if (outcome === 'known') return move.kept.get('email submission') ?? 'known';
  const { rows } = await scene.services.database.tenant(move.jobcenterId, (tx) =>
    listSubmissions(tx, { channel: 'email' }, undefined, 1),
  );
  const id = rows[0]?.id ?? '';
  if (turn === 'first') move.kept.set('email submission', id);
  await noteSubmission(scene, move, id, names);
  return id;
};

export const arriveBy: Readonly<Record<Way, Arrive>> = {
  portal: byPortal,
  post: byPost,
  email: byEmail,
  phone: byDesk('phone', [], 'Ich ziehe um. Kam alles an?'),
  counter: byDesk('counter', ['Mietangebot', 'Umzugsangebot'], 'Ich möchte umziehen.'),
};
