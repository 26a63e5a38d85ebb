import { dayInGermany } from '../../../kernel/dates.ts';
import type { Announcement } from '../../../modules/together/index.ts';
import { Alert, formatDateTime } from '../../../ui/index.ts';
import type { Visit } from '../visit.ts';

/** When it begins: the time alone where that is today. */
function beginning(visit: Visit, at: Date): string {
  const { t, language } = visit;
  const today = dayInGermany(at) === dayInGermany(visit.services.clock.now());
  const time = at.toLocaleTimeString(language === 'de' ? 'de-DE' : 'en-GB', {
    timeZone: 'Europe/Berlin',
    hour: '2-digit',
    minute: '2-digit',
  });
  return today ? t('together:announced.today', { time }) : formatDateTime(at, language, t);
}

/** What operators announced: when, what, and that nothing typed is lost by it. Empty where nothing is announced. */
export const Announcements = (props: { visit: Visit; announcements: readonly Announcement[] }) => (
  <>
    {props.announcements.map((each) => (
      <Alert tone="info" title={props.visit.t('together:announced.title', { at: beginning(props.visit, each.at) })}>
        <p>{each.text}</p>
        <p>{props.visit.t('together:announced.kept')}</p>
      </Alert>
    ))}
  </>
);
