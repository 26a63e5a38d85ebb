import { type PlanEntry, planEntries, quietKinds, type Referral, referrals } from '../../modules/plans/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { formatDate } from '../../ui/format.ts';
import type { ExportWords } from './pdf.ts';

/** What a case keeps beside its timeline: words about burdens and surroundings, and help of other services. Part of the file (§ 25 SGB X). */
export type Said = { readonly entries: readonly PlanEntry[]; readonly referrals: readonly Referral[] };
/** Reads it; what was taken back has no words any more and is not in it. */
export async function saidIn(tx: Tx, caseId: string): Promise<Said> {
  const entries = (await planEntries(tx, caseId)).filter(
    ({ kind, words }) => quietKinds.includes(kind) && words !== null,
  );
  return { entries, referrals: await referrals(tx, caseId) };
}

type Row = { readonly question: string; readonly answer: string };

/** As rows of a sheet: what it is, and the words. */
export function saidRows({ t, language }: ExportWords, said: Said): Row[] {
  const entries = said.entries.map(({ kind, words }) => ({ question: t(`plans:kind.${kind}`), answer: words ?? '' }));
  const helps = said.referrals.map((each) => ({
    question: `${t(`plans:service.${each.service}`)} (${formatDate(each.madeAt, language)})`,
    answer: [
      `${each.organisation}: ${each.reason}`,
      ...(each.mayTell === null ? [] : [`${t('plans:field.mayTell')} ${each.mayTell}`]),
      ...each.news.map((news) => [t(`plans:news.${news.kind}`), news.words].join(' ').trim()),
    ].join('\n'),
  }));
  return [...entries, ...helps];
}
