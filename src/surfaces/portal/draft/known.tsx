import { eraseDocument } from '../../../modules/documents/index.ts';
import { type DocumentsAnswer, removeDraftDocument, saveDraft } from '../../../modules/forms/index.ts';
import { findReceipt, findSubmission } from '../../../modules/intake/index.ts';
import { type StatedPerson, searchName } from '../../../modules/people/index.ts';
import {
  judgeLookalikes,
  type Lookalike,
  type OwnConcern,
  type OwnHint,
  ownConcern,
  ownHints,
  ownLookalikes,
} from '../../../modules/twice/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, Button, Form, formatDate } from '../../../ui/index.ts';
import { inDraft, type OpenDraft } from '../../questions/open-draft.ts';
import { personOf } from '../../questions/send-draft.ts';
import { draftPath } from '../../questions/visit.ts';
import { one } from '../../request.ts';
import { openReceipts } from '../cookies.ts';
import type { DraftVisit, Visit } from '../visit.ts';

/** What the office has already of what is about to be sent; `number` where the receipt is open on this device. */
export type Known = {
  readonly hints: readonly OwnHint[];
  /** What may be here in another shape, to be judged after the transaction. */
  readonly lookalikes: readonly Lookalike[];
  readonly concern: (OwnConcern & { readonly number: string | undefined }) | undefined;
};
const nothingKnown: Known = { hints: [], lookalikes: [], concern: undefined };

const samePerson = (one: StatedPerson, other: StatedPerson): boolean =>
  one.familyName !== '' &&
  one.birthDate !== undefined &&
  one.birthDate === other.birthDate &&
  searchName(one.familyName, one.givenName) === searchName(other.familyName, other.givenName);

/**
 * What of a draft is here already. Only things of receipts that are open on this device and name the same person as the draft: whoever
 * uploads a paper of somebody else learns nothing.
 */
export async function knownOf(
  tx: Tx,
  visit: Visit,
  open: Pick<OpenDraft, 'draft' | 'files'>,
  person: StatedPerson | undefined,
): Promise<Known> {
  if (person === undefined) return nothingKnown;
  const cases = new Map<string, string>();
  for (const number of openReceipts(visit, visit.jobcenter.id)) {
    const receipt = await findReceipt(tx, number);
    const submission = receipt === undefined ? undefined : await findSubmission(tx, receipt.submissionId);
    if (submission !== undefined && samePerson(submission.person, person)) cases.set(submission.caseId, number);
  }
  const ids = [...cases.keys()];
  const [concern] = await ownConcern(tx, open.draft.concern, ids);
  const hints = await ownHints(tx, open.files, ids);
  return {
    hints,
    lookalikes: await ownLookalikes(tx, visit.services.vault, withoutHint(open.files, hints), ids),
    concern: concern === undefined ? undefined : { ...concern, number: cases.get(concern.caseId) },
  };
}

const withoutHint = <T extends { readonly id: string }>(files: readonly T[], hints: readonly OwnHint[]): T[] =>
  files.filter((file) => !hints.some((hint) => hint.documentId === file.id));

/** All hints: the same bytes, and what turned out to be the same in another shape. */
export const allHints = async ({ hints, lookalikes }: Pick<Known, 'hints' | 'lookalikes'>): Promise<OwnHint[]> => [
  ...hints,
  ...(await judgeLookalikes(lookalikes)),
];

const sinceWords = (visit: Visit, hint: Pick<OwnHint, 'at' | 'channel'>): Record<'date' | 'channel', string> => ({
  date: formatDate(hint.at, visit.language),
  channel: visit.t(`twice:channel.${hint.channel}`),
});

/** "Diesen Mietvertrag haben wir seit dem 3. Mai": one sentence a file, with the choice to leave it out. */
export const KnownFiles = (props: {
  visit: Visit;
  hints: readonly OwnHint[];
  /** The form that leaves a file out; without it the page has a form of its own around this. */
  action: string | undefined;
}) => {
  const { visit, hints, action } = props;
  const { t } = visit;
  if (hints.length === 0) return null;
  const leave = (hint: OwnHint) => (
    <Button variant="secondary" small name={action === undefined ? 'aktion' : 'datei'} value={leaveValue(hint, action)}>
      {t('twice:known.leave')}
      <span class="kern-sr-only"> {hint.name}</span>
    </Button>
  );
  return (
    <Alert tone="info" title={t('twice:known.title', { count: hints.length })}>
      {hints.map((hint) => (
        <div class="td-flow">
          <p>{t(`twice:known.${hint.level}`, { name: hint.name, ...sinceWords(visit, hint) })}</p>
          {action === undefined ? (
            leave(hint)
          ) : (
            <Form action={action} csrf={visit.csrf}>
              {leave(hint)}
            </Form>
          )}
        </div>
      ))}
      <p>{t('twice:known.choice')}</p>
    </Alert>
  );
};

const leaveValue = (hint: OwnHint, action: string | undefined): string =>
  action === undefined ? `weglassen ${hint.documentId}` : hint.documentId;

/** Files of this draft that look the same: a scan and a photo of one paper. */
export const KnownTwins = ({ visit, twins }: { visit: Visit; twins: readonly (readonly [string, string])[] }) => {
  const { t } = visit;
  if (twins.length === 0) return null;
  return (
    <Alert tone="info" title={t('twice:known.twinsTitle')}>
      {twins.map(([one, other]) => (
        <p>{t('twice:known.twins', { one, other })}</p>
      ))}
      <p>{t('twice:known.twinsChoice')}</p>
    </Alert>
  );
};

/** "Sie haben am 3. Mai schon einen Antrag gestellt", with the way to its state. */
export const KnownConcern = ({ visit, known, title }: { visit: Visit; known: Known; title: string }) => {
  const { t } = visit;
  if (known.concern === undefined) return null;
  const { number } = known.concern;
  return (
    <Alert tone="info" title={t('twice:known.concernTitle')}>
      <p>{t('twice:known.concern', { title, ...sinceWords(visit, known.concern) })}</p>
      <p>
        <a href={number === undefined ? '/stand' : `/eingang/${number}`}>{t('twice:known.state')}</a>
      </p>
    </Alert>
  );
};

/** Leaves a file out of the draft because the office has it; the answer says so, and nothing else of the draft changes. */
export async function leaveOut(visit: DraftVisit): Promise<Response> {
  const documentId = one(visit.input, 'datei');
  const known = await inDraft(visit, 'read', (tx, open) => knownOf(tx, visit, open, personOf(open.answers)));
  const hints = await allHints(known);
  await inDraft(visit, 'change', async (tx, open) => {
    const file = open.files.find((each) => each.id === documentId);
    if (open.draft.submittedAt !== null || file === undefined) return;
    if (!hints.some((hint) => hint.documentId === file.id)) return; // its question takes other files out
    await removeDraftDocument(tx, visit.draftId, file.id);
    await eraseDocument(tx, file.id);
    const before = open.answers[file.field] as DocumentsAnswer | undefined;
    const documents = (before?.documents ?? []).filter((id) => id !== file.id);
    const answer: DocumentsAnswer = { documents, later: before?.later === true, here: true };
    await saveDraft(tx, visit.draftId, { answers: { ...open.draft.answers, [file.field]: answer } });
  });
  return visit.c.redirect(draftPath(visit, 'pruefen'), 303);
}
