import type { DocumentVault } from '../modules/documents/index.ts';
import type { Catalogue } from '../modules/forms/index.ts';
import type { Library } from '../modules/help/index.ts';
import type { Directory, Keyring, Profile } from '../modules/settings/index.ts';
import type { Announcement, OutageFolder } from '../modules/together/index.ts';
import type { BlobStore } from '../platform/blobs/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Secret } from '../platform/crypto/index.ts';
import type { Database } from '../platform/database/index.ts';
import type { ByteBudget } from '../platform/http/index.ts';
import type { LiveHub } from '../platform/live/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Metrics } from '../platform/metrics/index.ts';

/** What every surface works with; put together once, in `main`. */
export type Services = {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly directory: Directory;
  readonly keyring: Keyring;
  readonly catalogue: Catalogue;
  readonly vault: DocumentVault;
  readonly blobs: BlobStore;
  /** The newest profile of a Jobcenter, kept for ten seconds. */
  readonly profile: (jobcenterId: string) => Promise<Profile | undefined>;
  /** The team that a form names, if this Jobcenter has it; kept for ten seconds. */
  readonly teamFor: (jobcenterId: string, key: string) => Promise<string | null>;
  /** The e-mail address of the team that a form names, if it has a mailbox in use; kept for ten seconds. */
  readonly mailFor: (jobcenterId: string, key: string) => Promise<string | undefined>;
  /** Signs cookies, links and form tokens of this installation. */
  readonly linkKey: Secret;
  /** Seals what staff have typed and not sent. */
  readonly draftKey: Secret;
  /** Lists that are read while the database is away. */
  readonly outage: OutageFolder;
  /** What changed, from all processes. */
  readonly live: LiveHub;
  /** What operators announced to the staff of a Jobcenter; kept for ten seconds. */
  readonly announcements: (jobcenterId: string) => Promise<readonly Announcement[]>;
  /** Explanations, what is new, and the first week: as shipped, and as each Jobcenter wrote them. */
  readonly texts: Library;
  /** Names this build, with its scripts and styles: pages made by another one offer to be loaded again. */
  readonly version: string;
  readonly uploads: ByteBudget;
  /** Origin of the installation; what leaves the house of a Jobcenter is addressed by `portalAddress`. */
  readonly baseUrl: string;
  readonly secureCookies: boolean;
  readonly trustedProxies: number;
  readonly demo: boolean;
  /** Days for which the file of a stack is kept after its last letter was filed. */
  readonly scanKeepDays: number;
  /** Address of a file under src/assets, with its version. */
  readonly asset: (file: string) => string;
};
