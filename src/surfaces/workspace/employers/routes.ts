import { below, paths } from '../paths.ts';
import type { WorkspaceRoute } from '../visit.ts';
import { employersPage } from './list.tsx';
import { employerPage } from './page.tsx';
import { suggestAct } from './suggest.ts';
import {
  addEmployerAct,
  addPersonAct,
  changeEmployerAct,
  changePersonAct,
  deletePersonAct,
  mergeAct,
  newEmployerPage,
  separateAct,
} from './verbs.tsx';

const list = { nothing: 'names of employers and partners, no data of people who are helped' } as const;
const shownAgain = 'case.read and note.read where it is shown again';

/** Employers and partners; what stands in cases is shown there to whoever may open the case. */
export const employerRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: below(paths.employers), access: 'staff', audit: list, handle: { page: employersPage } },
  {
    method: 'GET',
    path: below(paths.employerNew),
    access: 'staff',
    audit: list,
    handle: { page: (visit, tx) => newEmployerPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.employerNew),
    access: 'staff',
    audit: { records: 'employer.added' },
    handle: { act: addEmployerAct },
  },
  { method: 'POST', path: below(paths.employerNames), access: 'staff', audit: list, handle: { act: suggestAct } },
  {
    method: 'GET',
    path: below(paths.employer(':id')),
    access: 'staff',
    audit: { records: 'case.read for each case of which something is shown, note.read for notes of circles' },
    handle: { page: (visit, tx) => employerPage(visit, tx) },
  },
  {
    method: 'POST',
    path: below(paths.employer(':id')),
    access: 'staff',
    audit: { records: `employer.changed, ${shownAgain}` },
    handle: { act: changeEmployerAct },
  },
  {
    method: 'POST',
    path: below(paths.employerPeople(':id')),
    access: 'staff',
    audit: { records: `employer.contact-added, ${shownAgain}` },
    handle: { act: addPersonAct },
  },
  {
    method: 'POST',
    path: below(paths.employerPerson(':id', ':person')),
    access: 'staff',
    audit: { records: `employer.contact-changed, employer.contact-confirmed, ${shownAgain}` },
    handle: { act: changePersonAct },
  },
  {
    method: 'POST',
    path: below(paths.employerPersonGone(':id', ':person')),
    access: 'staff',
    audit: { records: 'employer.contact-deleted' },
    handle: { act: deletePersonAct },
  },
  {
    method: 'POST',
    path: below(paths.employerMerge(':id')),
    access: 'staff',
    audit: { records: `employer.merged, ${shownAgain}` },
    handle: { act: mergeAct },
  },
  {
    method: 'POST',
    path: below(paths.employerSeparate(':id')),
    access: 'staff',
    audit: { records: `employer.separated, ${shownAgain}` },
    handle: { act: separateAct },
  },
];
