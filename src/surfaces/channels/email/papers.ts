import { documentsByIds, type PreparedDocument } from '../../../modules/documents/index.ts';
import { submissionDocuments } from '../../../modules/intake/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { MailPart } from '../../../platform/mail/index.ts';
import { inspect, type Refusal } from '../../../platform/media/index.ts';
import type { Services } from '../../services.ts';

export type RefusedPaper = { readonly name: string; readonly reason: Refusal | 'too-large' };
export type MailPapers = {
  readonly kept: readonly PreparedDocument[];
  readonly refused: readonly RefusedPaper[];
  /** Names of papers that the same sender had sent before in this conversation, byte by byte. */
  readonly known: readonly string[];
  /** Logos, signatures and the like: no papers. */
  readonly ignored: number;
};

/** A picture of this many bytes or fewer that the text shows in its line is a logo; a photo of a paper is larger. */
const logoBytes = 30_000;
const signatures =
  /^application\/(x-)?(pkcs7-signature|pgp-signature|pgp-keys)$|^message\/(delivery-status|disposition-notification)$/;
const sealed = /^application\/((x-)?pkcs7-mime|pgp-encrypted)$/;

const isLogo = (part: MailPart): boolean =>
  part.shownAs !== undefined && part.mediaType.startsWith('image/') && part.bytes.length <= logoBytes;

/** Hashes of the papers of earlier submissions. */
export async function paperHashes(tx: Tx, submissionIds: readonly string[]): Promise<Set<string>> {
  const hashes = new Set<string>();
  for (const id of submissionIds) {
    const ids = (await submissionDocuments(tx, id)).map((each) => each.documentId);
    for (const document of await documentsByIds(tx, ids)) hashes.add(document.sha256.toString('hex'));
  }
  return hashes;
}

/**
 * Judges the attachments of a mail by their bytes and stores what is sound. `earlier`: hashes of papers from the same sender in
 * the same conversation, quoted again by the program.
 */
export async function judgeParts(
  services: Pick<Services, 'vault'>,
  jobcenterId: string,
  parts: readonly MailPart[],
  earlier: ReadonlySet<string>,
): Promise<MailPapers> {
  const kept: PreparedDocument[] = [];
  const refused: RefusedPaper[] = [];
  const known: string[] = [];
  const seen = new Set<string>();
  let ignored = 0;
  for (const part of parts) {
    const hash = sha256(part.bytes).toString('hex');
    if (signatures.test(part.mediaType) || isLogo(part)) ignored += 1;
    else if (!part.tooLarge && (earlier.has(hash) || seen.has(hash))) known.push(part.name);
    else {
      const verdict = await judge(part);
      if (!verdict.ok) refused.push({ name: part.name, reason: verdict.reason });
      else {
        seen.add(hash);
        const { mediaType, pages } = verdict;
        kept.push(await services.vault.prepare(jobcenterId, { name: part.name, bytes: part.bytes, mediaType, pages }));
      }
    }
  }
  return { kept, refused, known, ignored };
}

async function judge(part: MailPart) {
  if (part.tooLarge) return { ok: false, reason: 'too-large' } as const;
  if (sealed.test(part.mediaType)) return { ok: false, reason: 'encrypted' } as const;
  return inspect(part.bytes);
}
