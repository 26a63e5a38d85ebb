/** An answer that stays open and to which the server adds events (server-sent events). */
export type EventStream = {
  readonly response: Response;
  /** Adds one event; `data` is text without a blank line of its own. Does nothing on a closed stream. */
  readonly send: (event: string, data: string) => void;
  readonly close: () => void;
};

/** Opens a stream. `retryMs` is how long the browser waits before it comes back; `onClose` runs once, whoever ends it. */
export function openEventStream(options: { readonly retryMs: number; readonly onClose: () => void }): EventStream {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let open = true;
  const ended = (): void => {
    if (!open) return;
    open = false;
    options.onClose();
  };
  const body = new ReadableStream<Uint8Array>({
    start: (given) => {
      controller = given;
      given.enqueue(encoder.encode(`retry: ${Math.round(options.retryMs)}\n\n`));
    },
    cancel: ended,
  });
  return {
    response: new Response(body, {
      headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' },
    }),
    send: (event, data) => {
      if (!open) return;
      const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
      controller?.enqueue(encoder.encode(`event: ${event}\n${lines.join('')}\n`));
    },
    close: () => {
      if (!open) return;
      ended();
      controller?.close();
    },
  };
}
