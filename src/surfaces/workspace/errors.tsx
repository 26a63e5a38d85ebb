import { ButtonLink, type Content, Inset } from '../../ui/index.ts';
import type { FormInput } from '../request.ts';
import { paths } from './paths.ts';
import { show } from './shell.tsx';
import type { Visit } from './visit.ts';

type Trouble =
  | 'notFound'
  | 'oldForm'
  | 'signedOut'
  | 'signedOutKept'
  | 'unavailable'
  | 'storageFull'
  | 'upload'
  | 'brokenForm'
  | 'longForm'
  | 'failed';
const status = {
  notFound: 404,
  oldForm: 403,
  signedOut: 403,
  signedOutKept: 403,
  unavailable: 503,
  storageFull: 503,
  upload: 413,
  brokenForm: 400,
  longForm: 413,
  failed: 500,
} as const;

/** Fields a person wrote themselves; technical ones and passwords are never shown again. */
const technical = /^(csrf|password|code|credential|kept|command|person|stand|entwurf-.*)$/;

/** A page that says what is wrong, that nothing was lost, and what to do now; what was typed stands there to be copied. */
export function trouble(visit: Visit, kind: Trouble, typed: FormInput = {}, more?: Content): Response {
  const { t } = visit;
  const isSignedOut = kind === 'signedOut' || kind === 'signedOutKept';
  const texts = Object.entries(typed).filter(
    ([name, value]) => !technical.test(name) && String(value).trim().length > 1,
  );
  const headers = status[kind] === 503 ? { 'Retry-After': '5' } : undefined;
  return show(
    visit,
    {
      title: t(`workspace:trouble.${kind}.title`),
      narrow: true,
      status: status[kind],
      ...(headers ? { headers } : {}),
    },
    <>
      <h1>{t(`workspace:trouble.${kind}.title`)}</h1>
      <p>{t(`workspace:trouble.${kind}.text`)}</p>
      {texts.length === 0 ? null : (
        <>
          <h2>{t('workspace:trouble.typed')}</h2>
          {texts.map(([, value]) => (
            <Inset>
              <p class="tw-typed">{String(value)}</p>
            </Inset>
          ))}
        </>
      )}
      {more}
      <p>
        <ButtonLink href={isSignedOut ? paths.signIn : paths.home}>
          {t(isSignedOut ? 'workspace:trouble.signIn' : 'workspace:trouble.back')}
        </ButtonLink>
      </p>
    </>,
  );
}

/** Missing and forbidden look alike. */
export const notFound = (visit: Visit): Response => trouble(visit, 'notFound');
