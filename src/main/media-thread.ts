// The program of a media thread: opens and draws files from outside, away from the server's own thread.
import { openWorkshop } from '../platform/media/work.ts';
import { serveThread, silenceThread } from '../platform/threads/serve.ts';

silenceThread();
const workshop = await openWorkshop();
serveThread(workshop.handle, {
  tired: workshop.tired,
  transfer: (answer) =>
    answer.kind === 'picture' ? movable(answer.picture.bytes) : answer.kind === 'document' ? movable(answer.bytes) : [],
});

/** The buffer of an answer, where the answer is all of it. */
function movable(bytes: Uint8Array): ArrayBuffer[] {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength ? [buffer] : [];
}
