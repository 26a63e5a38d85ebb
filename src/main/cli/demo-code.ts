import { existsSync } from 'node:fs';
import { totpCode } from '../../modules/identity/index.ts';
import { systemClock } from '../../platform/clock/index.ts';
import { loadConfig } from '../../platform/env/config.ts';
import { OperatorError } from '../child.ts';
import { readDemoAccess } from '../demo/access.ts';
import type { Command } from './command.ts';

export const demoCode: Command = {
  name: 'demo-code',
  summary:
    'Prints the second factor of a login of the demonstration, valid for half a minute; instead of an app on a phone.',
  options: { login: { value: 'login', help: 'Login as in demo-access.json; the first one otherwise.' } },
  run: async (values) => {
    const { demo, demoAccessFile } = loadConfig();
    if (!demo || !existsSync(demoAccessFile)) throw new OperatorError('There is no demonstration in this data folder.');
    const { staff } = readDemoAccess(demoAccessFile);
    const wanted = values.maybe('login');
    const found = wanted === undefined ? staff[0] : staff.find((each) => each.login === wanted);
    if (found === undefined)
      throw new OperatorError(`There is no login "${wanted}" in ${demoAccessFile}; it names all there are.`);
    console.log(totpCode(found.totpSecret, systemClock.now()));
    return 0;
  },
};
