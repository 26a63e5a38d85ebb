import { below, paths } from '../paths.ts';
import type { WorkspaceRoute } from '../visit.ts';
import { confirm, deletionsPage } from './deletions.tsx';
import { ask, exportPage, takePiece } from './exports.tsx';
import { hold, release } from './holds.ts';
import { addPartAct, closePartAct, planPage, setRuleAct } from './plan.tsx';
import { filePage } from './show-file.tsx';

export const fileRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.file(':id')),
    access: 'staff',
    audit: { records: 'file.read' },
    handle: { page: (visit, tx) => filePage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.fileHold(':id')),
    access: 'staff',
    audit: { records: 'file.held' },
    handle: { act: hold },
  },
  {
    method: 'POST',
    path: below(paths.fileHoldEnd(':id', ':hold')),
    access: 'staff',
    audit: { records: 'file.released' },
    handle: { act: release },
  },
  {
    method: 'GET',
    path: below(paths.fileExports(':id')),
    access: 'staff',
    audit: { records: 'file.read' },
    handle: { page: (visit, tx) => exportPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.fileExports(':id')),
    access: 'staff',
    audit: { records: 'file.exported' },
    handle: { act: ask },
  },
  {
    method: 'GET',
    path: '/akte/:id/ausgaben/:export/:position',
    access: 'staff',
    audit: { records: 'file.export-read' },
    handle: { act: takePiece },
  },
  {
    method: 'GET',
    path: below(paths.filePlan),
    access: 'staff',
    audit: { nothing: 'rules of the house, no data of people' },
    handle: { page: (visit, tx) => planPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.filePlanParts),
    access: 'staff',
    audit: { records: 'file-plan.part-added' },
    handle: { act: addPartAct },
  },
  {
    method: 'POST',
    path: below(paths.filePlanPartEnd(':key')),
    access: 'staff',
    audit: { records: 'file-plan.part-closed' },
    handle: { act: closePartAct },
  },
  {
    method: 'POST',
    path: below(paths.filePlanRule(':name')),
    access: 'staff',
    audit: { records: 'file-plan.rule-set' },
    handle: { act: setRuleAct },
  },
  {
    method: 'GET',
    path: below(paths.fileDeletions),
    access: 'staff',
    audit: { records: 'deletion.read' },
    handle: { page: deletionsPage },
  },
  {
    method: 'POST',
    path: below(paths.fileDeletions),
    access: 'staff',
    audit: { records: 'deletion.confirmed' },
    handle: { act: confirm },
  },
];
