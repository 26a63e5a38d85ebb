import { ButtonLink, Card, CardGrid, type Content } from '../../ui/index.ts';
import { telephone } from './shell.tsx';
import type { Visit } from './visit.ts';

/** The ways beside this page, short: in person, by post, by phone. */
export const OtherWays = ({ visit }: { visit: Visit }) => {
  const { t, profile, jobcenter } = visit;
  if (profile === undefined) return null;
  const address = `${profile.street}, ${profile.postcode} ${profile.town}`;
  return (
    <section class="td-flow" aria-labelledby="andere-wege">
      <h2 id="andere-wege">{t('return:ways.title')}</h2>
      <ul>
        <li>{t('return:ways.inPerson', { address })}</li>
        <li>{t('return:ways.post', { address: `${jobcenter.name}, ${address}` })}</li>
        <li>
          {t('return:ways.phone')} <a href={telephone(profile.phone)}>{profile.phone}</a>
        </li>
      </ul>
    </section>
  );
};

type WaysProps = { readonly visit: Visit; readonly online: Content; readonly email?: string | undefined };

/**
 * All ways to the office, none smaller than another: online, in person, by post, by phone, to be called, and by e-mail where the
 * team has a mailbox (`email`), with what an e-mail is not good for.
 */
export const Ways = ({ visit, online, email }: WaysProps) => {
  const { t, profile, jobcenter, language } = visit;
  return (
    <section class="td-flow" aria-labelledby="wege">
      <h2 id="wege">{t('portal:ways.title')}</h2>
      <p>{t('portal:ways.lead')}</p>
      <CardGrid>
        <Card level={3} title={t('portal:ways.online')}>
          {online}
        </Card>
        {profile === undefined ? null : (
          <>
            <Card level={3} title={t('portal:ways.inPerson')}>
              <p>
                {profile.street}
                <br />
                {profile.postcode} {profile.town}
              </p>
              <p>{profile.directions[language]}</p>
              <ul>
                {profile.openingHours.map((each) => (
                  <li>
                    {each.days[language]}: {each.hours[language]}
                  </li>
                ))}
              </ul>
            </Card>
            <Card level={3} title={t('portal:ways.phone')}>
              <p>
                <a href={telephone(profile.phone)}>{profile.phone}</a>
                <br />
                {profile.phoneHours[language]}
              </p>
              <p>
                <ButtonLink href="/anliegen/rueckruf" variant="secondary">
                  {t('portal:ways.callMe')}
                </ButtonLink>
              </p>
            </Card>
            <Card level={3} title={t('portal:ways.post')}>
              <p>
                {jobcenter.name}
                <br />
                {profile.street}
                <br />
                {profile.postcode} {profile.town}
              </p>
              <p>{t('portal:ways.postHint')}</p>
            </Card>
          </>
        )}
        {email === undefined ? null : (
          <Card level={3} title={t('portal:ways.email')}>
            <p>
              <a href={`mailto:${email}`}>{email}</a>
            </p>
            <p>{t('portal:ways.emailHint')}</p>
          </Card>
        )}
      </CardGrid>
    </section>
  );
};
