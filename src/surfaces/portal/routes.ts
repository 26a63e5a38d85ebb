import { checkPage } from '../questions/check.tsx';
import { acceptNewVersion, newVersionPage } from '../questions/new-version.tsx';
import { answer, draftStart, questionPage } from '../questions/question.ts';
import { checkNumber, checkNumberPage } from './check-number.tsx';
import { checkReceiptPage, compareFile } from './check-receipt.tsx';
import { beginDraft, concernPage } from './concern.tsx';
import { deletedPage, deleteNow, deletePage } from './draft/delete-draft.tsx';
import { leaveOut } from './draft/known.tsx';
import { forget, keep, keepPage, resume, resumePage } from './draft/resume.tsx';
import { sendDraft, sentPage } from './draft/send.tsx';
import { accessibilityPage, barrierPage, imprintPage, privacyPage } from './info.tsx';
import { kioskRoutes } from './kiosk/routes.ts';
import { accessPage } from './receipt/access.tsx';
import { calendarOf, sayCanCome, sayCannotCome } from './receipt/appointments.tsx';
import { confirmAccount } from './receipt/confirm-account.ts';
import { fetchLetter, keepWay } from './receipt/letters.tsx';
import { leave, login, loginPage } from './receipt/login.tsx';
import { beginNext, receiptPage, receiptPdf } from './receipt/paper.tsx';
import { saidRead, statusPage, writeMessage } from './receipt/status.tsx';
import { supplement, supplementPage } from './receipt/supplement.tsx';
import { enter, enterPage, leaveReturn } from './return/enter.tsx';
import { handIn, handInPage } from './return/hand-in.tsx';
import { sentReceiptPage, sentReceiptPdf } from './return/receipt.tsx';
import { startPage } from './start.tsx';
import type { PortalRoute } from './visit.ts';

const open = { nothing: 'a page without personal data' } as const;
const own = { nothing: 'the draft belongs to the person alone; the office cannot see it' } as const;

/** Every page of the portal, who may come, and what is written down about it. */
export const routes: readonly PortalRoute[] = [
  { method: 'GET', path: '/', access: 'public', audit: open, handle: startPage },
  { method: 'GET', path: '/anliegen/:key', access: 'public', audit: open, handle: concernPage },
  { method: 'POST', path: '/anliegen/:key/entwurf', access: 'public', audit: own, handle: beginDraft },
  {
    method: 'GET',
    path: '/rueckruf',
    access: 'public',
    audit: open,
    handle: async (visit) => visit.c.redirect('/anliegen/rueckruf', 303),
  },
  { method: 'GET', path: '/impressum', access: 'public', audit: open, handle: imprintPage },
  { method: 'GET', path: '/datenschutz', access: 'public', audit: open, handle: privacyPage },
  { method: 'GET', path: '/barrierefreiheit', access: 'public', audit: open, handle: accessibilityPage },
  { method: 'GET', path: '/barriere-melden', access: 'public', audit: open, handle: barrierPage },
  { method: 'GET', path: '/fortsetzen', access: 'public', audit: own, handle: resumePage },
  { method: 'POST', path: '/fortsetzen', access: 'public', audit: own, handle: resume },
  { method: 'GET', path: '/entwurf/:id', access: 'draft', audit: own, handle: draftStart },
  { method: 'GET', path: '/entwurf/:id/frage/:question', access: 'draft', audit: own, handle: questionPage },
  { method: 'POST', path: '/entwurf/:id/frage/:question', access: 'draft', audit: own, handle: answer },
  { method: 'GET', path: '/entwurf/:id/merken', access: 'draft', audit: own, handle: keepPage },
  { method: 'POST', path: '/entwurf/:id/merken', access: 'draft', audit: own, handle: keep },
  { method: 'POST', path: '/entwurf/:id/vergessen', access: 'draft', audit: own, handle: forget },
  { method: 'GET', path: '/entwurf/:id/loeschen', access: 'draft', audit: own, handle: deletePage },
  { method: 'POST', path: '/entwurf/:id/loeschen', access: 'draft', audit: own, handle: deleteNow },
  { method: 'GET', path: '/entwurf-geloescht', access: 'public', audit: own, handle: deletedPage },
  { method: 'GET', path: '/entwurf/:id/neu', access: 'draft', audit: own, handle: newVersionPage },
  { method: 'POST', path: '/entwurf/:id/neu', access: 'draft', audit: own, handle: acceptNewVersion },
  { method: 'GET', path: '/entwurf/:id/pruefen', access: 'draft', audit: own, handle: checkPage },
  { method: 'POST', path: '/entwurf/:id/weglassen', access: 'draft', audit: own, handle: leaveOut },
  {
    method: 'POST',
    path: '/entwurf/:id/absenden',
    access: 'draft',
    audit: { records: 'submission.received' },
    handle: sendDraft,
  },
  { method: 'GET', path: '/entwurf/:id/absenden', access: 'draft', audit: own, handle: sentPage },
  { method: 'GET', path: '/entwurf/:id/gesendet', access: 'draft', audit: own, handle: sentPage },
  { method: 'GET', path: '/pruefen', access: 'public', audit: open, handle: checkNumberPage },
  { method: 'POST', path: '/pruefen', access: 'public', audit: open, handle: checkNumber },
  { method: 'GET', path: '/pruefen/:number', access: 'public', audit: open, handle: checkReceiptPage },
  { method: 'POST', path: '/pruefen/:number', access: 'public', audit: open, handle: compareFile },
  { method: 'GET', path: '/stand', access: 'public', audit: open, handle: loginPage },
  { method: 'POST', path: '/stand', access: 'public', audit: { records: 'receipt.opened' }, handle: login },
  {
    method: 'GET',
    path: '/eingang/:number',
    access: 'receipt',
    audit: { records: 'case.read-by-client' },
    handle: statusPage,
  },
  {
    method: 'GET',
    path: '/eingang/:number/beleg',
    access: 'receipt',
    audit: { records: 'receipt.read' },
    handle: receiptPage,
  },
  {
    method: 'GET',
    path: '/eingang/:number/beleg.pdf',
    access: 'receipt',
    audit: { records: 'receipt.printed' },
    handle: receiptPdf,
  },
  {
    method: 'GET',
    path: '/eingang/:number/zugriffe',
    access: 'receipt',
    audit: { records: 'access-log.read' },
    handle: accessPage,
  },
  {
    method: 'POST',
    path: '/eingang/:number/weiter',
    access: 'receipt',
    audit: { records: 'receipt.continued' },
    handle: beginNext,
  },
  {
    method: 'POST',
    path: '/eingang/:number/konto',
    access: 'receipt',
    audit: { records: 'case.bank-confirmed' },
    handle: confirmAccount,
  },
  {
    method: 'POST',
    path: '/eingang/:number/nachricht',
    access: 'receipt',
    audit: { records: 'case.message-in' },
    handle: writeMessage,
  },
  {
    method: 'POST',
    path: '/eingang/:number/nachricht/gelesen',
    access: 'receipt',
    audit: { records: 'case.message-read' },
    handle: saidRead,
  },
  {
    method: 'GET',
    path: '/eingang/:number/briefe/:letter',
    access: 'receipt',
    audit: { records: 'document.read' },
    handle: fetchLetter,
  },
  {
    method: 'POST',
    path: '/eingang/:number/briefweg',
    access: 'receipt',
    audit: { records: 'case.delivery-chosen' },
    handle: keepWay,
  },
  {
    method: 'POST',
    path: '/eingang/:number/termine/:appointment/absage',
    access: 'receipt',
    audit: { records: 'case.appointment' },
    handle: sayCannotCome,
  },
  {
    method: 'POST',
    path: '/eingang/:number/termine/:appointment/doch',
    access: 'receipt',
    audit: { records: 'case.appointment' },
    handle: sayCanCome,
  },
  {
    method: 'GET',
    path: '/eingang/:number/termine/:appointment/kalender',
    access: 'receipt',
    audit: { records: 'case.read-by-client' },
    handle: calendarOf,
  },
  {
    method: 'GET',
    path: '/eingang/:number/fehlt/:item',
    access: 'receipt',
    audit: { records: 'case.read-by-client' },
    handle: supplementPage,
  },
  {
    method: 'POST',
    path: '/eingang/:number/fehlt/:item',
    access: 'receipt',
    audit: { records: 'submission.received' },
    handle: supplement,
  },
  {
    method: 'POST',
    path: '/eingang/:number/beenden',
    access: 'receipt',
    audit: { nothing: 'closes the session of this device' },
    handle: leave,
  },
  ...kioskRoutes,
  { method: 'GET', path: '/b', access: 'public', audit: open, handle: enterPage },
  { method: 'POST', path: '/b', access: 'public', audit: { records: 'return-code.opened' }, handle: enter },
  {
    method: 'POST',
    path: '/b/beenden',
    access: 'public',
    audit: { nothing: 'closes what is open on this device' },
    handle: leaveReturn,
  },
  { method: 'GET', path: '/b/:code', access: 'public', audit: open, handle: enterPage },
  {
    method: 'GET',
    path: '/b/:code/abgeben',
    access: 'return',
    audit: { records: 'return-code.read' },
    handle: handInPage,
  },
  {
    method: 'POST',
    path: '/b/:code/abgeben',
    access: 'return',
    audit: { records: 'submission.received' },
    handle: handIn,
  },
  {
    method: 'GET',
    path: '/b/:code/beleg',
    access: 'return',
    audit: { records: 'receipt.read' },
    handle: sentReceiptPage,
  },
  {
    method: 'GET',
    path: '/b/:code/beleg.pdf',
    access: 'return',
    audit: { records: 'receipt.printed' },
    handle: sentReceiptPdf,
  },
];
