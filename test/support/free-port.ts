import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const [lowest, count] = [20_000, 12_000];

/**
 * A port of loopback that nobody uses now, also for a program that ends and starts again: from below those that systems give away by themselves, where
 * between the end and the start somebody else would get it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = lowest + randomInt(count);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
