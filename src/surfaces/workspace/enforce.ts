import { dayInGermany } from '../../kernel/dates.ts';
import { hasUnreadNews } from '../../modules/help/index.ts';
import { expiredSessionOf, findSession, type Session } from '../../modules/identity/index.ts';
import type { Jobcenter } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { MultipartError, type MultipartLimits } from '../../platform/http/index.ts';
import { translate } from '../../platform/i18n/index.ts';
import {
  clientAddress,
  type FormInput,
  formToken,
  fromOwnPage,
  type HttpContext,
  jobcenterOf,
  one,
  readForm,
  readUpload,
  storable,
} from '../request.ts';
import type { Services } from '../services.ts';
import { trouble } from './errors.tsx';
import { languageOf, switchLanguage } from './language.ts';
import { paths } from './paths.ts';
import { claimedSession, knockToken, rememberPage } from './session-cookie.ts';
import { staffReader } from './staff-reader.ts';
import { dropSent, keepUnsent, pageOf, placeOf } from './together/keep-unsent.ts';
import type { SessionVisit, StaffVisit, Visit, WorkspaceRoute } from './visit.ts';
import { closedAddress } from './words-in-addresses.ts';

const nobody: Jobcenter = { id: '', key: '', name: '', hosts: [], isDefault: false };

/**
 * The one place that decides who comes through. It goes by the route's declaration: language, tenant, session, second
 * factor, form token; only then the handler runs.
 */
export const enforce =
  (services: Services, route: WorkspaceRoute) =>
  async (c: HttpContext): Promise<Response> => {
    const elsewhere = switchLanguage(c, services);
    if (elsewhere !== undefined) return elsewhere;
    if (route.access === 'anyone') {
      const proof = knockToken(c, services);
      return withBody(await stranger(c, services, proof), proof, undefined, route.handle.act);
    }
    const claim = claimedSession(c);
    const jobcenter = claim === undefined ? undefined : await services.directory.byId(claim.jobcenterId);
    if (claim === undefined || jobcenter === undefined) return signedOut(c, services, 'none');
    const visitOf = (session: Session): SessionVisit => ({
      ...basics(c, services, jobcenter, claim.token),
      session,
      token: claim.token,
    });
    const house = await houseOf(services, jobcenter);
    const closed = closedAddress(c, services, jobcenter.id);
    if (route.access === 'staff' && 'page' in route.handle) {
      const { page } = route.handle;
      const answer = await services.database
        .tenant(jobcenter.id, (tx) =>
          ifSignedIn(tx, claim.token, isRefresh(c), async (session) =>
            closed === undefined
              ? page(staffVisit(visitOf(session), house, await knownOf(tx, c, services, session, house)), tx)
              : c.redirect(closed, 303),
          ),
        )
        .catch((error: unknown) => answerOf(c, error));
      return typeof answer === 'string' ? signedOut(c, services, answer, claim) : answer;
    }
    const { found, known } = await services.database.tenant(jobcenter.id, async (tx) => {
      const found = await findSession(tx, claim.token, 'quiet' in route.handle && route.handle.quiet);
      return { found, known: found && (await knownOf(tx, c, services, found, house)) };
    });
    if (found === undefined || known === undefined) return signedOut(c, services, 'none', claim);
    const visit = visitOf(found);
    if (route.access !== 'staff') {
      if (route.access === 'first-factor' && found.secondFactor) return c.redirect(paths.today, 303);
      return withBody(visit, claim.token, undefined, route.handle.act);
    }
    if (!found.secondFactor) return signedOut(c, services, 'half');
    if ('page' in route.handle) throw new Error('Pages are answered above.');
    if (closed !== undefined) return c.redirect(closed, 303);
    const { files } = route.handle;
    const staff = staffVisit(visit, house, known);
    const answer = await withBody(staff, claim.token, files === true ? {} : files, route.handle.act);
    if (c.req.method !== 'GET') await dropSent(staff, c.get('typed') ?? {}, answer);
    return answer;
  };

/** A visit before anybody said who they are. */
export async function stranger(c: HttpContext, services: Services, proof = knockToken(c, services)): Promise<Visit> {
  return basics(c, services, (await jobcenterOf(c, services)) ?? nobody, proof);
}

function basics(c: HttpContext, services: Services, jobcenter: Jobcenter, proof: string): Visit {
  const language = languageOf(c);
  const query = new URL(c.req.url).search;
  return {
    c,
    services,
    jobcenter,
    language,
    t: translate(language),
    path: `${c.req.path}${query}`,
    address: clientAddress(c, services.trustedProxies),
    csrf: formToken(services.linkKey, proof),
    input: {},
    files: [],
  };
}

/** An open page that looks by itself whether there is something new (js/live.js). It may say what it shows. */
export const isRefresh = (c: HttpContext): boolean => shownBy(c) !== undefined;
const shownBy = (c: HttpContext): string | undefined => c.req.header('x-tandem-refresh');

/** An open page would show once more what it shows. */
class NothingNew extends Error {
  readonly stamp: string;
  constructor(stamp: string) {
    super('The page shows it already.');
    this.stamp = stamp;
  }
}

/**
 * Ends a page that renews itself and shows all this already. Nothing is sent, so nobody looked: the transaction is taken back, and with it what was
 * logged of reading. `stamp`: at which state it is current.
 */
export function unlessShown(c: HttpContext, shown: string, stamp: string): void {
  if (shownBy(c) === shown) throw new NothingNew(stamp);
}

/** The answer without a page; what a page says besides stays as it is. */
const answerOf = (c: HttpContext, error: unknown): Response => {
  if (!(error instanceof NothingNew)) throw error;
  return c.body(null, 204, { 'X-Tandem-Stamp': error.stamp });
};

type House = Pick<StaffVisit, 'announcements' | 'shelf' | 'heard'>;

/** What every page of a Jobcenter's staff needs to know, kept for seconds. */
async function houseOf(services: Services, jobcenter: Jobcenter): Promise<House> {
  const home = jobcenter.practiceOf == null ? jobcenter : await services.directory.byId(jobcenter.practiceOf);
  const announcements = await services.announcements(home?.id ?? jobcenter.id);
  return { heard: services.live.heard(), announcements, shelf: await services.texts.of(home?.key ?? jobcenter.key) };
}

/** What has to be asked about who is there: whether they have news to read, and what they may see. */
async function knownOf(tx: Tx, c: HttpContext, services: Services, { staff }: Session, { shelf }: House) {
  const about = { shelf, language: languageOf(c), today: dayInGermany(services.clock.now()) };
  return { unreadNews: await hasUnreadNews(tx, staff.id, about), reader: await staffReader(tx, staff) };
}

function staffVisit(
  visit: SessionVisit,
  house: House,
  { unreadNews, reader }: Pick<StaffVisit, 'unreadNews' | 'reader'>,
): StaffVisit {
  const { staff } = visit.session;
  return {
    ...visit,
    ...house,
    staff,
    actor: { kind: 'staff', id: staff.id, name: staff.name },
    unreadNews: unreadNews && visit.jobcenter.practiceOf == null,
    reader,
  };
}

type Missing = 'none' | 'half';

async function ifSignedIn(
  tx: Tx,
  token: string,
  quiet: boolean,
  go: (session: Session) => Promise<Response>,
): Promise<Response | Missing> {
  const session = await findSession(tx, token, quiet);
  if (session === undefined) return 'none';
  return session.secondFactor ? go(session) : 'half';
}

/**
 * Leads to the sign-in, and afterwards back to where somebody was. What they had typed is kept as their draft when their session has
 * only run out; it is shown once more in any case.
 */
async function signedOut(
  c: HttpContext,
  services: Services,
  missing: Missing,
  claim?: { readonly jobcenterId: string; readonly token: string },
): Promise<Response> {
  if (missing === 'half') return c.redirect(paths.secondFactor, 303);
  if (c.req.method === 'GET') {
    if (!isRefresh(c) && /text\/html/.test(c.req.header('accept') ?? ''))
      rememberPage(c, services, (claim && closedAddress(c, services, claim.jobcenterId)) ?? here(c));
    return c.redirect(paths.signIn, 303);
  }
  const simple = /^application\/x-www-form-urlencoded/i.test(c.req.header('content-type') ?? '');
  const typed = simple ? await readForm(c).catch(() => ({})) : {}; // half a form is no reason for another page
  const visit = await stranger(c, services);
  const kept = claim !== undefined && fromOwnPage(c, services.linkKey, claim.token, one(typed, 'csrf'));
  if (kept && (await keepForLater(visit, claim, typed))) {
    rememberPage(c, services, pageOf(typed));
    return trouble(visit, 'signedOutKept', typed);
  }
  return trouble(visit, 'signedOut', typed);
}

const here = (c: HttpContext): string => `${c.req.path}${new URL(c.req.url).search}`;

/** The form of a session that has run out becomes the draft of whose it was. */
const keepForLater = (
  visit: Visit,
  claim: { readonly jobcenterId: string; readonly token: string },
  typed: FormInput,
): Promise<boolean> =>
  visit.services.database.tenant(claim.jobcenterId, async (tx) => {
    const owner = await expiredSessionOf(tx, claim.token);
    if (owner === undefined) return false;
    return (await keepUnsent(tx, visit, owner.staffId, placeOf(visit, typed), typed)).kind === 'saved';
  });

/** Reads what was sent and checks that it comes from our own page; a stranger's form never reaches a handler. */
async function withBody<V extends Visit>(
  visit: V,
  proof: string,
  files: Partial<MultipartLimits> | undefined,
  act: (visit: V) => Promise<Response>,
): Promise<Response> {
  const { c, services } = visit;
  if (c.req.method === 'GET') return act(visit);
  const body = await readBody(visit, files);
  if (body instanceof MultipartError) return trouble(visit, unreadable(body, files !== undefined));
  c.set('typed', body.input);
  try {
    if (!fromOwnPage(c, services.linkKey, proof, one(body.input, 'csrf'))) return trouble(visit, 'oldForm', body.input);
    return await act({ ...visit, ...body });
  } finally {
    body.done();
  }
}

/** Forms with papers fail for other reasons than those without. */
function unreadable({ reason }: MultipartError, files: boolean): 'upload' | 'brokenForm' | 'longForm' {
  if (reason === 'broken' || reason === 'not-multipart') return 'brokenForm';
  return files ? 'upload' : 'longForm';
}

type Body = Pick<Visit, 'input' | 'files'> & { readonly done: () => void };

async function readBody(visit: Visit, files: Partial<MultipartLimits> | undefined): Promise<Body | MultipartError> {
  try {
    const simple = /^application\/x-www-form-urlencoded/i.test(visit.c.req.header('content-type') ?? '');
    if (files === undefined || simple) return { input: await readForm(visit.c), files: [], done: () => undefined };
    const { fields, files: parts, done } = await readUpload(visit.c, visit.services, files);
    // A file field in which nothing was chosen arrives as a file without name and bytes.
    return { input: asInput(fields), files: parts.filter((file) => file.name !== '' || file.bytes.length > 0), done };
  } catch (error) {
    if (error instanceof MultipartError) return error;
    throw error;
  }
}

const asInput = (fields: ReadonlyMap<string, readonly string[]>): FormInput =>
  Object.fromEntries(
    [...fields]
      .filter(([name]) => name !== '__proto__')
      .map(([name, values]) => [name, values.length === 1 ? storable(values[0] ?? '') : values.map(storable)]),
  );
