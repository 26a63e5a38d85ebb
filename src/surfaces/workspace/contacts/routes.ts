import { below, paths } from '../paths.ts';
import type { WorkspaceRoute } from '../visit.ts';
import { circlesPage, closeAct, foundAct, leaveAct, openAct, takeInAct } from './circles-page.tsx';
import { fileNotesPage } from './file-notes.tsx';
import { addTopicAct, closeTopicAct, renameTopicAct, topicsPage } from './topics-page.tsx';

export const contactRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.fileNotes(':id')),
    access: 'staff',
    audit: { records: 'file.read for each case, note.read for notes of circles' },
    handle: { page: fileNotesPage },
  },
  {
    method: 'GET',
    path: below(paths.noteTopics),
    access: 'staff',
    audit: { nothing: 'words of the house, no data of people' },
    handle: { page: (visit, tx) => topicsPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.noteTopics),
    access: 'staff',
    audit: { records: 'note-topic.changed' },
    handle: { act: addTopicAct },
  },
  {
    method: 'POST',
    path: below(paths.noteTopicName(':topic')),
    access: 'staff',
    audit: { records: 'note-topic.changed' },
    handle: { act: renameTopicAct },
  },
  {
    method: 'POST',
    path: below(paths.noteTopicState(':topic')),
    access: 'staff',
    audit: { records: 'note-topic.changed' },
    handle: { act: closeTopicAct },
  },
  {
    method: 'GET',
    path: below(paths.circles),
    access: 'staff',
    audit: { records: 'circle.members-read for each circle whose members are shown' },
    handle: { page: (visit, tx) => circlesPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.circles),
    access: 'staff',
    audit: { records: 'circle.founded' },
    handle: { act: foundAct },
  },
  {
    method: 'POST',
    path: below(paths.circleMembers(':id')),
    access: 'staff',
    audit: { records: 'circle.joined' },
    handle: { act: takeInAct },
  },
  {
    method: 'POST',
    path: below(paths.circleLeave(':id', ':staff')),
    access: 'staff',
    audit: { records: 'circle.left' },
    handle: { act: leaveAct },
  },
  {
    method: 'POST',
    path: below(paths.circleStandIn(':id')),
    access: 'staff',
    audit: { records: 'circle.opened' },
    handle: { act: openAct },
  },
  {
    method: 'POST',
    path: below(paths.circleEnd(':id')),
    access: 'staff',
    audit: { records: 'circle.closed' },
    handle: { act: closeAct },
  },
];
