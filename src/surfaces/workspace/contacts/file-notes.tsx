import { recordAudit } from '../../../modules/audit/index.ts';
import { notesOf, noteTopics } from '../../../modules/contacts/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { BackLink } from '../../../ui/index.ts';
import { notFound } from '../errors.tsx';
import { fileId, readContents } from '../file/load.ts';
import { fileName } from '../file/page.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import type { StaffVisit } from '../visit.ts';
import { ownOfNotes } from './note-fields.tsx';
import { filterOf, NoteList, noteQuery } from './note-list.tsx';
import { topicWords } from './words.ts';

const size = 30;

/** All notes of a file, over its cases, as far as the visitor may see them; a look at each of its cases. */
export async function fileNotesPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const contents = await readContents(tx, visit, fileId(visit));
  if (contents === undefined) return notFound(visit);
  const caseIds = contents.cases.map((each) => each.id);
  for (const caseId of caseIds)
    await recordAudit(tx, visit.actor, {
      action: 'file.read',
      subjectType: 'file',
      subjectId: contents.file.id,
      caseId,
      reason: t('workspace:case.readReason'),
    });
  const query = noteQuery(visit);
  const before = query.ab === '' ? undefined : query.ab;
  const { notes, next } = await notesOf(tx, visit, caseIds, filterOf(visit, query), before, size);
  const name = fileName(visit, contents);
  return show(
    visit,
    { title: t('contacts:ofFile', { name }) },
    <>
      <BackLink href={paths.file(contents.file.id)}>{t('file:title', { name })}</BackLink>
      <WithHelp visit={visit} of="notes">
        <h1>{t('contacts:ofFile', { name })}</h1>
      </WithHelp>
      <NoteList
        visit={visit}
        path={paths.fileNotes(contents.file.id)}
        query={query}
        notes={notes}
        next={next}
        own={
          await ownOfNotes(
            tx,
            visit,
            notes.map((each) => each.id),
          )
        }
        topics={(await noteTopics(tx)).map((each) => ({ value: each.key, label: topicWords(visit, each) }))}
        people={(contents.household?.members ?? []).map((each) => ({
          value: each.id,
          label: `${each.familyName}, ${each.givenName}`,
        }))}
        staff={(await allStaff(tx)).map((each) => ({ value: each.id, label: each.name }))}
      />
    </>,
  );
}
