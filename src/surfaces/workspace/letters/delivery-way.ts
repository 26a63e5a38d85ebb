import { isId } from '../../../kernel/ids.ts';
import { lockCase } from '../../../modules/cases/index.ts';
import { chooseDelivery } from '../../../modules/notices/index.ts';
import { isEmail } from '../../../modules/people/index.ts';
import { one } from '../../request.ts';
import { type Outcome, once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

/** Notes by which way the person wants the letters of a case, as they said it at the counter or by phone. */
export async function chooseWay(visit: StaffVisit): Promise<Response> {
  const caseId = visit.c.req.param('id') ?? '';
  if (!isId(caseId)) return notFound(visit);
  const email = one(visit.input, 'mail').slice(0, 300).toLowerCase();
  const portal = one(visit.input, 'way') === 'portal';
  const outcome = await once(visit, async (tx): Promise<Outcome> => {
    if ((await lockCase(tx, { actor: visit.actor, reader: visit.reader, caseId })) === undefined)
      return { kind: 'not-found' };
    if (portal && !isEmail(email)) return { kind: 'wrong', problems: [] };
    return chooseDelivery(tx, visit.actor, caseId, portal ? { way: 'portal', email } : { way: 'post' });
  });
  if (outcome.kind === 'not-found') return notFound(visit);
  const ok = outcome.kind === 'done' ? 'zustellweg' : outcome.kind === 'wrong' ? 'zustellwegMail' : 'unveraendert';
  return visit.c.redirect(withQuery(paths.case(caseId), { ok }), 303);
}
