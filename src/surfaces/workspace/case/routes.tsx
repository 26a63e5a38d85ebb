import { canonicalJson } from '../../../kernel/canonical.ts';
import { isId } from '../../../kernel/ids.ts';
import { accessLog, recordAudit } from '../../../modules/audit/index.ts';
import { findCase, lockCase, resolveClearing } from '../../../modules/cases/index.ts';
import { claimCommand } from '../../../modules/intake/index.ts';
import { dropDraft } from '../../../modules/together/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { BackLink, formatDateTime, Table } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { below, paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { type Conflict, collide, withBoth } from '../together/conflict.tsx';
import { draftAt } from '../together/drafts.tsx';
import { inTenant, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { nameOnCase } from '../words.tsx';
import { bankLetter } from './bank-letter.ts';
import { finish } from './follow-up-verbs.ts';
import { guardOf } from './guards.ts';
import { actorWords } from './history.tsx';
import { itemLetter, itemLetterPage } from './item-letter.tsx';
import { loadCase } from './load.ts';
import { moveToCase, stayOwnCase } from './move.ts';
import { casePage } from './page.tsx';
import { keep, type Tried, type Try, tries, withdraw } from './verbs.ts';
import { type CaseView, readView, type Verb, verbs } from './view.ts';

const caseId = (visit: StaffVisit): string => visit.c.req.param('id') ?? '';

async function showCase(visit: StaffVisit, tx: Tx): Promise<Response> {
  const asked = readView(visit);
  const data = isId(caseId(visit)) ? await loadCase(tx, visit, caseId(visit), asked.search) : undefined;
  if (data === undefined) return notFound(visit);
  const draft =
    asked.verb === undefined ? undefined : await draftAt(tx, visit, paths.caseVerb(caseId(visit), asked.verb));
  const view = draft === undefined ? asked : { ...asked, input: draft.fields, draftAt: draft.savedAt };
  return casePage(visit, data, view);
}

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
  | Extract<Tried, { kind: 'wrong' | 'not-found' }>
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
  const { csrf: _, command, ...said } = visit.input;
  if (!isId(command)) return 'claimed';
  return claimCommand(tx, visit.actor, command, sha256(canonicalJson({ path: visit.c.req.path, said })));
}

/** One verb, once, in one transaction. */
const carryOut = (
  visit: StaffVisit,
  attempt: Try,
  done: (visit: StaffVisit) => string,
  verb?: Verb,
): Promise<Response> =>
  inTenant(visit, async (tx) => {
    const claimed = await claim(tx, visit);
    if (claimed === 'repeated') return back(tx, visit, 'unveraendert');
    await lockCase(tx, { actor: visit.actor, reader: visit.reader, caseId: caseId(visit) }); // before any field of it
    const found = await findCase(tx, visit.reader, caseId(visit));
    if (found === undefined) throw new Refused({ kind: 'not-found' });
    const problem = { id: 'verb', text: visit.t('workspace:problem.sentOther') };
    if (claimed === 'key-reused') throw new Refused({ kind: 'wrong', problems: [problem] });
    const guarded = await guardOf(tx, visit, verb, found);
    const conflict = collide(visit.input, guarded);
    if (conflict !== undefined) throw new Refused({ kind: 'conflict', conflict });
    const both = one(visit.input, 'beides') === 'ja' && guarded?.joinable !== undefined;
    const meant = both ? { ...visit, input: withBoth(visit.input, guarded.joinable) } : visit;
    const outcome = await attempt(tx, meant, caseId(visit));
    if (outcome.kind === 'wrong' || outcome.kind === 'not-found') throw new Refused(outcome);
    await dropDraft(tx, visit.staff.id, visit.c.req.path);
    return back(tx, visit, outcome.kind === 'done' ? done(visit) : 'unveraendert');
  });

/** Tries a verb. What is wrong is said in the case itself, with the typed text kept. */
const verbAct =
  (attempt: Try, done: (visit: StaffVisit) => string, verb?: Verb) =>
  async (visit: StaffVisit): Promise<Response> => {
    if (!isId(caseId(visit))) return notFound(visit);
    try {
      return await carryOut(visit, attempt, done, verb);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { refusal } = error;
      if (refusal.kind === 'not-found') return notFound(visit);
      return refusal.kind === 'wrong'
        ? showAgain(visit, verb, { problems: refusal.problems })
        : showAgain(visit, verb, { conflict: refusal.conflict });
    }
  };

const showAgain = (
  visit: StaffVisit,
  verb: Verb | undefined,
  why: Pick<CaseView, 'conflict'> & Partial<Pick<CaseView, 'problems'>>,
): Promise<Response> =>
  inTenant(visit, async (tx) => {
    const search = one(visit.input, 'suche');
    const document = one(visit.input, 'dok');
    const data = await loadCase(tx, visit, caseId(visit), search);
    if (data === undefined) return notFound(visit);
    const shown = { verb, search, input: visit.input, ...why, document: isId(document) ? document : undefined };
    return casePage(visit, data, readView(visit, shown));
  });

/** Somebody looked at a paper that we cannot show, and settled it. */
const readable: Try = async (tx, visit, id) => {
  const settled = await resolveClearing(tx, visit.actor, id, ['unreadable'], 'looked at');
  return { kind: settled > 0 ? 'done' : 'unchanged' };
};

async function showAccess(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t, language } = visit;
  const found = isId(caseId(visit)) ? await findCase(tx, visit.reader, caseId(visit)) : undefined;
  if (found === undefined) return notFound(visit);
  await recordAudit(tx, visit.actor, {
    action: 'case.access-read',
    subjectType: 'case',
    subjectId: found.id,
    caseId: found.id,
    reason: t('workspace:access.title'),
  });
  const entries = await accessLog(tx, found.id);
  return show(
    visit,
    { title: t('workspace:access.title'), active: 'inbox' },
    <>
      <BackLink href={paths.case(found.id)}>{`${nameOnCase(visit, found.personName)}, ${found.number}`}</BackLink>
      <WithHelp visit={visit} of="access-log">
        <h1>{t('workspace:access.title')}</h1>
      </WithHelp>
      <p>{t('workspace:access.text')}</p>
      <Table
        caption={t('workspace:access.title')}
        rows={entries}
        columns={[
          { header: t('workspace:access.at'), cell: (row) => formatDateTime(row.at, language, t) },
          {
            header: t('workspace:access.who'),
            head: true,
            cell: (row) => actorWords(visit, row.actorKind, row.actorName),
          },
          { header: t('workspace:access.what'), cell: (row) => actionWords(visit, row.action) },
          { header: t('workspace:access.why'), cell: (row) => row.reason ?? '' },
        ]}
      />
    </>,
  );
}

const knownActions = [
  'case.read',
  'document.read',
  'case.access-read',
  'receipt.read',
  'submission.received',
  'case.supplemented',
  'case.doubt-settled',
  'file.read',
  'file.exported',
  'file.export-read',
  'document.moved',
  'document.blackened',
  'document.erased',
];

/** What an entry of the log was about, in words; verbs read as "worked on". */
const actionWords = (visit: StaffVisit, action: string): string =>
  visit.t(`workspace:access.action.${knownActions.includes(action) ? action.replace('.', '-') : 'other'}`);

const verbRoutes = verbs.map(
  (verb): WorkspaceRoute => ({
    method: 'POST',
    path: below(paths.caseVerb(':id', verb)),
    access: 'staff',
    audit: { records: 'case.<event>, case.read where the case is shown again' },
    handle: {
      act: verbAct(
        tries[verb],
        (visit) => (verb === 'zuweisung' && one(visit.input, 'staff') === '' ? 'frei' : verb),
        verb,
      ),
    },
  }),
);

export const caseRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.case(':id')),
    access: 'staff',
    audit: { records: 'case.read' },
    handle: { page: showCase },
  },
  {
    method: 'GET',
    path: below(paths.accessLog(':id')),
    access: 'staff',
    audit: { records: 'case.access-read' },
    handle: { page: showAccess },
  },
  ...verbRoutes,
  {
    method: 'POST',
    path: below(paths.withdrawal(':id', ':item')),
    access: 'staff',
    audit: { records: 'case.item-withdrawn' },
    handle: { act: verbAct(withdraw, () => 'ruecknahme') },
  },
  {
    method: 'POST',
    path: below(paths.promiseKept(':id', ':promise')),
    access: 'staff',
    audit: { records: 'case.promise-kept' },
    handle: { act: verbAct(keep, () => 'eingehalten') },
  },
  {
    method: 'POST',
    path: below(paths.followUpDone(':id', ':followUp')),
    access: 'staff',
    audit: { records: 'case.follow-up-ended' },
    handle: { act: verbAct(finish, () => 'erledigt') },
  },
  {
    method: 'POST',
    path: below(paths.bankLetter(':id')),
    access: 'staff',
    audit: { records: 'case.bank-letter' },
    handle: { act: bankLetter },
  },
  {
    method: 'GET',
    path: below(paths.itemLetter(':id', ':item')),
    access: 'staff',
    audit: { records: 'case.read' },
    handle: { page: itemLetterPage },
  },
  {
    method: 'POST',
    path: below(paths.itemLetter(':id', ':item')),
    access: 'staff',
    audit: { records: 'case.item-letter' },
    handle: { act: itemLetter },
  },
  {
    method: 'POST',
    path: below(paths.readable(':id')),
    access: 'staff',
    audit: { records: 'case.doubt-settled' },
    handle: { act: verbAct(readable, () => 'lesbarkeit') },
  },
  {
    method: 'POST',
    path: below(paths.moveSubmission(':id')),
    access: 'staff',
    audit: { records: 'case.submission-left, case.submission-joined, case.doubt-settled' },
    handle: { act: verbAct(moveToCase, () => 'verlegung') },
  },
  {
    method: 'POST',
    path: below(paths.ownCase(':id')),
    access: 'staff',
    audit: { records: 'case.doubt-settled' },
    handle: { act: verbAct(stayOwnCase, () => 'eigener') },
  },
];
