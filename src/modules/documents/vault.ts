import { newId } from '../../kernel/ids.ts';
import { plainLine } from '../../kernel/text.ts';
import type { BlobStore } from '../../platform/blobs/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import { open, randomSecret, seal, sealInParts, sealInPlace, sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Keyring } from '../settings/index.ts';
import { keysOf } from './store.ts';

/** Bytes that are sealed and durable, but not yet recorded by a transaction. If none follows, the sweep removes them. */
export type PreparedDocument = {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly pages: number;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly blob: string;
  readonly keyId: string;
  readonly wrappedKey: Buffer;
};

export type DocumentVault = {
  /**
   * Seals bytes under a key of their own and stores them; resolves when they would survive a power cut. `consume`: the bytes are
   * large and nobody needs them afterwards; they are overwritten instead of copied.
   */
  readonly prepare: (
    jobcenterId: string,
    file: { readonly name: string; readonly bytes: Uint8Array; readonly mediaType: string; readonly pages: number },
    options?: { readonly consume?: boolean },
  ) => Promise<PreparedDocument>;
  /** The raw bytes as they came in; undefined when the document was erased or never existed. */
  readonly read: (tx: Tx, documentId: string) => Promise<Buffer | undefined>;
  /** Keeps something derived from a document (a page image), sealed under the document's key; it can be made again. */
  readonly keepDerived: (tx: Tx, documentId: string, name: string, bytes: Uint8Array) => Promise<void>;
  readonly readDerived: (tx: Tx, documentId: string, name: string) => Promise<Buffer | undefined>;
  /** Which of these derived things are not there, without opening any. */
  readonly missingDerived: (tx: Tx, documentId: string, names: readonly string[]) => Promise<string[]>;
};

const blobName = (jobcenterId: string, id: string): string => `${jobcenterId}/${id.slice(0, 8)}/${id}`;

/** Documents at rest: AES-256-GCM, one key a document, wrapped by the Jobcenter's key. */
export function openDocumentVault(services: {
  readonly blobs: BlobStore;
  readonly derived: BlobStore;
  readonly keyring: Keyring;
  readonly clock: Clock;
}): DocumentVault {
  const { blobs, derived, keyring, clock } = services;
  const keyOf = async (tx: Tx, documentId: string) => {
    const stored = await keysOf(tx, documentId);
    if (stored === undefined) return undefined;
    const wrapping = (await keyring.of(tx.jobcenterId)).oldDocuments.get(stored.keyId);
    if (wrapping === undefined) throw new Error('A document is wrapped by a key that the Jobcenter does not have.');
    return { blob: stored.blob, key: open(wrapping, stored.wrappedKey, `key of ${documentId}`) };
  };
  return {
    prepare: async (jobcenterId, file, { consume = false } = {}) => {
      const keys = await keyring.of(jobcenterId);
      const id = newId(clock.now());
      const key = randomSecret();
      const blob = blobName(jobcenterId, id);
      const hash = sha256(file.bytes);
      await blobs.put(blob, (consume ? sealInPlace : sealInParts)(key, file.bytes, `document ${id}`));
      return {
        id,
        name: cleanName(file.name),
        mediaType: file.mediaType,
        pages: file.pages,
        bytes: file.bytes.length,
        sha256: hash,
        blob,
        keyId: keys.documents.id,
        wrappedKey: seal(keys.documents.key, key, `key of ${id}`),
      };
    },
    read: async (tx, documentId) => {
      const found = await keyOf(tx, documentId);
      return found === undefined ? undefined : open(found.key, await blobs.get(found.blob), `document ${documentId}`);
    },
    keepDerived: async (tx, documentId, name, bytes) => {
      const found = await keyOf(tx, documentId);
      if (found !== undefined)
        await derived
          .put(`${found.blob}.${name}`, [seal(found.key, bytes, `derived ${documentId} ${name}`)])
          .catch(() => undefined);
    },
    readDerived: async (tx, documentId, name) => {
      const found = await keyOf(tx, documentId);
      if (found === undefined) return undefined;
      const blob = `${found.blob}.${name}`;
      try {
        return open(found.key, await derived.get(blob), `derived ${documentId} ${name}`);
      } catch {
        // Missing, or half-written when a process was killed: it is made again.
        await derived.remove(blob).catch(() => undefined);
        return undefined;
      }
    },
    missingDerived: async (tx, documentId, names) => {
      const stored = await keysOf(tx, documentId);
      if (stored === undefined) return [...names];
      const missing: string[] = [];
      for (const name of names) if (!(await derived.has(`${stored.blob}.${name}`))) missing.push(name);
      return missing;
    },
  };
}

/** A name as people gave it, without folders, control characters and direction tricks; at most 120 characters. */
export function cleanName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const clean = plainLine(base.normalize('NFC')).replace(/^\.+/, '').trim();
  const characters = [...clean]; // by character: half an emoji could be signed, but not stored
  if (characters.length <= 120) return clean || 'Dokument';
  const dot = characters.lastIndexOf('.');
  const ending = dot > characters.length - 8 ? characters.slice(dot) : [];
  return [...characters.slice(0, 119 - ending.length), '…', ...ending].join('');
}
