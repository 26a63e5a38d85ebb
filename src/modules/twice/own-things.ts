import type { Tx } from '../../platform/database/index.ts';
import { casesOfSamePerson, type RelatedCase } from '../cases/index.ts';
import { type Document, documentsByIds } from '../documents/index.ts';
import { type Arrival, arrivalsSentTo, type Channel, submissionsOfCase } from '../intake/index.ts';
import { justEndedDays, openConcerns } from './same-concern.ts';

/** So many documents of one's own are looked through before sending. */
export const mostOwn = 300;

/** A file that is about to be sent, and the same one as it is here already. */
export type OwnHint = {
  readonly documentId: string;
  readonly name: string;
  readonly level: 'same-bytes' | 'same-document';
  readonly channel: Channel;
  readonly at: Date;
};

/**
 * What a person is told before sending, about their own things only: files that came to the given cases with what was sent to them, and
 * nothing that the office filed there from somebody else. The caller gives cases
 * that this device has proved itself for; to them come other cases of the same confirmed person, and nothing else.
 */
export async function ownHints(tx: Tx, files: readonly Document[], caseIds: readonly string[]): Promise<OwnHint[]> {
  if (files.length === 0 || caseIds.length === 0) return [];
  const own = await ownCases(tx, caseIds);
  const arrivals = await arrivalsSentTo(tx, [...own.keys()], mostOwn);
  const documents = await documentsByIds(
    tx,
    arrivals.map((each) => each.documentId),
  );
  return files.flatMap((file) => {
    const same = documents.filter((each) => each.erasedAt === null && each.sha256.equals(file.sha256));
    const first = earliest(arrivals, new Set(same.map((each) => each.id)));
    if (first === undefined) return [];
    const { channel, receivedAt: at } = first;
    return [{ documentId: file.id, name: file.name, level: 'same-bytes' as const, channel, at }];
  });
}

const earliest = (arrivals: readonly Arrival[], ids: ReadonlySet<string>): Arrival | undefined =>
  arrivals
    .filter((each) => ids.has(each.documentId))
    .sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())[0];

/** A concern that is with the office already. */
export type OwnConcern = { readonly caseId: string; readonly channel: Channel; readonly at: Date };

/** Cases of one's own with this concern that are open or ended not long ago, the newest first. Handing in papers is no concern. */
export async function ownConcern(tx: Tx, concern: string, caseIds: readonly string[]): Promise<OwnConcern[]> {
  if (openConcerns.includes(concern)) return [];
  const since = tx.now.getTime() - justEndedDays * 86_400_000;
  const found: OwnConcern[] = [];
  for (const each of (await ownCases(tx, caseIds)).values()) {
    const ended = each.state === 'decided' || each.state === 'closed';
    if (each.concern !== concern || (ended && each.changedAt.getTime() < since)) continue;
    const first = (await submissionsOfCase(tx, each.id))[0];
    if (first !== undefined) found.push({ caseId: each.id, channel: first.channel, at: first.receivedAt });
  }
  return found.sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** The given cases, and those of the same confirmed person. */
export async function ownCases(tx: Tx, caseIds: readonly string[]): Promise<Map<string, RelatedCase>> {
  const own = new Map<string, RelatedCase>();
  for (const id of new Set(caseIds)) for (const each of await casesOfSamePerson(tx, id)) own.set(each.id, each);
  return own;
}
