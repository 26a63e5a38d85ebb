import assert from 'node:assert/strict';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { byteBudget } from './limits.ts';
import { MultipartError, readMultipart } from './multipart.ts';
import { boundaryOf, splitMultipart } from './multipart-parts.ts';

const part = (headers: string, content: string): string => `--x\r\n${headers}\r\n\r\n${content}\r\n`;
const field = (name: string, content: string): string =>
  part(`Content-Disposition: form-data; name="${name}"`, content);
const split = (text: string, most = 10) => splitMultipart(Buffer.from(text), 'x', most);
const plain = (text: string) => {
  const parts = split(text);
  return typeof parts === 'string'
    ? parts
    : parts.map(({ name, fileName, content }) => [name, fileName, content.toString()]);
};

test('fields and files, with content that looks like lines and boundaries', () => {
  const file = part(
    'content-type: image/png\r\nContent-Disposition: form-data; name="a"; filename="b.png"',
    '\r\n--\r\n--y\r\n',
  );
  assert.deepEqual(plain(`${field('n', 'äö')}${file}--x--\r\n`), [
    ['n', undefined, 'äö'],
    ['a', 'b.png', '\r\n--\r\n--y\r\n'],
  ]);
  assert.deepEqual(plain(`preamble\r\n${field('n', '')}--x-- and more`), [['n', undefined, '']]);
  assert.deepEqual(plain('--x--'), []);
});

test('file names as browsers and programs write them', () => {
  const name = (parameters: string) => {
    const parts = split(`${part(`Content-Disposition: form-data; name="a"; ${parameters}`, '')}--x--`);
    return typeof parts === 'string' ? parts : parts[0]?.fileName;
  };
  assert.equal(name('filename="Bescheid %22Mai%22; neu.pdf"'), 'Bescheid "Mai"; neu.pdf');
  assert.equal(name('filename="a\\"b.pdf"'), 'a"b.pdf');
  assert.equal(name('filename="C:\\Eigene Dateien\\a.pdf"'), 'C:\\Eigene Dateien\\a.pdf');
  assert.equal(name('filename=plain.pdf'), 'plain.pdf');
  assert.equal(name('filename="a.pdf"; filename*=UTF-8\'\'%C3%A4.pdf'), 'ä.pdf');
  assert.equal(name('filename="a.pdf"; filename*=UTF-8\'\'%ff'), 'a.pdf');
  assert.equal(name('filename=""'), '');
  assert.equal(name('x=1'), undefined);
});

test('whatever is not in form is broken, half a body above all', () => {
  const whole = `${field('n', 'value')}--x--\r\n`;
  for (let length = 0; length < whole.length - 4; length += 1)
    assert.equal(split(whole.slice(0, length)), 'broken', String(length));
  for (const text of [
    '',
    'nothing',
    '--xy\r\n',
    '--x\n\n',
    part('Content-Type: text/plain', ''),
    `--x\r\n\r\n\r\n--x--`,
    `${part(`Content-Disposition: form-data; name="${'n'.repeat(201)}"`, '')}--x--`,
    `--x\r\nA: ${'a'.repeat(9_000)}\r\n\r\n\r\n--x--`,
  ])
    assert.equal(split(text), 'broken', text.slice(0, 60));
  assert.equal(split(`${field('a', '').repeat(11)}--x--`), 'too-many');
});

test('the boundary of a content type', () => {
  assert.equal(boundaryOf('multipart/form-data; boundary=----a_b'), '----a_b');
  assert.equal(boundaryOf('multipart/form-data; charset=utf-8; Boundary="a b"'), 'a b');
  for (const type of [
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary=${'a'.repeat(101)}x`.replace(/a+x$/, '"'),
  ])
    assert.equal(boundaryOf(type), undefined, type);
});

const limits = { fileBytes: 1_000, requestBytes: 4_000, files: 2, fieldBytes: 100 };
const budget = byteBudget(10_000);
const server = createServer((incoming, outgoing) => {
  readMultipart(incoming, limits, budget).then(
    ({ fields, files, done }) => {
      done();
      outgoing.end(
        JSON.stringify({ fields: [...fields], files: files.map((f) => [f.field, f.name, f.bytes.length, f.tooLarge]) }),
      );
    },
    (error: unknown) => outgoing.end(error instanceof MultipartError ? error.reason : String(error)),
  );
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
after(() => {
  server.closeAllConnections();
  server.close();
});

const post = (body: string, headers: Record<string, string> = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const outgoing = send(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        headers: { 'Content-Type': 'multipart/form-data; boundary=x', ...headers },
      },
      (incoming) => {
        incoming.setEncoding('utf8');
        let text = '';
        incoming.on('data', (chunk: string) => {
          text += chunk;
        });
        incoming.on('end', () => resolve(text));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });

test('a request is read within its limits, and the budget is given back', async () => {
  const file = (size: number) => part('Content-Disposition: form-data; name="d"; filename="f"', 'a'.repeat(size));
  assert.equal(
    await post(`${field('n', '1')}${field('n', '2')}${file(5)}--x--`),
    '{"fields":[["n",["1","2"]]],"files":[["d","f",5,false]]}',
  );
  assert.equal(await post(`${file(1_001)}--x--`), '{"fields":[],"files":[["d","f",1000,true]]}');
  assert.equal(await post(`${file(1)}${file(1)}${file(1)}--x--`), 'too-many');
  assert.equal(await post(`${field('n', 'a'.repeat(101))}--x--`), 'too-large');
  assert.equal(await post('a'.repeat(4_001)), 'too-large');
  assert.equal(await post('a'.repeat(9_000), { 'Transfer-Encoding': 'chunked' }), 'too-large');
  assert.equal(
    await post(`${field('n', '1')}--x--`, { 'Transfer-Encoding': 'chunked' }),
    '{"fields":[["n",["1"]]],"files":[]}',
  );
  assert.equal(await post('{}', { 'Content-Type': 'application/json' }), 'not-multipart');
  assert.equal(await post('', { 'Content-Type': 'multipart/form-data' }), 'broken');
  assert.equal(budget.inUse(), 0);
});

test('whoever hangs up half-way gives the budget back', async () => {
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    const outgoing = send({
      port,
      host: '127.0.0.1',
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '3000' },
    });
    outgoing.on('error', () => undefined);
    outgoing.on('close', () => resolve());
    outgoing.write('--x', () => outgoing.destroy());
  });
  while (budget.inUse() > 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(budget.inUse(), 0);
});
