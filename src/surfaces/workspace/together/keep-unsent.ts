import {
  type DraftFields,
  type DraftSaved,
  dropDraft,
  saveStaffDraft,
  type Writing,
} from '../../../modules/together/index.ts';
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

const savingOf = (text: string) => {
  const [, writer, turn] = /^([\w-]{8,40})\.(\d{1,9})$/.exec(text) ?? [];
  return writer === undefined ? undefined : { writer, turn: Number(turn) };
};

/** Which open form this is, and what it was built on (js/draft.js); undefined where no script wrote. */
export function writingOf(input: FormInput): Writing | undefined {
  const saving = savingOf(one(input, 'entwurf-stand'));
  if (saving === undefined) return undefined;
  const built = one(input, 'entwurf-grundlage').split(' ').slice(0, 10);
  const seen = built.find((each) => /^\d{1,15}$/.test(each));
  const shown = built.map(savingOf).filter((each) => each !== undefined);
  return { ...saving, seenAt: seen === undefined ? undefined : new Date(Number(seen)), shown };
}

/**
 * What a form says, for telling whether the same command comes with the same words: without what changes from one sending of it to the
 * next.
 */
export const saidIn = ({
  csrf: _,
  command: __,
  'entwurf-stand': ___,
  'entwurf-grundlage': ____,
  ...said
}: FormInput): FormInput => said;

/**
 * Keeps what was typed into a form that was not sent, or could not be (its session had run out), for its owner's return. `refused` where
 * the form does not say where it stood.
 */
export async function keepUnsent(
  tx: Tx,
  visit: Visit,
  staffId: string,
  place: string,
  input: FormInput,
): Promise<DraftSaved | { readonly kind: 'refused' }> {
  const page = pageOf(input);
  const fields = kept(input);
  if (!isOwnAddress(place) || !isOwnAddress(page) || JSON.stringify(fields).length > mostBytes)
    return { kind: 'refused' };
  const writing = writingOf(input);
  return saveStaffDraft(tx, visit.services.draftKey, { staffId, place, page, fields, writing });
}

/** A form was taken, in the transaction that takes it: its draft has done its work. */
export const dropTaken = (tx: Tx, visit: StaffVisit, place = visit.c.req.path): Promise<void> =>
  dropDraft(tx, visit.staff.id, place, writingOf(visit.input));

/** The same for a form that says where its draft lies. */
export async function dropNamed(tx: Tx, visit: StaffVisit, sent: FormInput = visit.input): Promise<void> {
  const place = one(sent, 'entwurf-ort');
  if (place === '' || place !== visit.c.req.path) return;
  await dropDraft(tx, visit.staff.id, place, writingOf(sent));
  visit.c.set('taken', true);
}

/** For forms that do not drop their draft themselves: it was sent and taken. What was refused is kept. */
export async function dropSent(visit: StaffVisit, sent: FormInput, answer: Response): Promise<void> {
  if (answer.status === 303 && one(sent, 'entwurf-ort') !== '')
    await inTenant(visit, (tx) => dropNamed(tx, visit, sent));
}
