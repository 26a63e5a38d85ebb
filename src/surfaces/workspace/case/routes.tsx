import { isId } from '../../../kernel/ids.ts';
import { accessLog, recordAudit } from '../../../modules/audit/index.ts';
import { findCase, resolveClearing } from '../../../modules/cases/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { BackLink, formatDateTime, Table } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { settle } from '../appointments/lines.tsx';
import { settledBy } from '../clearing/paper-doubts.tsx';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { below, paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { draftAt } from '../together/drafts.tsx';
import type { StaffVisit, WorkspaceRoute } from '../visit.ts';
import { nameOnCase } from '../words.tsx';
import { accept } from './ask-again.tsx';
import { beginBankLetter } from './bank-letter.ts';
import { finish } from './follow-up-verbs.ts';
import { actorWords } from './history.tsx';
import { beginItemLetter, itemLetterPage } from './item-letter.tsx';
import { loadCase } from './load.ts';
import { partOf } from './more-verbs.ts';
import { moveToCase, stayOwnCase } from './move.ts';
import { casePage } from './page.tsx';
import { verbAct } from './verb-act.ts';
import { keep, type Try, tries, withdraw } from './verbs.ts';
import { isCaseVerb, readView, type Verb, verbs } from './view.ts';
import { chooseViewAct } from './views.tsx';

const caseId = (visit: StaffVisit): string => visit.c.req.param('id') ?? '';

async function showCase(visit: StaffVisit, tx: Tx): Promise<Response> {
  const asked = readView(visit);
  const data = isId(caseId(visit)) ? await loadCase(tx, visit, caseId(visit), asked) : undefined;
  if (data === undefined) return notFound(visit);
  const kept =
    asked.verb === undefined ? undefined : await draftAt(tx, visit, paths.caseVerb(caseId(visit), asked.verb));
  // A correction that was asked for is not the draft of another note, which waits in its own place.
  const correcting = one(asked.input, 'corrects');
  const draft = correcting === '' || kept?.fields['corrects'] === correcting ? kept : undefined;
  // A talk that answers a message is ticked in the draft as well, whose words may be about it.
  const { answered } = asked.input;
  const input = { ...draft?.fields, ...(answered === undefined ? {} : { answered }) };
  const view = draft === undefined ? asked : { ...asked, input, draftAt: draft.savedAt };
  return casePage(tx, visit, data, view);
}

/** Somebody looked at papers that we cannot show, that nobody could read in whole, or that are not in German, and settled it. */
const readable: Try = async (tx, visit, id) => {
  const settled = await resolveClearing(tx, visit.actor, id, [settledBy(one(visit.input, 'art'))], 'looked at');
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
    { title: t('workspace:access.title') },
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

/** What a verb does: of the case itself, or of another room. */
const attemptOf = (verb: Verb): Try => {
  const attempt = isCaseVerb(verb) ? tries[verb] : partOf(verb)?.attempt;
  if (attempt === undefined) throw new Error(`The verb ${verb} has no part.`);
  return attempt;
};

const verbRoutes = verbs.map(
  (verb): WorkspaceRoute => ({
    method: 'POST',
    path: below(paths.caseVerb(':id', verb)),
    access: 'staff',
    audit: { records: 'case.<event>, case.read where the case is shown again' },
    handle: {
      act: verbAct(
        attemptOf(verb),
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
  {
    method: 'POST',
    path: below(paths.caseWorkView(':id')),
    access: 'staff',
    audit: { nothing: 'how somebody wants to see a case is theirs; the look that follows is recorded' },
    handle: { act: chooseViewAct },
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
    path: below(paths.acceptance(':id', ':item')),
    access: 'staff',
    audit: { records: 'case.item-fulfilled' },
    handle: { act: verbAct(accept, () => 'angenommen') },
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
    path: below(paths.appointmentAnswered(':id', ':appointment')),
    access: 'staff',
    audit: { records: 'case.appointment-office' },
    handle: { act: verbAct(settle, () => 'terminantwort') },
  },
  {
    method: 'POST',
    path: below(paths.bankLetter(':id')),
    access: 'staff',
    audit: { records: 'case.letter-begun' },
    handle: { act: beginBankLetter },
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
    audit: { records: 'case.read, case.letter-begun' },
    handle: { act: beginItemLetter },
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
