import type { NoteAbout } from '../../../modules/cases/index.ts';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

/** The way from a note to the place on the page at which it was written; nothing where it was not written at one. */
export const NotePlace = ({ visit, about }: { visit: Pick<StaffVisit, 't'>; about: NoteAbout }) => {
  const { paper } = about;
  if (paper === undefined) return null;
  const page = withQuery(paths.document(paper.documentId), { seite: String(paper.page) });
  return (
    <p class="tw-sub">
      <a href={`${page}#m-${paper.markId}`}>{visit.t('file:mark.toPlace', { page: paper.page })}</a>
    </p>
  );
};
