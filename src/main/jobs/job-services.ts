import type { Jobcenter } from '../../modules/settings/index.ts';
import type { Services } from '../../surfaces/services.ts';

/** What the jobs work with. */
export type JobServices = Pick<
  Services,
  | 'database'
  | 'directory'
  | 'keyring'
  | 'catalogue'
  | 'profile'
  | 'teamFor'
  | 'vault'
  | 'blobs'
  | 'clock'
  | 'log'
  | 'baseUrl'
  | 'scanKeepDays'
> & {
  readonly blobFolder: string;
  /** Folder into which scanners write, where there is one. */
  readonly scanFolder?: string | undefined;
  /** Where things made from documents lie; they can be made again. */
  readonly derivedFolder: string;
};

/** Does something for every Jobcenter, one after the other; one that fails does not keep the others waiting. */
export async function forEachJobcenter(
  services: Pick<JobServices, 'directory' | 'log'>,
  work: (jobcenter: Jobcenter) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const jobcenter of await services.directory.all()) {
    try {
      await work(jobcenter);
    } catch (err) {
      services.log.error({ jobcenter: jobcenter.key, err }, 'a job failed for one Jobcenter');
      failures.push(err);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `The job failed for ${failures.length} Jobcenters.`);
}
