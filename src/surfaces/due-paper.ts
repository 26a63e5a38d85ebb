import { dayInGermany } from '../kernel/dates.ts';
import { casesByIds } from '../modules/cases/index.ts';
import { type Document, documentsByIds } from '../modules/documents/index.ts';
import {
  type DueDeletion,
  dueOnOf,
  factsOfDocuments,
  isHeld,
  noFacts,
  type RetentionRule,
  type RuleClass,
  usualPart,
} from '../modules/files/index.ts';
import { arrivalsOfCases } from '../modules/intake/index.ts';
import { returnedPapers, sentLetters } from '../modules/notices/index.ts';
import type { Tx } from '../platform/database/index.ts';
import type { TeamOf } from './file-contents.ts';
import { caseOfPaper } from './letter-origin.ts';
import { retentionOfPaper } from './retention-of-paper.ts';

/** Papers of one case; more than this no case has. */
const mostPapers = 2_000;

/** What lies in a case and has a time after which it is deleted: what came, our letters, and pictures of those that came back. */
export async function papersToDelete(tx: Tx, caseId: string): Promise<Document[]> {
  const arrivals = await arrivalsOfCases(tx, [caseId], mostPapers);
  const letters = (await sentLetters(tx, [caseId])).flatMap(({ documentId }) => documentId ?? []);
  const documents = await documentsByIds(tx, [
    ...arrivals.map((each) => each.documentId),
    ...letters,
    ...(await returnedPapers(tx, { caseIds: [caseId] })).map((each) => each.documentId),
  ]);
  return documents.filter((each) => each.erasedAt === null);
}

export type Due = Pick<DueDeletion, 'documentId' | 'caseId' | 'class' | 'dueOn'> & { readonly confirmedBy?: string };

/** Whether a document is due now, by the case it lies in now and by these rules. */
export async function duePaper(
  tx: Tx,
  teamOf: TeamOf,
  rules: Readonly<Record<RuleClass, RetentionRule>>,
  documentId: string,
): Promise<Due | undefined> {
  const caseId = await caseOfPaper(tx, documentId);
  const [place] = caseId === undefined ? [] : await casesByIds(tx, [caseId]);
  if (place === undefined || place.closedAt === null) return undefined;
  const facts = (await factsOfDocuments(tx, [documentId])).get(documentId) ?? noFacts;
  const part = facts.part ?? usualPart(teamOf(place.concern));
  const name = await retentionOfPaper(tx, { documentId, concern: place.concern, part, facts });
  const rule = rules[name];
  const dueOn = dueOnOf(dayInGermany(place.closedAt), rule.years);
  if (dueOn > dayInGermany(tx.now) || (await isHeld(tx, place, documentId))) return undefined;
  const listed = { documentId, caseId: place.id, class: name, dueOn };
  return rule.byItself ? { ...listed, confirmedBy: rule.source } : listed;
}
