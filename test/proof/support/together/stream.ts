import { type ClientRequest, request } from 'node:http';

/** A stream of server-sent events, as a browser holds it: comes back by itself until it is closed. */
export class Stream {
  readonly #address: () => string;
  readonly #cookie: () => string;
  readonly #hear: (event: string, data: string) => void;
  #sent: ClientRequest | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  opened = 0;

  constructor(address: () => string, cookie: () => string, hear: (event: string, data: string) => void) {
    this.#address = address;
    this.#cookie = cookie;
    this.#hear = hear;
    this.#open();
  }

  #open(): void {
    if (this.#closed) return;
    const sent = request(this.#address(), { headers: { Cookie: this.#cookie(), Accept: 'text/event-stream' } });
    this.#sent = sent;
    const lost = (): void => {
      if (this.#sent !== sent) return;
      this.#sent = undefined;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#open(), 300);
    };
    sent.on('error', lost);
    sent.on('close', lost);
    sent.on('response', (incoming) => {
      if (incoming.statusCode !== 200) return sent.destroy();
      this.opened += 1;
      let waiting = '';
      incoming.setEncoding('utf8');
      incoming.on('error', lost);
      incoming.on('end', lost);
      return incoming.on('data', (chunk: string) => {
        const parts = (waiting + chunk).split('\n\n');
        waiting = parts.pop() ?? '';
        for (const part of parts) {
          const lines = part.split('\n');
          const event = lines.find((line) => line.startsWith('event: '))?.slice(7);
          const data = lines.filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
          if (event !== undefined) this.#hear(event, data.join('\n'));
        }
      });
    });
    sent.end();
  }

  /** The line breaks; the stream comes back. */
  lose(): void {
    this.#sent?.destroy();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#sent?.destroy();
  }
}
