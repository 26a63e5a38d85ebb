// The operator's commands: `npm run tandem -- <command>`.
import { operatorSentence } from './child.ts';
import { announceUpdate, announceWait, announceWithdraw } from './cli/announce.ts';
import { backup, restore } from './cli/backup.ts';
import { type Command, helpOf, overview, readOptions, UsageError } from './cli/command.ts';
import { dbUrl, migrateCommand } from './cli/database.ts';
import { demoCode } from './cli/demo-code.ts';
import { duplicates } from './cli/duplicates.ts';
import { jobcenterCreate, jobcenterProfile, profileTemplate } from './cli/jobcenter.ts';
import { kioskCreate } from './cli/kiosk.ts';
import {
  mailboxCreate,
  mailboxDisable,
  mailboxEnable,
  mailboxList,
  mailboxPassword,
  mailboxTest,
} from './cli/mailbox.ts';
import { practiceCreate, practiceReset } from './cli/practice.ts';
import { readAgain } from './cli/read-again.ts';
import { searchAgain } from './cli/search-again.ts';
import { staffCreate, staffDisable, staffEnable, staffList, staffPrivacyOfficer, staffReset } from './cli/staff.ts';
import { teamCreate } from './cli/team.ts';
import { tokenCreate, tokenList, tokenRevoke } from './cli/token.ts';
import { verify } from './cli/verify.ts';

const commands: readonly Command[] = [
  jobcenterCreate,
  jobcenterProfile,
  profileTemplate,
  teamCreate,
  staffCreate,
  staffList,
  staffReset,
  staffDisable,
  staffEnable,
  staffPrivacyOfficer,
  kioskCreate,
  mailboxCreate,
  mailboxList,
  mailboxTest,
  mailboxPassword,
  mailboxDisable,
  mailboxEnable,
  tokenCreate,
  tokenList,
  tokenRevoke,
  practiceCreate,
  practiceReset,
  announceUpdate,
  announceWithdraw,
  announceWait,
  dbUrl,
  migrateCommand,
  duplicates,
  readAgain,
  searchAgain,
  verify,
  backup,
  restore,
  demoCode,
];

/** Runs one command line and gives the exit code: 0 done, 1 not done or something is wrong, 2 not understood. */
async function runCommand(args: readonly string[]): Promise<number> {
  const words = args.findIndex((arg) => arg.startsWith('-'));
  const name = args.slice(0, words === -1 ? undefined : words).join(' ');
  const options = words === -1 ? [] : args.slice(words);
  const command =
    commands.find((each) => each.name === name) ??
    commands.find((each) => each.subject !== undefined && name.startsWith(`${each.name} `));
  if (command === undefined) {
    const asked = name === '' || name === 'help';
    if (asked) console.log(overview(commands));
    else console.error(`There is no command "${name}".\n\n${overview(commands)}`);
    return asked ? 0 : 2;
  }
  const values = readOptions(command, options, name.slice(command.name.length).trim() || undefined);
  if (values !== 'help') return command.run(values);
  console.log(helpOf(command));
  return 0;
}

try {
  process.exitCode = await runCommand(process.argv.slice(2));
} catch (error) {
  console.error(operatorSentence(error) ?? error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
