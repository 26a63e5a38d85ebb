import { makeBackup } from '../backup/make-backup.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import type { Command } from './command.ts';
import { withDatabase } from './connect.ts';
import { progressLine } from './progress.ts';
import { runVerify } from './verify.ts';

export const backup: Command = {
  name: 'backup',
  summary: `Writes everything into one folder: tables as of one instant, documents, secrets. Works beside the running system.
The folder holds the keys to all documents: keep it as safe as the system itself.
The last line is JSON with the counts; the exit code is 1 where something was missing.`,
  options: { to: { value: 'folder', required: true, help: 'Folder to make; it must not exist or be empty.' } },
  run: async (values) => {
    const progress = progressLine();
    const to = values.one('to');
    const result = await withDatabase((database, config) =>
      makeBackup({ config, ownerUrl: database.urls.owner, to, onProgress: progress.show, onProblem: progress.note }),
    );
    progress.end();
    console.log(JSON.stringify({ to, ...result }));
    return result.problems === 0 ? 0 : 1;
  },
};

export const restore: Command = {
  name: 'restore',
  summary: `Brings a backup back into an empty database and a fresh data folder, then verifies it.
The last line is JSON with the counts; the exit code is 1 where anything is wrong.`,
  options: { from: { value: 'folder', required: true, help: 'Folder that "backup" wrote.' } },
  run: async (values) => {
    const progress = progressLine();
    const from = values.one('from');
    const restored = await withDatabase((database, config) =>
      restoreBackup({ config, urls: database.urls, appRole: database.appRole, from, onProgress: progress.show }),
    );
    progress.end();
    const verdict = await runVerify();
    console.log(JSON.stringify({ ...restored, ...verdict }));
    return verdict.problems === 0 ? 0 : 1;
  },
};
