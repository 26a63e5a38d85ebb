import {
  type ClearingItem,
  type ClearingReason,
  type PaperReason,
  papersOfDoubt,
} from '../../../modules/cases/index.ts';
import { documentsByIds } from '../../../modules/documents/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

/** Doubts that are about papers, and the word by which a form settles one. */
export const settling: Readonly<Record<PaperReason, string>> = {
  unreadable: 'gesehen',
  'partly-read': 'seiten',
  'foreign-language': 'sprache',
};
export const isAboutPapers = (reason: ClearingReason): reason is PaperReason => Object.hasOwn(settling, reason);

/** What such a form settles; a paper that cannot be shown where it says nothing else. */
export const settledBy = (art: string): PaperReason =>
  (Object.keys(settling) as PaperReason[]).find((reason) => settling[reason] === art) ?? 'unreadable';

/** Names of the papers that cannot be shown, as far as they were not deleted since. */
export async function namesOfPapers(tx: Tx, items: readonly ClearingItem[]): Promise<ReadonlyMap<string, string>> {
  const ids = items.flatMap((item) => papersOfDoubt(item, 'unreadable').map(({ documentId }) => documentId));
  const living = (await documentsByIds(tx, ids)).filter(({ erasedAt }) => erasedAt === null);
  return new Map(living.map(({ id, name }) => [id, name]));
}

/** Each paper of the case that cannot be shown, by its name, with the way to it and to its original; nothing for other doubts. */
export const UnreadablePapers = ({
  visit,
  item,
  names,
}: {
  readonly visit: StaffVisit;
  readonly item: ClearingItem;
  readonly names: ReadonlyMap<string, string>;
}) => (
  <>
    {papersOfDoubt(item, 'unreadable').map(({ documentId }) => {
      const name = names.get(documentId);
      return name === undefined ? null : (
        <p>
          <a href={`${withQuery(paths.case(item.caseId), { dok: documentId })}#papers`}>{name}</a> ·{' '}
          <a href={paths.original(documentId)} data-download aria-label={`${visit.t('ui:viewer.download')}: ${name}`}>
            {visit.t('ui:viewer.download')}
          </a>
        </p>
      );
    })}
  </>
);
