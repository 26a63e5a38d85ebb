// The program of the comparing thread: lays two papers over each other, away from the thread that answers pages.
import { compareHere } from '../modules/documents/index.ts';
import { serveThread } from '../platform/threads/serve.ts';

serveThread(compareHere);
