import { dayInGermany } from '../../kernel/dates.ts';
import { isId } from '../../kernel/ids.ts';
import { parseReturnCode, returnPath } from '../../modules/cases/index.ts';
import { normalizeReceiptNumber } from '../../modules/intake/index.ts';
import type { Jobcenter } from '../../modules/settings/index.ts';
import { StorageFull } from '../../platform/blobs/index.ts';
import { isDatabaseLost } from '../../platform/database/index.ts';
import { MultipartError } from '../../platform/http/index.ts';
import { translate } from '../../platform/i18n/index.ts';
import { ThreadUnavailable } from '../../platform/media/index.ts';
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
import {
  browserProof,
  draftToken,
  languageOf,
  openReceipt,
  openReturn,
  receiptOpen,
  returnOpen,
  switchLanguage,
} from './cookies.ts';
import { ownDesk } from './draft/desk.tsx';
import { tabletOf } from './kiosk/tablet.ts';
import { troublePage } from './shell.tsx';
import { type PortalRoute, type Trouble, type Visit, WayOn } from './visit.ts';

/** A form without files is never larger. */
const formBytes = 1_000_000;

/** The one place that decides who comes through: language, tenant, proof, body, form token; only then the handler runs. */
export const enforce =
  (services: Services, route: PortalRoute) =>
  async (c: HttpContext): Promise<Response> => {
    const elsewhere = switchLanguage({ c, services });
    if (elsewhere !== undefined) return elsewhere;
    const proof = browserProof({ c, services });
    const visit = await openVisit(c, services, proof);
    try {
      return await withBody(visit, proof, (complete) => admit(complete, route));
    } catch (error) {
      return troublePage(visit, troubleOf(error), error instanceof WayOn ? error.typed : {});
    }
  };

/** The page for an error; what nobody foresaw goes to the last resort. */
function troubleOf(error: unknown): Trouble {
  if (error instanceof WayOn) return error.trouble;
  if (error instanceof MultipartError && error.reason === 'busy') return 'unavailable';
  if (error instanceof MultipartError)
    return error.reason === 'too-large' || error.reason === 'too-many' ? 'tooLarge' : 'brokenUpload';
  if (error instanceof StorageFull) return 'storageFull';
  if (isDatabaseLost(error) || error instanceof ThreadUnavailable) return 'unavailable';
  throw error;
}

export async function openVisit(c: HttpContext, services: Services, proof: string): Promise<Visit> {
  const jobcenter = await jobcenterOf(c, services);
  const profile = jobcenter === undefined ? undefined : await services.profile(jobcenter.id);
  if (jobcenter !== undefined) lastSeen.set(hostKey(c, jobcenter.hosts), { jobcenter, profile });
  return visitOf(c, services, proof, jobcenter ?? nobody, profile);
}

/** What each Jobcenter said of itself last, so that an outage page still names it and its phone. One entry a known host. */
const lastSeen = new Map<string, { jobcenter: Jobcenter; profile: Visit['profile'] }>();

function hostKey(c: HttpContext, hosts: readonly string[]): string {
  const host = (c.req.header('host') ?? '').replace(/:\d+$/, '').toLowerCase();
  return hosts.includes(host) ? host : '';
}

const nobody: Jobcenter = { id: '', key: '', name: 'Jobcenter', hosts: [], isDefault: false };

/** A visit that needs no database, for the page that says it cannot be reached. */
export function visitWithoutDatabase(c: HttpContext, services: Services): Visit {
  const known = lastSeen.get(hostKey(c, [...lastSeen.keys()])) ?? { jobcenter: nobody, profile: undefined };
  return visitOf(c, services, '', known.jobcenter, known.profile);
}

function visitOf(
  c: HttpContext,
  services: Services,
  proof: string,
  jobcenter: Jobcenter,
  profile: Visit['profile'],
): Visit {
  const language = languageOf(c);
  const now = services.clock.now();
  return {
    c,
    services,
    jobcenter,
    profile,
    language,
    t: translate(language),
    now,
    today: dayInGermany(now),
    path: `/${c.req.path.replace(/^[/\\]+/, '')}${new URL(c.req.url).search}`,
    address: clientAddress(c, services.trustedProxies),
    csrf: formToken(services.linkKey, proof),
    input: {},
    files: [],
    wantsJson: /^application\/json\b/.test(c.req.header('accept') ?? ''),
  };
}

/** Reads what was sent and checks that it comes from our own page; a stranger's form never reaches a handler. */
async function withBody(visit: Visit, proof: string, go: (visit: Visit) => Promise<Response>): Promise<Response> {
  const { c, services } = visit;
  if (c.req.method !== 'POST') return go(visit);
  const body = await readBody(visit);
  try {
    if (!fromOwnPage(c, services.linkKey, proof, one(body.input, 'csrf'))) throw new WayOn('oldForm', body.input);
    return await go({ ...visit, input: body.input, files: body.files });
  } finally {
    body.done();
  }
}

async function readBody({
  c,
  services,
}: Visit): Promise<Pick<Visit, 'input' | 'files'> & { readonly done: () => void }> {
  const type = c.req.header('content-type') ?? '';
  if (/^multipart\/form-data/i.test(type)) {
    const { fields, files, done } = await readUpload(c, services);
    return { input: asInput(fields), files: files.filter((file) => file.name !== '' || file.bytes.length > 0), done };
  }
  const length = Number(c.req.header('content-length') ?? Number.POSITIVE_INFINITY);
  if (!/^application\/x-www-form-urlencoded/i.test(type)) throw new WayOn('oldForm');
  if (!(length <= formBytes)) throw new WayOn('tooLarge');
  return { input: await readForm(c), files: [], done: () => undefined };
}

const asInput = (fields: ReadonlyMap<string, readonly string[]>): FormInput =>
  Object.fromEntries(
    [...fields]
      .filter(([name]) => name !== '__proto__')
      .map(([name, values]) => [name, values.length === 1 ? storable(values[0] ?? '') : values.map(storable)]),
  );

/** Lets somebody through who has what the route asks for. */
async function admit(visit: Visit, route: PortalRoute): Promise<Response> {
  const { c } = visit;
  if (visit.jobcenter.id === '') throw new WayOn('notFound');
  switch (route.access) {
    case 'public':
      return route.handle(visit);
    case 'draft': {
      const id = c.req.param('id') ?? '';
      const token = isId(id) ? draftToken(c, id) : undefined;
      if (token === undefined) throw new WayOn('draftNotHere');
      return route.handle({ ...visit, draftId: id, desk: ownDesk(visit, id, token) });
    }
    case 'receipt': {
      const number = normalizeReceiptNumber(c.req.param('number') ?? '');
      if (number === undefined || !receiptOpen(visit, visit.jobcenter.id, number)) return toLogin(visit, number);
      openReceipt(visit, visit.jobcenter.id, number);
      return route.handle({ ...visit, number });
    }
    case 'return': {
      const code = parseReturnCode(c.req.param('code') ?? '');
      if (code === undefined || !returnOpen(visit, visit.jobcenter.id, code)) return toReturn(visit, code);
      openReturn(visit, visit.jobcenter.id, code);
      return route.handle({ ...visit, code });
    }
    case 'kiosk': {
      const kiosk = await tabletOf(visit);
      return kiosk === undefined ? c.redirect('/kiosk', 303) : route.handle({ ...visit, kiosk });
    }
  }
}

/** Whether the code exists or not: the way in is the same. */
function toReturn(visit: Visit, code: string | undefined): Response {
  if (visit.wantsJson) return visit.c.json({ error: visit.t('return:ended') }, 403);
  return visit.c.redirect(code === undefined ? '/b' : returnPath(code), 303);
}

/** Whether the receipt exists or not: the way in is the same. */
function toLogin(visit: Visit, number: string | undefined): Response {
  if (visit.wantsJson) return visit.c.json({ error: visit.t('portal:login.ended') }, 403);
  return visit.c.redirect(number === undefined ? '/stand' : `/stand?nummer=${number}`, 303);
}
