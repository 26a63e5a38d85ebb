import type { Actor } from '../../kernel/actor.ts';
import { plainLine } from '../../kernel/text.ts';
import type { CaseReader } from '../../modules/cases/index.ts';
import type { Shelf } from '../../modules/help/index.ts';
import type { Session, SignedIn } from '../../modules/identity/index.ts';
import type { Jobcenter } from '../../modules/settings/index.ts';
import type { Announcement } from '../../modules/together/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { MultipartLimits, Route, UploadedFile } from '../../platform/http/index.ts';
import type { Language, Translate } from '../../platform/i18n/index.ts';
import type { FormInput, HttpContext } from '../request.ts';
import type { Services } from '../services.ts';
import { addressText } from './words-in-addresses.ts';

/** One request to the workspace, with what every page needs. */
export type Visit = {
  readonly c: HttpContext;
  readonly services: Services;
  readonly jobcenter: Jobcenter;
  readonly language: Language;
  readonly t: Translate;
  /** The page's own address with its query, for the language switch. */
  readonly path: string;
  /** Address of the client, for throttling. */
  readonly address: string;
  /** Token for the forms of this page. */
  readonly csrf: string;
  /** The form that was sent; empty on GET. */
  readonly input: FormInput;
  readonly files: readonly UploadedFile[];
};

/** Somebody who gave a right password; nothing is open to them before the second factor. */
export type SessionVisit = Visit & { readonly session: Session; readonly token: string };

/** A member of staff with both factors. */
export type StaffVisit = SessionVisit & {
  readonly staff: SignedIn;
  readonly actor: Actor & { readonly kind: 'staff' };
  readonly reader: CaseReader;
  /** Explanations, what is new and the first week, as this Jobcenter wants them. */
  readonly shelf: Shelf;
  /** Something new waits to be read. */
  readonly unreadNews: boolean;
  /** What operators announced. */
  readonly announcements: readonly Announcement[];
  /** How far this process had heard of changes before anything was read for this page (platform/live). */
  readonly heard: string;
};

/** A value of the address as a plain line: hidden characters never reach the database. */
export const queryText = ({ c, services, jobcenter }: Visit, name: string): string =>
  plainLine(addressText(c, services, jobcenter.id, name));

/** Work in one transaction of the visitor's Jobcenter. */
export const inTenant = <T>(visit: Visit, work: (tx: Tx) => Promise<T>): Promise<T> =>
  visit.services.database.tenant(visit.jobcenter.id, work);

/**
 * Who may come: `anyone`; `first-factor`, between password and second factor; `any-session`, whichever factor it has reached; `staff`, signed in with both.
 * A `page` runs in the transaction that found the session; an `act` opens its own, because it writes or does slow work.
 */
export type WorkspaceRoute =
  | Route<'anyone', { readonly act: (visit: Visit) => Promise<Response> }>
  | Route<'first-factor' | 'any-session', { readonly act: (visit: SessionVisit) => Promise<Response> }>
  | Route<'staff', StaffHandle>;

export type StaffHandle =
  | { readonly page: (visit: StaffVisit, tx: Tx) => Promise<Response> }
  | {
      readonly act: (visit: StaffVisit) => Promise<Response>;
      readonly files?: true | Partial<MultipartLimits>;
      /** Asked for by open pages themselves: it is no use of the session, which ends all the same. */
      readonly quiet?: true;
    };
