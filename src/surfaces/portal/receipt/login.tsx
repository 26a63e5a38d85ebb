import { recordAudit } from '../../../modules/audit/index.ts';
import { type FieldErrors, formatError } from '../../../modules/forms/index.ts';
import { beginAttempt, clearAttempts, type Limit, takeBack } from '../../../modules/identity/index.ts';
import {
  checkAccessCode,
  findKeptReceipt,
  findReceipt,
  findSubmission,
  normalizeReceiptNumber,
} from '../../../modules/intake/index.ts';
import type { Secret } from '../../../platform/crypto/index.ts';
import { sameBytes, sha256 } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Accordion,
  Alert,
  BackLink,
  Button,
  DateField,
  ErrorSummary,
  Form,
  fieldId,
  TextField,
} from '../../../ui/index.ts';
import { checkPath } from '../../receipt-paper.ts';
import { one } from '../../request.ts';
import { readBirthDate } from '../birth-date.ts';
import { closeReceipts, isKnownDevice, openReceipt, rememberDevice } from '../cookies.ts';
import { show } from '../shell.tsx';
import { inTenant, type Visit } from '../visit.ts';

type Typed = { readonly number: string; readonly birthDate: string; readonly code: string };
const empty: Typed = { number: '', birthDate: '', code: '' };

/** Number, birth date, code: the way back to what was sent, from any device. */
export const loginPage = async (visit: Visit): Promise<Response> =>
  view(visit, { ...empty, number: normalizeReceiptNumber(visit.c.req.query('nummer') ?? '') ?? '' }, {}, 200);

/** Opens a receipt for half an hour on this device. The same sentence for whatever is wrong. */
export async function login(visit: Visit): Promise<Response> {
  const { t, services, jobcenter } = visit;
  const typed: Typed = {
    number: one(visit.input, 'nummer').slice(0, 60),
    birthDate: one(visit.input, 'birthDate').slice(0, 40),
    code: one(visit.input, 'code').slice(0, 60),
  };
  const number = normalizeReceiptNumber(typed.number);
  const birth = readBirthDate(typed.birthDate, visit.today);
  const errors = formErrors(visit, typed, number, birth.ok ? {} : birth.errors);
  if (number === undefined || !birth.ok || Object.keys(errors).length > 0) return view(visit, typed, errors, 422);
  const codes = (await services.keyring.of(jobcenter.id)).codes;
  const known = isKnownDevice(visit, jobcenter.id, number);
  const attempt = await inTenant(visit, (tx) => beginAttempt(tx, codes, limitsOf(visit, number, known)));
  if (attempt === undefined) return view(visit, typed, { nummer: t('portal:login.slow') }, 429);
  const proved = await inTenant(visit, async (tx) => {
    if (!(await prove(tx, codes, number, String(birth.value['birthDate']), typed.code))) return false;
    await takeBack(tx, attempt);
    for (const { kind, subject } of allLimits(visit, number).slice(0, 1)) await clearAttempts(tx, codes, kind, subject);
    await recordAudit(
      tx,
      { kind: 'client', receiptId: number },
      { action: 'receipt.opened', subjectType: 'receipt', subjectId: number },
    );
    return true;
  });
  if (
    !proved &&
    checkAccessCode(codes, number, typed.code) &&
    (await inTenant(visit, (tx) => findKeptReceipt(tx, number)))
  )
    return visit.c.redirect(checkPath(number), 303); // deleted since: the page that checks says so
  if (!proved) return view(visit, typed, { nummer: t('portal:login.wrong') }, 422);
  openReceipt(visit, jobcenter.id, number);
  rememberDevice(visit, jobcenter.id, number);
  return visit.c.redirect(`/eingang/${number}`, 303);
}

/**
 * Guessing is slowed by number at one address, by address, and by number over all addresses. The last one is high and does
 * not count for a device that proved itself before, so that nobody can lock the owner out by guessing.
 */
const allLimits = (visit: Visit, number: string): readonly [Limit, Limit, Limit] => [
  { kind: 'receipt-number-address', subject: `${number} ${visit.address}`, most: 5, minutes: 15 },
  { kind: 'receipt-address', subject: visit.address, most: 30, minutes: 15 },
  { kind: 'receipt-number', subject: number, most: 50, minutes: 60 },
];
const limitsOf = (visit: Visit, number: string, known: boolean): readonly Limit[] =>
  known ? allLimits(visit, number).slice(0, 2) : allLimits(visit, number);

/** True when all three belong together; works through all of it whatever is wrong. */
async function prove(tx: Tx, codes: Secret, number: string, birthDate: string, code: string): Promise<boolean> {
  const receipt = await findReceipt(tx, number);
  const submission = receipt === undefined ? undefined : await findSubmission(tx, receipt.submissionId);
  const sameBirth = sameBytes(sha256(submission?.person.birthDate ?? 'unknown'), sha256(birthDate));
  return checkAccessCode(codes, number, code) && sameBirth && submission !== undefined;
}

function formErrors(
  visit: Visit,
  typed: Typed,
  number: string | undefined,
  birth: FieldErrors,
): Record<string, string> {
  const { t } = visit;
  const errors: Record<string, string> = {};
  if (typed.number === '') errors['nummer'] = t('portal:login.numberEmpty');
  else if (number === undefined) errors['nummer'] = t('portal:login.numberForm');
  for (const [path, error] of Object.entries(birth)) errors[path] = formatError(error, visit.language);
  if (typed.code === '') errors['code'] = t('portal:login.codeEmpty');
  return errors;
}

function view(
  visit: Visit,
  typed: Typed,
  errors: Readonly<Record<string, string>>,
  status: 200 | 422 | 429,
): Response | Promise<Response> {
  const { t, profile } = visit;
  const example = accessCodeExample;
  return show(
    visit,
    {
      title: t('portal:login.title'),
      status,
      path: '/stand',
      back: <BackLink href="/">{t('portal:allConcerns')}</BackLink>,
      alerts: (
        <ErrorSummary t={t} problems={Object.entries(errors).map(([name, text]) => ({ id: fieldId(name), text }))} />
      ),
    },
    <>
      <h1>{t('portal:login.title')}</h1>
      <p class="td-lead">{t('portal:login.lead')}</p>
      <Form action="/stand" csrf={visit.csrf}>
        <TextField
          t={t}
          name="nummer"
          label={t('portal:login.number')}
          hint={t('portal:login.numberHint')}
          value={typed.number}
          error={errors['nummer']}
          autocomplete="off"
          maxLength={40}
          width="m"
        />
        <DateField
          t={t}
          name="birthDate"
          label={t('portal:login.birthDate')}
          value={typed.birthDate}
          error={errors['birthDate']}
          autocomplete="bday"
        />
        <TextField
          t={t}
          name="code"
          label={t('portal:login.code')}
          hint={t('portal:login.codeHint', { example })}
          error={errors['code']}
          autocomplete="off"
          maxLength={40}
          width="m"
        />
        <Button>{t('portal:login.open')}</Button>
      </Form>
      <Accordion title={t('portal:login.helpTitle')}>
        <p>{t('portal:login.help')}</p>
        {profile === undefined ? null : (
          <p>
            {t('portal:trouble.call')} {profile.phone}
          </p>
        )}
      </Accordion>
      <p>
        {t('portal:start.check')} <a href="/pruefen">{t('portal:verify.title')}</a>
      </p>
    </>,
  );
}

const accessCodeExample = 'K7QM4-TXA9W';

/** Closes what is open, for devices that others use too. */
export async function leave(visit: Visit): Promise<Response> {
  closeReceipts(visit);
  const { t } = visit;
  return show(
    visit,
    { title: t('portal:login.closed'), path: '/stand' },
    <>
      <Alert tone="success" title={t('portal:login.closed')} live>
        <p>{t('portal:login.closedText')}</p>
      </Alert>
      <p>
        <a href="/">{t('portal:trouble.home')}</a>
      </p>
    </>,
  );
}
