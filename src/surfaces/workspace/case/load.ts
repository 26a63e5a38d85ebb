import { type Appointment, openAppointments } from '../../../modules/appointments/index.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import {
  type BankConfirmation,
  bankConfirmation,
  type CaseDetail,
  type ClearingItem,
  caseStamp,
  type FollowUp,
  findCase,
  type OfficePromise,
  openClearingItems,
  openFollowUps,
  openPromises,
  type RequiredItem,
  requiredItems,
  standsInFor,
  type TimelineEvent,
  timeline,
} from '../../../modules/cases/index.ts';
import { circleNotesOf, circleStamp, withNotes } from '../../../modules/contacts/index.ts';
import { type Document, documentsByIds, type ForeignPages, languagesOf } from '../../../modules/documents/index.ts';
import { type Placement, placementFor } from '../../../modules/fields/index.ts';
import { allStaff, staffOfTeam } from '../../../modules/identity/index.ts';
import {
  arrivalsOfCases,
  receiptOfSubmission,
  type Submission,
  submissionDocuments,
  submissionsOfCase,
} from '../../../modules/intake/index.ts';
import type { Notice } from '../../../modules/notices/index.ts';
import { emailOf, type Match, matchPerson } from '../../../modules/people/index.ts';
import { allTeams, type Team } from '../../../modules/settings/index.ts';
import { type FieldState, fieldStates, type Present, presentIn } from '../../../modules/together/index.ts';
import { type CaseItem, itemsOfCases, pairsOfCase, type SeenPair } from '../../../modules/twice/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { isRefresh } from '../enforce.ts';
import type { OwnGroup } from '../fields/own-groups.ts';
import { draftsOfCase } from '../letters/at-closing.tsx';
import { type LookedUp, peopleQuery, showPeople } from '../people/look-up.ts';
import type { StaffVisit } from '../visit.ts';
import { ownOfCase } from './own-fields.tsx';
import type { CaseView } from './view.ts';

export type CaseSubmission = {
  readonly submission: Submission;
  readonly number: string;
  /** Its papers that lie in this case; one that somebody filed elsewhere is not among them. */
  readonly documents: readonly Document[];
};

export type CaseData = {
  readonly case: CaseDetail;
  readonly submissions: readonly CaseSubmission[];
  /** Papers that were filed here alone; what they came with lies in another case. */
  readonly filedAlone: readonly Document[];
  /** Papers that are not in German, with their languages. */
  readonly languages: ReadonlyMap<string, readonly ForeignPages[]>;
  /** Everything that arrived, each once, with all the ways it came. */
  readonly arrived: readonly CaseItem[];
  /** What may be here twice, in this case or another that the reader may see. */
  readonly pairs: readonly SeenPair[];
  readonly items: readonly RequiredItem[];
  /** What happened, and notes of the reader's circles among it. */
  readonly events: readonly TimelineEvent[];
  readonly doubts: readonly ClearingItem[];
  /** What the office owes the person. */
  readonly promises: readonly OfficePromise[];
  /** When the case is to be seen again, and by whom. */
  readonly followUps: readonly FollowUp[];
  /** Appointments that have not ended, where the case is to be closed: they are asked about. */
  readonly openAppointments: readonly Appointment[];
  /** Letters that were begun and not sent, where the case is to be closed: they are asked about. */
  readonly letterDrafts: readonly Notice[];
  /** Who may be given a follow-up: those who see the cases of its team. */
  readonly colleagues: readonly { id: string; name: string }[];
  /** The account number that came with the case, and whether it is confirmed. */
  readonly bank: BankConfirmation | undefined;
  readonly teams: readonly Team[];
  readonly staff: readonly { id: string; name: string }[];
  /** The e-mail address the office keeps of the confirmed person. */
  readonly email: string | null;
  /** How often each field of the case and its person was written, and by whom last. */
  readonly fields: (subjectId: string, field: string) => FieldState;
  /** Own fields of the case, its person and household, with what stands in them. */
  readonly own: readonly OwnGroup[];
  /** In which order the fields that come with Tandem stand in this case, and which the house or the team hides. */
  readonly placement: Placement;
  /** How many own fields the team hides here. */
  readonly hiddenOwn: number;
  /** Who else has the case open. */
  readonly present: readonly Present[];
  /** Another text after every entry in the timeline. */
  readonly stamp: string;
  /** Another text after every note of the reader's circles; empty for who belongs to none. */
  readonly circled: string;
  readonly matches: readonly Match[];
  /** People found by the words in `suche`, beside the suggestions; undefined where nobody was looked for. */
  readonly found: LookedUp | undefined;
};

/**
 * Everything a case page shows, read and logged in one transaction; undefined where the reader may not see the case or
 * there is none. `all`: with the own fields that the team hides.
 */
export async function loadCase(
  tx: Tx,
  visit: StaffVisit,
  id: string,
  { search = '', names = '', all = false, verb }: Partial<Pick<CaseView, 'search' | 'names' | 'all' | 'verb'>> = {},
): Promise<CaseData | undefined> {
  // Versions before values: what is written in between is then a conflict too many, and never one too few.
  const ofCase = await fieldStates(tx, [id]);
  const found = await findCase(tx, visit.reader, id);
  if (found === undefined) return undefined;
  const ofPerson = await fieldStates(tx, found.personId === null ? [] : [found.personId]);
  const renewed = isRefresh(visit.c);
  await recordAudit(tx, visit.actor, {
    action: 'case.read',
    subjectType: 'case',
    subjectId: found.id,
    caseId: found.id,
    reason: readReason(visit, found, renewed),
    ...(renewed ? { detail: { renewed } } : {}),
  });
  const { submissions, filedAlone } = await submissionsWithPapers(tx, id);
  const first = submissions[0]?.submission;
  const everyOwn = await ownOfCase(tx, found);
  const shownOwn = everyOwn.flatMap((group) => {
    const fields = group.fields.filter(({ field }) => field.hidden !== true);
    return fields.length === 0 ? [] : [{ ...group, fields }];
  });
  const papers = [...submissions.flatMap((each) => each.documents), ...filedAlone].map(({ id: paper }) => paper);
  return {
    case: found,
    submissions,
    filedAlone,
    languages: await languagesOf(tx, papers),
    arrived: await itemsOfCases(tx, [id]),
    pairs: await pairsOfCase(tx, visit.reader, id),
    items: await requiredItems(tx, id),
    events: withNotes(await timeline(tx, id), await circleNotesOf(tx, visit, id)),
    doubts: await openClearingItems(tx, id),
    bank: await bankConfirmation(tx, id),
    promises: await openPromises(tx, id),
    followUps: await openFollowUps(tx, id),
    openAppointments: verb === 'abschluss' ? await openAppointments(tx, id) : [],
    letterDrafts: verb === 'abschluss' ? await draftsOfCase(tx, id) : [],
    colleagues: await staffOfTeam(tx, found.teamId),
    teams: await allTeams(tx),
    staff: await allStaff(tx),
    email: found.personId === null ? null : await emailOf(tx, found.personId),
    fields: (subjectId, field) => (subjectId === id ? ofCase : ofPerson)(subjectId, field),
    own: all ? everyOwn : shownOwn,
    hiddenOwn: countOf(everyOwn) - countOf(shownOwn),
    placement: await placementFor(tx, found.teamId),
    present: await presentIn(tx, [id], visit.staff.id),
    stamp: await caseStamp(tx, id),
    circled: await circleStamp(tx, visit.reader, id),
    matches: first === undefined ? [] : await matchPerson(tx, first.person),
    found: verb === 'person' ? await showPeople(tx, visit, peopleQuery(search), names) : undefined,
  };
}

const countOf = (groups: readonly OwnGroup[]): number => groups.reduce((sum, { fields }) => sum + fields.length, 0);

/** Why somebody looks, for the log that the person can see. */
function readReason(visit: StaffVisit, found: CaseDetail, renewed: boolean): string {
  if (standsInFor(visit.reader, found) !== undefined) return visit.t('myday:standIn.readReason');
  return visit.t(renewed ? 'together:live.readReason' : 'workspace:case.readReason');
}

/** More papers than this no case has. */
const mostPapers = 2_000;

async function submissionsWithPapers(tx: Tx, caseId: string): Promise<Pick<CaseData, 'submissions' | 'filedAlone'>> {
  const here = await arrivalsOfCases(tx, [caseId], mostPapers);
  const submissions: CaseSubmission[] = [];
  for (const submission of await submissionsOfCase(tx, caseId)) {
    const ids = (await submissionDocuments(tx, submission.id)).map((each) => each.documentId);
    const lying = ids.filter((id) => here.some((each) => each.documentId === id));
    const receipt = await receiptOfSubmission(tx, submission.id);
    submissions.push({ submission, number: receipt?.number ?? '', documents: await documentsByIds(tx, lying) });
  }
  const own = new Set(submissions.map((each) => each.submission.id));
  const alone = here.flatMap((each) => (own.has(each.submissionId) ? [] : [each.documentId]));
  return { submissions, filedAlone: await documentsByIds(tx, alone) };
}
