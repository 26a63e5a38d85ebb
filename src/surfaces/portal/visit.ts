import type { Day } from '../../kernel/dates.ts';
import { effectiveDue } from '../../kernel/holidays.ts';
import type { Kiosk } from '../../modules/identity/index.ts';
import { type Jobcenter, type Profile, placeOf } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Route, UploadedFile } from '../../platform/http/index.ts';
import type { Language, Translate } from '../../platform/i18n/index.ts';
import type { DraftVisit as OpenDraftVisit } from '../questions/visit.ts';
import type { FormInput, HttpContext } from '../request.ts';
import type { Services } from '../services.ts';

/** One request to the portal, with what every page needs. */
export type Visit = {
  readonly c: HttpContext;
  readonly services: Services;
  readonly jobcenter: Jobcenter;
  /** Missing until the Jobcenter has saved one. */
  readonly profile: Profile | undefined;
  readonly language: Language;
  readonly t: Translate;
  readonly now: Date;
  /** The day in Germany, ISO. */
  readonly today: string;
  /** The page's own address with its query, for the language switch. */
  readonly path: string;
  readonly address: string;
  /** Token for the forms of this page. */
  readonly csrf: string;
  /** The form that was sent; empty on GET. */
  readonly input: FormInput;
  readonly files: readonly UploadedFile[];
  /** A script asks: it wants JSON. */
  readonly wantsJson: boolean;
};

/** Somebody whose device holds the token of the draft in the address. */
export type DraftVisit = Visit & OpenDraftVisit;
/** Somebody who proved receipt number, birth date and access code on this device, or has just sent it. */
export type ReceiptVisit = Visit & { readonly number: string };
/** Somebody at a tablet in the house that staff unlocked. */
export type KioskVisit = Visit & { readonly kiosk: Kiosk };
/** Somebody who proved the code of a letter and the birth date on this device. */
export type ReturnVisit = Visit & { readonly code: string };

/** Work in one transaction of the visitor's Jobcenter. */
export const inTenant = <T>(visit: Visit, work: (tx: Tx) => Promise<T>): Promise<T> =>
  visit.services.database.tenant(visit.jobcenter.id, work);

/** The last day for a paper where the Jobcenter is: what staff are told too when they set one (§ 26 (3) SGB X). */
export const lastDay = ({ profile }: Pick<Visit, 'profile'>, { dueOn }: { readonly dueOn: Day }): Day =>
  effectiveDue(dueOn, placeOf(profile));

/**
 * Who may come: `public`; `draft`, by the draft's cookie; `receipt`, by the light session of a receipt; `return`, by that of a
 * letter's code, which shows what the letter asks for and nothing else; `kiosk`, an unlocked tablet in the house.
 */
export type PortalRoute =
  | Route<'public', (visit: Visit) => Promise<Response>>
  | Route<'draft', (visit: DraftVisit) => Promise<Response>>
  | Route<'receipt', (visit: ReceiptVisit) => Promise<Response>>
  | Route<'return', (visit: ReturnVisit) => Promise<Response>>
  | Route<'kiosk', (visit: KioskVisit) => Promise<Response>>;

/** What cannot go on here, each with a page that shows a way on. */
export type Trouble =
  | 'notFound'
  | 'draftNotHere'
  | 'oldForm'
  | 'tooLarge'
  | 'brokenUpload'
  | 'unavailable'
  | 'storageFull'
  | 'failed';

/** Ends the handling of a request with the page of a trouble. */
export class WayOn extends Error {
  readonly trouble: Trouble;
  /** What was typed, to be shown once more. */
  readonly typed: FormInput;
  constructor(trouble: Trouble, typed: FormInput = {}) {
    super(trouble);
    this.trouble = trouble;
    this.typed = typed;
  }
}

/** The value, or the page that says it is not here: missing and forbidden look alike. */
export function present<T>(value: T | undefined, trouble: Trouble = 'notFound'): T {
  if (value === undefined) throw new WayOn(trouble);
  return value;
}
