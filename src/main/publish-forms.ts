import { publishForm, shippedDefinitions } from '../modules/forms/index.ts';
import type { Tx } from '../platform/database/index.ts';
import type { Services } from '../surfaces/services.ts';

/** Publishes what this release ships and the Jobcenter does not have yet; gives how many versions were new. */
export async function publishShipped(tx: Tx): Promise<number> {
  let published = 0;
  for (const form of shippedDefinitions()) if ((await publishForm(tx, form)) === 'published') published += 1;
  return published;
}

/**
 * After an update every Jobcenter has the new versions of the forms. Repeatable, and harmless when several processes do it at
 * once: a version that exists is left alone, so a Jobcenter's own later version stays the current one.
 */
export async function publishEverywhere(services: Services): Promise<void> {
  for (const { id, key } of await services.directory.all()) {
    const published = await services.database.tenant(id, publishShipped);
    if (published > 0) services.log.info({ jobcenter: key, published }, 'new versions of forms are published');
  }
}
