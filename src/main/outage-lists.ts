import { isDatabaseLost } from '../platform/database/index.ts';
import type { Services } from '../surfaces/services.ts';
import { saveOutageLists } from '../surfaces/workspace/index.ts';

/** So old is a saved list at most when the database goes away. */
const everyMs = 120_000;

/**
 * Saves, every two minutes, what each signed-in person needs today should the database go away; each web process does it for the
 * folder on its own machine. While the database is away the last lists stay. Gives the way to stop.
 */
export function keepOutageLists(services: Services): () => void {
  const save = (): void => {
    saveOutageLists(services).catch((err: unknown) => {
      if (!isDatabaseLost(err)) services.log.warn({ err }, 'the lists for an outage could not be saved');
    });
  };
  const timer = setInterval(save, everyMs);
  save();
  return () => clearInterval(timer);
}
