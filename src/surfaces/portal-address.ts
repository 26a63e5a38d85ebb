import { returnPath } from '../modules/cases/index.ts';
import type { Jobcenter } from '../modules/settings/index.ts';
import type { Services } from './services.ts';

/**
 * The address of a Jobcenter's portal, an origin such as `https://jobcenter.example.org`, for everything that leaves the house: links on paper, QR
 * codes, e-mails, tablets. The default Jobcenter has the address of the installation; a further one has the first of its own hosts, with scheme and
 * port of the installation, because a code opens nothing under the host of another. One without a host of its own (a practice Jobcenter) is reached by
 * nobody from outside and takes the address of the installation; what is printed there asks `hasPortal` first.
 */
export function portalAddress(
  { baseUrl }: Pick<Services, 'baseUrl'>,
  { hosts, isDefault }: Pick<Jobcenter, 'hosts' | 'isDefault'>,
): string {
  const url = new URL(baseUrl);
  const [host] = hosts;
  if (isDefault || host === undefined || hosts.includes(url.hostname)) return url.origin;
  url.hostname = host;
  return url.origin;
}

type Reached = Pick<Jobcenter, 'hosts' | 'isDefault' | 'practiceOf'>;

/** Whether somebody with a paper in hand reaches the portal of a Jobcenter: not that of a practice Jobcenter without a host of its own. */
export const hasPortal = ({ hosts, practiceOf }: Reached): boolean => practiceOf == null || hosts.length > 0;

/**
 * What the QR code for handing in papers holds: an address, or, where nobody reaches the portal, the code alone. Then a phone opens nothing, least of all
 * the portal of another Jobcenter, and a scanner in the house still says where the paper belongs.
 */
export const returnLink = (services: Pick<Services, 'baseUrl'>, jobcenter: Reached, code: string): string =>
  hasPortal(jobcenter) ? `${portalAddress(services, jobcenter)}${returnPath(code)}` : code;
