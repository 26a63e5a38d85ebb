import { recordAudit } from '../../modules/audit/index.ts';
import { eraseDocument, keysOf } from '../../modules/documents/index.ts';
import { deleteExpiredDrafts } from '../../modules/forms/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const actor = { kind: 'system', name: 'delete-expired-drafts' } as const;

/** Every hour: deletes drafts 30 days after the last edit, with the papers in them; the bytes go after the commit. */
export const deleteDrafts = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async (jobcenter) => {
    for (;;) {
      const { drafts, blobs } = await services.database.tenant(jobcenter.id, (tx) => deletePortion(tx, jobcenter.id));
      for (const blob of blobs) await services.blobs.remove(blob);
      if (drafts === 0) return;
    }
  });

async function deletePortion(tx: Tx, jobcenterId: string): Promise<{ drafts: number; blobs: string[] }> {
  const { drafts, documentIds } = await deleteExpiredDrafts(tx);
  if (drafts === 0) return { drafts, blobs: [] };
  const blobs: string[] = [];
  for (const id of documentIds) {
    const stored = await keysOf(tx, id);
    if (stored !== undefined) blobs.push(stored.blob);
    await eraseDocument(tx, id);
  }
  const detail = { drafts, documents: documentIds.length };
  await recordAudit(tx, actor, { action: 'draft.expired', subjectType: 'jobcenter', subjectId: jobcenterId, detail });
  return { drafts, blobs };
}
