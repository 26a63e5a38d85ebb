import { recordAudit } from '../../../modules/audit/index.ts';
import { findCase, findReturnCode, parseReturnCode, returnPath } from '../../../modules/cases/index.ts';
import { formatError } from '../../../modules/forms/index.ts';
import { beginAttempt, clearAttempts, type Limit, takeBack } from '../../../modules/identity/index.ts';
import { sameBytes, sha256 } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Alert, Button, DateField, ErrorSummary, Form, fieldId, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { readBirthDate } from '../birth-date.ts';
import { closeReturns, openReturn, returnOpen } from '../cookies.ts';
import { show } from '../shell.tsx';
import { inTenant, type Visit } from '../visit.ts';
import { OtherWays } from '../ways.tsx';
import { outside } from './load.ts';

type Typed = { readonly code: string; readonly birthDate: string };

/** Where a QR code leads: the code is there, the birth date is asked for. Without a code it can be typed from the letter. */
export async function enterPage(visit: Visit): Promise<Response> {
  const given = (visit.c.req.param('code') ?? '').slice(0, 60);
  const code = parseReturnCode(given);
  if (code !== undefined && returnOpen(visit, visit.jobcenter.id, code))
    return visit.c.redirect(`${returnPath(code)}/abgeben`, 303);
  return view(visit, { code: code ?? given, birthDate: '' }, {}, 200);
}

/**
 * Guessing the birth date is slowed by code at one address, by address, and by code over all addresses. Only who holds the
 * letter can make others wait: a code itself cannot be guessed.
 */
const limitsOf = (visit: Visit, code: string): readonly Limit[] => [
  { kind: 'return-code-address', subject: `${code} ${visit.address}`, most: 5, minutes: 15 },
  { kind: 'return-address', subject: visit.address, most: 30, minutes: 15 },
  { kind: 'return-code', subject: code, most: 30, minutes: 24 * 60 },
];

/** Opens a code for half an hour on this device. The same sentence for a code of nobody and for another birth date. */
export async function enter(visit: Visit): Promise<Response> {
  const { t, jobcenter } = visit;
  const typed: Typed = {
    code: one(visit.input, 'code').slice(0, 60),
    birthDate: one(visit.input, 'birthDate').slice(0, 40),
  };
  const code = parseReturnCode(typed.code);
  const birth = readBirthDate(typed.birthDate, visit.today);
  const errors: Record<string, string> = {};
  if (code === undefined) errors['code'] = t(typed.code === '' ? 'return:codeEmpty' : 'return:codeForm');
  if (!birth.ok)
    for (const [path, error] of Object.entries(birth.errors)) errors[path] = formatError(error, visit.language);
  if (code === undefined || !birth.ok) return view(visit, typed, errors, 422);
  const outcome = await proved(visit, code, String(birth.value['birthDate']));
  if (outcome !== 'right') return view(visit, typed, { code: t(`return:${outcome}`) }, outcome === 'slow' ? 429 : 422);
  openReturn(visit, jobcenter.id, code);
  return visit.c.redirect(`${returnPath(code)}/abgeben`, 303);
}

async function proved(visit: Visit, code: string, birthDate: string): Promise<'right' | 'wrong' | 'slow'> {
  const { codes } = await visit.services.keyring.of(visit.jobcenter.id);
  const limits = limitsOf(visit, code);
  const attempt = await inTenant(visit, (tx) => beginAttempt(tx, codes, limits));
  if (attempt === undefined) return 'slow';
  return inTenant(visit, async (tx) => {
    const found = await belongTogether(tx, code, birthDate);
    if (found === undefined) return 'wrong';
    await takeBack(tx, attempt);
    for (const { kind, subject } of limits.slice(0, 1)) await clearAttempts(tx, codes, kind, subject);
    await recordAudit(
      tx,
      { kind: 'client', receiptId: `return:${found.id}` },
      { action: 'return-code.opened', subjectType: 'return-code', subjectId: found.id, caseId: found.caseId },
    );
    return 'right';
  });
}

/** The code, when its case is of somebody born that day. Works through all of it whatever is wrong. */
async function belongTogether(tx: Tx, code: string, birthDate: string) {
  const found = await findReturnCode(tx, code);
  const owner = found === undefined ? undefined : await findCase(tx, outside, found.caseId);
  const sameBirth = sameBytes(sha256(owner?.birthDate ?? 'unknown'), sha256(birthDate));
  return sameBirth ? found : undefined;
}

function view(
  visit: Visit,
  typed: Typed,
  errors: Readonly<Record<string, string>>,
  status: 200 | 422 | 429,
): Response | Promise<Response> {
  const { t } = visit;
  return show(
    visit,
    {
      title: t('return:title'),
      status,
      path: status === 200 ? visit.path : '/b',
      alerts: (
        <ErrorSummary t={t} problems={Object.entries(errors).map(([name, text]) => ({ id: fieldId(name), text }))} />
      ),
    },
    <>
      <h1>{t('return:title')}</h1>
      <p class="td-lead">{t('return:lead')}</p>
      <Form action="/b" csrf={visit.csrf}>
        <TextField
          t={t}
          name="code"
          label={t('return:code')}
          hint={t('return:codeHint')}
          value={typed.code}
          error={errors['code']}
          autocomplete="off"
          maxLength={60}
          width="l"
        />
        <DateField
          t={t}
          name="birthDate"
          label={t('return:birthDate')}
          value={typed.birthDate}
          error={errors['birthDate']}
          autocomplete="bday"
        />
        <Button>{t('return:open')}</Button>
      </Form>
      <OtherWays visit={visit} />
    </>,
  );
}

/** Ends it on this device, for devices that others use too. */
export async function leaveReturn(visit: Visit): Promise<Response> {
  closeReturns(visit);
  const { t } = visit;
  return show(
    visit,
    { title: t('portal:login.closed'), path: '/b' },
    <>
      <h1>{t('portal:login.closed')}</h1>
      <Alert tone="success" title={t('portal:login.closedText')} live />
      <p>
        <a href="/">{t('portal:trouble.home')}</a>
      </p>
    </>,
  );
}
