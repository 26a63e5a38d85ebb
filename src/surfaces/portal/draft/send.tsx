import { earlierAnswer, type Received, type SubmissionInput } from '../../../modules/intake/index.ts';
import { ButtonGroup, ButtonLink, CodeBox } from '../../../ui/index.ts';
import { checkView, toMend } from '../../questions/check.tsx';
import { inDraft } from '../../questions/open-draft.ts';
import { draftActor, draftCommand, personOf, submitDraft } from '../../questions/send-draft.ts';
import { openReceipt } from '../cookies.ts';
import { show } from '../shell.tsx';
import type { DraftVisit, Visit } from '../visit.ts';

/** Somebody who sent this draft may open its receipt without the code for this long: the back button, a second click. */
const backButtonMinutes = 30;

/** Sends the draft. A second click, a reload or the back button gives the same receipt. */
export async function sendDraft(visit: DraftVisit): Promise<Response> {
  const parts = await sendingParts(visit);
  const outcome = await inDraft(visit, 'change', async (tx, open) => {
    const { submittedAt, id } = open.draft;
    if (submittedAt !== null) {
      const earlier = await earlierAnswer(tx, draftActor(id), draftCommand(id));
      return earlier === undefined || !opensHere(visit, submittedAt, earlier) ? ({ kind: 'late' } as const) : earlier;
    }
    if (open.newer !== undefined) return { kind: 'newer' } as const;
    const person = personOf(open.answers);
    if (toMend(visit, open).length > 0 || person === undefined) return { kind: 'mend', open } as const;
    const teamId = await visit.services.teamFor(visit.jobcenter.id, open.form.team);
    return submitDraft(tx, draftActor(id), { ...parts, language: visit.language, teamId }, open, person);
  });
  if (outcome.kind === 'newer') return visit.c.redirect(`/entwurf/${visit.draftId}/neu`, 303);
  if (outcome.kind === 'mend') return checkView(visit, outcome.open, 422);
  if (outcome.kind === 'late') return visit.c.redirect(`/entwurf/${visit.draftId}/gesendet`, 303);
  if (outcome.kind === 'received') visit.services.metrics.submissions.inc({ channel: 'portal' });
  return toReceipt(visit, outcome);
}

/** True while the receipt opens without the code: it was sent from here, and not long ago. */
const opensHere = (visit: Visit, sent: Date, earlier: Received): boolean =>
  earlier.kind !== 'key-reused' &&
  earlier.receipt.payload.channel === 'portal' &&
  visit.now.getTime() - sent.getTime() <= backButtonMinutes * 60_000;

/** What is needed beside the transaction to receive something. */
export async function sendingParts(
  visit: Visit,
): Promise<Pick<SubmissionInput, 'jobcenter' | 'keys' | 'language' | 'channel'>> {
  const keys = await visit.services.keyring.of(visit.jobcenter.id);
  return { jobcenter: visit.jobcenter, keys, language: visit.language, channel: 'portal' };
}

export function toReceipt(visit: Visit, received: Received): Response {
  if (received.kind !== 'received' && received.kind !== 'repeated')
    throw new Error(`A draft could not be received: ${received.kind}.`);
  const { number } = received.receipt;
  openReceipt(visit, visit.jobcenter.id, number);
  return visit.c.redirect(`/eingang/${number}/beleg`, 303);
}

/** A draft that was sent, here or at the counter: the receipt while it is fresh, later its number and the way in with the code. */
export async function sentPage(visit: DraftVisit): Promise<Response> {
  const { t } = visit;
  const { sentAt, earlier } = await inDraft(visit, 'read', async (tx, { draft }) => ({
    sentAt: draft.submittedAt,
    earlier: await earlierAnswer(tx, draftActor(draft.id), draftCommand(draft.id)),
  }));
  if (sentAt === null) return visit.c.redirect(`/entwurf/${visit.draftId}`, 303);
  if (earlier !== undefined && opensHere(visit, sentAt, earlier)) return toReceipt(visit, earlier);
  const receipt = earlier === undefined || earlier.kind === 'key-reused' ? undefined : earlier.receipt;
  const counter = receipt?.payload.channel === 'counter';
  return show(
    visit,
    { title: t('portal:sent.title') },
    <>
      <h1>{t('portal:sent.title')}</h1>
      <p class="td-lead">{t(counter ? 'portal:sent.counter' : 'portal:sent.text')}</p>
      {receipt === undefined ? null : <CodeBox label={t('portal:paper.number')} code={receipt.number} />}
      <ButtonGroup>
        <ButtonLink href={receipt === undefined ? '/stand' : `/stand?nummer=${receipt.number}`}>
          {t('portal:start.status')}
        </ButtonLink>
        <ButtonLink href="/" variant="secondary">
          {t('portal:trouble.home')}
        </ButtonLink>
      </ButtonGroup>
    </>,
  );
}
