import { availableParallelism, totalmem } from 'node:os';

const MB = 1024 * 1024;

/** The memory we may use: that of the container where there is one, otherwise of the machine. */
function memory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Settings for one small server; written at every start, so that they follow the machine and the release. */
export function settingsFile(socketFolder: string, logFolder: string, throwaway: boolean): string {
  const megabytes = Math.floor(memory() / MB);
  const shared = Math.min(1024, Math.max(64, Math.floor(megabytes / 16)));
  const settings: Record<string, string> = {
    listen_addresses: quote(''),
    unix_socket_directories: quote(`"${socketFolder}"`),
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: '100',
    password_encryption: quote('scram-sha-256'),
    shared_buffers: `${shared}MB`,
    effective_cache_size: `${Math.floor(megabytes / 2)}MB`,
    work_mem: '8MB',
    maintenance_work_mem: `${Math.min(256, shared)}MB`,
    huge_pages: 'off',
    jit: 'off',
    random_page_cost: '1.1',
    max_parallel_workers_per_gather: String(Math.min(2, Math.floor(availableParallelism() / 2))),
    fsync: throwaway ? 'off' : 'on',
    synchronous_commit: throwaway ? 'off' : 'on',
    full_page_writes: throwaway ? 'off' : 'on',
    max_wal_size: '2GB',
    min_wal_size: '128MB',
    wal_keep_size: '512MB', // a backup of the running server must still find its WAL at the end
    checkpoint_timeout: '10min',
    idle_in_transaction_session_timeout: quote('15min'),
    timezone: quote('UTC'),
    log_timezone: quote('UTC'),
    // The log must not become a second, unprotected copy of social data: no statements, no parameters, no row contents.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    logging_collector: 'on',
    log_directory: quote(logFolder),
    log_filename: quote('postgres-%a.log'), // seven files, each overwritten after a week
    log_file_mode: '0600',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_truncate_on_rotation: 'on',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return [
    '# Written by Tandem at every start. Own settings go to local.conf beside this file; they win.',
    ...lines,
    '',
  ].join('\n');
}

/** Appended once to PostgreSQL's own file. */
export const INCLUDE = "\ninclude_if_exists = 'tandem.conf'\ninclude_if_exists = 'local.conf'\n";
