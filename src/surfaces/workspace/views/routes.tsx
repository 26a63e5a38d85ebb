import { below, paths } from '../paths.ts';
import type { WorkspaceRoute } from '../visit.ts';
import { changeAct, viewPage } from './rule-page.tsx';
import { viewsPage } from './views-page.tsx';

export const viewRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.workViews),
    access: 'staff',
    audit: { nothing: 'rules of the house, no data of people' },
    handle: { page: viewsPage },
  },
  {
    method: 'GET',
    path: below(paths.workView(':view')),
    access: 'staff',
    audit: { nothing: 'rules of the house, no data of people' },
    handle: { page: (visit, tx) => viewPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.workView(':view')),
    access: 'staff',
    audit: { records: 'views.rule-changed' },
    handle: { act: changeAct },
  },
];
