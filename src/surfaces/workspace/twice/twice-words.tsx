import type { CaseItem, SeenPair, Side } from '../../../modules/twice/index.ts';
import { formatDate } from '../../../ui/index.ts';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

/** "am 3. Mai 2026 per Post". */
export const wayWords = (visit: StaffVisit, side: Pick<Side, 'channel' | 'at'>): string =>
  visit.t('twice:way', {
    date: formatDate(side.at, visit.language),
    channel: visit.t(`twice:channel.${side.channel}`),
  });

/** All the ways an item came, as one sentence part. */
export const waysWords = (visit: StaffVisit, item: CaseItem): string =>
  item.ways.map((way) => wayWords(visit, way)).join(', ');

/** The pairs that an item has a part in and whose other side is no way of the item itself. */
export function pairsOfItem(item: CaseItem, pairs: readonly SeenPair[]): SeenPair[] {
  const own = new Set(item.ways.map((way) => way.documentId ?? way.submissionId));
  const key = (side: Side) => side.documentId ?? side.submissionId;
  return pairs.filter((pair) => own.has(key(pair.earlier)) || own.has(key(pair.later)));
}

/** What may be the same as an item, each as a link to where it is looked at and decided. */
export function PairLinks({ visit, item, pairs }: { visit: StaffVisit; item: CaseItem; pairs: readonly SeenPair[] }) {
  const { t } = visit;
  const links = pairsOfItem(item, pairs).map((pair) => {
    const mine = item.ways.some((way) => (way.documentId ?? way.submissionId) === keyOfLater(pair));
    const other = mine ? pair.earlier : pair.later;
    const text = t(`twice:hint.${hintOf(pair, mine)}`, { way: wayWords(visit, other) });
    return { href: paths.twicePair(pair.id), text, open: pair.decided === undefined };
  });
  if (links.length === 0) return null;
  return (
    <ul class="tw-twice">
      {links.map((link) => (
        <li>
          <a href={link.href} class={link.open ? 'tw-twice__open' : undefined}>
            {link.text}
          </a>
        </li>
      ))}
    </ul>
  );
}

const keyOfLater = (pair: SeenPair): string => pair.later.documentId ?? pair.later.submissionId;

/** What is said of the other side; `later`: the item is the later one. */
function hintOf(pair: SeenPair, later: boolean): string {
  if (pair.decided === undefined) return later ? 'before' : 'after';
  return pair.decided.decision === 'newer' && later ? 'replaces' : pair.decided.decision;
}
