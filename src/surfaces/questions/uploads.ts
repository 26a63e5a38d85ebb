import { extname } from 'node:path';
import { insertDocuments, type PreparedDocument } from '../../modules/documents/index.ts';
import { addDraftDocument } from '../../modules/forms/index.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { UploadedFile } from '../../platform/http/index.ts';
import { inspect, JoinFailure, joinImages } from '../../platform/media/index.ts';
import type { DraftFile } from './open-draft.ts';
import type { PageVisit } from './visit.ts';

/** One file as it was judged: taken, or refused with a sentence that says what to do instead. */
type Judged = { readonly name: string; readonly bytes: Uint8Array; readonly mediaType: string; readonly pages: number };
export type Uploaded = { readonly prepared: readonly PreparedDocument[]; readonly problems: readonly string[] };

/** How a name is shown in a sentence. */
const shortName = (name: string): string => (name.length > 60 ? `${name.slice(0, 56)}…` : name);

/**
 * Judges files by their bytes and stores the good ones, sealed and durable; each bad one gets a sentence and nothing else is
 * lost. `together`: several photos become one document. `known` are hashes (hex) of files that are here already.
 */
export async function storeFiles(
  visit: PageVisit,
  files: readonly UploadedFile[],
  options: { readonly together: boolean; readonly known: ReadonlySet<string> },
): Promise<Uploaded> {
  const problems: string[] = [];
  const good: Judged[] = [];
  for (const file of files) {
    const judged = await judge(visit, file);
    if (typeof judged === 'string') problems.push(judged);
    else good.push(judged);
  }
  const joined = options.together ? await join(visit, good, problems) : good;
  const seen = new Set(options.known);
  const prepared: PreparedDocument[] = [];
  for (const file of joined) {
    const hash = sha256(file.bytes).toString('hex');
    if (seen.has(hash)) problems.push(visit.t('portal:file.twice', { name: shortName(file.name) }));
    else prepared.push(await visit.services.vault.prepare(visit.jobcenter.id, file));
    seen.add(hash);
  }
  return { prepared, problems };
}

async function judge(visit: PageVisit, file: UploadedFile): Promise<Judged | string> {
  const name = file.name.trim() === '' ? visit.t('portal:file.unnamed') : file.name.toWellFormed();
  const verdict = file.tooLarge
    ? ({ ok: false, reason: 'too-large' } as const)
    : await inspect(file.bytes, { thorough: true });
  if (verdict.ok) return { name, bytes: file.bytes, mediaType: verdict.mediaType, pages: verdict.pages };
  visit.services.metrics.refusedFiles.inc({ reason: verdict.reason });
  return visit.t(`portal:file.${verdict.reason}`, { name: shortName(name) });
}

const isImage = (file: Judged): boolean => file.mediaType.startsWith('image/');

/** Photos as pages of one PDF, named after the first; what is no photo stays as it is. */
async function join(visit: PageVisit, files: readonly Judged[], problems: string[]): Promise<Judged[]> {
  const images = files.filter(isImage);
  if (images.length < 2) return [...files];
  try {
    const bytes = await joinImages(images.map((image) => image.bytes));
    const verdict = await inspect(bytes);
    if (!verdict.ok) throw new JoinFailure(verdict.reason);
    const first = images[0]?.name ?? '';
    const name = visit.t('portal:file.joinedName', {
      name: first.slice(0, first.length - extname(first).length),
      count: verdict.pages,
    });
    return [
      { name: `${name}.pdf`, bytes, mediaType: verdict.mediaType, pages: verdict.pages },
      ...files.filter((file) => !isImage(file)),
    ];
  } catch (error) {
    if (!(error instanceof JoinFailure)) throw error;
    problems.push(visit.t('portal:file.notJoined'));
    return [...files];
  }
}

/** Hashes of the files that lie in a draft. */
export const hashesOf = (files: readonly DraftFile[]): ReadonlySet<string> =>
  new Set(files.map((file) => file.sha256.toString('hex')));

/** Puts stored files into a draft, as far as the field holds them; gives the names of those left out. */
export async function addFiles(
  tx: Tx,
  draftId: string,
  field: string,
  prepared: readonly PreparedDocument[],
  room: number,
): Promise<string[]> {
  const taken = prepared.slice(0, Math.max(0, room));
  await insertDocuments(tx, taken);
  for (const document of taken) await addDraftDocument(tx, draftId, field, document.id);
  return prepared.slice(taken.length).map((document) => document.name);
}

/** Bytes that no draft took are not kept. */
export async function discard(visit: PageVisit, prepared: readonly PreparedDocument[]): Promise<void> {
  await Promise.all(prepared.map((document) => visit.services.blobs.remove(document.blob)));
}
