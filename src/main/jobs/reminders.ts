import { remindOfAppointments } from '../../surfaces/channels/email/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

/** Reminds people by e-mail, on the working day before, of their appointments. From practice nothing ever goes out. */
export const remindPeople = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async (jobcenter) => {
    if (jobcenter.practiceOf == null) await remindOfAppointments(services, jobcenter);
  });
