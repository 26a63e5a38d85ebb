import { isId } from '../../../kernel/ids.ts';
import { paths, withQuery } from '../paths.ts';

/** The place of a half-written visit: one for each person of the office, one for whoever is not known yet. */
export const visitPlace = (personId: string): string =>
  withQuery(paths.counterForm, { person: isId(personId) ? personId : undefined });
