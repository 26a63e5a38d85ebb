import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { projectPath } from './project.ts';

/** A wrong setting. The message is one plain sentence for the operator and never contains a secret. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** The three ways into one database. `app` cannot bypass row-level security; `owner` migrates; `queue` runs the jobs. */
export type DatabaseUrls = { readonly app: string; readonly owner: string; readonly queue: string };

/** All settings of an installation, checked. Made by `readConfig`; nothing else looks at the environment. */
export type Config = {
  /** Set when the operator brings a PostgreSQL server; otherwise Tandem starts its own. */
  readonly database: DatabaseUrls | undefined;
  readonly dataFolder: string;
  readonly secretsFolder: string;
  readonly blobFolder: string;
  readonly pgFolder: string;
  /** Where the logins of the demonstration are written. */
  readonly demoAccessFile: string;
  readonly host: string;
  readonly port: number;
  /** Origin under which people reach the portal, without a slash at the end. */
  readonly baseUrl: string;
  readonly demo: boolean;
  readonly production: boolean;
  /** The 32 bytes from which all keys are derived; without it one is made in `secretsFolder`. */
  readonly secret: Uint8Array | undefined;
  readonly logLevel: LogLevel;
  /** Folder into which the office's scanners write; undefined: letters come by the upload page only. */
  readonly scanFolder: string | undefined;
  /** Folder in which Jobcenters put their own texts of help, one folder each. */
  readonly textFolder: string;
  /** Days for which the file of a stack is kept after its last letter was filed. */
  readonly scanKeepDays: number;
  /** Number of reverse proxies in front whose X-Forwarded-* headers are believed; 0 = none. */
  readonly trustedProxies: number;
};

export type Environment = Readonly<Record<string, string | undefined>>;

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const LOOPBACK = '127.0.0.1';

/** A rule for one variable: what is accepted, how it is read, and how the operator is told about it. */
type Setting<T> = { readonly schema: z.ZodType<T, string>; readonly expected: string; readonly secret?: boolean };

const setting = {
  url: {
    schema: z.string().regex(/^postgres(ql)?:\/\/\S+$/),
    expected: 'a PostgreSQL address such as postgresql://tandem_app:password@db.example.org:5432/tandem',
    secret: true,
  },
  port: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .refine((port) => port >= 1 && port <= 65_535),
    expected: 'a number from 1 to 65535',
  },
  host: { schema: z.string().regex(/^[\w.:-]+$/), expected: `an address to listen on, such as ${LOOPBACK} or 0.0.0.0` },
  baseUrl: {
    schema: z.string().transform((text, context) => {
      const origin = originOf(text);
      if (origin) return origin;
      context.addIssue('not an origin');
      return z.NEVER;
    }),
    expected: 'an http or https address without a path, such as https://jobcenter.example.org',
  },
  demo: { schema: z.enum(['on', 'off']).transform((value) => value === 'on'), expected: '"on" or "off"' },
  secret: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/)
      .transform((text) => new Uint8Array(Buffer.from(text, 'base64'))),
    expected: '32 random bytes in base64 (44 characters), as "openssl rand -base64 32" makes them',
    secret: true,
  },
  scanFolder: {
    schema: z.string().refine(isAbsolute),
    expected: 'the absolute path of the folder into which scanners write',
  },
  textFolder: { schema: z.string().refine(isAbsolute), expected: 'the absolute path of a folder' },
  days: {
    schema: z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .refine((days) => days >= 1 && days <= 3_650),
    expected: 'a number of days from 1 to 3650',
  },
  log: { schema: z.enum(LEVELS), expected: `one of ${LEVELS.join(', ')}` },
  proxies: {
    schema: z
      .string()
      .regex(/^(on|off|\d)$/)
      .transform((value) => (value === 'on' ? 1 : value === 'off' ? 0 : Number(value))),
    expected: '"off", "on" (one reverse proxy in front) or the number of proxies from 0 to 9',
  },
} satisfies Record<string, Setting<unknown>>;

function originOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const plain = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  return plain && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

/** The value of a variable; an empty one counts as not set, as an `.env` file writes it. */
function value(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

function read<T>(env: Environment, name: string, { schema, expected, secret }: Setting<T>): T | undefined {
  const text = value(env, name);
  if (text === undefined) return undefined;
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  const found = secret ? `a value of ${text.length} characters that is not one` : JSON.stringify(text.slice(0, 80));
  throw new ConfigError(`${name} must be ${expected}; found: ${found}.`);
}

function databaseUrls(env: Environment): DatabaseUrls | undefined {
  const app = read(env, 'DATABASE_URL', setting.url);
  const owner = read(env, 'DATABASE_OWNER_URL', setting.url);
  const queue = read(env, 'QUEUE_DATABASE_URL', setting.url);
  if (app) return { app, owner: owner ?? app, queue: queue ?? owner ?? app };
  const orphan = owner ? 'DATABASE_OWNER_URL' : queue ? 'QUEUE_DATABASE_URL' : undefined;
  if (orphan) throw new ConfigError(`${orphan} is set but DATABASE_URL is not; set DATABASE_URL too, or neither.`);
  return undefined;
}

/**
 * Read and check all settings.
 * @throws ConfigError naming the variable, what was found (never a secret) and what is expected.
 */
export function readConfig(env: Environment): Config {
  const database = databaseUrls(env);
  const data = value(env, 'TANDEM_DATA') ?? 'var';
  const dataFolder = isAbsolute(data) ? resolve(data) : projectPath(data);
  const production = value(env, 'NODE_ENV') === 'production';
  const port = read(env, 'PORT', setting.port) ?? 4000;
  return {
    database,
    dataFolder,
    secretsFolder: join(dataFolder, 'secrets'),
    blobFolder: join(dataFolder, 'blobs'),
    pgFolder: join(dataFolder, 'postgres'),
    demoAccessFile: join(dataFolder, 'demo-access.json'),
    // This machine only, unless the operator opens it: a first start must never put a demonstration on the network.
    host: read(env, 'TANDEM_HOST', setting.host) ?? LOOPBACK,
    port,
    baseUrl: read(env, 'TANDEM_BASE_URL', setting.baseUrl) ?? `http://localhost:${port}`,
    demo: read(env, 'TANDEM_DEMO', setting.demo) ?? (!database && !production),
    production,
    secret: read(env, 'TANDEM_SECRET', setting.secret),
    scanKeepDays: read(env, 'TANDEM_SCAN_KEEP_DAYS', setting.days) ?? 30,
    scanFolder: read(env, 'TANDEM_SCAN_DIR', setting.scanFolder),
    textFolder: read(env, 'TANDEM_TEXTS', setting.textFolder) ?? join(dataFolder, 'texts'),
    logLevel: read(env, 'TANDEM_LOG', setting.log) ?? 'info',
    trustedProxies: read(env, 'TANDEM_TRUST_PROXY', setting.proxies) ?? 0,
  };
}

/** The settings of this process. */
export const loadConfig = (): Config => readConfig(process.env);

/** The environment for a child program that is to see the same settings and this database. */
export function childEnvironment(config: Config, urls: DatabaseUrls): Record<string, string> {
  const own = {
    DATABASE_URL: urls.app,
    DATABASE_OWNER_URL: urls.owner,
    QUEUE_DATABASE_URL: urls.queue,
    TANDEM_DATA: config.dataFolder,
    TANDEM_HOST: config.host,
    PORT: String(config.port),
    TANDEM_BASE_URL: config.baseUrl,
    // Decided here: a child sees DATABASE_URL and would otherwise conclude "not a demonstration".
    TANDEM_DEMO: config.demo ? 'on' : 'off',
  };
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(inherited), ...own };
}
