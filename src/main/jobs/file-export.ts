import { z } from 'zod';
import { isId } from '../../kernel/ids.ts';
import { exportMade, recordAudit } from '../../modules/audit/index.ts';
import { eraseDocument, insertRaw, keysOf, type PreparedDocument } from '../../modules/documents/index.ts';
import {
  announceExport,
  type ExportPiece,
  endExport,
  expiredExports,
  type FileExport,
  failExport,
  findExport,
  keepExport,
  lockExports,
  piecesOf,
  unmadeExports,
} from '../../modules/files/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { type Collected, collect } from '../file-export/collect.ts';
import { exportPdfs } from '../file-export/pdf.ts';
import { exportZips } from '../file-export/zip.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const one = z.object({ jobcenterId: z.string().refine(isId), exportId: z.string().refine(isId) });

/** Puts a file together as PDF and ZIP and keeps the pieces sealed; running twice keeps what was made first. */
export const makeFileExport =
  (services: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { jobcenterId, exportId } = one.parse(payload);
    const asked = await services.database.tenant(jobcenterId, (tx) => findExport(tx, exportId));
    const jobcenter = await services.directory.byId(jobcenterId);
    if (asked === undefined || jobcenter === undefined || asked.madeAt !== null || asked.goneAt !== null) return;
    const fail = () => services.database.tenant(jobcenterId, (tx) => failExport(tx, exportId));
    const collected = await collect(services, jobcenterId, asked);
    if (collected === undefined) return void (await fail());
    try {
      const prepared: { piece: ExportPiece; document: PreparedDocument }[] = [];
      const keep = async (kind: ExportPiece['kind'], bytes: Uint8Array): Promise<void> => {
        const position = prepared.length + 1;
        const number = collected.contents.household?.fileNumber ?? collected.contents.cases[0]?.number ?? '';
        const name = `Akte_${number.replace(/[^\w-]+/g, '-')}_${position}.${kind}`;
        const mediaType = kind === 'pdf' ? 'application/pdf' : 'application/zip';
        const document = await services.vault.prepare(jobcenterId, { name, bytes, mediaType, pages: 1 });
        prepared.push({ document, piece: { position, kind, documentId: document.id } });
      };
      const scene = { services, jobcenter, jobcenterId, asked, collected, now: services.clock.now() };
      for await (const bytes of exportPdfs(scene)) await keep('pdf', bytes);
      for await (const bytes of exportZips(scene)) await keep('zip', bytes);
      await services.database.tenant(jobcenterId, async (tx) => {
        const pieces = prepared.map(({ piece }) => piece);
        for (const { document } of prepared) await insertRaw(tx, document);
        if (!(await keepExport(tx, exportId, pieces))) throw new Error('The export was made or ended meanwhile.');
        await recordTaken(tx, asked, collected);
      });
    } catch (error) {
      await fail();
      throw error;
    }
  };

/** Each paper in an export was taken away by who asked for it: written down by its id, whatever becomes of the export. */
async function recordTaken(tx: Tx, asked: FileExport, collected: Collected): Promise<void> {
  const actor = { kind: 'staff', id: asked.reader.id, name: asked.by } as const;
  for (const [caseId, papers] of Map.groupBy(collected.documents, (each) => each.case.id))
    await recordAudit(tx, actor, {
      action: exportMade,
      subjectType: 'file-export',
      subjectId: asked.id,
      caseId,
      detail: { papers: papers.map(({ document }) => document.id) },
    });
}

/** Announces exports again whose job was lost, and deletes those whose days are over. */
export const sweepFileExports = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async ({ id }) => {
    const before = new Date(services.clock.now().getTime() - 10 * 60_000);
    const expired = await services.database.tenant(id, async (tx) => {
      for (const each of await unmadeExports(tx, before)) await announceExport(tx, each);
      return expiredExports(tx, 100);
    });
    for (const each of expired) await eraseExport(services, id, each);
  });

/** Deletes the pieces of an export: keys first, then the bytes. Killed in between, the bytes are noise, and swept by night. */
export async function eraseExport(
  { database, blobs }: Pick<JobServices, 'database' | 'blobs'>,
  jobcenterId: string,
  exportId: string,
): Promise<void> {
  const names = await database.tenant(jobcenterId, (tx) => erasePieces(tx, exportId));
  for (const name of names) await blobs.remove(name);
}

async function erasePieces(tx: Tx, exportId: string): Promise<string[]> {
  const found: string[] = [];
  for (const { documentId } of await piecesOf(tx, exportId)) {
    const stored = await keysOf(tx, documentId);
    if (stored !== undefined) found.push(stored.blob);
    await eraseDocument(tx, documentId, { forgetName: true }); // the name carries the number of the file
  }
  await endExport(tx, exportId);
  return found;
}

/**
 * Ends every export of a file from which something is deleted now: what was put together holds it as well, and what is only asked for, or being made, would.
 * Callers have locked the file; whoever asks for one at this moment waits. Gives the names of bytes that are without a key now.
 */
export async function endExportsOf(tx: Tx, fileId: string): Promise<string[]> {
  const names: string[] = [];
  for (const exportId of await lockExports(tx, fileId)) names.push(...(await erasePieces(tx, exportId)));
  return names;
}
