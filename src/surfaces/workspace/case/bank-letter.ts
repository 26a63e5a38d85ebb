import { isId } from '../../../kernel/ids.ts';
import { submissionsOfCase } from '../../../modules/intake/index.ts';
import { accountTemplate, beginNotice, type Notice, noticesOfCase } from '../../../modules/notices/index.ts';
import { fieldId } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { type Outcome, once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { addressLength, statedLanguage } from './item-letter.tsx';
import { showAgain } from './verb-act.ts';

/**
 * Begins the letter that confirms an account number; it is looked at, sent and proven like every other, always by post, and its code is set on a sheet
 * when it is printed. The address is typed by staff from the file: one that came with the same submission would lead the letter to whoever
 * sent it.
 */
export async function beginBankLetter(visit: StaffVisit): Promise<Response> {
  const caseId = visit.c.req.param('id') ?? '';
  if (!isId(caseId)) return notFound(visit);
  let begun: string | undefined;
  const outcome = await once(visit, async (tx): Promise<Outcome> => {
    const act = { actor: visit.actor, reader: visit.reader, caseId };
    const recipient = one(visit.input, 'address').slice(0, addressLength);
    const language = statedLanguage(await submissionsOfCase(tx, caseId));
    const result = await beginNotice(tx, act, { template: accountTemplate, recipient, language });
    if (result.kind === 'no-account' || result.kind === 'no-template') {
      const text = visit.t(`workspace:verb.konto.${result.kind === 'no-account' ? 'noAccount' : 'noTemplate'}`);
      return { kind: 'wrong', problems: [{ id: fieldId('address'), text }] };
    }
    if (result.kind !== 'begun') return { kind: 'not-found' };
    begun = result.id;
    return { kind: 'done' };
  });
  if (outcome.kind === 'not-found') return notFound(visit);
  if (outcome.kind === 'wrong') return showAgain(visit, 'konto', { problems: outcome.problems });
  // Sent twice: the letter that the first time began.
  const earlier = async () => (await inTenant(visit, (tx) => noticesOfCase(tx, caseId))).find(isAccount)?.id;
  const id = begun ?? (await earlier());
  return id === undefined ? notFound(visit) : visit.c.redirect(withQuery(paths.letter(id), { ok: 'begonnen' }), 303);
}

const isAccount = ({ bankConfirmationId }: Pick<Notice, 'bankConfirmationId'>): boolean => bankConfirmationId !== null;
