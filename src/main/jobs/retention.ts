import { z } from 'zod';
import { dayInGermany } from '../../kernel/dates.ts';
import { isId } from '../../kernel/ids.ts';
import { recordAudit } from '../../modules/audit/index.ts';
import { casesByIds, casesClosedBefore } from '../../modules/cases/index.ts';
import { eraseDocument, keysOf } from '../../modules/documents/index.ts';
import { forgetSuggestions } from '../../modules/facts/index.ts';
import {
  caseFailed,
  confirmedCases,
  confirmedDeletions,
  copiesOf,
  type DueCase,
  type DueDeletion,
  dueCases,
  dueDeletions,
  forgetDocument,
  listDue,
  listDueCase,
  retentionClasses,
  retentionRules,
  unlist,
  unlistCase,
} from '../../modules/files/index.ts';
import { forgetLetterOf } from '../../modules/notices/index.ts';
import { forgetDocumentMarks } from '../../modules/twice/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { type Due, duePaper, papersToDelete } from '../../surfaces/due-paper.ts';
import { type TeamOf, teamOfConcern } from '../../surfaces/file-contents.ts';
import { caseOfPaper } from '../../surfaces/letter-origin.ts';
import { removeDerived } from './erase-scans.ts';
import { endExportsOf } from './file-export.ts';
import { dueCaseNow, forgetCase, lockCaseAndFile } from './forget-case.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const actor = { kind: 'system', name: 'retention' } as const;
const portion = 100;

/**
 * Every night: lists the documents whose time has come, and cases of which no document is left. Whole years count from the end of the year in
 * which the case was closed; a case that is open keeps its documents. What a hold keeps is not listed. Rules that need no person confirm by themselves.
 */
export const listDeletions = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async ({ id }) => {
    const teamOf = await teamOfConcern(services, id);
    await withdrawPremature(services, id, teamOf);
    await withdrawPrematureCases(services, id);
    const year = Number(dayInGermany(services.clock.now()).slice(0, 4));
    const rules = await services.database.tenant(id, retentionRules);
    const fewest = Math.min(...([...retentionClasses, 'case'] as const).map((name) => rules[name].years));
    const before = new Date(Date.UTC(year - fewest, 0, 1));
    type Last = { closedAt: Date; id: string };
    for (let after: Last | undefined; ; ) {
      const cases = await services.database.tenant(id, async (tx) => {
        const found = await casesClosedBefore(tx, before, after, portion);
        for (const each of found) await listCase(tx, teamOf, each.id);
        return found;
      });
      if (cases.length < portion) break;
      after = cases.at(-1);
    }
    await services.database.tenant(id, (tx) => tx.enqueue('erase-due', { jobcenterId: id }, { jobKey: `erase ${id}` }));
  });

async function listCase(tx: Tx, teamOf: TeamOf, caseId: string): Promise<void> {
  const due = [];
  for (const document of await papersToDelete(tx, caseId)) {
    const found = await dueNow(tx, teamOf, document.id);
    if (found !== undefined) due.push(found);
  }
  await listDue(tx, due);
  const dueCase = await dueCaseNow(tx, caseId);
  if (dueCase !== undefined) await listDueCase(tx, dueCase);
}

/** Whether a document is due now, by the rules that hold now. */
const dueNow = async (tx: Tx, teamOf: TeamOf, documentId: string): Promise<Due | undefined> =>
  duePaper(tx, teamOf, await retentionRules(tx), documentId);

/** What was listed and is not due any more (a case opened again, a hold, a longer rule) goes off the list. */
async function withdrawPremature(services: JobServices, jobcenterId: string, teamOf: TeamOf): Promise<void> {
  for (let after: DueDeletion | undefined; ; ) {
    const rows = await services.database.tenant(jobcenterId, async (tx) => {
      const listed = await dueDeletions(tx, after, portion);
      for (const { documentId } of listed)
        if ((await dueNow(tx, teamOf, documentId)) === undefined) await withdraw(tx, documentId);
      return listed;
    });
    if (rows.length < portion) return;
    after = rows.at(-1);
  }
}

/** The same of cases: opened again, held, or with a paper that came back into them. */
async function withdrawPrematureCases(services: JobServices, jobcenterId: string): Promise<void> {
  for (let after: DueCase | undefined; ; ) {
    const rows = await services.database.tenant(jobcenterId, async (tx) => {
      const listed = await dueCases(tx, after, portion);
      for (const { caseId } of listed) if ((await dueCaseNow(tx, caseId)) === undefined) await withdrawCase(tx, caseId);
      return listed;
    });
    if (rows.length < portion) return;
    after = rows.at(-1);
  }
}

const one = z.object({ jobcenterId: z.string().refine(isId) });
const zero = '00000000-0000-0000-0000-000000000000';

/** Deletes what was confirmed, and asks once more whether it still may: what is no longer due, or held, goes off the list instead. */
export const eraseDue =
  (services: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { jobcenterId } = one.parse(payload);
    const teamOf = await teamOfConcern(services, jobcenterId);
    const failures: unknown[] = []; // one that fails does not keep the others waiting
    const failed = (err: unknown, what: { documentId: string } | { caseId: string }): void => {
      services.log.error({ ...what, err }, 'what is due could not be deleted');
      failures.push(err);
    };
    for (let after: string | undefined = zero; after !== undefined; ) {
      const from: string = after;
      const rows = await services.database.tenant(jobcenterId, (tx) => confirmedDeletions(tx, from, portion));
      for (const { documentId } of rows)
        await eraseOne(services, jobcenterId, teamOf, documentId).catch((err: unknown) => failed(err, { documentId }));
      after = rows.length < portion ? undefined : rows.at(-1)?.documentId;
    }
    for (let after: string | undefined = zero; after !== undefined; ) {
      const from: string = after;
      const rows = await services.database.tenant(jobcenterId, (tx) => confirmedCases(tx, from, portion));
      for (const { caseId } of rows)
        await eraseCase(services, jobcenterId, caseId).catch(async (err: unknown) => {
          failed(err, { caseId });
          // That it failed could not be noted either: the next night tries again, and the others do not wait.
          await services.database
            .tenant(jobcenterId, (tx) => caseFailed(tx, caseId))
            .catch((err: unknown) =>
              services.log.error({ caseId, err }, 'that a case was not deleted could not be noted'),
            );
        });
      after = rows.length < portion ? undefined : rows.at(-1)?.caseId;
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} deletions have failed.`);
  };

/** Deletes one case that was confirmed, or takes it off the list where it is not due any more. */
async function eraseCase(services: JobServices, jobcenterId: string, caseId: string): Promise<void> {
  const names = await services.database.tenant(jobcenterId, async (tx) => {
    await lockCaseAndFile(tx, caseId);
    const due = await dueCaseNow(tx, caseId);
    if (due === undefined) {
      await withdrawCase(tx, caseId);
      return [];
    }
    const [place] = await casesByIds(tx, [caseId]);
    const exported = place?.fileId ? await endExportsOf(tx, place.fileId) : [];
    return [...exported, ...(await forgetCase(tx, due))];
  });
  await removeBytes(services, names);
}

/** The keys are gone: killed here, the bytes are noise, and the nightly sweep of blobs takes them away. */
async function removeBytes({ blobs, derivedFolder }: JobServices, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await blobs.remove(name);
    await removeDerived(derivedFolder, name);
  }
}

/** What is not due any more goes off the list; where somebody had confirmed it, the log says that it was not done. */
async function withdrawCase(tx: Tx, caseId: string): Promise<void> {
  const confirmedBy = await unlistCase(tx, caseId);
  const entry = { action: 'deletion.withdrawn', subjectType: 'case', subjectId: caseId, caseId };
  if (confirmedBy !== undefined) await recordAudit(tx, actor, { ...entry, detail: { confirmedBy } });
}

async function withdraw(tx: Tx, documentId: string): Promise<void> {
  const confirmedBy = await unlist(tx, documentId);
  const entry = { action: 'deletion.withdrawn', subjectType: 'document', subjectId: documentId };
  if (confirmedBy !== undefined) await recordAudit(tx, actor, { ...entry, detail: { confirmedBy } });
}

async function eraseOne(services: JobServices, jobcenterId: string, teamOf: TeamOf, documentId: string): Promise<void> {
  const names = await services.database.tenant(jobcenterId, async (tx) => {
    await lockPlace(tx, documentId);
    const due = await dueNow(tx, teamOf, documentId);
    if (due === undefined) {
      await withdraw(tx, documentId);
      return [];
    }
    const [place] = await casesByIds(tx, [due.caseId]);
    const found = place?.fileId ? await endExportsOf(tx, place.fileId) : [];
    const copies = (await copiesOf(tx, [documentId])).map((each) => each.documentId);
    for (const id of [...copies, documentId]) {
      const stored = await keysOf(tx, id);
      if (stored !== undefined) found.push(stored.blob);
      await forgetDocumentMarks(tx, id);
      await eraseDocument(tx, id, { forgetName: true });
      await forgetDocument(tx, id);
      await forgetLetterOf(tx, actor, id);
      await forgetSuggestions(tx, id);
    }
    await recordAudit(tx, actor, {
      action: 'document.erased',
      subjectType: 'document',
      subjectId: documentId,
      caseId: due.caseId,
      detail: { class: due.class, dueOn: due.dueOn, copies: copies.length },
    });
    return found;
  });
  await removeBytes(services, names);
}

/** Whoever opens the case again or sets a hold at this moment comes before the deletion or after it, never in the middle. */
async function lockPlace(tx: Tx, documentId: string): Promise<void> {
  const caseId = await caseOfPaper(tx, documentId);
  if (caseId !== undefined) await lockCaseAndFile(tx, caseId);
}
