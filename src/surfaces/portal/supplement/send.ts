import { type FormDefinition, type FrozenAnswers, findDraft, markSubmitted } from '../../../modules/forms/index.ts';
import { type Received, receive } from '../../../modules/intake/index.ts';
import { type DraftFile, draftFiles } from '../../questions/open-draft.ts';
import { asReceived, draftActor, draftCommand } from '../../questions/send-draft.ts';
import { sendingParts } from '../draft/send.tsx';
import { inTenant, present, type Visit } from '../visit.ts';
import type { Target } from './desk.ts';

/** Papers for a case are collected in a draft of this concern, whatever the case is about. */
const concern = 'unterlagen';
export const field = 'papers';

export const formOf = async (visit: Visit): Promise<FormDefinition> =>
  present(await visit.services.catalogue.find(visit.jobcenter.id, concern));

/** Sends what was collected; the item counts as answered. A second click gives the same receipt. Undefined when nothing was collected. */
export async function sendPapers(
  visit: Visit,
  target: Target,
  held: { readonly id: string; readonly token: string },
  message: string,
): Promise<Received | undefined> {
  const form = await formOf(visit);
  const parts = await sendingParts(visit);
  const received = await inTenant(visit, async (tx) => {
    const draft = await findDraft(tx, held.id, held.token, true);
    const files = draft === undefined ? [] : await draftFiles(tx, draft.id);
    if (files.length === 0) return undefined;
    const answers = {
      [field]: { documents: files.map((file) => file.id), later: false },
      ...(message === '' ? {} : { message }),
    };
    const outcome = await receive(tx, draftActor(held.id), {
      ...parts,
      form,
      receivedAt: tx.now,
      person: target.person,
      answers,
      frozen: frozenSupplement(visit, form, target, files, message),
      documents: await asReceived(tx, files),
      command: draftCommand(held.id),
      supplement: { caseId: target.caseId, ...(target.item === undefined ? {} : { itemId: target.item.id }) },
      teamId: target.teamId,
    });
    await markSubmitted(tx, held.id);
    return outcome;
  });
  if (received?.kind === 'received') visit.services.metrics.submissions.inc({ channel: 'portal' });
  return received;
}

/** What the person saw and said on this page. */
function frozenSupplement(
  visit: Visit,
  form: FormDefinition,
  { item }: Target,
  files: readonly DraftFile[],
  message: string,
): FrozenAnswers {
  const { t, language } = visit;
  const entry = (key: string, label: string, text: string) => ({
    question: key,
    questionTitle: label,
    field: key,
    label,
    text,
  });
  return {
    concern: form.key,
    version: form.version,
    language,
    title: item?.what ?? t('portal:supplement.title'),
    sections: [
      {
        key: 'supplement',
        title: t('portal:supplement.title'),
        items: [
          ...(item === undefined ? [] : [entry('item', t('portal:supplement.asked'), item.what)]),
          entry(field, t('portal:supplement.files'), files.map((file) => file.name).join('\n')),
          ...(message === '' ? [] : [entry('message', t('portal:supplement.message'), message)]),
        ],
      },
    ],
  };
}
