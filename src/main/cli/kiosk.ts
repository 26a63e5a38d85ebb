import { recordAudit } from '../../modules/audit/index.ts';
import { makeKioskCode } from '../../modules/identity/index.ts';
import { type Command, jobcenter } from './command.ts';
import { operator, realJobcenterOf, withServices } from './connect.ts';

export const kioskCreate: Command = {
  name: 'kiosk create',
  summary:
    'Makes a code that unlocks a tablet in the house for handing in papers; prints it once. It works for one hour.',
  options: {
    jobcenter,
    name: {
      value: 'name',
      required: true,
      help: 'Where the tablet stands. "token list" names it, "token revoke" locks it.',
    },
  },
  run: async (values) => {
    const code = await withServices(async (services) => {
      const { id } = await realJobcenterOf(services, values.one('jobcenter'));
      const name = values.one('name');
      return services.database.tenant(id, async (tx) => {
        await recordAudit(tx, operator, { action: 'kiosk.code-made', subjectType: 'kiosk', subjectId: name });
        return makeKioskCode(tx, name);
      });
    });
    console.log(code);
    return 0;
  },
};
