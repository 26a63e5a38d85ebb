import { type ParseArgsConfig, parseArgs } from 'node:util';
import { OperatorError } from '../child.ts';

export type Option = {
  readonly help: string;
  /** What stands for the value in the help; without it the option is a switch. */
  readonly value?: string;
  readonly required?: boolean;
  readonly multiple?: boolean;
};

/** Every command about one Jobcenter takes its key. */
export const jobcenter = { value: 'key', required: true, help: 'Key of the Jobcenter.' } as const;

export type Values = {
  /** What stands after the command's name. */
  readonly subject: string;
  /** The value of a required option. */
  readonly one: (name: string) => string;
  readonly maybe: (name: string) => string | undefined;
  readonly many: (name: string) => readonly string[];
  readonly on: (name: string) => boolean;
};

/** One command of `npm run tandem -- …`. */
export type Command = {
  /** One or two words: `verify`, `team create`. */
  readonly name: string;
  readonly summary: string;
  /** What stands after the name without an option, one word. */
  readonly subject?: { readonly value: string; readonly help: string };
  readonly options: Readonly<Record<string, Option>>;
  /** Does it; gives the exit code. */
  readonly run: (values: Values) => Promise<number>;
};

/** A command line that cannot be understood. */
export class UsageError extends OperatorError {}

/** Reads the options of a command; throws UsageError with one sentence. */
export function readOptions(command: Command, args: readonly string[], subject?: string): Values | 'help' {
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } };
  for (const [name, option] of Object.entries(command.options)) {
    options[name] = { type: option.value === undefined ? 'boolean' : 'string', multiple: option.multiple ?? false };
  }
  const given = parse(command, args, options);
  if (given['help'] === true) return 'help';
  const list = (name: string): string[] => [given[name] ?? []].flat().filter((each) => typeof each === 'string');
  for (const [name, option] of Object.entries(command.options)) {
    if (list(name).some((each) => each.trim() === '')) throw new UsageError(`--${name} is empty.`);
    if (option.required && list(name).length === 0)
      throw new UsageError(`--${name} is missing; "tandem ${command.name} --help" explains it.`);
  }
  if (command.subject !== undefined && subject === undefined)
    throw new UsageError(`<${command.subject.value}> is missing; "tandem ${command.name} --help" explains it.`);
  return {
    subject: subject ?? '',
    one: (name) => list(name)[0] as string,
    maybe: (name) => list(name)[0],
    many: list,
    on: (name) => given[name] === true,
  };
}

function parse(command: Command, args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const reason = (error as Error).message.split('. ')[0]?.replace(/\.$/, '');
    throw new UsageError(`${reason}; "tandem ${command.name} --help" lists the options.`);
  }
}

/** The help of one command. */
export function helpOf({ name, summary, options, subject }: Command): string {
  const rows = Object.entries(options).map(([key, option]) => {
    const left = `  --${key}${option.value === undefined ? '' : ` <${option.value}>`}`;
    const notes = [option.required ? 'required' : '', option.multiple ? 'may be repeated' : '']
      .filter(Boolean)
      .join(', ');
    return `${left.padEnd(26)} ${option.help}${notes && ` (${notes})`}`;
  });
  const after = subject === undefined ? '' : ` <${subject.value}>`;
  const what = subject === undefined ? [] : [`${`  <${subject.value}>`.padEnd(26)} ${subject.help}`];
  return [
    `npm run tandem -- ${name}${after} [options]`,
    '',
    summary,
    '',
    ...what,
    ...rows,
    `${'  --help'.padEnd(26)} Shows this.`,
  ].join('\n');
}

/** The list of all commands. */
export const overview = (commands: readonly Command[]): string =>
  [
    'npm run tandem -- <command> [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(26)} ${summary.split('\n')[0]}`),
    '',
    'Each command explains itself with --help. Settings come from the environment, as for npm start.',
  ].join('\n');
