import { isId } from '../../../kernel/ids.ts';
import { type CaseDetail, type ClearingItem, findCase } from '../../../modules/cases/index.ts';
import { cleanName } from '../../../modules/documents/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Button } from '../../../ui/index.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { nameOnCase } from '../words.tsx';

/** A case that something may belong to, if the reader sees it, and why. */
export type CaseSuggestion = { readonly found: CaseDetail | undefined; readonly reason: string };

type Detail = {
  readonly submissionId?: unknown;
  readonly suggestions?: readonly { readonly caseId?: unknown; readonly reason?: unknown }[];
};
const reasons = ['receipt-number', 'case-number', 'reply'] as const;

/** Suggestions of a doubt, looked up now and only as far as the reader may see. */
export async function suggestedCases(tx: Tx, visit: StaffVisit, item: ClearingItem): Promise<CaseSuggestion[]> {
  if (item.reason !== 'case-suggested') return [];
  const list: CaseSuggestion[] = [];
  for (const { caseId, reason } of (item.detail as Detail).suggestions ?? []) {
    const known = reasons.find((each) => each === reason);
    if (isId(caseId) && known !== undefined)
      list.push({ found: await findCase(tx, visit.reader, caseId), reason: known });
  }
  return list;
}

/** One click puts it into the suggested case, another one leaves it where it is. */
export function CaseChoices(props: {
  readonly visit: StaffVisit;
  readonly item: ClearingItem;
  readonly suggestions: readonly CaseSuggestion[];
  readonly concern: (key: string) => string;
}) {
  const { visit, item } = props;
  const { t } = visit;
  const { submissionId } = item.detail as Detail;
  return (
    <>
      {props.suggestions.map(({ found, reason }) =>
        found === undefined ? (
          <p>{t('workspace:joins.elsewhere', { reason: t(`workspace:joins.reason.${reason}`) })}</p>
        ) : (
          <form action={paths.moveSubmission(item.caseId)} method="post" class="tw-choice">
            <VerbMarks visit={visit} />
            <input type="hidden" name="von" value="klaerung" />
            <input type="hidden" name="eingang" value={isId(submissionId) ? submissionId : ''} />
            <input type="hidden" name="ziel" value={found.id} />
            <Button small variant="secondary">
              {t('workspace:joins.send')}
            </Button>
            <span>
              <a href={paths.case(found.id)}>{found.number}</a> · {nameOnCase(visit, found.personName)} ·{' '}
              {props.concern(found.concern)} ({t(`workspace:joins.reason.${reason}`)})
            </span>
          </form>
        ),
      )}
      <form action={paths.ownCase(item.caseId)} method="post" class="tw-choice">
        <VerbMarks visit={visit} />
        <input type="hidden" name="von" value="klaerung" />
        <Button small variant="secondary">
          {t('workspace:joins.stay')}
        </Button>
      </form>
    </>
  );
}

/** Papers that were not accepted, each with its reason; nothing for doubts about a paper that is here. */
export function RefusedPapers({ visit, item }: { readonly visit: StaffVisit; readonly item: ClearingItem }) {
  const { t } = visit;
  const detail = item.detail as { refused?: { name?: unknown; reason?: unknown }[]; trouble?: unknown[] };
  const lines = [
    ...(detail.refused ?? []).map(({ name, reason }) =>
      t('email:frozen.refusedPaper', { name: cleanName(String(name)), reason: t(`email:refused.${String(reason)}`) }),
    ),
    ...(detail.trouble ?? []).map((each) => t(`email:trouble.${String(each)}`)),
  ];
  return (
    <>
      {lines.map((line) => (
        <p>{line}</p>
      ))}
    </>
  );
}

/** What is doubtful, in words; a file that was not accepted is no paper that cannot be shown. */
export function doubtWords(visit: StaffVisit, item: Pick<ClearingItem, 'reason' | 'detail'>): string {
  const { refused, trouble } = item.detail as { refused?: unknown; trouble?: unknown };
  const notAccepted = item.reason === 'unreadable' && (refused !== undefined || trouble !== undefined);
  return visit.t(`workspace:doubt.${notAccepted ? 'not-accepted' : item.reason}`);
}
