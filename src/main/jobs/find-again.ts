import { z } from 'zod';
import { isId } from '../../kernel/ids.ts';
import { type FoundKind, findableKinds, findablesOfCase, findablesOfTopic } from '../../modules/search/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Services } from '../../surfaces/services.ts';
import { makeAppointmentsFindable, makeEventsFindable, makePaperFindable } from './make-findable.ts';
import { makeValuesFindable } from './own-fields.ts';

type Needed = Pick<Services, 'database' | 'vault' | 'keyring'>;

/** So many things one job makes findable again; what a topic has are many of them. */
const portion = 200;

const id = z.string().refine(isId);
const payload = z.union([
  z.object({ jobcenterId: id, caseId: id }),
  z.object({ jobcenterId: id, topic: z.string(), after: id.optional() }),
  z.object({ jobcenterId: id, ids: z.string().transform((text) => text.split(',').filter(isId)) }),
]);

/**
 * A case has another name, or a topic another word: what is found by it is made findable again by what holds now. First it is found out which things those
 * are, and they are handed on in portions, in one transaction; each portion can be repeated. So a crash at any place loses none.
 */
export const findAgain =
  (services: Needed) =>
  async (raw: unknown): Promise<void> => {
    const asked = payload.parse(raw);
    await services.database.tenant(asked.jobcenterId, async (tx) => {
      if ('ids' in asked) return makeAgain(tx, services, await findableKinds(tx, asked.ids));
      const found =
        'caseId' in asked ? await findablesOfCase(tx, asked.caseId) : await nextOfTopic(tx, services, asked);
      for (let from = 0; from < found.length; from += portion) {
        const ids = found.slice(from, from + portion).map((each) => each.id);
        await tx.enqueue('find-again', { jobcenterId: tx.jobcenterId, ids: ids.join(',') });
      }
    });
  };

/** A topic can have hundreds of thousands of things: so many of them at once, and the rest is handed on. */
const ofTopicAtOnce = 10_000;

async function nextOfTopic(
  tx: Tx,
  services: Needed,
  asked: { readonly topic: string; readonly after?: string | undefined },
) {
  const keys = await services.keyring.of(tx.jobcenterId);
  const from = { after: asked.after ?? noId, size: ofTopicAtOnce };
  const found = await findablesOfTopic(tx, keys, asked.topic, from);
  const last = found.at(-1);
  if (last !== undefined && found.length === ofTopicAtOnce)
    await tx.enqueue('find-again', { jobcenterId: tx.jobcenterId, topic: asked.topic, after: last.id });
  return found;
}
const noId = '00000000-0000-0000-0000-000000000000';

/** Answers stay as they were given, so they are found as they were. */
async function makeAgain(tx: Tx, services: Needed, found: readonly FoundKind[]): Promise<void> {
  const of = (...kinds: readonly string[]) => found.filter(({ kind }) => kinds.includes(kind)).map((each) => each.id);
  for (const documentId of of('document')) await makePaperFindable(tx, services, documentId);
  await makeValuesFindable(tx, services, of('field'));
  await makeAppointmentsFindable(tx, services, of('appointment'));
  await makeEventsFindable(tx, services, of('note', 'message', 'promise', 'request', 'decision', 'fact'));
}
