import { canonicalJson } from '../../../kernel/canonical.ts';
import { isId } from '../../../kernel/ids.ts';
import { type CaseDetail, findCase, lockCase } from '../../../modules/cases/index.ts';
import { claimCommand } from '../../../modules/intake/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { type Conflict, collide, withBoth } from '../together/conflict.tsx';
import { dropTaken, saidIn } from '../together/keep-unsent.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { guardOf } from './guards.ts';
import { loadCase } from './load.ts';
import { partOf } from './more-verbs.ts';
import { casePage } from './page.tsx';
import type { Tried, Try } from './verbs.ts';
import { type CaseView, isCaseVerb, readView, type Verb } from './view.ts';

const caseId = (visit: StaffVisit): string => visit.c.req.param('id') ?? '';

/**
 * Back to where the verb was used: the queue, or the case; to the inbox when the case went to a team of others. Chosen from
 * our own pages, never taken from the request.
 */
async function back(tx: Tx, visit: StaffVisit, done: string): Promise<Response> {
  const document = one(visit.input, 'dok');
  const seite = one(visit.input, 'seite');
  const to = (path: string, more: Record<string, string | undefined> = {}): Response =>
    visit.c.redirect(withQuery(path, { ok: done, ...more }), 303);
  if (one(visit.input, 'von') === 'klaerung') return to(paths.clearing);
  if (one(visit.input, 'von') === 'zusagen') return to(paths.promises);
  if (one(visit.input, 'von') === 'heute') return to(paths.today);
  if ((await findCase(tx, visit.reader, caseId(visit))) === undefined) return to(paths.home);
  return to(paths.case(caseId(visit)), {
    dok: isId(document) ? document : undefined,
    seite: /^[1-9]\d{0,3}$/.test(seite) && seite !== '1' ? seite : undefined,
  });
}

type Refusal =
  | Extract<Tried, { kind: 'wrong' | 'asks' | 'not-found' }>
  | { readonly kind: 'conflict'; readonly conflict: Conflict };

/** A verb that was refused leaves nothing, not even its claimed command: the same form may be put right and sent again. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(`The verb was refused: ${refusal.kind}.`);
    this.refusal = refusal;
  }
}

/** Claims the command of the form; forms from before there were commands have none. */
async function claim(tx: Tx, visit: StaffVisit): Promise<'claimed' | 'repeated' | 'key-reused'> {
  const { command } = visit.input;
  const said = saidIn(visit.input);
  if (!isId(command)) return 'claimed';
  return claimCommand(tx, visit.actor, command, sha256(canonicalJson({ path: visit.c.req.path, said })));
}

/** What a verb of the case, or of another room, would overwrite. */
const guardFor = (tx: Tx, visit: StaffVisit, verb: Verb | undefined, found: CaseDetail) =>
  verb === undefined || isCaseVerb(verb) ? guardOf(tx, visit, verb, found) : partOf(verb)?.guard?.(tx, visit, found);

/** One verb, once, in one transaction. */
const carryOut = (
  visit: StaffVisit,
  attempt: Try,
  done: (visit: StaffVisit) => string,
  verb?: Verb,
): Promise<Response> =>
  inTenant(visit, async (tx) => {
    const claimed = await claim(tx, visit);
    if (claimed === 'repeated') {
      await dropTaken(tx, visit);
      return back(tx, visit, 'unveraendert');
    }
    await lockCase(tx, { actor: visit.actor, reader: visit.reader, caseId: caseId(visit) }); // before any field of it
    const found = await findCase(tx, visit.reader, caseId(visit));
    if (found === undefined) throw new Refused({ kind: 'not-found' });
    const problem = { id: 'verb', text: visit.t('workspace:problem.sentOther') };
    if (claimed === 'key-reused') throw new Refused({ kind: 'wrong', problems: [problem] });
    const guarded = await guardFor(tx, visit, verb, found);
    const conflict = collide(visit.input, guarded);
    if (conflict !== undefined) throw new Refused({ kind: 'conflict', conflict });
    const both = one(visit.input, 'beides') === 'ja' && guarded?.joinable !== undefined;
    const meant = both ? { ...visit, input: withBoth(visit.input, guarded.joinable) } : visit;
    const outcome = await attempt(tx, meant, caseId(visit));
    if (outcome.kind === 'wrong' || outcome.kind === 'asks' || outcome.kind === 'not-found') throw new Refused(outcome);
    await dropTaken(tx, visit);
    if (outcome.kind === 'next') return visit.c.redirect(outcome.path, 303);
    return back(tx, visit, outcome.kind === 'done' ? done(visit) : 'unveraendert');
  });

/** Tries a verb. What is wrong is said in the case itself, with the typed text kept. */
export const verbAct =
  (attempt: Try, done: (visit: StaffVisit) => string, verb?: Verb) =>
  async (visit: StaffVisit): Promise<Response> => {
    if (!isId(caseId(visit))) return notFound(visit);
    try {
      return await carryOut(visit, attempt, done, verb);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { refusal } = error;
      if (refusal.kind === 'not-found') return notFound(visit);
      if (refusal.kind === 'asks') return showAgain(visit, verb, { question: refusal.question });
      return refusal.kind === 'wrong'
        ? showAgain(visit, verb, { problems: refusal.problems })
        : showAgain(visit, verb, { conflict: refusal.conflict });
    }
  };

/** The case again with the form of a verb, what was typed in it, and why it was refused. */
export const showAgain = (
  visit: StaffVisit,
  verb: Verb | undefined,
  why: Pick<CaseView, 'conflict' | 'question'> & Partial<Pick<CaseView, 'problems'>>,
): Promise<Response> =>
  inTenant(visit, async (tx) => {
    const search = one(visit.input, 'suche');
    const names = one(visit.input, 'namen');
    const document = one(visit.input, 'dok');
    const all = one(visit.input, 'alles') === 'ja';
    const data = await loadCase(tx, visit, caseId(visit), { search, names, all, verb });
    if (data === undefined) return notFound(visit);
    const shown = {
      verb,
      search,
      names,
      all,
      input: visit.input,
      ...why,
      document: isId(document) ? document : undefined,
    };
    return casePage(tx, visit, data, readView(visit, shown));
  });
