import { type OpenFile, openReadingEngine } from './engine.ts';
import type { ReadingAnswer, ReadingTask } from './protocol.ts';

async function readWith(file: OpenFile, page: number): Promise<ReadingAnswer> {
  const before = process.cpuUsage();
  const reading = await file.read(page);
  const { user, system } = process.cpuUsage(before);
  return { kind: 'page', reading, cpuMs: (user + system) / 1_000 };
}

/** Makes this process read pages for the one that started it; ends with it. */
export async function serveReading(): Promise<void> {
  const engine = await openReadingEngine();
  let file: OpenFile | undefined;
  const perform = async (task: ReadingTask): Promise<ReadingAnswer> => {
    switch (task.kind) {
      case 'open':
        file?.close();
        file = undefined; // when the next one cannot be opened, this one must not be closed twice
        file = engine.open(task.bytes, task.mediaType, task.pages);
        return { kind: 'opened', pages: file.pages };
      case 'read':
        if (file === undefined) throw new Error('No file is open.');
        return readWith(file, task.page);
      case 'close':
        file?.close();
        file = undefined;
        return { kind: 'closed' };
    }
  };
  const say = (answer: ReadingAnswer): void => void process.send?.(answer);
  process.on('message', (task: ReadingTask) => {
    perform(task).then(say, (error: unknown) =>
      say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  say({ kind: 'ready' });
}
