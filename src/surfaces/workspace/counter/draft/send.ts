import { earlierAnswer, type Received } from '../../../../modules/intake/index.ts';
import { householdOf, matchPerson, type StatedPerson } from '../../../../modules/people/index.ts';
import type { Tx } from '../../../../platform/database/index.ts';
import { checkView, toMend } from '../../../questions/check.tsx';
import { inDraft, type OpenDraft } from '../../../questions/open-draft.ts';
import { draftActor, draftCommand, personOf, submitDraft } from '../../../questions/send-draft.ts';
import type { DraftVisit } from '../../../questions/visit.ts';
import { one } from '../../../request.ts';
import { paths } from '../../paths.ts';
import type { StaffVisit } from '../../visit.ts';
import { freshMark } from '../receipt.tsx';

type CounterVisit = DraftVisit & StaffVisit;

/** Sends the draft as received at the counter, in its own language; a second click gives the same receipt. */
export async function sendAtCounter(visit: CounterVisit): Promise<Response> {
  const { services, jobcenter } = visit;
  const keys = await services.keyring.of(jobcenter.id);
  const outcome = await inDraft(visit, 'change', async (tx, open) => {
    if (open.draft.submittedAt !== null) return { kind: 'sent' } as const;
    if (open.newer !== undefined) return { kind: 'newer' } as const;
    const person = personOf(open.answers);
    if (toMend(visit, open).length > 0 || person === undefined) return { kind: 'mend', open } as const;
    return submit(tx, visit, open, person, keys);
  });
  if (outcome.kind === 'newer') return visit.c.redirect(`${visit.desk.base}/neu`, 303);
  if (outcome.kind === 'mend') return checkView(visit, outcome.open, 422);
  if (outcome.kind === 'received') services.metrics.submissions.inc({ channel: 'counter' });
  return visit.c.redirect(`${visit.desk.base}/gesendet`, 303);
}

async function submit(
  tx: Tx,
  visit: CounterVisit,
  open: OpenDraft,
  person: StatedPerson,
  keys: Awaited<ReturnType<StaffVisit['services']['keyring']['of']>>,
): Promise<Received> {
  const { services, jobcenter } = visit;
  // Only somebody who was suggested can be chosen.
  const known = (await matchPerson(tx, person)).find((match) => match.id === one(visit.input, 'person'));
  const identified =
    known === undefined
      ? {}
      : { identified: { personId: known.id, householdId: (await householdOf(tx, known.id)) ?? null } };
  const teamId = await services.teamFor(jobcenter.id, open.form.team);
  const parts = { jobcenter, keys, channel: 'counter', language: open.draft.language, teamId, ...identified } as const;
  return submitDraft(tx, visit.actor, parts, open, person);
}

/** Leads to the receipt. Its access code is shown only for what was sent here: what was sent from home, the person has already. */
export async function sentAtCounter(visit: CounterVisit): Promise<Response> {
  const { sent, earlier } = await inDraft(visit, 'read', async (tx, { draft }) => ({
    sent: draft.submittedAt !== null,
    earlier: await earlierAnswer(tx, draftActor(draft.id), draftCommand(draft.id)),
  }));
  if (!sent) return visit.c.redirect(`${visit.desk.base}/pruefen`, 303);
  if (earlier === undefined || earlier.kind === 'key-reused') return visit.c.redirect(paths.counter, 303);
  const { number, payload } = earlier.receipt;
  const mark = payload.channel === 'counter' ? `?neu=${freshMark(visit, number)}` : '';
  return visit.c.redirect(`${paths.receipt(number)}${mark}`, 303);
}
