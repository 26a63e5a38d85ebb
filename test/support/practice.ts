import { inbox } from '../../src/modules/cases/index.ts';
import type { Services } from '../../src/surfaces/services.ts';

/** Numbers of all cases of a Jobcenter, as somebody sees them who leads it. */
export const listInbox = (services: Services, jobcenterId: string): Promise<string[]> =>
  services.database.tenant(jobcenterId, async (tx) => {
    const reader = { role: 'lead', id: '', teamIds: [] } as const;
    return (await inbox(tx, reader, {}, undefined, 100)).rows.map((row) => row.number).toSorted();
  });
