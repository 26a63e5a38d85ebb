import { Alert, ButtonGroup, ButtonLink } from '../../ui/index.ts';
import { Paragraphs, show, telephone } from './shell.tsx';
import type { Visit } from './visit.ts';

/** Imprint, privacy notice and accessibility statement: the Jobcenter's own words. */
const ownText =
  (key: 'imprint' | 'privacy' | 'accessibility') =>
  async (visit: Visit): Promise<Response> => {
    const { t, profile, language } = visit;
    const title = t(`portal:info.${key}`);
    return show(
      visit,
      { title },
      <>
        <h1>{title}</h1>
        {profile === undefined ? <p>{t('portal:info.none')}</p> : <Paragraphs text={profile[key][language]} />}
        {key === 'accessibility' ? (
          <p>
            <a href="/barriere-melden">{t('portal:info.barrier')}</a>
          </p>
        ) : null}
      </>,
    );
  };

export const imprintPage = ownText('imprint');
export const privacyPage = ownText('privacy');
export const accessibilityPage = ownText('accessibility');

/** Ways to report a barrier, none of which asks for a name, and who helps when we do not. */
export async function barrierPage(visit: Visit): Promise<Response> {
  const { t, profile } = visit;
  return show(
    visit,
    { title: t('portal:info.barrier') },
    <>
      <h1>{t('portal:info.barrier')}</h1>
      <p class="td-lead">{t('portal:barrier.lead')}</p>
      <h2>{t('portal:barrier.howTitle')}</h2>
      {profile === undefined ? null : (
        <ul>
          <li>
            {t('portal:barrier.phone')} <a href={telephone(profile.phone)}>{profile.phone}</a>
          </li>
          <li>
            {t('portal:barrier.email')}{' '}
            <a href={`mailto:${profile.email}?subject=${encodeURIComponent(t('portal:barrier.subject'))}`}>
              {profile.email}
            </a>
          </li>
        </ul>
      )}
      <p>{t('portal:barrier.helpful')}</p>
      <ButtonGroup>
        <ButtonLink href="/anliegen/rueckruf" variant="secondary">
          {t('portal:ways.callMe')}
        </ButtonLink>
      </ButtonGroup>
      <Alert tone="info" title={t('portal:barrier.bodyTitle')}>
        <p>{t('portal:barrier.body')}</p>
        <p>
          <a href="/barrierefreiheit">{t('portal:info.accessibility')}</a>
        </p>
      </Alert>
    </>,
  );
}
