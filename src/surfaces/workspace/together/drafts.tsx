import { isId } from '../../../kernel/ids.ts';
import { findCase } from '../../../modules/cases/index.ts';
import { wasClaimed } from '../../../modules/intake/index.ts';
import { dropDraft, findStaffDraft, staffDraftDays, staffDrafts } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type Content, EmptyState, formatDateTime } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { isVerb } from '../case/view.ts';
import { WithHelp } from '../help/help.tsx';
import { isOwnAddress } from '../own-address.ts';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { draftTexts } from './draft-texts.ts';
import { keepUnsent, pageOf, writingOf } from './keep-unsent.ts';

/**
 * Keeps what is being typed: the form as it is, with the place it is sent to. 200 with `saved` and its time, `sent` where the form
 * was sent meanwhile, or `older` where something later of the same page is kept; 409 with what is kept there where that came from another window and was never shown here; 422 when it is nothing
 * that can be kept.
 */
export async function keepDraft(visit: StaffVisit): Promise<Response> {
  const place = one(visit.input, 'entwurf-ort');
  const command = one(visit.input, 'command');
  const saved = await inTenant(visit, async (tx) => {
    const nameless = writingOf(visit.input) === undefined;
    if (nameless && isId(command) && (await wasClaimed(tx, visit.actor, command))) return { kind: 'sent' as const };
    const saved = await keepUnsent(tx, visit, visit.staff.id, place, visit.input);
    return saved.kind === 'other' && !(await isOpen(tx, visit, place)) ? { kind: 'refused' as const } : saved;
  });
  if (saved.kind === 'refused') return new Response(null, { status: 422 });
  const headers = { 'Cache-Control': 'no-store' };
  if (saved.kind === 'saved') return Response.json({ kind: 'saved', at: String(saved.savedAt.getTime()) }, { headers });
  if (saved.kind !== 'other') return Response.json(saved, { headers });
  const { fields, savedAt } = saved.draft;
  const when = formatDateTime(savedAt, visit.language, visit.t);
  return Response.json({ kind: 'other', fields, at: String(savedAt.getTime()), when }, { status: 409, headers });
}

/** Deletes a draft and leads back to its page, without it. */
export async function discardDraft(visit: StaffVisit): Promise<Response> {
  const place = one(visit.input, 'entwurf-ort');
  const page = one(visit.input, 'nach') || pageOf(visit.input);
  await inTenant(visit, async (tx) => {
    await dropDraft(tx, visit.staff.id, place);
    const writing = writingOf(visit.input);
    if (writing !== undefined) await dropDraft(tx, visit.staff.id, place, writing);
  });
  return visit.c.redirect(isOwnAddress(page) ? page : paths.drafts, 303);
}

/** What the reader typed at a place and has not sent, and since when it is kept. */
export const draftAt = (tx: Tx, visit: StaffVisit, place: string) =>
  findStaffDraft(tx, visit.services.draftKey, visit.staff.id, place);

/** What a form carries so that what is typed into it is kept (js/draft.js), and what its reader is told about that. */
export const draftMarks = (visit: StaffVisit, place: string, page: string, savedAt?: Date) => ({
  hidden: { 'entwurf-ort': place, 'entwurf-seite': page },
  texts: { ...(savedAt === undefined ? {} : { at: String(savedAt.getTime()) }), ...draftTexts(visit) },
});

/** Forms of one page that can hold drafts without saying so themselves (js/keep-forms.js). */
const mostHere = 20;

/** Whether the reader may still see what a form is about; what they typed about a case that is theirs no more stays closed. */
async function isOpen(tx: Tx, visit: StaffVisit, place: string): Promise<boolean> {
  if (!place.startsWith(paths.case(''))) return true;
  const [id = ''] = place.slice(paths.case('').length).split('/');
  return isId(id) && (await findCase(tx, visit.reader, id)) !== undefined;
}

/** What the reader typed into the forms of the page they have opened, for its script to put back. */
export async function draftsHere(visit: StaffVisit): Promise<Response> {
  const places = [visit.input['ort'] ?? []].flat().filter(isOwnAddress).slice(0, mostHere);
  const { t, language } = visit;
  const found = await inTenant(visit, async (tx) => {
    const drafts = [];
    for (const place of places) if (await isOpen(tx, visit, place)) drafts.push(await draftAt(tx, visit, place));
    return drafts.filter((draft) => draft !== undefined);
  });
  return Response.json(
    found.map(({ place, fields, savedAt }) => ({
      place,
      fields,
      at: String(savedAt.getTime()),
      note: t('together:draft.back', { at: formatDateTime(savedAt, language, t) }),
      drop: t('together:draft.drop'),
    })),
    { headers: { 'Cache-Control': 'no-store' } },
  );
}

/** Says that the fields hold a draft, and offers to begin anew. */
export const DraftNote = (props: { visit: StaffVisit; savedAt: Date; place: string; page: string }) => {
  const { visit, savedAt, place, page } = props;
  return (
    <form action={paths.draftDrop} method="post" class="tw-draft-note">
      <input type="hidden" name="csrf" value={visit.csrf} />
      <input type="hidden" name="entwurf-ort" value={place} />
      <input type="hidden" name="entwurf-seite" value={page} />
      <span>{visit.t('together:draft.back', { at: formatDateTime(savedAt, visit.language, visit.t) })}</span>{' '}
      <button type="submit" class="td-link-button">
        {visit.t('together:draft.drop')}
      </button>
    </form>
  );
};

/** Leads to what somebody typed and has not sent, wherever it was; nothing where there is none. */
export async function draftsWaiting(visit: StaffVisit, tx: Tx): Promise<Content | null> {
  if ((await staffDrafts(tx, visit.services.draftKey, visit.staff.id, 1)).length === 0) return null;
  return (
    <p class="tw-note">
      {visit.t('together:draft.waiting')} <a href={paths.drafts}>{visit.t('together:draft.show')}</a>
    </p>
  );
}

/** Where a draft belongs, in words: the form and the number of its case, as far as the reader may still see it. */
async function placeWords(visit: StaffVisit, tx: Tx, place: string): Promise<string> {
  const { t } = visit;
  if (place.startsWith(paths.letter(''))) return t('notices:draftOf');
  if (place.startsWith(paths.counterForm)) return t('workspace:counter.formTitle');
  const [caseId, verb = ''] = place.slice(paths.case('').length).split('/');
  if (!place.startsWith(paths.case('')) || !isId(caseId) || !isVerb(verb)) return t('together:draft.other');
  const number = (await findCase(tx, visit.reader, caseId))?.number ?? '';
  return t('together:draft.inCase', { form: t(`workspace:verb.${verb}.title`), number });
}

/** Everything the reader has typed somewhere and not sent. */
export async function draftsPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const drafts = await staffDrafts(tx, visit.services.draftKey, visit.staff.id, 200);
  const labels = new Map<string, string>();
  for (const { place } of drafts) labels.set(place, await placeWords(visit, tx, place));
  return show(
    visit,
    { title: t('together:draft.title'), narrow: true },
    <>
      <WithHelp visit={visit} of="drafts">
        <h1>{t('together:draft.title')}</h1>
      </WithHelp>
      <p>{t('together:draft.text', { days: staffDraftDays })}</p>
      {drafts.length === 0 ? (
        <EmptyState title={t('together:draft.none')} />
      ) : (
        <ul class="tw-open">
          {drafts.map((draft) => (
            <li>
              <span>
                <a href={draft.page}>{labels.get(draft.place)}</a>
                <span class="tw-sub">
                  {t('together:draft.from', { at: formatDateTime(draft.savedAt, visit.language, t) })}
                </span>
              </span>
              <form action={paths.draftDrop} method="post">
                <input type="hidden" name="csrf" value={visit.csrf} />
                <input type="hidden" name="entwurf-ort" value={draft.place} />
                <button type="submit" class="td-link-button">
                  {t('together:draft.drop')}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </>,
  );
}
