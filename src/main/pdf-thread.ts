// The typesetting thread: loads Typst once and sets one document at a time.
import type { TypesetRequest } from '../platform/pdf/index.ts';
import { createTypesetter } from '../platform/pdf/typesetter.ts';
import { serveThread } from '../platform/threads/serve.ts';

const set = createTypesetter();
serveThread(async ({ template, data, files }: TypesetRequest): Promise<Uint8Array> => set(template, data, files));
