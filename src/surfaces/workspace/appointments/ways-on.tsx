import type { Appointment } from '../../../modules/appointments/index.ts';
import type { StaffVisit } from '../visit.ts';
import { SettleForm } from './lines.tsx';
import { whenWords } from './words.ts';

/** What can be done about an open appointment. Before it begins it is called off, afterwards somebody says how it went: the same form. */
export const WaysOn = (props: {
  visit: StaffVisit;
  appointment: Appointment;
  hrefOf: (verb: 'terminverlegung' | 'terminergebnis' | 'brief') => string;
  /** Whether a letter can invite to it: not to one that who gets the letters of the case may not know of. */
  invites?: boolean;
  from?: 'heute';
}) => {
  const { visit, appointment, hrefOf, from, invites = false } = props;
  const { t } = visit;
  const when = whenWords(visit, appointment);
  const early = appointment.startsAt > visit.services.clock.now();
  return (
    <>
      <a href={hrefOf('terminverlegung')} aria-label={t('appointments:moveLabel', { when })}>
        {t('appointments:move')}
      </a>
      <a
        href={hrefOf('terminergebnis')}
        aria-label={t(early ? 'appointments:callOffLabel' : 'appointments:endLabel', { when })}
      >
        {t(early ? 'appointments:callOff' : 'appointments:end')}
      </a>
      {invites && early ? (
        <a href={hrefOf('brief')} aria-label={t('appointments:inviteLabel', { when })}>
          {t('appointments:invite')}
        </a>
      ) : null}
      <SettleForm visit={visit} appointment={appointment} {...(from === undefined ? {} : { from })} />
    </>
  );
};
