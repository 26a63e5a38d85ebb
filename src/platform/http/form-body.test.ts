import assert from 'node:assert/strict';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { readFormBody } from './form-body.ts';

const server = createServer((incoming, outgoing) => {
  void readFormBody(incoming, 100).then((text) => outgoing.end(JSON.stringify({ text })));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
after(() => {
  server.closeAllConnections();
  server.close();
});

const post = (body: string, headers: Record<string, string> = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const outgoing = send({ port, host: '127.0.0.1', method: 'POST', headers: { ...type, ...headers } }, (incoming) => {
      let text = '';
      incoming.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      incoming.on('end', () => resolve(text));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

test('a form is read; what is none, or too large, is nothing', async () => {
  assert.equal(await post('a=1&b=2'), '{"text":"a=1&b=2"}');
  assert.equal(await post(''), '{"text":""}');
  assert.equal(await post('a'.repeat(101)), '{}');
  assert.equal(await post('a'.repeat(101), { 'Transfer-Encoding': 'chunked' }), '{}');
  assert.equal(await post('{}', { 'Content-Type': 'application/json' }), '{}');
});
