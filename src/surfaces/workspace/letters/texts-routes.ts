import { below, paths } from '../paths.ts';
import type { WorkspaceRoute } from '../visit.ts';
import { blockPage, keepBlock } from './text-block.tsx';
import { keepTemplate, templatePage } from './text-template.tsx';
import { textsPage } from './texts.tsx';

/** Text blocks and templates of letters: everybody may read them, the lead writes them. */
export const textRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.letterTexts),
    access: 'staff',
    audit: { nothing: 'texts without anything personal' },
    handle: { page: textsPage },
  },
  {
    method: 'GET',
    path: below(paths.letterBlock(':block')),
    access: 'staff',
    audit: { nothing: 'texts without anything personal' },
    handle: { page: blockPage },
  },
  {
    method: 'POST',
    path: below(paths.letterBlock(':block')),
    access: 'staff',
    audit: { records: 'letter-block.saved' },
    handle: { act: keepBlock },
  },
  {
    method: 'GET',
    path: below(paths.letterTemplate(':template')),
    access: 'staff',
    audit: { nothing: 'texts without anything personal' },
    handle: { page: templatePage },
  },
  {
    method: 'POST',
    path: below(paths.letterTemplate(':template')),
    access: 'staff',
    audit: { records: 'letter-template.saved' },
    handle: { act: keepTemplate },
  },
];
