// The program of a reading process: reads pages of foreign files, away from the worker.
import { serveReading } from '../platform/reading/serve.ts';

await serveReading();
