import { isId } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { FieldProblem } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { once } from '../command.ts';
import { readablePaper } from '../documents/readable.ts';
import { notFound } from '../errors.tsx';
import { below, paths } from '../paths.ts';
import { inTenant, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { blacken, blackenPage } from './blacken.tsx';
import { describe } from './describe.ts';
import { hold, release } from './holds.tsx';
import { loadReader } from './load.ts';
import { move, moveBack } from './move-document.ts';
import { readerPage } from './page.tsx';
import { type DocumentTry, mark, turn, unmark } from './verbs.ts';
import { type Panel, type ReaderView, readerPath, readReaderView } from './view.ts';

const documentId = (visit: StaffVisit): string => visit.c.req.param('id') ?? '';

async function showReader(
  visit: StaffVisit,
  tx: Tx,
  view: ReaderView,
  problems: readonly FieldProblem[] = [],
): Promise<Response> {
  const data = await loadReader(tx, visit, documentId(visit), view);
  if (data === undefined || (view.beside !== undefined && data.beside === undefined)) return notFound(visit);
  return readerPage({ visit, data, view, input: visit.input, problems });
}

/** The view from which a form was sent: its hidden fields hold what the address held. */
function viewOfForm(visit: StaffVisit, panel: Panel | undefined): ReaderView {
  const number = (name: string): number =>
    Math.max(0, Math.min(9_999, Number.parseInt(one(visit.input, name), 10) || 0));
  const beside = one(visit.input, 'neben');
  return {
    page: Math.max(1, number('seite')),
    zoom: Math.min(2, number('zoom')),
    search: one(visit.input, 'suche').slice(0, 100),
    fact: isId(one(visit.input, 'stelle')) ? one(visit.input, 'stelle') : undefined,
    panel,
    beside: isId(beside) ? beside : undefined,
    besidePage: Math.max(1, number('nebenseite')),
  };
}

/** Carries out a verb and comes back to the same view; what is wrong is said there, with the typed text kept. */
const act =
  (attempt: DocumentTry, done: string, panel?: Panel) =>
  async (visit: StaffVisit): Promise<Response> => {
    const outcome = await once(visit, async (tx) => {
      const paper = await readablePaper(tx, visit, documentId(visit));
      if (paper === undefined) return { kind: 'not-found' };
      tx.touch(paper.case.id); // told only if something comes of it
      return attempt(tx, visit, paper);
    });
    if (outcome.kind === 'not-found') return notFound(visit);
    const view = viewOfForm(visit, outcome.kind === 'wrong' ? panel : undefined);
    if (outcome.kind === 'wrong') return inTenant(visit, (tx) => showReader(visit, tx, view, outcome.problems));
    const ok = outcome.kind === 'done' ? done : 'unveraendert';
    return visit.c.redirect(readerPath(documentId(visit), view, ok), 303);
  };

export const readerRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.document(':id')),
    access: 'staff',
    audit: { records: 'document.read' },
    handle: { page: (visit, tx) => showReader(visit, tx, readReaderView(visit)) },
  },
  {
    method: 'POST',
    path: below(paths.documentVerb(':id', 'angaben')),
    access: 'staff',
    audit: { records: 'document.described' },
    handle: { act: act(describe, 'angaben', 'angaben') },
  },
  {
    method: 'POST',
    path: below(paths.documentVerb(':id', 'drehung')),
    access: 'staff',
    audit: { records: 'document.turned' },
    handle: { act: act(turn, 'drehung') },
  },
  {
    method: 'POST',
    path: below(paths.documentVerb(':id', 'markierungen')),
    access: 'staff',
    audit: { records: 'document.marked, case.note where asked for' },
    handle: { act: act(mark, 'markierung', 'markieren') },
  },
  {
    method: 'POST',
    path: below(paths.unmark(':id', ':mark')),
    access: 'staff',
    audit: { records: 'document.unmarked' },
    handle: { act: act(unmark, 'entfernt') },
  },
  {
    method: 'GET',
    path: below(paths.documentVerb(':id', 'schwaerzung')),
    access: 'staff',
    audit: { records: 'document.read' },
    handle: { act: blackenPage },
  },
  {
    method: 'POST',
    path: below(paths.documentVerb(':id', 'schwaerzung')),
    access: 'staff',
    audit: { records: 'document.read, document.blackened' },
    handle: { act: blacken },
  },
  {
    method: 'POST',
    path: below(paths.documentVerb(':id', 'verlegung')),
    access: 'staff',
    audit: { records: 'document.moved, case.submission-left and -joined, or case.paper-left and -joined' },
    handle: { act: act(move, 'verlegung', 'verlegen') },
  },
  {
    method: 'POST',
    path: below(paths.documentVerb(':id', 'zurueckverlegung')),
    access: 'staff',
    audit: { records: 'document.moved, case.submission-left and -joined, or case.paper-left and -joined' },
    handle: { act: act(moveBack, 'verlegung', 'verlegen') },
  },
  {
    method: 'POST',
    path: below(paths.documentVerb(':id', 'sperren')),
    access: 'staff',
    audit: { records: 'document.held' },
    handle: { act: act(hold, 'sperre') },
  },
  {
    method: 'POST',
    path: below(paths.documentHoldEnd(':id', ':documentHold')),
    access: 'staff',
    audit: { records: 'document.released' },
    handle: { act: act(release, 'freigabe') },
  },
];
