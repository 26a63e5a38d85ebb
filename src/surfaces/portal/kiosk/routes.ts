import { checkPage } from '../../questions/check.tsx';
import { acceptNewVersion, newVersionPage } from '../../questions/new-version.tsx';
import { answer, questionPage } from '../../questions/question.ts';
import type { PortalRoute } from '../visit.ts';
import { begin, end, kioskPage, kioskPrivacy, unlock } from './pages.tsx';
import { atTablet, receiptOnTablet, sendPapersHere } from './papers.tsx';

const open = { nothing: 'a page without personal data' } as const;
const own = {
  nothing: 'the papers belong to whoever stands here; the office cannot see them before they are sent',
} as const;

/** The tablet in the house: unlocked by staff, for one person after the other. */
export const kioskRoutes: readonly PortalRoute[] = [
  { method: 'GET', path: '/kiosk', access: 'public', audit: open, handle: kioskPage },
  {
    method: 'POST',
    path: '/kiosk/freischalten',
    access: 'public',
    audit: { records: 'kiosk.unlocked' },
    handle: unlock,
  },
  { method: 'POST', path: '/kiosk/beginn', access: 'kiosk', audit: own, handle: begin },
  { method: 'GET', path: '/kiosk/datenschutz', access: 'kiosk', audit: open, handle: kioskPrivacy },
  { method: 'GET', path: '/kiosk/ende', access: 'public', audit: own, handle: end },
  { method: 'POST', path: '/kiosk/ende', access: 'public', audit: own, handle: end },
  {
    method: 'GET',
    path: '/kiosk/abgabe/frage/:question',
    access: 'kiosk',
    audit: own,
    handle: atTablet(questionPage),
  },
  { method: 'POST', path: '/kiosk/abgabe/frage/:question', access: 'kiosk', audit: own, handle: atTablet(answer) },
  { method: 'GET', path: '/kiosk/abgabe/pruefen', access: 'kiosk', audit: own, handle: atTablet(checkPage) },
  { method: 'GET', path: '/kiosk/abgabe/neu', access: 'kiosk', audit: own, handle: atTablet(newVersionPage) },
  { method: 'POST', path: '/kiosk/abgabe/neu', access: 'kiosk', audit: own, handle: atTablet(acceptNewVersion) },
  {
    method: 'POST',
    path: '/kiosk/abgabe/absenden',
    access: 'kiosk',
    audit: { records: 'submission.received, kiosk.handed-in' },
    handle: atTablet(sendPapersHere),
  },
  {
    method: 'GET',
    path: '/kiosk/abgabe/gesendet',
    access: 'kiosk',
    audit: { records: 'receipt.read' },
    handle: atTablet(receiptOnTablet),
  },
];
