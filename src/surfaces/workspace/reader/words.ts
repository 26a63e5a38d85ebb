import { letterKinds } from '../../../modules/documents/index.ts';
import { type FilePart, shippedParts } from '../../../modules/files/index.ts';
import { formatDate } from '../../../ui/index.ts';
import type { FiledDocument } from '../../file-contents.ts';
import type { Visit } from '../visit.ts';

/** The kind of a document in words; undefined where nobody and nothing has said it. */
export const kindWords = (visit: Pick<Visit, 't'>, kind: string | null): string | undefined =>
  letterKinds.some((each) => each === kind) ? visit.t(`post:kind.${kind}`) : undefined;

/** The name of a part: a shipped one in words, one of the Jobcenter's own as it calls it. */
export function partWords(visit: Pick<Visit, 't'>, parts: readonly FilePart[], key: string): string {
  if (shippedParts.some((each) => each === key)) return visit.t(`file:part.${key}`);
  return parts.find((part) => part.key === key)?.name ?? visit.t('file:part.general');
}

/** What a document is, in one line: kind, sender and day, or the name under which it came. */
export function titleWords(visit: Pick<Visit, 't' | 'language'>, { document, facts }: FiledDocument): string {
  if (document.erasedAt !== null) return visit.t('file:erased');
  const kind = kindWords(visit, facts.kind);
  const parts = [
    kind,
    facts.sender ?? undefined,
    facts.datedOn === null ? undefined : formatDate(facts.datedOn, visit.language),
  ].filter((each) => each !== undefined);
  return kind === undefined || parts.length < 2 ? document.name : parts.join(', ');
}
