import type { Draft } from '../../modules/forms/index.ts';
import type { Jobcenter } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { UploadedFile } from '../../platform/http/index.ts';
import type { Language, Translate } from '../../platform/i18n/index.ts';
import type { Content } from '../../ui/index.ts';
import type { FormInput, HttpContext } from '../request.ts';
import type { Services } from '../services.ts';
import type { OpenDraft } from './open-draft.ts';

/** What a part of a page is drawn with. */
export type Words = { readonly t: Translate; readonly language: Language };

/** One request to pages that ask questions, on whichever surface. */
export type PageVisit = Words & {
  readonly c: HttpContext;
  readonly services: Services;
  readonly jobcenter: Jobcenter;
  readonly csrf: string;
  readonly input: FormInput;
  readonly files: readonly UploadedFile[];
};

export type DraftPage = {
  readonly title: string;
  readonly back?: Content;
  readonly alerts?: Content;
  readonly status?: 200 | 422;
  /** The page's own address, when it is not to be asked for at that of the request. */
  readonly path?: string;
};

/**
 * Where a draft lies open: on the device of the person, or at the counter where somebody finishes it with them. The questions,
 * their checks and files are the same; who may open it, how pages look and what sending means is up to the surface.
 */
export type DraftDesk = {
  /** The draft, if this visit may open it; what is to be recorded about that is recorded. `lock`: for a change. */
  readonly find: (tx: Tx, lock: boolean) => Promise<Draft | undefined>;
  readonly show: (page: DraftPage, content: Content) => Response | Promise<Response>;
  /** What to throw when the draft or a page of it is not there. */
  readonly absent: (what: 'draft' | 'page') => Error;
  /** The language the person goes on in from now; at the counter the draft keeps its own. */
  readonly language: Language | undefined;
  /** A device with a camera of the house: photos are offered first. */
  readonly camera?: boolean;
  /** Address of the draft; its pages lie below. */
  readonly base: string;
  /** Where the way back from the first question leads. */
  readonly before: (concern: string) => string;
  /** The privacy notice, where people can look at it without leaving. */
  readonly privacy: string;
  /** Saving for later with a code; only on the person's own device. */
  readonly keep: string | undefined;
  /** What the office has already of this draft, drawn for the check page; only on the person's own device. */
  readonly known?: (tx: Tx, open: OpenDraft) => Promise<() => Promise<Content>>;
  /** The end of the check page: what is said before sending, and its form. */
  readonly sending: (open: OpenDraft, complete: boolean) => Content | Promise<Content>;
};

/** A request to a draft that is open on a desk. */
export type DraftVisit = PageVisit & {
  readonly draftId: string;
  readonly desk: DraftDesk;
  /** The day in Germany, ISO. */
  readonly today: string;
  /** A script asks: it wants JSON. */
  readonly wantsJson: boolean;
};

/** Addresses of the pages of a draft. */
export const questionPath = ({ desk }: Pick<DraftVisit, 'desk'>, key: string): string => `${desk.base}/frage/${key}`;
export const draftPath = (
  { desk }: Pick<DraftVisit, 'desk'>,
  page: 'pruefen' | 'gesendet' | 'neu' | 'absenden',
): string => `${desk.base}/${page}`;
