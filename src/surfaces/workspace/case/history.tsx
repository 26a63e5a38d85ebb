import type { TimelineEvent } from '../../../modules/cases/index.ts';
import type { Content } from '../../../ui/index.ts';
import { formatDate, formatDateTime, Timeline } from '../../../ui/index.ts';
import { appointmentEvent } from '../appointments/event-words.ts';
import { NotePlace } from '../contacts/note-place.tsx';
import { noteTitle } from '../contacts/words.ts';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { entryAnchor } from './open-messages.tsx';

/** One entry of a history in plain words: what happened, and what was said. */
export function eventWords(
  visit: Pick<StaffVisit, 't' | 'language'>,
  event: TimelineEvent,
): { title: string; body?: Content } {
  const { t, language } = visit;
  const text = (key: string, params?: Record<string, string | number>): string => t(`workspace:event.${key}`, params);
  switch (event.kind) {
    case 'received': {
      const { channel, documents, supplement } = event.detail;
      const title = text(supplement ? 'supplement' : 'received', { channel: t(`workspace:channel.${channel}`) });
      return { title, ...(documents > 0 && { body: t('workspace:event.papers', { count: documents }) }) };
    }
    case 'assigned':
      return { title: event.detail.name === null ? text('released') : text('assigned', { name: event.detail.name }) };
    case 'team':
      return { title: text('team', { name: event.detail.name }) };
    case 'item-requested': {
      const { what, why = '', dueOn } = event.detail;
      const due = dueOn === undefined ? '' : `\n${text('dueOn', { date: formatDate(dueOn, language) })}`;
      return { title: text('item-requested', { what }), body: `${why}${due}` };
    }
    case 'item-withdrawn':
    case 'item-reopened': {
      const { what, why, dueOn } = event.detail;
      const due = dueOn === undefined ? '' : `\n${text('dueOn', { date: formatDate(dueOn, language) })}`;
      return { title: text(event.kind, { what }), ...(why !== undefined && { body: `${why}${due}` }) };
    }
    case 'item-fulfilled':
    case 'item-sent-again':
      return { title: text(event.kind, { what: event.detail.what }) };
    case 'message-out':
    case 'message-in':
      return { title: text(event.kind), body: event.detail.text };
    case 'message-read':
      return { title: text(event.detail.what === 'letter' ? 'letter-read' : event.kind) };
    case 'message-answered':
      return { title: text(event.kind) };
    case 'note': {
      const { text: body, ...about } = event.detail;
      return { title: noteTitle(visit, about), body };
    }
    case 'decided':
      return {
        title: text('decided', { result: t(`workspace:result.${event.detail.result}`) }),
        body: [
          event.detail.reasons,
          ...(event.detail.discretion === undefined ? [] : [t('checks:weighed', { text: event.detail.discretion })]),
        ].join('\n'),
      };
    case 'submission-left':
    case 'submission-joined':
    case 'paper-left':
    case 'paper-joined': {
      const { channel, number, caseId } = event.detail;
      const title = text(event.kind, { channel: t(`workspace:channel.${channel}`) });
      return { title, body: <a href={paths.case(caseId)}>{number}</a> };
    }
    case 'fact-said':
    case 'fact-confirmed':
    case 'fact-ended':
    case 'fact-wrong': {
      const { fact, text: said, person, reason = '' } = event.detail;
      const title = t(`facts:event.${event.kind}`, { kind: t(`facts:kind.${fact}`) });
      return { title, body: [[said, person].filter((each) => each !== '').join(' · '), reason].join('\n').trim() };
    }
    case 'closed':
      return { title: text('closed') };
    case 'reopened': {
      const { reason } = event.detail;
      const automatic = event.actorKind === 'system' && (reason === 'supplement' || reason === 'message');
      return { title: text('reopened'), body: automatic ? text(`because.${reason}`) : reason };
    }
    case 'promised':
      return {
        title: text('promised', { what: event.detail.what }),
        body: text('promisedUntil', { at: formatDateTime(new Date(event.detail.dueAt), language, t) }),
      };
    case 'promise-kept':
      return { title: text('promise-kept', { what: event.detail.what }) };
    case 'follow-up': {
      const { dueOn, reason, forName } = event.detail;
      const forWhom = forName === null ? t('myday:event.forTeam') : t('myday:event.forName', { name: forName });
      const date = formatDate(dueOn, language);
      return { title: t('myday:event.followUp', { date }), body: `${reason}\n${forWhom}` };
    }
    case 'follow-up-moved': {
      const { reason, why, from, to } = event.detail;
      const days = { from: formatDate(from, language), to: formatDate(to, language) };
      return { title: t('myday:event.moved', { reason }), body: `${t('myday:event.days', days)}\n${why}` };
    }
    case 'follow-up-ended':
    case 'follow-up-handed':
      return { title: t(`myday:event.${event.kind}`, { reason: event.detail.reason }) };
    case 'follow-up-kept': {
      const { reason, why = '' } = event.detail;
      return { title: t('myday:event.kept', { reason }), body: why };
    }
    case 'own-fields': {
      const { on, labels } = event.detail;
      return { title: t(`own:event.${on}`, { labels: labels.join(', ') }) };
    }
    case 'letter-begun':
    case 'letter-submitted':
    case 'letter-discarded':
    case 'letter-again':
    case 'letter-return-mistaken':
      return { title: t(`notices:event.${event.kind}`, { title: event.detail.title }) };
    case 'letter-given-back':
    case 'letter-disputed':
    case 'letter-returned':
    case 'letter-left': {
      const { title, text: said = '' } = event.detail;
      return { title: t(`notices:event.${event.kind}`, { title }), ...(said !== '' && { body: said }) };
    }
    case 'letter-sent':
      return {
        title: t(`notices:event.letter-sent.${event.detail.way ?? 'post'}`, { title: event.detail.title }),
        body: t(`notices:way.${event.detail.way ?? 'post'}`),
      };
    case 'delivery-chosen':
      return {
        title: t(`notices:event.chosen.${event.detail.revoked === true ? 'revoked' : event.detail.way}`),
        ...(event.detail.reminders !== undefined && {
          body: t(`notices:event.reminders.${event.detail.reminders ? 'yes' : 'no'}`),
        }),
      };
    case 'bank-confirmed':
      return { title: text(`bank-confirmed.${event.detail.way}`) };
    case 'email-changed': {
      const { before, after } = event.detail;
      const title = after === null ? text('email.removed') : text('email.set', { email: after });
      return { title, ...(before !== null && { body: text('email.before', { email: before }) }) };
    }
    case 'checked': {
      const { what, result, source } = event.detail;
      const words = { what, result: t(`checks:result.${result}`) };
      return { title: t('checks:event', words), body: t('checks:rests', { source }) };
    }
    case 'plan': {
      const { act, text: said = '', more = '', dueOn } = event.detail;
      const due = dueOn === undefined ? '' : t('plans:event.until', { date: formatDate(dueOn, language) });
      const body = [due, more].filter((line) => line !== '').join('\n');
      return { title: t(`plans:event.${act}`, { text: said }), ...(body !== '' && { body }) };
    }
    case 'appointment':
    case 'appointment-office':
      return appointmentEvent({ t, language }, event);
    case 'person-confirmed':
      return {
        title: event.detail.personId === null ? text('personUnknown') : text('person', { name: event.detail.name }),
      };
    default:
      // While a new version is put in, a program that still runs the old one meets entries of kinds that it has no words for.
      event satisfies never;
      return { title: text('notKnown') };
  }
}

/** Who did it: staff and programs by name, the person by their role, machines as such. */
export function actorWords(visit: Pick<StaffVisit, 't'>, kind: string, name: string): string {
  if (kind === 'client') return visit.t('workspace:actor.client');
  return kind === 'system' ? visit.t('workspace:actor.system') : name;
}

type HistoryProps = {
  readonly visit: StaffVisit;
  readonly events: readonly TimelineEvent[];
  /** What stands beside entries: own fields of notes, the way to the employer a talk or a proposal is with, and that a message waits. */
  readonly own: ReadonlyMap<string, Content>;
};

/** Everything that happened on a case, the newest first. */
export const History = ({ visit, events, own }: HistoryProps) => (
  <section class="tw-panel" aria-labelledby="history">
    <WithHelp visit={visit} of="case-history">
      <h2 id="history">{visit.t('workspace:case.history')}</h2>
    </WithHelp>
    <Timeline
      items={events.toReversed().map((event) => {
        const { title, body: said } = eventWords(visit, event);
        const fields = own.get(event.id);
        const place = event.kind === 'note' && event.detail.paper !== undefined;
        const body =
          fields === undefined && !place ? (
            said
          ) : (
            <>
              {said}
              {place ? <NotePlace visit={visit} about={event.detail} /> : null}
              {fields ?? null}
            </>
          );
        const at = new Date(event.at);
        return {
          at: formatDateTime(at, visit.language, visit.t),
          datetime: at.toISOString(),
          ...(event.kind === 'message-in' || event.kind === 'message-out' ? { id: entryAnchor(event.id) } : {}),
          title,
          by: actorWords(visit, event.actorKind, event.actorName),
          ...(body === undefined ? {} : { body }),
        };
      })}
    />
  </section>
);
