import { hmac } from '../../../platform/crypto/index.ts';
import { one } from '../../request.ts';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { Announcements } from './announcements.tsx';
import { draftTexts } from './draft-texts.ts';
import { pageOf } from './keep-unsent.ts';

/** Opens what this person's browser keeps sealed (js/sealed-store.js); it stands in their pages only, and is stored nowhere. */
export const storeKey = (visit: StaffVisit): string =>
  hmac(visit.services.draftKey, `browser ${visit.jobcenter.id} ${visit.staff.id}`).toString('base64');

/**
 * What stands at the top of every page of the staff: what is announced, and room for what js/live.js has to say, with its words. The
 * room outlives a refresh of the page.
 */
export const PageNotes = ({ visit }: { visit: StaffVisit }) => {
  const { t, services } = visit;
  // Of a form that was taken the page shows an empty one.
  const refused = visit.c.get('taken') === true ? {} : visit.input;
  return (
    <>
      <div id="announced">
        <Announcements visit={visit} announcements={visit.announcements} />
      </div>
      <div
        id="page-notes"
        class="tw-notes"
        role="status"
        data-turbo-permanent
        data-turbo={services.asset('js/turbo.js')}
        data-made={services.version}
        data-version={t('together:live.version')}
        data-version-link={visit.c.req.method === 'GET' ? t('together:live.reload') : undefined}
        data-away={t('together:live.away')}
        data-away-link={t('together:live.list')}
        data-away-href={paths.outage}
        data-signed-out={t('together:live.signedOut')}
        data-signed-out-link={t('together:live.signIn')}
        data-signed-out-href={paths.signIn}
        data-gone={t('together:live.gone')}
        data-new-above={t('together:live.newAbove')}
        data-other={t('together:draft.otherText', { at: '{at}' })}
        data-take-other={t('together:draft.takeOther')}
        data-keep-this={t('together:draft.keepThis')}
        data-two-texts={t('together:draft.twoTexts')}
        data-two-texts-link={t('together:draft.twoTextsLink')}
        data-stand-place={one(refused, 'entwurf-ort') || undefined}
        data-stand={one(refused, 'entwurf-stand') || undefined}
        data-base={one(refused, 'entwurf-grundlage') || undefined}
        data-page={visit.c.req.method === 'GET' ? visit.path : pageOf(visit.input) || undefined}
        data-drafts={visit.c.req.method === 'GET' ? '' : undefined}
        {...Object.fromEntries(
          Object.entries(draftTexts(visit)).map(([name, text]) => [
            `data-${name.replace(/[A-Z]/g, '-$&').toLowerCase()}`,
            text,
          ]),
        )}
      />
    </>
  );
};
