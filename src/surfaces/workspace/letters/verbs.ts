import { dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { issueReturnCode, openRequiredItems } from '../../../modules/cases/index.ts';
import {
  discardNotice,
  type FieldConflict,
  findNotice,
  giveBackNotice,
  leaveReturned,
  type Notice,
  noteDispute,
  noteReturned,
  releaseNotice,
  sendAgain,
  submitNotice,
  writeNotice,
} from '../../../modules/notices/index.ts';
import { dropDraft } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { fieldId } from '../../../ui/index.ts';
import { wayOfLetter } from '../../letter-way.ts';
import { letterSource, returnTarget, setLetter } from '../../notice-paper.ts';
import { one } from '../../request.ts';
import { addressLength } from '../case/item-letter.tsx';
import { type Outcome, once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { parseDay } from '../parse.ts';
import { paths, withQuery } from '../paths.ts';
import { dropTaken } from '../together/keep-unsent.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { readFields } from './fields.ts';
import { letterAt, loadLetter } from './load.ts';
import { letterAgain } from './page.tsx';
import { readyWords } from './words.ts';

const idOf = (visit: StaffVisit): string => visit.c.req.param('id') ?? '';
const actOf = (visit: StaffVisit) => ({ actor: visit.actor, reader: visit.reader, noticeId: idOf(visit) });
const to = (visit: StaffVisit, ok: string): Response =>
  visit.c.redirect(withQuery(paths.letter(idOf(visit)), { ok }), 303);

/**
 * Keeps what was typed; with a block put behind it, or, where nothing was typed since the preview, sends the letter. What was typed and not seen in
 * the preview is never sent: it is kept, and shown first.
 */
export async function writeText(visit: StaffVisit): Promise<Response> {
  if (!isId(idOf(visit))) return notFound(visit);
  const wish = one(visit.input, 'tun');
  const data = await inTenant(visit, (tx) => loadLetter(tx, visit, idOf(visit)));
  if (data === undefined) return notFound(visit);
  const block = wish === 'baustein' ? data.blocks.find((each) => each.key === one(visit.input, 'baustein')) : undefined;
  const meant = block === undefined ? visit : { ...visit, input: withBlock(visit, block.body) };
  const { written, problems } = readFields(meant, data.notice);
  if (problems.length > 0) return letterAgain(visit, { input: visit.input, problems, conflicts: [] });
  let conflicts: readonly FieldConflict[] = [];
  let done = 'unveraendert';
  const outcome = await once(visit, async (tx): Promise<Outcome> => {
    const result = await writeNotice(tx, actOf(visit), written);
    if (result.kind === 'not-found') return { kind: 'not-found' };
    if (result.kind === 'closed') return { kind: 'unchanged' };
    if (result.kind === 'no-appointment')
      return {
        kind: 'wrong',
        problems: [{ id: fieldId('appointmentId'), text: visit.t('notices:problem.appointmentId') }],
      };
    if (result.kind === 'conflicts') {
      conflicts = result.conflicts;
      return { kind: 'wrong', problems: [] };
    }
    await dropTaken(tx, visit);
    if (result.kind === 'written')
      done = result.withdrawn ? 'zurueckgenommen' : wish === 'senden' ? 'veraendert' : 'gespeichert';
    return { kind: result.kind === 'written' ? 'done' : 'unchanged' };
  });
  if (outcome.kind === 'not-found') return notFound(visit);
  if (outcome.kind === 'wrong')
    return letterAgain(visit, { input: meant.input, problems: outcome.problems, conflicts });
  if (wish === 'senden' && done === 'unveraendert') return submit(visit);
  return to(visit, block === undefined ? done : 'baustein');
}

/** The text with a block behind it. */
const withBlock = (visit: StaffVisit, body: string): StaffVisit['input'] => ({
  ...visit.input,
  body: `${one(visit.input, 'body')}\n\n${body}`.trim(),
});

/** The code on the paper works for its full time from the day the letter goes out; it stays the same, and so do the bytes. */
async function keepReturnCode(tx: Tx, visit: StaffVisit, notice: Notice): Promise<void> {
  const { codes } = await visit.services.keyring.of(visit.jobcenter.id);
  const target = returnTarget(notice, await openRequiredItems(tx, notice.caseId));
  await issueReturnCode(tx, codes, { ...target, by: visit.staff.id });
}

/** Sets the letter, keeps its bytes, and puts it before somebody else or sends it. Only what was looked at: the preview has the same hash. */
async function submit(visit: StaffVisit): Promise<Response> {
  const source = await inTenant(visit, async (tx) => {
    const at = await letterAt(tx, visit, idOf(visit));
    return at && letterSource(tx, visit.services, visit.jobcenter, at.case, at.notice);
  });
  if (source === undefined) return notFound(visit);
  if (source.notice.state !== 'draft') return to(visit, 'unveraendert');
  const set = await setLetter(source);
  if (set.sha256.toString('hex') !== one(visit.input, 'hash')) return to(visit, 'veraendert');
  const document = await visit.services.vault.prepare(visit.jobcenter.id, {
    name: `${source.title}.pdf`,
    bytes: set.bytes,
    mediaType: 'application/pdf',
    pages: set.pages,
  });
  const result = await inTenant(visit, async (tx) => {
    const at = await letterAt(tx, visit, idOf(visit));
    if (at === undefined) return { kind: 'not-found' } as const;
    const { way } = await wayOfLetter(tx, visit.jobcenter, at.case, at.notice);
    const outcome = await submitNotice(tx, actOf(visit), {
      content: source.notice.content,
      document,
      values: source.values,
      untranslated: source.paper.translation === undefined,
      appointmentId: source.appointmentId,
      way,
      sender: visit.jobcenter.name,
    });
    if (outcome.kind === 'submitted' || outcome.kind === 'sent') await keepReturnCode(tx, visit, at.notice);
    return outcome;
  });
  switch (result.kind) {
    case 'not-found':
      return notFound(visit);
    case 'problems':
      return letterAgain(visit, {
        problems: result.problems.map((problem) => readyWords(visit, problem)),
        conflicts: [],
      });
    case 'item-gone':
      return letterAgain(visit, { problems: [itemThere(visit, 'preview')], conflicts: [] });
    case 'changed':
      return to(visit, 'veraendert');
    case 'submitted':
      return to(visit, 'eingereicht');
    case 'sent':
      return to(visit, 'gesendet');
    case 'unchanged':
    case 'closed':
      return to(visit, 'unveraendert');
  }
}

/** What a letter asks for came meanwhile; said with a link to a part of its page. */
const itemThere = (visit: StaffVisit, id: 'preview' | 'release' | 'again') => ({
  id,
  text: visit.t('notices:problem.itemGone'),
});

type Attempt = (tx: Tx, visit: StaffVisit) => Promise<Outcome>;

/** A verb without a text of the letter: done once, what is wrong is said in the page with what was typed. */
const act =
  (done: string, attempt: Attempt) =>
  async (visit: StaffVisit): Promise<Response> => {
    if (!isId(idOf(visit))) return notFound(visit);
    const outcome = await once(visit, (tx) => attempt(tx, visit));
    if (outcome.kind === 'not-found') return notFound(visit);
    if (outcome.kind === 'wrong')
      return letterAgain(visit, { problems: outcome.problems, conflicts: [], small: visit.input });
    return to(visit, outcome.kind === 'done' ? done : 'unveraendert');
  };

/** Somebody who wrote nothing in it releases exactly the bytes whose hash their page showed. */
export const release = act('gesendet', async (tx, visit) => {
  const found = await letterAt(tx, visit, idOf(visit));
  if (found === undefined) return { kind: 'not-found' };
  const { way } = await wayOfLetter(tx, visit.jobcenter, found.case, found.notice);
  await keepReturnCode(tx, visit, found.notice);
  const hash = one(visit.input, 'hash');
  const sha256 = Buffer.from(/^[0-9a-f]{64}$/.test(hash) ? hash : '', 'hex');
  const outcome = await releaseNotice(tx, actOf(visit), { sha256, way, sender: visit.jobcenter.name });
  switch (outcome.kind) {
    case 'sent':
      return { kind: 'done' };
    case 'not-found':
    case 'unchanged':
      return { kind: outcome.kind };
    case 'item-gone':
      return { kind: 'wrong', problems: [itemThere(visit, 'release')] };
    default:
      return { kind: 'wrong', problems: [{ id: 'release', text: visit.t(`notices:problem.release.${outcome.kind}`) }] };
  }
});

export const giveBack = act('zurueckgegeben', async (tx, visit) => {
  const why = one(visit.input, 'why').slice(0, 1_000);
  if (why === '') return { kind: 'wrong', problems: [{ id: fieldId('why'), text: visit.t('notices:problem.why') }] };
  return giveBackNotice(tx, actOf(visit), why);
});

/** Thrown away: back to the case, there is nothing more to see. */
export async function discard(visit: StaffVisit): Promise<Response> {
  if (!isId(idOf(visit))) return notFound(visit);
  const found = await inTenant(visit, (tx) => findNotice(tx, visit.reader, idOf(visit)));
  if (found === undefined) return notFound(visit);
  const outcome = await once(visit, async (tx): Promise<Outcome> => {
    const result = await discardNotice(tx, actOf(visit));
    await dropDraft(tx, visit.staff.id, paths.letterVerb(idOf(visit), 'text'));
    return { kind: result.kind === 'closed' ? 'unchanged' : result.kind };
  });
  return outcome.kind === 'not-found' ? notFound(visit) : visit.c.redirect(paths.case(found.caseId), 303);
}

export const dispute = act('bestritten', async (tx, visit) => {
  const said = one(visit.input, 'said').slice(0, 2_000);
  const day = one(visit.input, 'claimed');
  const claimed = day === '' ? null : parseDay(day);
  const problems = [
    ...(claimed === undefined || (claimed !== null && claimed > dayInGermany(tx.now))
      ? [{ id: fieldId('claimed'), text: visit.t('notices:problem.claimed') }]
      : []),
    ...(said === '' ? [{ id: fieldId('said'), text: visit.t('notices:problem.said') }] : []),
  ];
  if (problems.length > 0 || claimed === undefined) return { kind: 'wrong', problems };
  const { kind } = await noteDispute(tx, actOf(visit), { claimed, text: said });
  return kind === 'not-sent'
    ? { kind: 'wrong', problems: [{ id: fieldId('said'), text: visit.t('notices:problem.notOut') }] }
    : { kind };
});

/** What somebody must write for a verb, at most so long; empty is a problem of its field. */
const wanted = (visit: StaffVisit, field: 'reason' | 'left'): string => one(visit.input, field).slice(0, 1_000);
const missing = (visit: StaffVisit, field: 'reason' | 'left'): Outcome => ({
  kind: 'wrong',
  problems: [{ id: fieldId(field), text: visit.t(`notices:problem.${field}`) }],
});

export const returned = act('ruecklauf', async (tx, visit) => {
  const reason = wanted(visit, 'reason');
  if (reason === '') return missing(visit, 'reason');
  return asOutcome((await noteReturned(tx, actOf(visit), reason)).kind);
});

/** It goes out once more, to the address in the form; the code on it works for its full time again. */
export const again = act('nochmal', async (tx, visit) => {
  const found = await letterAt(tx, visit, idOf(visit));
  if (found === undefined) return { kind: 'not-found' };
  const recipient = one(visit.input, 'again').slice(0, addressLength);
  const outcome = await sendAgain(tx, actOf(visit), { recipient });
  if (outcome.kind === 'no-place' || outcome.kind === 'too-many-lines')
    return { kind: 'wrong', problems: [{ id: fieldId('again'), text: visit.t(`notices:ready.${outcome.kind}`) }] };
  if (outcome.kind === 'item-gone') return { kind: 'wrong', problems: [itemThere(visit, 'again')] };
  if (outcome.kind === 'done') await keepReturnCode(tx, visit, found.notice);
  return asOutcome(outcome.kind);
});

export const leave = act('belassen', async (tx, visit) => {
  const why = wanted(visit, 'left');
  if (why === '') return missing(visit, 'left');
  return leaveReturned(tx, actOf(visit), why);
});

const asOutcome = (kind: 'done' | 'not-found' | 'not-out' | 'not-back' | 'gone'): Outcome =>
  kind === 'done' || kind === 'not-found' ? { kind } : { kind: 'unchanged' };
