import type { DecisionResult } from '../../../modules/cases/index.ts';
import { whereaboutsOf } from '../../../modules/notices/index.ts';
import { formatDate } from '../../../ui/index.ts';
import type { ReceiptVisit } from '../visit.ts';
import type { ShownLetter } from './letters.tsx';
import type { Loaded } from './status.tsx';

/** Of these a notice follows; what is settled, was withdrawn or is with somebody else may have none. */
const withNotice: readonly DecisionResult[] = ['granted', 'partly-granted', 'refused'];

/**
 * What is said of the notice beside the state of a case that is decided or closed. Of one that was released, where it is now, by the way that it took:
 * whatever was chosen since, the time to object runs from that. Only where none was released since the decision it is said how one would come. A
 * decision that was noted once more may have no other notice, so nothing is promised where there is one.
 */
export function noticeWords(visit: ReceiptVisit, { client, letters, way }: Loaded): string[] {
  const { state } = client.case;
  if (state !== 'decided' && state !== 'closed') return [];
  const newest = letters.find(({ notice }) => notice.kind === 'notice');
  const said = newest === undefined ? [] : whereItIs(visit, newest);
  const decided = client.events.findLast((event) => event.kind === 'decided');
  if (state === 'closed' || decided === undefined || !withNotice.includes(decided.detail.result)) return said;
  const releasedAt = newest?.notice.releasedAt ?? null;
  if (releasedAt !== null && releasedAt >= decided.at) return said;
  const { t } = visit;
  return [...said, t(`portal:status.notice.${newest === undefined ? 'promised' : 'another'}.${way.way}`)];
}

function whereItIs({ t, language }: ReceiptVisit, { notice, document }: ShownLetter): string[] {
  const where = whereaboutsOf(notice, notice.steps);
  const date = notice.releasedAt === null ? '' : formatDate(notice.releasedAt, language);
  if (where.kind === 'portal')
    return [t(`portal:status.notice.${document === undefined ? 'gone' : 'portal'}`, { date })];
  const day = where.kind === 'posted' ? formatDate(where.on, language) : '';
  return [
    t(`portal:status.notice.${where.kind}`, { date, day }),
    ...(document === undefined ? [] : [t('portal:status.notice.copy')]),
  ];
}
