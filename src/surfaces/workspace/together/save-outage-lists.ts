import { recordAudit } from '../../../modules/audit/index.ts';
import { runningSessions } from '../../../modules/identity/index.ts';
import type { OutageList } from '../../../modules/together/index.ts';
import { defaultLanguage } from '../../../platform/i18n/index.ts';
import type { Services } from '../../services.ts';
import { staffReader } from '../staff-reader.ts';
import { outageRows } from './outage-rows.ts';

/**
 * Saves the lists of all sessions that run, and records the looks at them that nobody could record while the database was away. A
 * list of somebody who signed out, was locked out or stayed away is removed by it.
 */
export async function saveOutageLists(services: Services): Promise<void> {
  for (const { id } of await services.directory.all()) {
    const forms = await services.catalogue.all(id);
    const title = (key: string): string => forms.get(key)?.title[defaultLanguage] ?? key;
    const lists = await services.database.tenant(id, async (tx) => {
      const made = new Map<string, OutageList>();
      for (const { tokenHash, expiresAt, staff } of await runningSessions(tx))
        made.set(tokenHash.toString('hex'), {
          staffId: staff.id,
          staffName: staff.name,
          savedAt: tx.now.toISOString(),
          expiresAt: expiresAt.toISOString(),
          rows: await outageRows(tx, await staffReader(tx, staff), title),
        });
      return made;
    });
    await services.outage.save(id, lists);
    await services.outage.takeLooks(id, (look) =>
      services.database.tenant(id, (tx) =>
        recordAudit(
          tx,
          { kind: 'staff', id: look.staffId, name: look.staffName },
          {
            action: 'inbox.read',
            subjectType: 'inbox',
            subjectId: 'outage',
            detail: { rows: look.rows, lookedAt: look.at },
          },
        ),
      ),
    );
  }
}
