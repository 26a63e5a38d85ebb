import type { Jobcenter } from '../modules/settings/index.ts';
import type { Services } from './services.ts';

/**
 * The address of a Jobcenter's portal, an origin such as `https://jobcenter.example.org`, for everything that leaves the house: links on paper, QR
 * codes, e-mails, tablets. The default Jobcenter has the address of the installation; a further one has the first of its own hosts, with scheme and
 * port of the installation, because a code opens nothing under the host of another. One without a host of its own (a practice Jobcenter) is reached by
 * nobody from outside and takes the address of the installation.
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
