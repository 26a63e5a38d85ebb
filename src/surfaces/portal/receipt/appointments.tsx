import { calendarFile } from '../../../kernel/calendar-file.ts';
import { canonicalJson } from '../../../kernel/canonical.ts';
import { dayInGermany } from '../../../kernel/dates.ts';
import { isId, newId } from '../../../kernel/ids.ts';
import {
  type Appointment,
  appointmentsForClient,
  calledOffForClient,
  canCome,
  cannotCome,
  endsAt,
  isCalendarStale,
  isRefused,
  loadForCalendar,
} from '../../../modules/appointments/index.ts';
import { findStaff } from '../../../modules/identity/index.ts';
import { claimCommand } from '../../../modules/intake/index.ts';
import type { Team } from '../../../modules/settings/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Accordion,
  Alert,
  Button,
  Card,
  type Content,
  Form,
  formatDate,
  formatTime,
  TextArea,
} from '../../../ui/index.ts';
import { whenForClient, whereForClient } from '../../appointment-words.ts';
import { one } from '../../request.ts';
import { telephone } from '../shell.tsx';
import { present, type ReceiptVisit } from '../visit.ts';
import { clientActor, type ReceiptView, withReceipt } from './load.ts';
import { statusAgain } from './status.tsx';

/** An appointment to come as the person sees it, with the name of who holds it. */
export type ShownAppointment = Omit<Appointment, 'note'> & { readonly staffName: string };
type CalledOff = Omit<Appointment, 'note'>;

/** Those that were called off and would still be to come. */
export const calledOffFor = (
  tx: Tx,
  of: { readonly id: string; readonly personId: string | null },
): Promise<readonly CalledOff[]> => calledOffForClient(tx, of);

/** Appointments of a case to come, for who holds its receipt. */
export async function appointmentsFor(
  tx: Tx,
  of: { readonly id: string; readonly personId: string | null },
): Promise<ShownAppointment[]> {
  const shown = [];
  for (const each of await appointmentsForClient(tx, of))
    shown.push({ ...each, staffName: (await findStaff(tx, each.staffId))?.name ?? '' });
  return shown;
}

/** What may be written about why, and about other times. */
const longest = 1_000;
const reasonName = (id: string): string => `grund-${id}`;
const timesName = (id: string): string => `zeiten-${id}`;

type Props = { readonly visit: ReceiptVisit; readonly team: Team | undefined };

/** Every appointment to come: when, where, with whom, what to bring, whom to call, and how to say that one cannot come. */
export const Appointments = (
  props: Props & {
    appointments: readonly ShownAppointment[];
    calledOff: readonly CalledOff[];
    errors: Readonly<Record<string, string>>;
  },
) => {
  const { visit, appointments, calledOff } = props;
  if (appointments.length === 0 && calledOff.length === 0) return null;
  return (
    <section class="td-flow" id="termine">
      <h2>{visit.t('appointments:client.title')}</h2>
      {appointments.map((each) => (
        <One {...props} each={each} />
      ))}
      {calledOff.map((each) => (
        <Off visit={visit} each={each} />
      ))}
    </section>
  );
};

const Line = ({ visit, name, children }: { visit: ReceiptVisit; name: string; children: Content }) => (
  <p>
    <strong>{visit.t(`appointments:client.${name}`)}</strong> {children}
  </p>
);

function One(props: Props & { each: ShownAppointment; errors: Readonly<Record<string, string>> }) {
  const { visit, team, each } = props;
  const { t, language, profile } = visit;
  const phone = team?.phone ?? profile?.phone;
  const when = whenForClient(visit, each);
  return (
    <Card level={3} title={when}>
      <Line visit={visit} name="where">
        {whereForClient(visit, each, { name: visit.jobcenter.name, profile })}
      </Line>
      {each.staffName === '' ? null : (
        <Line visit={visit} name="with">
          {each.staffName}
        </Line>
      )}
      {each.personName === '' ? (
        <Line visit={visit} name="for">
          {t('appointments:client.all')}
        </Line>
      ) : null}
      {each.bring === '' ? null : (
        <Line visit={visit} name={each.way === 'office' ? 'bring' : 'haveReady'}>
          {each.bring}
        </Line>
      )}
      {phone === undefined ? null : (
        <Line visit={visit} name="call">
          <a href={telephone(phone)}>{phone}</a>
        </Line>
      )}
      {isCalendarStale(each) ? (
        <Alert tone="warning" title={t('appointments:client.calendarStale')}>
          <p>{t('appointments:client.calendarStaleText')}</p>
        </Alert>
      ) : null}
      <p>
        <CalendarLink
          visit={visit}
          id={each.id}
          text={t(`appointments:client.calendar${isCalendarStale(each) ? 'Again' : ''}`)}
          when={when}
        />
        <br />
        <span class="td-muted">{t('appointments:client.calendarHint')}</span>
      </p>
      {each.answer === null ? null : (
        <p>
          {t(`appointments:client.${each.answer.comes ? 'saidComes' : 'said'}`, {
            date: formatDate(dayInGermany(each.answer.saidAt), language),
          })}
        </p>
      )}
      {isRefused(each) ? (
        <ComesAfterAll visit={visit} each={each} when={when} />
      ) : (
        <CannotCome {...props} when={when} />
      )}
    </Card>
  );
}

const CalendarLink = (props: { visit: ReceiptVisit; id: string; text: string; when: string }) => (
  <a href={`/eingang/${props.visit.number}/termine/${props.id}/kalender`}>
    {props.text}
    <span class="kern-sr-only"> {props.when}</span>
  </a>
);

/** One that was called off: nobody comes in vain. Who saved it in a calendar is told that it still stands there. */
function Off({ visit, each }: { visit: ReceiptVisit; each: CalledOff }) {
  const { t } = visit;
  const when = whenForClient(visit, each);
  return (
    <Card level={3} title={t('appointments:client.off', { when })}>
      <p>{t('appointments:client.offText')}</p>
      {isCalendarStale(each) ? (
        <p>
          {t('appointments:client.offStale')}
          <br />
          <CalendarLink visit={visit} id={each.id} text={t('appointments:client.calendarAgain')} when={when} />
        </p>
      ) : null}
    </Card>
  );
}

/** One form; both fields may stay empty. */
function CannotCome(props: Props & { each: ShownAppointment; when: string; errors: Readonly<Record<string, string>> }) {
  const { visit, each, errors, when } = props;
  const { t, csrf, number, input } = visit;
  const [reason, times] = [reasonName(each.id), timesName(each.id)];
  return (
    <Accordion
      title={
        <>
          {t('appointments:client.cannot')}
          <span class="kern-sr-only"> {when}</span>
        </>
      }
      open={errors[reason] !== undefined || errors[times] !== undefined}
    >
      <p>{t('appointments:client.cannotText')}</p>
      <Form action={`/eingang/${number}/termine/${each.id}/absage`} csrf={csrf} hidden={{ command: newId(visit.now) }}>
        <TextArea
          t={t}
          name={reason}
          label={t('appointments:client.reason')}
          hint={t('appointments:client.reasonHint')}
          value={one(input, reason)}
          error={errors[reason]}
          rows={2}
          optional
        />
        <TextArea
          t={t}
          name={times}
          label={t('appointments:client.times')}
          hint={t('appointments:client.timesHint')}
          value={one(input, times)}
          error={errors[times]}
          rows={2}
          optional
        />
        <Button variant="secondary">{t('appointments:client.send')}</Button>
      </Form>
    </Accordion>
  );
}

/** The way back: they can come after all. */
const ComesAfterAll = ({ visit, each, when }: { visit: ReceiptVisit; each: ShownAppointment; when: string }) => (
  <Form action={`/eingang/${visit.number}/termine/${each.id}/doch`} csrf={visit.csrf}>
    <Button variant="secondary">
      {visit.t('appointments:client.comes')}
      <span class="kern-sr-only"> {when}</span>
    </Button>
  </Form>
);

/** Says what became of a "cannot come", or of its way back, just now. */
export const AnswerDone = ({ visit }: { visit: ReceiptVisit }) => {
  const said = visit.c.req.query('termin');
  const done = said === 'gesagt' ? 'done' : said === 'doch' ? 'doneComes' : undefined;
  return done === undefined ? null : <Alert tone="success" title={visit.t(`appointments:client.${done}`)} live />;
};

/** What somebody wrote was not kept; what they sent is not claimed either, so that it is not taken for said when it is sent again. */
class NotSaid extends Error {
  readonly text: string;
  constructor(text: string) {
    super('not said');
    this.text = text;
  }
}

/**
 * The person cannot come. Said twice is once; nothing is called off by it. What cannot be said here any more stands in the form of a message,
 * with what to do: nobody's words are thrown away.
 */
export async function sayCannotCome(visit: ReceiptVisit): Promise<Response> {
  const id = visit.c.req.param('appointment') ?? '';
  const [words, otherTimes] = [one(visit.input, reasonName(id)).trim(), one(visit.input, timesName(id)).trim()];
  const tooLong = visit.t('appointments:client.long', { count: longest });
  const errors = {
    ...(words.length > longest ? { [reasonName(id)]: tooLong } : {}),
    ...(otherTimes.length > longest ? { [timesName(id)]: tooLong } : {}),
  };
  if (isId(id) && Object.keys(errors).length > 0) return statusAgain(visit, errors);
  try {
    const outcome = await withReceipt(visit, 'case.read-by-client', (tx, view) =>
      say(tx, visit, view, { words, otherTimes }),
    );
    present(outcome === 'not-found' ? undefined : outcome);
  } catch (error) {
    if (!(error instanceof NotSaid)) throw error;
    return statusAgain(visit, { text: error.text }, [words, otherTimes].filter((text) => text !== '').join('\n'));
  }
  return visit.c.redirect(`/eingang/${visit.number}?termin=gesagt`, 303);
}

async function say(
  tx: Tx,
  visit: ReceiptVisit,
  { client, team }: ReceiptView,
  said: { readonly words: string; readonly otherTimes: string },
): Promise<'done' | 'not-found'> {
  const id = visit.c.req.param('appointment') ?? '';
  if (!isId(id)) return 'not-found';
  const command = one(visit.input, 'command');
  const hash = sha256(canonicalJson({ id, ...said }));
  if (isId(command) && (await claimCommand(tx, clientActor(visit), command, hash)) === 'repeated') return 'done';
  const { kind } = await cannotCome(tx, clientActor(visit), client.case.id, id, said);
  if (kind === 'said-before') throw new NotSaid(visit.t('appointments:client.saidBefore'));
  if (kind === 'over') throw new NotSaid(overWords(visit, team));
  return kind === 'not-found' ? kind : 'done';
}

/** It is over or called off: whom to call. */
function overWords({ t, profile }: ReceiptVisit, team: Team | undefined): string {
  const phone = team?.phone ?? profile?.phone;
  return phone === undefined ? t('appointments:client.overNoPhone') : t('appointments:client.over', { phone });
}

/** Who said that they cannot come can come after all. Twice is once: it changes nothing where nothing else is known. */
export async function sayCanCome(visit: ReceiptVisit): Promise<Response> {
  const id = visit.c.req.param('appointment') ?? '';
  const outcome = await withReceipt(visit, 'case.read-by-client', async (tx, { client, team }) => {
    const { kind } = isId(id)
      ? await canCome(tx, clientActor(visit), client.case.id, id)
      : ({ kind: 'not-found' } as const);
    return kind === 'not-found' ? undefined : { kind, over: overWords(visit, team) };
  });
  const { kind, over } = present(outcome);
  if (kind === 'over') return statusAgain(visit, { text: over });
  return visit.c.redirect(`/eingang/${visit.number}?termin=doch`, 303);
}

/**
 * The appointment for somebody's own calendar: that there is one, when, and the address of the office. Calendars are read by phones, families and
 * employers, so nothing of the case is in it, not even the room, which may tell of a service.
 */
export async function calendarOf(visit: ReceiptVisit): Promise<Response> {
  const { t, profile } = visit;
  const id = visit.c.req.param('appointment') ?? '';
  const found = await withReceipt(visit, 'case.read-by-client', async (tx, { client }) =>
    isId(id) ? await loadForCalendar(tx, client.case, id) : undefined,
  );
  const each = present(found);
  const here = each.way === 'office';
  const off = each.endedAs === 'called-off';
  const title = t(here ? 'appointments:client.calendarTitle' : 'appointments:client.calendarCall');
  const file = calendarFile({
    uid: each.id,
    sequence: each.calendarRevision,
    status: off ? 'CANCELLED' : 'CONFIRMED',
    changedAt: each.changedAt,
    startsAt: each.startsAt,
    endsAt: endsAt(each),
    title: off ? t('appointments:client.calendarOff', { title }) : title,
    ...(here && profile !== undefined ? { location: `${profile.street}, ${profile.postcode} ${profile.town}` } : {}),
  });
  return visit.c.body(file, 200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': 'attachment; filename="termin.ics"',
    'Cache-Control': 'private, no-store',
  });
}

/** An entry of the history about an appointment, for the person; reasons that the office wrote are not in it. */
export function appointmentTitle(visit: ReceiptVisit, detail: { act: string; at: string }): string {
  const at = new Date(detail.at);
  return visit.t(`appointments:client.event.${detail.act}`, {
    date: formatDate(dayInGermany(at), visit.language),
    time: formatTime(at, visit.language),
  });
}
