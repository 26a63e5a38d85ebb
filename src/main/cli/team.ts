import { recordAudit } from '../../modules/audit/index.ts';
import { addTeam } from '../../modules/settings/index.ts';
import { OperatorError } from '../child.ts';
import { type Command, jobcenter } from './command.ts';
import { jobcenterOf, operator, withServices } from './connect.ts';

export const teamCreate: Command = {
  name: 'team create',
  summary: 'Adds a team. Form definitions name teams by their key.',
  options: {
    jobcenter,
    key: { value: 'key', required: true, help: 'Key that the forms name, such as leistung.' },
    name: { value: 'name', required: true, help: 'Name as people read it.' },
    phone: { value: 'number', required: true, help: 'Number that clients are told.' },
  },
  run: async (values) => {
    const team = { key: values.one('key'), name: values.one('name'), phone: values.one('phone') };
    await withServices(async (services) => {
      const { id } = await jobcenterOf(services, values.one('jobcenter'));
      await services.database.tenant(id, async (tx) => {
        const added = await addTeam(tx, team);
        if (added.kind === 'exists') throw new OperatorError(`There is already a team with the key "${team.key}".`);
        await recordAudit(tx, operator, { action: 'team.created', subjectType: 'team', subjectId: added.id });
      });
    });
    console.log(`The team ${team.name} (${team.key}) was added.`);
    return 0;
  },
};
