import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { formDefinition, publishForm, shippedDefinitions } from '../../src/modules/forms/index.ts';
import { checkReceiptSignature } from '../../src/modules/intake/index.ts';
import { type Clock, systemClock } from '../../src/platform/clock/index.ts';
import { sha256 } from '../../src/platform/crypto/index.ts';
import { startTestApp } from '../support/app.ts';
import { smallPdf } from '../support/submit.ts';

let ahead = 0;
const clock: Clock = { now: () => new Date(systemClock.now().getTime() + ahead) };
const app = await startTestApp({ clock });
const api = `${app.baseUrl}/api/v1`;
const auth = (token = app.apiToken) => ({ Authorization: `Bearer ${token}` });
const body = {
  concern: 'unterlagen',
  channel: 'post',
  person: { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' },
  answers: { note: 'Bitte an die Leistung' },
};

type Part = readonly [name: string, bytes: Uint8Array];
const post = (key: string | undefined, submission: unknown, documents: readonly Part[] = [], token?: string) => {
  const form = new FormData();
  form.set('submission', typeof submission === 'string' ? submission : JSON.stringify(submission));
  for (const [name, bytes] of documents) form.append('document', new Blob([bytes as BlobPart]), name);
  return fetch(`${api}/submissions`, {
    method: 'POST',
    headers: { ...auth(token), ...(key === undefined ? {} : { 'Idempotency-Key': key }) },
    body: form,
  });
};
const get = (path: string, token?: string) => fetch(`${api}${path}`, { headers: auth(token) });
type Answer = Record<string, never> & {
  number: string;
  signature: string;
  documents: { name: string; sha256: string; pages: number; bytes: number; mediaType: string }[];
  case: { id: string };
  items: { id: string; number: string }[];
  next: string | null;
};
const json = async (response: Response): Promise<Answer> => (await response.json()) as Answer;

test('a submission gets a signed receipt; documents come back byte for byte', async () => {
  const pdf = smallPdf('Lohn Mai');
  const response = await post('c1', body, [['../../etc/Lohn Mai.pdf', pdf]]);
  assert.equal(response.status, 201);
  const receipt = await json(response);
  assert.deepEqual(receipt.documents, [
    {
      name: 'Lohn Mai.pdf',
      mediaType: 'application/pdf',
      pages: 1,
      bytes: pdf.length,
      sha256: sha256(pdf).toString('hex'),
    },
  ]);
  const { keys } = (await (await fetch(`${app.baseUrl}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] };
  const kid = (
    JSON.parse(Buffer.from(receipt.signature.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }
  ).kid;
  const key = keys.find((each) => each.kid === kid);
  assert.match(
    checkReceiptSignature(receipt.signature, createPublicKey({ key: key as never, format: 'jwk' })) ?? '',
    new RegExp(receipt.number),
  );
  const status = await json(await get(`/receipts/${receipt.number.toLowerCase().replaceAll('-', ' ')}`));
  const found = (await (await get(`/cases/${status.case.id}`)).json()) as {
    submissions: { documents: { id: string }[]; answers: Record<string, string> }[];
  };
  assert.equal(found.submissions[0]?.answers['note'], 'Bitte an die Leistung');
  const content = await get(`/documents/${found.submissions[0]?.documents[0]?.id}/content`);
  assert.equal(content.headers.get('content-disposition')?.startsWith('attachment'), true);
  assert.deepEqual(Buffer.from(await content.arrayBuffer()), pdf);
});

test('a retry gets the first receipt; the key is refused for anything else', async () => {
  const pdf = smallPdf('Retry');
  const answers = await Promise.all([1, 2, 3, 4].map(() => post('c2', body, [['a.pdf', pdf]]).then(json)));
  assert.equal(new Set(answers.map((a) => a.number)).size, 1);
  assert.equal((await post('c2', { ...body, concern: 'rueckruf' }, [['a.pdf', pdf]])).status, 422);
  assert.equal((await post(undefined, body)).status, 400);
});

test('what was acknowledged stays acknowledged, also when a newer form would refuse it', async () => {
  const message = 'Bitte rufen Sie mich wegen meines Bescheides an.';
  const request = { ...body, concern: 'rueckruf', answers: { message } };
  const paper: Part = ['../Bescheid.pdf', smallPdf('Bescheid')];
  const first = await json(await post('c3', request, [paper]));
  const form = shippedDefinitions().find((each) => each.key === 'rueckruf');
  assert.ok(form);
  const questions = form.questions.map((question) => ({
    ...question,
    fields: question.fields.map((field) =>
      field.key === 'message' ? { ...field, validation: { maxLength: 5 } } : field,
    ),
  }));
  const stricter = formDefinition.parse({ ...form, version: form.version + 1, questions });
  await app.services.database.tenant(app.jobcenter.id, (tx) => publishForm(tx, stricter));
  ahead += 11_000; // the catalogue of forms is read again
  assert.equal((await post('c4', request, [paper])).status, 422);
  const again = await post('c3', request, [paper]);
  assert.equal(again.status, 201);
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  assert.equal((await json(again)).number, first.number);
  assert.equal((await post('c3', { ...request, answers: { message: `${message}!` } }, [paper])).status, 422);
});

test('whatever is wrong is a problem that says where, and nothing is stored', async () => {
  const before = await json(await get('/submissions?limit=200'));
  const cases: [unknown, readonly Part[], number, RegExp][] = [
    ['{', [], 400, /submission/],
    [{ ...body, concern: 'gibt-es-nicht' }, [], 422, /concern/],
    [{ ...body, channel: 'brieftaube' }, [], 422, /channel/],
    [{ ...body, person: { ...body.person, birthDate: '1990-02-31' } }, [], 422, /birthDate/],
    [{ ...body, person: { ...body.person, familyName: 'a\u0000b' } }, [], 422, /cannot be stored/],
    [{ ...body, answers: { note: '\ud800' } }, [], 422, /cannot be stored/],
    [{ ...body, receivedAt: '2999-01-01T00:00:00Z' }, [], 422, /future/],
    [{ ...body, concern: 'krankmeldung', answers: { illness: 'gestern' } }, [], 422, /answers\/illness/],
    [body, [['leer.pdf', new Uint8Array()]], 422, /empty/],
    [body, [['text.pdf', Buffer.from('hello world, not a pdf')]], 422, /neither PDF/],
    [
      body,
      [
        ['gut.pdf', smallPdf('gut')],
        ['kaputt.pdf', smallPdf('x').subarray(0, 120)],
      ],
      422,
      /document\/1/,
    ],
  ];
  for (const [i, [submission, documents, status, text]] of cases.entries()) {
    const response = await post(`bad-${i}`, submission, documents);
    const problem = await response.text();
    assert.equal(response.status, status, problem);
    assert.match(response.headers.get('content-type') ?? '', /application\/problem\+json/);
    assert.match(problem, text);
  }
  assert.deepEqual((await json(await get('/submissions?limit=200'))).items, before.items);
});

test('limits: 30 MB a document, 60 MB a request', async () => {
  const large = Buffer.alloc(31 * 1024 * 1024, 0x20);
  large.set(Buffer.from('%PDF-1.4\n'));
  const document = await post('large-1', body, [['gross.pdf', large]]);
  assert.equal(document.status, 413);
  assert.match(await document.text(), /30 MB/);
  const request = await post('large-2', body, [
    ['a.pdf', large],
    ['b.pdf', large],
  ]).catch((error: Error) => error);
  if (request instanceof Response) assert.equal(request.status, 413);
});

test('no token, a wrong one, one of the other Jobcenter: nothing is seen', async () => {
  assert.equal((await fetch(`${api}/submissions`)).status, 401);
  assert.equal((await get('/submissions', 'tandem.x.y')).status, 401);
  const mine = await json(await post('mine', body));
  const status = await json(await get(`/receipts/${mine.number}`));
  for (const path of [`/receipts/${mine.number}`, `/cases/${status.case.id}`]) {
    assert.equal((await get(path)).status, 200);
    assert.equal((await get(path, app.secondTenant.apiToken)).status, 404, path);
  }
  for (const path of ['/cases/1', '/documents/../../x/content', '/receipts/%00', '/nichts'])
    assert.equal((await get(path)).status, 404, path);
});

test('lists go page by page without losing or repeating a row', async () => {
  for (let i = 0; i < 7; i += 1) assert.equal((await post(`list-${i}`, body)).status, 201);
  for (const list of ['submissions', 'cases']) {
    const all = (await json(await get(`/${list}?limit=200`))).items.map((item) => item.id);
    const paged: string[] = [];
    let next: string | null = null;
    do {
      const page: Answer = await json(await get(`/${list}?limit=3${next === null ? '' : `&cursor=${next}`}`));
      paged.push(...page.items.map((item) => item.id));
      next = page.next;
    } while (next !== null);
    assert.deepEqual(paged, all);
    assert.equal((await get(`/${list}?cursor=unsinn`)).status, 422);
    assert.equal((await get(`/${list}?limit=100000`)).status, 422);
  }
});

test('the description is OpenAPI 3.1 and tells of every route', async () => {
  const description = (await (await fetch(`${api}/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { responses: object; security: object[] }>>;
  };
  assert.equal(description.openapi, '3.1.0');
  assert.deepEqual(Object.keys(description.paths).sort(), [
    '/cases',
    '/cases/{id}',
    '/concerns',
    '/documents/{id}/content',
    '/receipts/{number}',
    '/submissions',
  ]);
  for (const operations of Object.values(description.paths))
    for (const operation of Object.values(operations)) assert.equal(operation.security.length, 1);
});

test('life, readiness and figures are for the operator', async () => {
  assert.equal((await fetch(`${app.baseUrl}/healthz`)).status, 200);
  assert.equal((await fetch(`${app.baseUrl}/readyz`)).status, 200);
  assert.match(await (await fetch(`${app.baseUrl}/metrics`)).text(), /tandem_submissions_total/);
  assert.equal((await fetch(`${app.baseUrl}/metrics`, { headers: { 'X-Forwarded-For': '203.0.113.5' } })).status, 404);
});
