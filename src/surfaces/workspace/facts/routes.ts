import { below, paths } from '../paths.ts';
import type { WorkspaceRoute } from '../visit.ts';
import { confirmAct, endAct, factPage, whoseAct, wrongAct } from './fact-page.tsx';

export const factRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.fact(':id', ':fact')),
    access: 'staff',
    audit: { records: 'case.read' },
    handle: { page: (visit, tx) => factPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.factConfirm(':id', ':fact')),
    access: 'staff',
    audit: { records: 'case.fact-confirmed' },
    handle: { act: confirmAct },
  },
  {
    method: 'POST',
    path: below(paths.factWhose(':id', ':fact')),
    access: 'staff',
    audit: { records: 'case.fact-said, case.read where it is shown again' },
    handle: { act: whoseAct },
  },
  {
    method: 'POST',
    path: below(paths.factWrong(':id', ':fact')),
    access: 'staff',
    audit: { records: 'case.fact-wrong, case.read where it is shown again' },
    handle: { act: wrongAct },
  },
  {
    method: 'POST',
    path: below(paths.factEnd(':id', ':fact')),
    access: 'staff',
    audit: { records: 'case.fact-ended, case.read where it is shown again' },
    handle: { act: endAct },
  },
];
