import type { TimelineEvent } from '../../../modules/cases/index.ts';
import { topicWords } from '../contacts/words.ts';
import type { StaffVisit } from '../visit.ts';
import { bringWords, whenWords, whereWords, whomWords } from './words.ts';

type AppointmentEvent = Extract<TimelineEvent, { kind: 'appointment' | 'appointment-office' }>;

/** An entry of a timeline about an appointment: what happened with which one, why, and who wished it. */
export function appointmentEvent(
  visit: Pick<StaffVisit, 't' | 'language'>,
  event: AppointmentEvent,
): { title: string; body: string } {
  const { t } = visit;
  const { detail } = event;
  const when = (at: string): string => whenWords(visit, { startsAt: new Date(at), minutes: detail.minutes });
  const title = t(`appointments:event.${detail.act}`, { when: when(detail.at) });
  const about = [
    whomWords(visit, detail.personName),
    topicWords(visit, { key: detail.topic, name: detail.topicName }),
  ].join(' · ');
  if (event.kind === 'appointment-office') {
    const { text, why } = event.detail;
    return { title, body: lines(about, text, why === undefined ? '' : t(`appointments:noReminder.${why}`)) };
  }
  const { act, staffName, bring, from, reason, otherTimes, wish } = event.detail;
  const arranged = act === 'made' || act === 'moved';
  return {
    title,
    body: lines(
      about,
      from === undefined ? '' : t('appointments:event.before', { when: when(from) }),
      arranged ? whereWords(visit, detail) : '',
      arranged && staffName !== '' ? t('appointments:holder', { name: staffName }) : '',
      arranged && bring !== '' ? bringWords(visit, { way: detail.way, bring }) : '',
      reason,
      otherTimes === undefined ? '' : t('appointments:answer.other', { times: otherTimes }),
      wish === undefined ? '' : t('appointments:event.wished', { who: t(`appointments:wish.${wish}`) }),
    ),
  };
}

const lines = (...all: readonly (string | undefined)[]): string => all.filter((line) => line).join('\n');
