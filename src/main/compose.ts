import { join } from 'node:path';
import { closeComparing, openDocumentVault } from '../modules/documents/index.ts';
import { extendForms } from '../modules/fields/index.ts';
import { openCatalogue } from '../modules/forms/index.ts';
import { openLibrary } from '../modules/help/index.ts';
import { allTeams, createKeyring, currentProfile, mailAddresses, openDirectory } from '../modules/settings/index.ts';
import { openAnnouncements, openOutageFolder } from '../modules/together/index.ts';
import { openBlobFolder } from '../platform/blobs/index.ts';
import { type Clock, systemClock } from '../platform/clock/index.ts';
import { deriveKey, loadMasterSecret } from '../platform/crypto/index.ts';
import { type Database, openDatabase } from '../platform/database/index.ts';
import type { Config, DatabaseUrls } from '../platform/env/config.ts';
import { projectPath } from '../platform/env/project.ts';
import { byteBudget } from '../platform/http/index.ts';
import { createLiveBell, type LiveHub, openLiveHub } from '../platform/live/index.ts';
import { openLog } from '../platform/log/index.ts';
import { closeMedia } from '../platform/media/index.ts';
import { createMetrics } from '../platform/metrics/index.ts';
import { closeTypesetter } from '../platform/pdf/index.ts';
import { closeReading } from '../platform/reading/index.ts';
import type { Services } from '../surfaces/services.ts';
import { assetAddress, buildVersion, loadAssets } from './assets.ts';

/** Bytes of uploads that one process holds at a time; more wait. */
const uploadBytes = 360 * 1024 * 1024;

/** Puts the parts of one process together: what web, worker, commands and tests work with. */
export function compose(input: {
  readonly config: Config;
  readonly urls: Pick<DatabaseUrls, 'app'>;
  readonly name: string;
  readonly clock?: Clock;
  readonly poolSize?: number;
}): {
  readonly services: Services;
  readonly assets: ReturnType<typeof loadAssets>;
  readonly master: Uint8Array;
  readonly close: () => Promise<void>;
} {
  const { config, urls, name, clock = systemClock } = input;
  const master = loadMasterSecret(config.secretsFolder, config.secret);
  const database = openDatabase({ url: urls.app, clock, size: input.poolSize ?? 12 });
  database.onTouched = createLiveBell(database);
  const log = openLog(name, config.logLevel);
  const live = openLiveHub({ url: urls.app, log });
  const keyring = createKeyring(database, master);
  const blobs = openBlobFolder(config.blobFolder);
  const derived = openBlobFolder(join(config.dataFolder, 'derived'));
  const assets = loadAssets();
  const teams = kept(clock, (jobcenterId) => database.tenant(jobcenterId, allTeams));
  const addresses = kept(clock, (jobcenterId) => database.tenant(jobcenterId, mailAddresses));
  const teamFor: Services['teamFor'] = async (jobcenterId, key) =>
    (await teams(jobcenterId)).find((team) => team.key === key)?.id ?? null;
  const services: Services = {
    database,
    clock,
    log,
    metrics: createMetrics(),
    directory: openDirectory(database, clock),
    keyring,
    catalogue: openCatalogue(database, clock, extendForms),
    vault: openDocumentVault({ blobs, derived, keyring, clock }),
    blobs,
    profile: kept(clock, (jobcenterId) => database.tenant(jobcenterId, currentProfile)),
    teamFor,
    mailFor: async (jobcenterId, key) => (await addresses(jobcenterId)).get((await teamFor(jobcenterId, key)) ?? ''),
    linkKey: deriveKey(master, 'links and forms'),
    draftKey: deriveKey(master, 'drafts of staff'),
    outage: openOutageFolder(join(config.dataFolder, 'outage'), deriveKey(master, 'lists for an outage')),
    live,
    announcements: kept(clock, (jobcenterId) => database.tenant(jobcenterId, openAnnouncements)),
    texts: openLibrary({
      shipped: projectPath('texts'),
      own: config.textFolder,
      now: () => clock.now(),
      failed: (err) => log.warn({ err }, 'the texts of a Jobcenter could not be read'),
    }),
    version: buildVersion(assets),
    uploads: byteBudget(uploadBytes),
    baseUrl: config.baseUrl,
    secureCookies: config.baseUrl.startsWith('https:'),
    trustedProxies: config.trustedProxies,
    demo: config.demo,
    scanKeepDays: config.scanKeepDays,
    asset: assetAddress(assets),
  };
  return { services, assets, master, close: () => closeAll(database, live) };
}

/** Ends threads and connections; what is asked for later starts them again. */
async function closeAll(database: Database, live: LiveHub): Promise<void> {
  closeReading();
  await live.close();
  await Promise.all([closeMedia(), closeTypesetter(), closeComparing()]);
  await database.close();
}

/** Settings stand on every page and hardly ever change: read every ten seconds at most. */
function kept<T>(clock: Clock, read: (jobcenterId: string) => Promise<T>): (jobcenterId: string) => Promise<T> {
  const known = new Map<string, { at: number; value: Promise<T> }>();
  return (jobcenterId) => {
    const at = clock.now().getTime();
    const entry = known.get(jobcenterId);
    if (entry !== undefined && at - entry.at < 10_000) return entry.value;
    const value = read(jobcenterId);
    value.catch(() => known.delete(jobcenterId));
    known.set(jobcenterId, { at, value });
    return value;
  };
}
