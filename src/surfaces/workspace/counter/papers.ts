import type { PreparedDocument } from '../../../modules/documents/index.ts';
import { deriveKey, open, seal } from '../../../platform/crypto/index.ts';
import type { UploadedFile } from '../../../platform/http/index.ts';
import { type Inspection, inspect, JoinFailure, joinImages } from '../../../platform/media/index.ts';
import type { StaffVisit } from '../visit.ts';

export type Judged = { readonly papers: readonly PreparedDocument[]; readonly problems: readonly string[] };
type Sound = { readonly name: string; readonly bytes: Uint8Array; readonly mediaType: string; readonly pages: number };

/**
 * Judges what was handed in by its bytes, stores what is sound, and says of the rest what is wrong and what to do. With
 * `join`, all photos together become one PDF.
 */
export async function judgePapers(visit: StaffVisit, join: boolean): Promise<Judged> {
  const sound: Sound[] = [];
  const problems: string[] = [];
  for (const file of visit.files) {
    if (file.name === '' && file.bytes.length === 0) continue; // nothing chosen in this field
    const verdict = await judge(file);
    if (verdict.ok)
      sound.push({ name: file.name, bytes: file.bytes, mediaType: verdict.mediaType, pages: verdict.pages });
    else problems.push(visit.t(`workspace:file.${verdict.reason}`, { name: file.name }));
  }
  const bundled = join ? await joined(visit, sound, problems) : sound;
  const papers: PreparedDocument[] = [];
  for (const each of bundled) papers.push(await visit.services.vault.prepare(visit.jobcenter.id, each));
  return { papers, problems };
}

const judge = async (file: UploadedFile): Promise<Inspection | { ok: false; reason: 'too-large' }> =>
  file.tooLarge ? { ok: false, reason: 'too-large' } : inspect(file.bytes);

async function joined(visit: StaffVisit, sound: readonly Sound[], problems: string[]): Promise<readonly Sound[]> {
  const photos = sound.filter((each) => each.mediaType !== 'application/pdf');
  if (photos.length < 2) return sound;
  try {
    const bytes = await joinImages(photos.map((each) => each.bytes));
    const pages = photos.reduce((sum, each) => sum + each.pages, 0);
    const whole = { name: visit.t('workspace:counter.joinedName'), bytes, mediaType: 'application/pdf', pages };
    return [whole, ...sound.filter((each) => each.mediaType === 'application/pdf')];
  } catch (error) {
    if (!(error instanceof JoinFailure)) throw error;
    const name = photos[error.index ?? 0]?.name ?? '';
    problems.push(visit.t(`workspace:file.${error.reason}`, { name }));
    return sound;
  }
}

const key = (visit: StaffVisit) => deriveKey(visit.services.linkKey, 'papers kept between two tries');
const context = (visit: StaffVisit): string => `papers ${visit.jobcenter.id} ${visit.staff.id}`;

/**
 * A stored paper as a sealed text for the form: after a mistake elsewhere in the form nothing has to be scanned again, and
 * nobody can make up a paper or take somebody else's.
 */
export function keepPaper(visit: StaffVisit, paper: PreparedDocument): string {
  const plain = { ...paper, sha256: paper.sha256.toString('base64'), wrappedKey: paper.wrappedKey.toString('base64') };
  return seal(key(visit), Buffer.from(JSON.stringify(plain)), context(visit)).toString('base64url');
}

/** The papers that the form brings back; what cannot be opened is left out. */
export function keptPapers(visit: StaffVisit): PreparedDocument[] {
  const texts = [visit.input['kept'] ?? []].flat();
  return texts.flatMap((text) => {
    try {
      const plain = JSON.parse(open(key(visit), Buffer.from(text, 'base64url'), context(visit)).toString());
      const bytes = (field: unknown): Buffer => Buffer.from(String(field), 'base64');
      return [{ ...plain, sha256: bytes(plain.sha256), wrappedKey: bytes(plain.wrappedKey) } as PreparedDocument];
    } catch {
      return [];
    }
  });
}
