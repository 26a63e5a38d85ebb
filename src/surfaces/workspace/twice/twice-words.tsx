import { dayInGermany } from '../../../kernel/dates.ts';
import type { CaseItem, SeenPair, Side } from '../../../modules/twice/index.ts';
import { formatDate, formatDateTime } from '../../../ui/index.ts';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

/** "am 3. Mai 2026 per Post"; with the time where another thing came on the same day, among `beside`. */
export const wayWords = (visit: StaffVisit, side: SideWords, beside: readonly SideWords[] = []): string =>
  visit.t('twice:way', {
    date: beside.some((other) => other !== side && dayInGermany(other.at) === dayInGermany(side.at))
      ? formatDateTime(side.at, visit.language, visit.t)
      : formatDate(side.at, visit.language),
    channel: visit.t(`twice:channel.${side.channel}`),
  });

type SideWords = Pick<Side, 'channel' | 'at'>;

/** All the ways an item came, as one sentence part. */
export const waysWords = (visit: StaffVisit, item: CaseItem): string =>
  item.ways.map((way) => wayWords(visit, way, item.ways)).join(', ');

/** The pairs that an item has a part in and whose other side is no way of the item itself. */
export function pairsOfItem(item: CaseItem, pairs: readonly SeenPair[]): SeenPair[] {
  const own = new Set(item.ways.map((way) => way.documentId ?? way.submissionId));
  const key = (side: Side) => side.documentId ?? side.submissionId;
  return pairs.filter((pair) => own.has(key(pair.earlier)) || own.has(key(pair.later)));
}

/** What may be the same as an item, each as a link to where it is looked at and decided; `from`: the case that it leads back to. */
export function PairLinks(props: { visit: StaffVisit; item: CaseItem; pairs: readonly SeenPair[]; from?: string }) {
  const { visit, item, pairs, from } = props;
  const { t } = visit;
  const links = pairsOfItem(item, pairs).map((pair) => {
    const mine = item.ways.some((way) => (way.documentId ?? way.submissionId) === keyOfLater(pair));
    const other = mine ? pair.earlier : pair.later;
    const text = t(`twice:hint.${hintOf(pair, mine)}`, {
      way: wayWords(visit, other, [pair.earlier, pair.later]),
    });
    return { href: withQuery(paths.twicePair(pair.id), { von: from }), text, open: pair.decided === undefined };
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
