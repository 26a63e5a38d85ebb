import { dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { type AccessLogEntry, looksOfOthers } from '../../../modules/audit/index.ts';
import { documentsByIds } from '../../../modules/documents/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { formatDate, Inset, Table } from '../../../ui/index.ts';
import { show } from '../shell.tsx';
import type { ReceiptVisit } from '../visit.ts';
import { withReceipt } from './load.ts';
import { lookReason } from './look-reasons.ts';
import { LeaveForm, ReceiptHead } from './tabs.tsx';

/** Who looked at the case and why; people of the office are not named here, the person may ask for more (Art. 15 DSGVO). */
export async function accessPage(visit: ReceiptVisit): Promise<Response> {
  const { t, language } = visit;
  const { entries, more, paperOf } = await withReceipt(visit, 'access-log.read', async (tx, found) => {
    const looks = await looksOfOthers(tx, found.client.case.id, mostLooks);
    return { ...looks, paperOf: await papersIn(tx, looks.entries) };
  });
  return show(
    visit,
    { title: t('portal:access.title') },
    <>
      <ReceiptHead visit={visit} title={t('portal:access.title')} current="access" />
      <p class="td-lead">{t('portal:access.lead')}</p>
      {entries.length === 0 ? (
        <p>{t('portal:access.none')}</p>
      ) : (
        <Table
          caption={t('portal:access.title')}
          columns={[
            { header: t('portal:access.when'), cell: ({ day }: DayOfOne) => formatDate(day, language), head: true },
            { header: t('portal:access.who'), cell: ({ actorKind }) => t(`portal:access.kind.${actorKind}`) },
            { header: t('portal:access.what'), cell: ({ acts }) => <Acts visit={visit} acts={acts} /> },
          ]}
          rows={byDay(entries, paperOf)}
        />
      )}
      {more ? <p>{t('portal:access.cut')}</p> : null}
      <Inset>
        <p>{t('portal:access.rights')}</p>
        <p>
          <a href="/datenschutz">{t('portal:info.privacy')}</a>
        </p>
      </Inset>
      <LeaveForm visit={visit} />
    </>,
  );
}

type PaperOf = (subjectId: string) => string;

/** What was sent twice is one paper: documents are counted by their bytes. */
async function papersIn(tx: Tx, entries: readonly AccessLogEntry[]): Promise<PaperOf> {
  const ids = new Set(entries.flatMap(({ action, subjectId }) => (action.startsWith('document.') ? [subjectId] : [])));
  const documents = await documentsByIds(tx, [...ids].filter(isId));
  const papers = new Map(documents.map(({ id, sha256 }) => [id, sha256.toString('hex')]));
  return (id) => papers.get(id) ?? id;
}

/** The newest; years of a busy case. */
const mostLooks = 1_000;

const known = new Set([
  'case.read',
  'file.read',
  'file.exported',
  'file.export-read',
  'document.moved',
  'document.blackened',
  'document.erased',
  'case.access-read',
  'clearing.read',
  'document.read',
  'receipt.read',
  'search.read',
  'inbox.read',
  'submission.received',
  'case.assigned',
  'case.team',
  'case.item-requested',
  'case.item-withdrawn',
  'case.item-reopened',
  'case.item-fulfilled',
  'case.message-out',
  'case.message-answered',
  'case.note',
  'case.decided',
  'case.closed',
  'case.reopened',
  'case.person-confirmed',
  'case.bank-confirmed',
  'case.promised',
  'case.promise-kept',
  'case.bank-letter',
  'case.item-letter',
]);

/** What was done, in words; of documents how many different ones, however often each was opened. */
function actionText(visit: ReceiptVisit, action: string, subjects: number): string {
  return visit.t(`portal:access.action.${known.has(action) ? action.replace('.', '-') : 'other'}`, { count: subjects });
}

/** What one of the office did with a case on one day: each kind of act once, in the order in which they began, with its reasons. */
type DayOfOne = {
  readonly day: string;
  readonly actorKind: string;
  readonly acts: readonly { readonly action: string; readonly subjects: number; readonly reasons: readonly string[] }[];
};

/**
 * Each person of the office once a day. The log has an entry for each page and each picture of a page that was loaded; told one by one, or
 * counted, somebody who read one letter would seem to have come many times.
 */
function byDay(entries: readonly AccessLogEntry[], paperOf: PaperOf): DayOfOne[] {
  const days = Map.groupBy(entries, ({ at, actorKind, actorId }) => `${dayInGermany(at)} ${actorKind} ${actorId}`);
  return [...days.values()].map((ofOne) => {
    const { at, actorKind } = ofOne[0] as AccessLogEntry;
    const kinds = Map.groupBy(ofOne.toReversed(), ({ action }) => (known.has(action) ? action : 'other'));
    return {
      day: dayInGermany(at),
      actorKind,
      acts: [...kinds].map(([action, acts]) => ({
        action,
        subjects: new Set(acts.map(({ subjectId }) => paperOf(subjectId))).size,
        reasons: [...new Set(acts.flatMap(({ reason }) => reason || []))],
      })),
    };
  });
}

const Acts = ({ visit, acts }: { visit: ReceiptVisit; acts: DayOfOne['acts'] }) => {
  const texts = acts.map(({ action, subjects, reasons }) => {
    const text = `${actionText(visit, action, subjects)}.`;
    const words = [...new Set(reasons.map((reason) => lookReason(visit.t, reason)))];
    return words.length === 0 ? text : `${text} ${visit.t('portal:access.reason', { reason: words.join('; ') })}.`;
  });
  return texts.length === 1 ? (
    texts
  ) : (
    <ul class="td-plain">
      {texts.map((text) => (
        <li>{text}</li>
      ))}
    </ul>
  );
};
