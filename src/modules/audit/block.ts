import { canonicalJson, type Json } from '../../kernel/canonical.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import type { AuditTables } from './record-audit.ts';

export type EntryRow = {
  [K in keyof AuditTables['audit_entry']]: K extends 'detail' ? Json : AuditTables['audit_entry'][K];
};

/** The first block follows 32 zero bytes. */
export const genesis = Buffer.alloc(32);

/** Hash of one entry: of everything that it says. */
export const entryHash = (row: EntryRow): Buffer => sha256(canonicalJson({ ...row, at: row.at.toISOString() }));

/** Hash of a block: the hash of the block before, its number, and the hashes of its entries in their order. */
export const blockHash = (previous: Uint8Array, number: number, entries: readonly Uint8Array[]): Buffer =>
  sha256(Buffer.concat([previous, Buffer.from(`#${number}:`), ...entries]));
