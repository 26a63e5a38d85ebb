import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { endHold, holdFile } from '../../../modules/files/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { fieldId } from '../../../ui/index.ts';
import type { FileContents } from '../../file-contents.ts';
import { one } from '../../request.ts';
import { type Outcome, once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { endName } from './hold-list.tsx';
import { casesSeen, documentsSeen, fileId, readContents } from './load.ts';
import { filePage } from './show-file.tsx';

const record = (tx: Tx, visit: StaffVisit, action: string): Promise<void> =>
  recordAudit(tx, visit.actor, { action, subjectType: 'file', subjectId: fileId(visit) });

async function act(
  visit: StaffVisit,
  done: string,
  attempt: (tx: Tx, contents: FileContents) => Promise<Outcome>,
): Promise<Response> {
  const outcome = await once(visit, async (tx) => {
    const contents = await readContents(tx, visit, fileId(visit));
    if (contents === undefined) return { kind: 'not-found' };
    for (const { id } of contents.cases) tx.touch(id); // told only if something comes of it
    return attempt(tx, contents);
  });
  if (outcome.kind === 'not-found') return notFound(visit);
  if (outcome.kind === 'wrong') return inTenant(visit, (tx) => filePage(visit, tx, outcome.problems));
  const ok = outcome.kind === 'done' ? done : 'unveraendert';
  return visit.c.redirect(withQuery(paths.file(fileId(visit)), { ok }), 303);
}

/** Keeps the whole file until somebody ends it (a law suit, an audit): § 84 (3) SGB X. */
export const hold = (visit: StaffVisit): Promise<Response> =>
  act(visit, 'sperre', async (tx) => {
    const reason = one(visit.input, 'sperrgrund').slice(0, 500);
    if (reason === '')
      return { kind: 'wrong', problems: [{ id: fieldId('sperrgrund'), text: visit.t('file:hold.problem') }] };
    await holdFile(tx, visit.staff.name, { fileId: fileId(visit), documentId: null, reason });
    await record(tx, visit, 'file.held');
    return { kind: 'done' };
  });

/** Ends a hold of the file, or of one document in it, with a reason; only the lead may, because afterwards something may be deleted for good. */
export const release = (visit: StaffVisit): Promise<Response> =>
  act(visit, 'freigabe', async (tx, contents) => {
    const id = visit.c.req.param('hold');
    if (!isId(id) || visit.staff.role !== 'lead') return { kind: 'not-found' };
    const reason = one(visit.input, endName(id)).slice(0, 500);
    if (reason === '')
      return { kind: 'wrong', problems: [{ id: fieldId(endName(id)), text: visit.t('file:problem.holdEnd') }] };
    const hold = {
      fileId: fileId(visit),
      documentIds: documentsSeen(contents),
      caseIds: casesSeen(contents),
      id,
      reason,
    };
    if (!(await endHold(tx, visit.staff.name, hold))) return { kind: 'unchanged' };
    await record(tx, visit, 'file.released');
    return { kind: 'done' };
  });
