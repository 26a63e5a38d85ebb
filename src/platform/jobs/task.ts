/** `soon`: somebody may look at a page that waits for it. `last`: nobody does; it comes after all other slow work. */
export type Slow = 'soon' | 'last';

/** A kind of job: its name, what it does with the payload, and when it runs by itself. */
export type Task = {
  readonly name: string;
  /**
   * Does the work. It may run twice (a crash after the work and before its note), so it reads again what the payload's ids
   * stand for and changes nothing the second time. What it throws is tried again with growing pauses.
   */
  readonly run: (payload: unknown) => Promise<void>;
  /** It takes seconds or minutes (reading pages): it comes after everything that takes a moment. */
  readonly slow?: Slow;
  /** Times (UTC) at which the job is added by itself, once however many workers run: cron patterns with their payloads. */
  readonly schedule?: readonly {
    readonly cron: string;
    readonly payload?: Readonly<Record<string, string | number>>;
  }[];
};
