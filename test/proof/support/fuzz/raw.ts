import { connect } from 'node:net';
import type { Random } from './random.ts';

const lines: readonly ((random: Random) => string)[] = [
  () => 'GET / HTTP/1.1\r\n\r\n',
  () => 'GET /\r\n\r\n',
  () => 'GET / HTTP/9.9\r\nHost: a\r\n\r\n',
  () => `GET /${'a'.repeat(30_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  () => `GET / HTTP/1.1\r\nHost: a\r\n${Array.from({ length: 3_000 }, (_, i) => `X-${i}: y`).join('\r\n')}\r\n\r\n`,
  () =>
    'POST /api/v1/submissions HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /arbeit HTTP/1.1\r\nHost: a\r\n\r\n',
  () => 'POST /stand HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
  () => 'POST /stand HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nx',
  () => 'POST /stand HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n',
  () =>
    'POST /stand HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nfffffffffffffff1\r\nabc',
  () => 'GET http://evil.example.org/arbeit HTTP/1.1\r\nHost: evil.example.org\r\n\r\n',
  () => 'CONNECT evil.example.org:443 HTTP/1.1\r\nHost: a\r\n\r\n',
  () => 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
  () => 'GET / HTTP/1.1\r\nHost: a\u0000b\r\n\r\n',
  () => 'GET / HTTP/1.1\r\nHost: a\r\nCookie: a=\u0001\u00ff\u00fe\r\n\r\n',
  () => 'GET /%c0%ae%c0%ae/%ff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  () => 'GET /a b c HTTP/1.1\r\nHost: a\r\n\r\n',
  () => 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n',
  () => 'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  () => 'GET /arbeit HTTP/1.1\r\nHost: [::1\r\nConnection: close\r\n\r\n',
  () => `${'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(20)}`,
  (random) => random.bytes(300).toString('latin1'),
];

/** Bytes that are hardly HTTP, over a bare connection. Gives the status of the first answer; `silent`: none within a second, and we hang up. */
export function sendRaw(
  baseUrl: string,
  random: Random,
): Promise<{ readonly label: string; readonly status: string; readonly text: string }> {
  const text = random.pick(lines)(random);
  const slowly = random.next() < 0.1;
  return new Promise((resolve) => {
    const { hostname, port } = new URL(baseUrl);
    const socket = connect(Number(port), hostname);
    let answer = '';
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({
        label: `raw ${JSON.stringify(text.slice(0, 60))}`,
        status: /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'silent',
        text: answer,
      });
    };
    const timer = setTimeout(end, 1_000);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.length > 200) end();
    });
    socket.on('error', end);
    socket.on('close', end);
    socket.on('connect', () => socket.write(Buffer.from(slowly ? text.slice(0, -2) : text, 'latin1')));
  });
}
