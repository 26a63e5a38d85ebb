import { existsSync, statSync, writeFileSync } from 'node:fs';
import { closeMedia } from '../../platform/media/index.ts';
import { OperatorError } from '../child.ts';
import { compareFolder } from '../compare-folder.ts';
import type { Command } from './command.ts';
import { progressLine } from './progress.ts';

export const duplicates: Command = {
  name: 'duplicates',
  summary: `Compares all documents of a folder with each other, as intake does, and says which are the same.
Nothing is stored and no database is needed. Each pair has a score from 0 to 1; 0.5 and more means the same document.`,
  subject: { value: 'folder', help: 'Folder with PDF, TIFF, JPEG, PNG, WebP or HEIC files.' },
  options: { json: { value: 'file', help: 'Writes files, seconds per document and all pairs there as JSON.' } },
  run: async (values) => {
    const folder = values.subject;
    if (!existsSync(folder) || !statSync(folder).isDirectory())
      throw new OperatorError(`There is no folder "${folder}".`);
    const progress = progressLine();
    const found = await compareFolder(folder, progress.show);
    progress.end();
    await closeMedia();
    const file = values.maybe('json');
    if (file !== undefined) writeFileSync(file, `${JSON.stringify(found)}\n`);
    else
      for (const [a, b, score, reason] of found.pairs) if (score >= 0.5) console.log(`${score}\t${a}\t${b}\t${reason}`);
    const same = found.pairs.filter(([, , score]) => score >= 0.5).length;
    console.log(
      `${found.files} files, ${same} pairs are the same document, ${found.unread.length} files unread, ${found.secondsPerDocument} s a document`,
    );
    return 0;
  },
};
