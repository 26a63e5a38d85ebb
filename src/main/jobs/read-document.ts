import { z } from 'zod';
import { isId } from '../../kernel/ids.ts';
import { raisePapers } from '../../modules/cases/index.ts';
import {
  announceGone,
  announceUnread,
  findDocument,
  readDocument,
  readingOf,
  unreadPages,
} from '../../modules/documents/index.ts';
import { caseOfDocument } from '../../modules/intake/index.ts';
import { readInStack } from '../../modules/post/index.ts';
import { enqueueCompare } from '../../modules/twice/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { describeDocument } from './describe-document.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';
import { makePaperFindable } from './make-findable.ts';
import { tellLanguages } from './tell-languages.ts';
import { touchShown } from './touch-shown.ts';

const one = z.object({ jobcenterId: z.string().refine(isId), documentId: z.string().refine(isId) });

/** Reads a document once, has it compared, and puts one that nobody can read, in whole or on some pages, into the queue of its case. */
export const readOne =
  (services: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { jobcenterId, documentId } = one.parse(payload);
    await readDocument(services, jobcenterId, documentId, {
      // A letter was read in its stack already.
      known: (tx) => readInStack(tx, services.vault, documentId),
      announce: async (tx, { state }, pages) => {
        await touchShown(tx, documentId);
        const caseId = await caseOfDocument(tx, documentId);
        if (caseId === undefined) {
          // A letter of the office is found by its words once it is sent, and compared with nothing. A draft's paper is announced again.
          await makePaperFindable(tx, services, documentId, pages);
          return;
        }
        await tellLanguages(tx, services, { documentId, caseId }, pages);
        await makePaperFindable(tx, services, documentId, pages);
        const ownName = (await services.directory.byId(jobcenterId))?.name ?? '';
        if (state !== 'unreadable') await describeDocument(tx, services, documentId, ownName);
        if (state === 'unreadable') await raisePapers(tx, caseId, 'unreadable', [{ documentId }]);
        else await enqueueCompare(tx, documentId);
        if (state === 'partly') await raiseUnreadPages(tx, services, documentId, caseId);
      },
    });
  };

/** A person looks at the pages that no search and no comparison knows. */
async function raiseUnreadPages(tx: Tx, { vault }: JobServices, documentId: string, caseId: string): Promise<void> {
  const pages = (await findDocument(tx, documentId))?.pages ?? 0;
  const unread = await unreadPages(tx, vault, documentId, pages);
  if (unread.length === 0) return;
  const why = (await readingOf(tx, documentId))?.problem;
  await raisePapers(tx, caseId, 'partly-read', [{ documentId, unread, pages, ...(why && { why }) }]);
}

const sweep = z.object({ days: z.int().positive(), most: z.int().positive() });

/** Announces again what was not read: a job that was lost, a reading by an older method, papers taken over from elsewhere, and what was read and is gone. */
export const sweepUnread =
  (services: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { days, most } = sweep.parse(payload);
    await forEachJobcenter(services, async (jobcenter) => {
      const found = await services.database.tenant(jobcenter.id, (tx) => announceUnread(tx, days, most));
      const gone = await announceGone(services, jobcenter.id, days, Math.max(0, most - found));
      if (gone > 0)
        services.log.warn(
          { jobcenter: jobcenter.key, gone },
          'what was read in documents is gone; they are read again',
        );
    });
  };
