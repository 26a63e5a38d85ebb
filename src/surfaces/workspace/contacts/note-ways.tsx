import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

/** To the notes of the whole file, to the circles, and for a lead to the topics. */
export const NoteWays = ({ visit, fileId }: { visit: StaffVisit; fileId: string | null }) => {
  const { t } = visit;
  return (
    <p class="tw-said__ways">
      {fileId === null ? null : <a href={paths.fileNotes(fileId)}>{t('contacts:toFile')}</a>}
      <a href={paths.circles}>{t('contacts:circle.titleAll')}</a>
      {visit.staff.role === 'lead' ? <a href={paths.noteTopics}>{t('contacts:topics.title')}</a> : null}
    </p>
  );
};
