import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What `demo-access.json` holds: everything needed to try the demonstration from both sides. */
export type DemoAccess = {
  baseUrl: string;
  apiToken: string;
  staff: { jobcenter: string; role: string; login: string; password: string; totpSecret: string }[];
  clients: { receipt: string; birthDate: string; code: string }[];
};

/** Writes the file, readable by the owner of the data folder only; never half of it. */
export function writeDemoAccess(path: string, access: DemoAccess): void {
  mkdirSync(dirname(path), { recursive: true });
  const temp = `${path}.${process.pid}`;
  writeFileSync(temp, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
  renameSync(temp, path);
}

/** Reads the file; throws where there is no demonstration. */
export const readDemoAccess = (path: string): DemoAccess => JSON.parse(readFileSync(path, 'utf8')) as DemoAccess;
