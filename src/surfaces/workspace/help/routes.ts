import { below, paths } from '../paths.ts';
import type { WorkspaceRoute } from '../visit.ts';
import { helpPage } from './help-page.tsx';
import { newsPage } from './news-page.tsx';
import { practicePage } from './practice-page.tsx';
import { enterPractice, leavePractice } from './practice-way.ts';
import { tick, tourPage } from './tour-page.tsx';

export const helpRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.help),
    access: 'staff',
    audit: { nothing: 'texts for all staff, nothing about a person' },
    handle: { page: helpPage },
  },
  {
    method: 'GET',
    path: below(paths.news),
    access: 'staff',
    audit: { nothing: 'texts for all staff; what was seen is a private mark' },
    handle: { page: newsPage },
  },
  {
    method: 'GET',
    path: below(paths.tour),
    access: 'staff',
    audit: { nothing: 'texts for all staff; what was ticked is a private mark' },
    handle: { page: tourPage },
  },
  {
    method: 'POST',
    path: below(paths.tourTick),
    access: 'staff',
    audit: { nothing: 'a private mark that nobody else is shown' },
    handle: { act: tick },
  },
  {
    method: 'GET',
    path: below(paths.practice),
    access: 'staff',
    audit: { nothing: 'says what practice is' },
    handle: { page: (visit) => practicePage(visit) },
  },
  {
    method: 'POST',
    path: below(paths.practice),
    access: 'staff',
    audit: { records: 'practice.entered' },
    handle: { act: enterPractice },
  },
  {
    method: 'POST',
    path: below(paths.practiceLeave),
    access: 'staff',
    audit: { nothing: 'ends a session in which everything is invented' },
    handle: { act: leavePractice },
  },
];
