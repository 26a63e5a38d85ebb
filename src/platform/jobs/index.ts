export { createOutboxBell } from './bell.ts';
export { moveOutbox } from './outbox.ts';
export { unlockJobsOfDeadWorkers } from './presence.ts';
export { type JobRunner, startJobs } from './run-jobs.ts';
export type { Task } from './task.ts';
