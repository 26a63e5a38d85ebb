import { verifyAudit } from '../modules/audit/index.ts';
import { documentsAfter, livingDocuments, type StoredDocument } from '../modules/documents/index.ts';
import { verifyReceipts } from '../modules/intake/index.ts';
import type { Jobcenter } from '../modules/settings/index.ts';
import { sha256 } from '../platform/crypto/index.ts';
import type { Services } from '../surfaces/services.ts';
import { publicKeysById, sealIsBy } from './audit-seal.ts';

/** What was examined, and how many things were wrong. */
export type Verdict = {
  documents: number;
  receipts: number;
  blocks: number;
  entries: number;
  unsealed: number;
  problems: number;
};

export type VerifyOptions = {
  /** Told about each problem: ids and facts, nothing about a person. */
  readonly onProblem: (problem: string) => void;
  readonly onProgress?: (done: Readonly<Verdict>, jobcenter: Jobcenter) => void;
};

type VerifyServices = Pick<Services, 'database' | 'directory' | 'vault'>;

const documentsAtOnce = 20;
const submissionsAtOnce = 200;

/**
 * Examines everything that was promised: each stored file opens and has the bytes it had, each submission has a receipt that
 * is signed and true, each sealed audit block follows the one before and its entries are unchanged.
 */
export async function verifyAll(services: VerifyServices, options: VerifyOptions): Promise<Verdict> {
  const verdict: Verdict = { documents: 0, receipts: 0, blocks: 0, entries: 0, unsealed: 0, problems: 0 };
  const report = (jobcenter: Jobcenter) => (problem: string) => {
    verdict.problems += 1;
    options.onProblem(`${jobcenter.key}: ${problem}`);
  };
  for (const jobcenter of await services.directory.all()) {
    const told = () => options.onProgress?.(verdict, jobcenter);
    await examineDocuments(services, jobcenter, verdict, report(jobcenter), told);
    await examineReceipts(services, jobcenter, verdict, report(jobcenter), told);
    await examineAudit(services, jobcenter, verdict, report(jobcenter));
    told();
  }
  return verdict;
}

type Report = (problem: string) => void;

async function examineDocuments(
  services: VerifyServices,
  { id }: Jobcenter,
  verdict: Verdict,
  report: Report,
  told: () => void,
): Promise<void> {
  for (let after: string | undefined; ; ) {
    const last = await services.database.tenant(id, async (tx) => {
      const documents = await documentsAfter(tx, after, documentsAtOnce);
      for (const document of documents) {
        if (document.erasedAt !== null) continue;
        verdict.documents += 1;
        const problem = await examine(document, () => services.vault.read(tx, document.id));
        if (problem === undefined) continue;
        const erasedMeanwhile = !(await livingDocuments(tx, [document.id])).has(document.id);
        if (!erasedMeanwhile) report(`document ${document.id} ${problem}`);
      }
      return documents.at(-1)?.id;
    });
    if (last === undefined) return;
    after = last;
    told();
  }
}

async function examine(document: StoredDocument, read: () => Promise<Buffer | undefined>): Promise<string | undefined> {
  let bytes: Buffer | undefined;
  try {
    bytes = await read();
  } catch (error) {
    return `cannot be opened: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (bytes === undefined) return 'has no key';
  if (bytes.length !== Number(document.bytes)) return `has ${bytes.length} bytes instead of ${document.bytes}`;
  return sha256(bytes).equals(document.sha256) ? undefined : 'has other bytes than were received';
}

async function examineReceipts(
  services: VerifyServices,
  { id }: Jobcenter,
  verdict: Verdict,
  report: Report,
  told: () => void,
): Promise<void> {
  for (let after: string | undefined; ; ) {
    const { next, checked, broken } = await services.database.tenant(id, async (tx) =>
      verifyReceipts(tx, await publicKeysById(tx), after, submissionsAtOnce),
    );
    verdict.receipts += checked;
    broken.forEach(report);
    told();
    if (next === undefined) return;
    after = next;
  }
}

async function examineAudit(
  services: VerifyServices,
  { id }: Jobcenter,
  verdict: Verdict,
  report: Report,
): Promise<void> {
  const found = await services.database.tenant(id, async (tx) => verifyAudit(tx, sealIsBy(await publicKeysById(tx))));
  verdict.blocks += found.blocks;
  verdict.entries += found.entries;
  verdict.unsealed += found.unsealed;
  for (const problem of found.broken) report(`audit ${problem}`);
}
