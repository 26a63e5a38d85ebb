import { readFileSync } from 'node:fs';
import { newId } from '../../kernel/ids.ts';
import { recordAudit } from '../../modules/audit/index.ts';
import {
  createJobcenter,
  currentProfile,
  type Jobcenter,
  makeJobcenterKeys,
  type Profile,
  profileSchema,
  saveProfile,
} from '../../modules/settings/index.ts';
import { databaseError } from '../../platform/database/index.ts';
import { OperatorError } from '../child.ts';
import { publishShipped } from '../publish-forms.ts';
import { type Command, jobcenter as theJobcenter, UsageError, type Values } from './command.ts';
import { jobcenterOf, operator, withServices } from './connect.ts';

export const jobcenterCreate: Command = {
  name: 'jobcenter create',
  summary: 'Adds a Jobcenter with its keys, its profile and the forms that Tandem ships.',
  options: {
    key: { value: 'key', required: true, help: 'Short name: small letters, digits and hyphens, such as musterstadt.' },
    name: { value: 'name', required: true, help: 'Name as people read it, such as "Jobcenter Musterstadt".' },
    profile: {
      value: 'file.json',
      required: true,
      help: 'Address, opening hours, imprint and the rest; "jobcenter profile-template" prints one to fill in.',
    },
    host: { value: 'name', multiple: true, help: 'Host name this Jobcenter answers to.' },
    default: { help: 'Answers to every other host name too.' },
  },
  run: async (values) => {
    const profile = readProfile(values.one('profile'));
    const jobcenter = jobcenterFrom(values);
    const forms = await withServices((services, master) =>
      services.database
        .tenant(jobcenter.id, async (tx) => {
          await createJobcenter({ query: (text, parameters) => tx.raw(text, parameters) }, jobcenter, tx.now);
          await makeJobcenterKeys(tx, master);
          await saveProfile(tx, operator, profile);
          const forms = await publishShipped(tx);
          await recordAudit(tx, operator, {
            action: 'jobcenter.created',
            subjectType: 'jobcenter',
            subjectId: jobcenter.id,
            detail: { forms },
          });
          return forms;
        })
        .catch((error: unknown) => {
          throw taken(error, jobcenter) ?? error;
        }),
    );
    console.log(
      `${jobcenter.name} (${jobcenter.key}) was added with ${forms} forms. Next: "team create", then "staff create".`,
    );
    return 0;
  },
};

export const jobcenterProfile: Command = {
  name: 'jobcenter profile',
  summary:
    'Prints what a Jobcenter says about itself, as JSON; with --file it is valid from now, and earlier states stay readable.',
  options: {
    jobcenter: theJobcenter,
    file: { value: 'file.json', help: 'The profile as it is to be from now on.' },
  },
  run: async (values) => {
    const file = values.maybe('file');
    const profile = file === undefined ? undefined : readProfile(file);
    const now = await withServices(async (services) => {
      const { id } = await jobcenterOf(services, values.one('jobcenter'));
      return services.database.tenant(id, async (tx) => {
        if (profile === undefined) return currentProfile(tx);
        await saveProfile(tx, operator, profile);
        await recordAudit(tx, operator, { action: 'jobcenter.profile-saved', subjectType: 'jobcenter', subjectId: id });
        return undefined;
      });
    });
    console.log(
      profile === undefined ? JSON.stringify(now, null, 2) : 'The profile was saved. Pages show it within seconds.',
    );
    return 0;
  },
};

function jobcenterFrom(values: Values): Jobcenter {
  const key = values.one('key');
  if (!/^[a-z][a-z0-9-]{1,40}$/.test(key))
    throw new UsageError('--key must begin with a small letter and hold small letters, digits and hyphens only.');
  const hosts = values.many('host').map((host) => host.toLowerCase());
  const wrong = hosts.find((host) => !/^[a-z0-9.-]+$/.test(host));
  if (wrong !== undefined)
    throw new UsageError(`--host must be a host name without port, such as jobcenter.example.org; found: "${wrong}".`);
  return { id: newId(new Date()), key, name: values.one('name'), hosts, isDefault: values.on('default') };
}

function taken(error: unknown, jobcenter: Jobcenter): OperatorError | undefined {
  const { constraint } = databaseError(error);
  if (constraint === 'jobcenter_key_key')
    return new OperatorError(`There is already a Jobcenter with the key "${jobcenter.key}".`);
  if (constraint === 'jobcenter_one_default')
    return new OperatorError('There is already a default Jobcenter; leave --default out.');
  return undefined;
}

function readProfile(file: string): Profile {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new OperatorError(`The profile ${file} cannot be read: ${(error as Error).message}.`);
  }
  const parsed = profileSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.map(String).join('.') || 'the whole'} (${issue.message})`);
  throw new OperatorError(`The profile ${file} is not complete: ${problems.join('; ')}.`);
}

const both = (de: string, en: string) => ({ de, en });

const template: Profile = {
  street: 'Rathausplatz 1',
  postcode: '12345',
  town: 'Musterstadt',
  state: 'NW',
  directions: both('Wie man hinkommt, stufenlose Wege', 'How to get there, step-free ways'),
  phone: '030 23125 100',
  email: 'post@jobcenter.example',
  openingHours: [{ days: both('Montag bis Freitag', 'Monday to Friday'), hours: both('8 bis 12 Uhr', '8 am to noon') }],
  phoneHours: both('Montag bis Freitag, 8 bis 16 Uhr', 'Monday to Friday, 8 am to 4 pm'),
  imprint: both('Angaben nach § 5 DDG', 'Details under section 5 DDG'),
  privacy: both('Hinweise nach Art. 13 DSGVO', 'Notice under article 13 GDPR'),
  accessibility: both('Erklärung zur Barrierefreiheit nach § 12b BGG', 'Accessibility statement'),
};

export const profileTemplate: Command = {
  name: 'jobcenter profile-template',
  summary: 'Prints a profile to fill in, as JSON.',
  options: {},
  run: () => {
    console.log(JSON.stringify(template, null, 2));
    return Promise.resolve(0);
  },
};
