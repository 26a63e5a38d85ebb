import { z } from 'zod';
import { isId } from '../../kernel/ids.ts';
import { staleAnswers } from '../../modules/intake/index.ts';
import { type Jobcenter, mailboxesToRead } from '../../modules/settings/index.ts';
import { answerMail, giveUp, readMailbox } from '../../surfaces/channels/email/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const id = z.string().refine(isId);
const one = z.object({ jobcenterId: id, mailboxId: id });
const answer = z.object({ jobcenterId: id, mailId: id });

/** An answer that waits longer than this has lost its job; one that is being sent for so long has lost its worker. */
const patienceMs = 15 * 60_000;

/** Every minute: announces the reading of each mailbox whose turn it is, and the answers whose job was lost. */
export const announceMailboxes = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async ({ id: jobcenterId }) => {
    await services.database.tenant(jobcenterId, async (tx) => {
      for (const mailboxId of await mailboxesToRead(tx))
        await tx.enqueue('read-mailbox', { jobcenterId, mailboxId }, { jobKey: `mailbox ${mailboxId}` });
      const before = new Date(tx.now.getTime() - patienceMs);
      for (const mailId of await staleAnswers(tx, 'due', before))
        await tx.enqueue('answer-mail', { jobcenterId, mailId }, { jobKey: `answer ${mailId}` });
      for (const mailId of await staleAnswers(tx, 'sending', before)) await giveUp(tx, mailId, 'unsure');
    });
  });

const jobcenterOf = async (services: JobServices, jobcenterId: string): Promise<Jobcenter | undefined> =>
  services.directory.byId(jobcenterId);

/** Takes in what lies in one mailbox; what is left over for the next reading follows at once. */
export const readOneMailbox =
  (services: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { jobcenterId, mailboxId } = one.parse(payload);
    const jobcenter = await jobcenterOf(services, jobcenterId);
    if (jobcenter === undefined || jobcenter.practiceOf != null) return;
    const read = await readMailbox(services, jobcenter, mailboxId);
    if (read === undefined) return;
    const { taken, known, failed } = read;
    if (taken + known + failed > 0)
      services.log.info({ jobcenter: jobcenter.key, mailbox: mailboxId, taken, known, failed }, 'a mailbox was read');
    if (read.more)
      await services.database.tenant(jobcenterId, (tx) =>
        tx.enqueue('read-mailbox', { jobcenterId, mailboxId }, { jobKey: `mailbox ${mailboxId}` }),
      );
  };

/** Sends the receipt number for one message. */
export const answerOne =
  (services: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { jobcenterId, mailId } = answer.parse(payload);
    const jobcenter = await jobcenterOf(services, jobcenterId);
    // From practice nothing ever goes out.
    if (jobcenter !== undefined && jobcenter.practiceOf == null) await answerMail(services, jobcenter, mailId);
  };
