import { type AccessLogEntry, accessLog } from '../../../modules/audit/index.ts';
import { formatDateTime, Inset, Table } from '../../../ui/index.ts';
import { show } from '../shell.tsx';
import type { ReceiptVisit } from '../visit.ts';
import { withReceipt } from './load.ts';
import { LeaveForm, ReceiptHead } from './tabs.tsx';

/** Who looked at the case and why; people of the office are not named here, the person may ask for more (Art. 15 DSGVO). */
export async function accessPage(visit: ReceiptVisit): Promise<Response> {
  const { t, language } = visit;
  const entries = await withReceipt(visit, 'access-log.read', async (tx, found) =>
    accessLog(tx, found.client.case.id, 300),
  );
  const others = entries.filter((entry) => entry.actorKind !== 'client');
  return show(
    visit,
    { title: t('portal:access.title') },
    <>
      <ReceiptHead visit={visit} title={t('portal:access.title')} current="access" />
      <p class="td-lead">{t('portal:access.lead')}</p>
      {others.length === 0 ? (
        <p>{t('portal:access.none')}</p>
      ) : (
        <Table
          caption={t('portal:access.title')}
          columns={[
            {
              header: t('portal:access.when'),
              cell: ({ entry }: Look) => formatDateTime(entry.at, language, t),
              head: true,
            },
            { header: t('portal:access.who'), cell: ({ entry }) => t(`portal:access.kind.${entry.actorKind}`) },
            {
              header: t('portal:access.what'),
              cell: ({ entry, times }) =>
                `${actionText(visit, entry)}${times > 1 ? ` (${t('portal:access.times', { count: times })})` : ''}`,
            },
          ]}
          rows={together(others)}
        />
      )}
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
  'case.message-out',
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

/** What was done, and the reason where one was given. */
function actionText(visit: ReceiptVisit, entry: AccessLogEntry): string {
  const action = visit.t(`portal:access.action.${known.has(entry.action) ? entry.action.replace('.', '-') : 'other'}`);
  return entry.reason === null || entry.reason === ''
    ? action
    : `${action}. ${visit.t('portal:access.reason', { reason: entry.reason })}`;
}

type Look = { readonly entry: AccessLogEntry; readonly times: number };

/** The same look by the same person within half an hour is one line: reloading a page is no new interest. */
function together(entries: readonly AccessLogEntry[]): Look[] {
  const looks: Look[] = [];
  for (const entry of entries) {
    const at = looks.findIndex(
      ({ entry: other }) =>
        other.action === entry.action &&
        other.actorName === entry.actorName &&
        other.reason === entry.reason &&
        Math.abs(other.at.getTime() - entry.at.getTime()) < 1_800_000,
    );
    const same = looks[at];
    if (same === undefined) looks.push({ entry, times: 1 });
    else looks[at] = { ...same, times: same.times + 1 };
  }
  return looks;
}
