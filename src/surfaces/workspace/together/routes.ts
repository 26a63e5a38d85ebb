import { below, paths } from '../paths.ts';
import type { WorkspaceRoute } from '../visit.ts';
import { discardDraft, draftsHere, draftsPage, keepDraft } from './drafts.tsx';
import { outagePage } from './outage.tsx';
import { openStream } from './stream.tsx';

export const togetherRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.stream),
    access: 'staff',
    audit: {
      nothing: 'tells that something changed and who else is there; what changed is read, and recorded, by the page',
    },
    handle: { act: openStream, quiet: true },
  },
  {
    method: 'GET',
    path: below(paths.alive),
    access: 'staff',
    audit: { nothing: 'tells only that server and database answer, and that the session runs' },
    handle: { act: async () => new Response(null, { status: 204 }), quiet: true },
  },
  {
    method: 'GET',
    path: below(paths.outage),
    access: 'staff',
    audit: { records: 'inbox.read' },
    handle: { page: outagePage },
  },
  {
    method: 'GET',
    path: below(paths.drafts),
    access: 'staff',
    audit: { nothing: 'only that the reader has typed something, and where' },
    handle: { page: draftsPage },
  },
  {
    method: 'POST',
    path: below(paths.drafts),
    access: 'staff',
    audit: { nothing: 'what its writer typed and has not sent' },
    handle: { act: keepDraft },
  },
  {
    method: 'POST',
    path: below(paths.draftDrop),
    access: 'staff',
    audit: { nothing: 'what its writer typed and does not want' },
    handle: { act: discardDraft },
  },
  {
    method: 'POST',
    path: below(paths.draftsHere),
    access: 'staff',
    audit: { nothing: 'what its writer typed and has not sent' },
    handle: { act: draftsHere },
  },
];
