import { type DraftFields, dropDraft, saveStaffDraft } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type FormInput, one } from '../../request.ts';
import { isOwnAddress } from '../own-address.ts';
import { paths } from '../paths.ts';
import { inTenant, type StaffVisit, type Visit } from '../visit.ts';

/** Fields that are no words of a person; secrets are never kept. */
const technical = /^(csrf|password|code|credential|kept|command|entwurf-.*)$/;
const mostBytes = 100_000;

const kept = (input: FormInput): DraftFields =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !technical.test(name)));

/**
 * The address a form is sent to, which is the place of its draft: the one it names, where it came to the address for drafts, else the
 * one it came to.
 */
export const placeOf = (visit: Visit, input: FormInput): string =>
  visit.c.req.path === paths.drafts ? one(input, 'entwurf-ort') : visit.c.req.path;

/** What a form carries so that it can be kept: where it was filled in. */
export const pageOf = (input: FormInput): string => one(input, 'entwurf-seite');

/**
 * Keeps what was typed into a form that could not be sent (its session had run out), for its owner's return. Gives false where the form
 * does not say where it stood.
 */
export async function keepUnsent(
  tx: Tx,
  visit: Visit,
  staffId: string,
  place: string,
  input: FormInput,
): Promise<boolean> {
  const page = pageOf(input);
  const fields = kept(input);
  if (!isOwnAddress(place) || !isOwnAddress(page) || JSON.stringify(fields).length > mostBytes) return false;
  await saveStaffDraft(tx, visit.services.draftKey, { staffId, place, page, fields });
  return true;
}

/** A form that says where its draft lies was sent and taken: the draft has done its work. What was refused is kept. */
export async function dropSent(visit: StaffVisit, sent: FormInput, answer: Response): Promise<void> {
  const place = one(sent, 'entwurf-ort');
  if (answer.status === 303 && place !== '' && place === visit.c.req.path)
    await inTenant(visit, (tx) => dropDraft(tx, visit.staff.id, place));
}
