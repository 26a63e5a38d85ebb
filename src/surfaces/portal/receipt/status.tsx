import { isId } from '../../../kernel/ids.ts';
import {
  clientHasRead,
  clientWrites,
  openMessages,
  type RequiredItem,
  type SentAgain,
  type TimelineEvent,
} from '../../../modules/cases/index.ts';
import { hardToRead } from '../../../modules/documents/index.ts';
import { type DeliveryChoice, deliveryChoice } from '../../../modules/notices/index.ts';
import { type Agreement, agreements, type PlanReview, planReviews } from '../../../modules/plans/index.ts';
import { allMailboxes, type Team } from '../../../modules/settings/index.ts';
import { type CaseItem, itemsAsTheyCame } from '../../../modules/twice/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  Badge,
  Button,
  ButtonLink,
  Card,
  type Content,
  deadline,
  ErrorSummary,
  Form,
  fieldId,
  formatDate,
  formatDateTime,
  TextArea,
  Timeline,
} from '../../../ui/index.ts';
import type { LetterWay, OtherWays } from '../../letter-way.ts';
import { mailboxFor, wayOfLetter, waysElsewhere } from '../../letter-way.ts';
import { Lines } from '../../questions/check.tsx';
import { one } from '../../request.ts';
import { show, telephone } from '../shell.tsx';
import { inTenant, lastDay, type ReceiptVisit } from '../visit.ts';
import { AccountDone, ConfirmAccount } from './account.tsx';
import { Agreements } from './agreements.tsx';
import {
  AnswerDone,
  Appointments,
  appointmentsFor,
  appointmentTitle,
  calledOffFor,
  type ShownAppointment,
} from './appointments.tsx';
import { DeliveryWay, Letters, lettersFor, type ShownLetter, WayDone } from './letters.tsx';
import { clientActor, type ReceiptView, withReceipt } from './load.ts';
import { messageAnchor, State, unknownLetter } from './state.tsx';
import { LeaveForm, ReceiptHead } from './tabs.tsx';

/** Everything the page shows. */
export type Loaded = ReceiptView & {
  readonly arrived: readonly CaseItem[];
  /** Papers of them that could hardly be read. */
  readonly hard: ReadonlySet<string>;
  readonly letters: readonly ShownLetter[];
  readonly choice: DeliveryChoice | undefined;
  /** The way letters take now: the portal that was chosen needs a mailbox that tells of them. */
  readonly way: LetterWay;
  /** How the letters of the person's other open cases come. */
  readonly elsewhere: OtherWays | undefined;
  /** Whether there is a mailbox from which the office can write e-mails. */
  readonly mails: boolean;
  readonly appointments: readonly ShownAppointment[];
  readonly calledOff: Awaited<ReturnType<typeof calledOffFor>>;
  readonly agreed: readonly Agreement[];
  readonly review: PlanReview | undefined;
  readonly title: string;
  readonly titleOf: (concern: string) => string;
};
const messageLength = 5_000;
/** What the office writes to the person: whoever had it before them may say so, or answers it. */
const ofTheOffice: readonly TimelineEvent['kind'][] = ['message-out', 'letter-sent', 'letter-again'];

async function load(visit: ReceiptVisit): Promise<Loaded> {
  const view = await withReceipt(visit, 'case.read-by-client', async (tx, found) => ({
    ...found,
    ...(await arrivedIn(tx, found.client.case.id)),
    letters: await lettersFor(tx, found.client.case.id),
    choice: await deliveryChoice(tx, found.client.case.id),
    mails:
      visit.jobcenter.practiceOf == null && mailboxFor(await allMailboxes(tx), found.client.case.teamId) !== undefined,
    way: await wayOfLetter(tx, visit.jobcenter, found.client.case, { bankConfirmationId: null }),
    elsewhere: await waysElsewhere(tx, visit.jobcenter, found.client.case.id),
    appointments: await appointmentsFor(tx, found.client.case),
    calledOff: await calledOffFor(tx, found.client.case),
    agreed: await agreements(tx, found.client.case.id),
    review: (await planReviews(tx, found.client.case.id))[0],
  }));
  const forms = await visit.services.catalogue.all(visit.jobcenter.id);
  const titleOf = (concern: string): string => forms.get(concern)?.title[visit.language] ?? concern;
  return { ...view, titleOf, title: titleOf(view.client.case.concern) };
}

async function arrivedIn(tx: Tx, caseId: string): Promise<Pick<Loaded, 'arrived' | 'hard'>> {
  const arrived = await itemsAsTheyCame(tx, caseId);
  return { arrived, hard: await hardToRead(tx, arrived.flatMap(papersOf)) };
}

const papersOf = ({ ways }: CaseItem): string[] => ways.flatMap(({ documentId }) => documentId ?? []);

/** Where things stand, in plain words: the same state the office sees. */
export const statusPage = async (visit: ReceiptVisit): Promise<Response> => view(visit, await load(visit), {}, '');

/** What is wrong with which field of the page. */
type Errors = Readonly<Record<string, string>>;

/** The page again, with what is wrong. */
export const statusAgain = async (visit: ReceiptVisit, errors: Errors, typed = ''): Promise<Response> =>
  view(visit, await load(visit), errors, typed);

function view(visit: ReceiptVisit, loaded: Loaded, errors: Errors, typed: string): Response | Promise<Response> {
  const { t } = visit;
  const { client } = loaded;
  const problems = Object.entries(errors).map(([name, text]) => ({ id: fieldId(name), text }));
  const open = client.items.filter((item) => item.fulfilledAt === null);
  const closed = client.case.state === 'closed';
  const unread = openMessages(client.events, visit.now);
  const unknown = unknownLetter(visit, loaded);
  const upTo = client.events.findLast(({ kind }) => ofTheOffice.includes(kind))?.id ?? '';
  return show(
    visit,
    {
      title: loaded.title,
      status: problems.length === 0 ? 200 : 422,
      path: `/eingang/${visit.number}`,
      alerts: (
        <>
          <ErrorSummary t={t} problems={problems} />
          <AccountDone visit={visit} />
          <WayDone visit={visit} />
          <AnswerDone visit={visit} />
          {visit.c.req.query('gesendet') === '1' ? (
            <Alert tone="success" title={t('portal:status.messageSent')} live />
          ) : null}
          {(visit.c.req.query('gelesen') === '1' && unread.length === 0) ||
          (visit.c.req.query('gelesen') === 'brief' && unknown === undefined) ? (
            <Alert tone="success" title={t('portal:status.readDone')} live />
          ) : null}
        </>
      ),
    },
    <>
      <ReceiptHead visit={visit} title={loaded.title} current="status" />
      <State visit={visit} loaded={loaded} missing={open} />
      <Appointments
        visit={visit}
        team={loaded.team}
        appointments={loaded.appointments}
        calledOff={loaded.calledOff}
        errors={errors}
      />
      <Missing visit={visit} items={open} closed={closed} sentAgain={client.sentAgain} />
      <ConfirmAccount visit={visit} bank={client.bank} closed={closed} error={errors['code']} />
      <Letters visit={visit} letters={loaded.letters} unknown={unknown} />
      <Agreements visit={visit} agreed={loaded.agreed} review={loaded.review} />
      <h2>{t('portal:status.who')}</h2>
      <Who visit={visit} team={loaded.team} />
      <h2>{t('portal:status.messages')}</h2>
      <Messages visit={visit} events={client.events} />
      {unread.length === 0 ? null : (
        <Form
          action={`/eingang/${visit.number}/nachricht/gelesen`}
          csrf={visit.csrf}
          hidden={{ bis: upTo, was: 'nachrichten' }}
        >
          <p>{t('portal:status.readText')}</p>
          <Button variant="secondary">{t('portal:status.readButton')}</Button>
        </Form>
      )}
      <Form action={`/eingang/${visit.number}/nachricht`} csrf={visit.csrf} hidden={{ bis: upTo }}>
        <TextArea
          t={t}
          name="text"
          label={t('portal:status.write')}
          hint={t('portal:status.writeHint')}
          value={typed}
          error={errors['text']}
          rows={5}
        />
        <Button>{t('portal:status.send')}</Button>
      </Form>
      <h2>{t('portal:status.more')}</h2>
      <p>{t('portal:status.moreText')}</p>
      <ButtonLink href={`/eingang/${visit.number}/fehlt/mehr`} variant="secondary">
        {t('portal:status.moreButton')}
      </ButtonLink>
      <h2>{t('portal:status.arrived')}</h2>
      <Arrived visit={visit} loaded={loaded} />
      <h2>{t('portal:status.history')}</h2>
      <Timeline
        items={client.events.map((event) => timelineItem(visit, event, loaded)).filter((item) => item !== undefined)}
      />
      <DeliveryWay
        visit={visit}
        choice={loaded.choice}
        way={loaded.way}
        elsewhere={loaded.elsewhere}
        mails={loaded.mails}
        error={errors['mail']}
      />
      <LeaveForm visit={visit} />
    </>,
  );
}

/** What the office waits for: what, why, by when, and the upload right there. */
const Missing = (props: {
  readonly visit: ReceiptVisit;
  readonly items: readonly RequiredItem[];
  readonly closed: boolean;
  readonly sentAgain: ReadonlyMap<string, SentAgain>;
}) => {
  const { visit, items, closed, sentAgain } = props;
  const { t, language, now } = visit;
  if (items.length === 0) return null;
  return (
    <section class="td-flow" id="fehlt">
      <h2>{t(`portal:status.${closed ? 'missingClosed' : 'missing'}`)}</h2>
      {items.map((item) => {
        const last = lastDay(visit, item);
        const due = deadline(last, now, t);
        const left = due.days < 0 ? 'over' : due.days === 0 ? 'today' : due.days === 1 ? 'tomorrow' : 'days';
        return (
          <Card level={3} title={item.what}>
            <p>{item.why}</p>
            {item.again === null ? null : <p>{t('portal:status.again', { why: item.again })}</p>}
            <KnownAlready visit={visit} sent={sentAgain.get(item.id)} />
            {closed && due.days < 0 ? null : (
              <p>
                {t('portal:status.by', { date: formatDate(last, language) })}{' '}
                <Badge tone={due.tone} icon>
                  {t(`portal:status.left.${left}`, { count: Math.abs(due.days) })}
                </Badge>
              </p>
            )}
            <ButtonLink href={`/eingang/${visit.number}/fehlt/${item.id}`}>
              {t('portal:status.upload')}
              <span class="kern-sr-only"> {item.what}</span>
            </ButtonLink>
          </Card>
        );
      })}
      <p>{t('portal:status.missingHelp')}</p>
    </section>
  );
};

/** What was sent for it was here already: that the office looks, and that something else can be sent. */
const KnownAlready = ({ visit, sent }: { visit: ReceiptVisit; sent: SentAgain | undefined }) =>
  sent === undefined ? null : (
    <p>{visit.t('portal:status.sentAgain', { date: formatDate(sent.at, visit.language) })}</p>
  );

const Who = ({ visit, team }: { visit: ReceiptVisit; team: Team | undefined }) => {
  const phone = team?.phone ?? visit.profile?.phone;
  return (
    <p>
      {team === undefined ? visit.t('portal:status.noTeam') : visit.t('portal:status.team', { team: team.name })}
      {phone === undefined ? null : (
        <>
          <br />
          {visit.t('ui:footer.phone')} <a href={telephone(phone)}>{phone}</a>
          {visit.profile === undefined ? null : <>, {visit.profile.phoneHours[visit.language]}</>}
        </>
      )}
    </p>
  );
};

const Messages = ({ visit, events }: { visit: ReceiptVisit; events: readonly TimelineEvent[] }) => {
  const messages = events.filter((event) => event.kind === 'message-in' || event.kind === 'message-out');
  if (messages.length === 0) return <p>{visit.t('portal:status.noMessages')}</p>;
  return (
    <Timeline
      items={messages.map((event) => ({
        at: formatDateTime(event.at, visit.language, visit.t),
        datetime: event.at.toISOString(),
        id: messageAnchor(event.id),
        title: visit.t(`portal:event.${event.kind}`),
        body: <Lines text={'text' in event.detail ? event.detail.text : ''} />,
      }))}
    />
  );
};

/** One list of what arrived: each thing once, with all the ways it came and the number of each receipt. */
const Arrived = ({ visit, loaded }: { visit: ReceiptVisit; loaded: Loaded }) => {
  const { t, language } = visit;
  return (
    <ul>
      {loaded.arrived.map((item) => (
        <li>
          {item.document === undefined ? (
            item.supplement ? (
              t('twice:saidLater')
            ) : (
              `${t('twice:said')}: ${loaded.titleOf(item.concern)}`
            )
          ) : (
            <>
              {item.document.name} ({t('portal:file.pages', { count: item.document.pages })})
            </>
          )}
          {item.replaced ? <>, {t('twice:older')}</> : null}
          <ul>
            {item.ways.map((way) => (
              <li>
                {t('twice:way', {
                  date: formatDateTime(way.at, language, t),
                  channel: t(`twice:channel.${way.channel}`),
                })}
                , {t('portal:receipt.ofNumber', { number: way.number })}
              </li>
            ))}
          </ul>
          {!item.replaced && item.document !== undefined && papersOf(item).every((id) => loaded.hard.has(id)) ? (
            <p class="td-muted">{t('twice:hazy.arrived')}</p>
          ) : null}
          {item.sure === 'likely' ? <p class="td-muted">{t('twice:likelyClient')}</p> : null}
        </li>
      ))}
    </ul>
  );
};

/** An entry in plain words, without names of staff. */
function timelineItem(
  visit: ReceiptVisit,
  event: TimelineEvent,
  loaded: Loaded,
): { at: string; datetime: string; title: string; body?: Content } | undefined {
  const { t, language } = visit;
  const head = { at: formatDateTime(event.at, language, t), datetime: event.at.toISOString() };
  switch (event.kind) {
    case 'received':
      return {
        ...head,
        title: t(event.detail.supplement ? 'portal:event.supplement' : 'portal:event.received'),
        body: `${t(`receipt:channel.${event.detail.channel}`)}, ${t('portal:status.documents', { count: event.detail.documents })}`,
      };
    case 'assigned':
      return event.detail.staffId === null ? undefined : { ...head, title: t('portal:event.assigned') };
    case 'team':
      return { ...head, title: t('portal:event.team', { team: event.detail.name }) };
    case 'item-requested':
    case 'item-withdrawn':
    case 'item-fulfilled':
    case 'item-sent-again':
      return { ...head, title: t(`portal:event.${event.kind}`), body: event.detail.what };
    case 'item-reopened':
      return {
        ...head,
        title: t('portal:event.item-reopened'),
        body: <Lines text={[event.detail.what, event.detail.why ?? ''].join('\n').trim()} />,
      };
    case 'message-read':
      return { ...head, title: t(`portal:event.${event.detail.what === 'letter' ? 'letter-read' : event.kind}`) };
    case 'message-in':
    case 'message-out':
      return { ...head, title: t(`portal:event.${event.kind}`) };
    case 'message-answered':
      return { ...head, title: t('portal:event.message-answered'), body: t('portal:event.messageNotAnswered') };
    case 'decided':
      return {
        ...head,
        title: t(`portal:event.decided.${event.detail.result}`),
        body: <Lines text={[event.detail.reasons, event.detail.discretion ?? ''].join('\n\n').trim()} />,
      };
    case 'promised':
      return {
        ...head,
        title: t('portal:event.promised', { what: event.detail.what }),
        body: t('portal:event.promisedUntil', { at: formatDateTime(event.detail.dueAt, language, t) }),
      };
    case 'appointment':
      return { ...head, title: appointmentTitle(visit, event.detail) };
    case 'promise-kept':
      return { ...head, title: t('portal:event.promise-kept', { what: event.detail.what }) };
    case 'letter-sent':
      return {
        ...head,
        title: t('portal:event.letter-sent', { title: event.detail.title }),
        body: t(`portal:event.letterWay.${event.detail.way ?? 'post'}`),
      };
    case 'letter-again':
      return { ...head, title: t('portal:event.letter-again', { title: event.detail.title }) };
    case 'delivery-chosen':
      return {
        ...head,
        title: t(`portal:event.chosen.${event.detail.revoked === true ? 'revoked' : event.detail.way}`),
        body: chosenBody(visit, event, loaded),
      };
    case 'bank-confirmed':
    case 'closed':
    case 'reopened':
      return { ...head, title: t(`portal:event.${event.kind}`) };
    default:
      return undefined;
  }
}

/** What else a choice of a way says: reminders; and, of the choice that holds, that the portal cannot be used yet. */
function chosenBody(
  { t }: ReceiptVisit,
  { id, detail }: Extract<TimelineEvent, { kind: 'delivery-chosen' }>,
  { client, way }: Loaded,
): string | undefined {
  const holds = client.events.findLast((each) => each.kind === 'delivery-chosen')?.id === id;
  const notYet = holds && detail.way === 'portal' && way.way === 'post';
  const { reminders } = detail;
  return (
    [
      ...(notYet ? [t('portal:event.chosenNotYet')] : []),
      ...(reminders === undefined ? [] : [t(`portal:event.reminders.${reminders ? 'yes' : 'no'}`)]),
    ].join(' ') || undefined
  );
}

/** A message to the office. The same text twice within a minute is one message: somebody clicked twice. */
export async function writeMessage(visit: ReceiptVisit): Promise<Response> {
  const text = one(visit.input, 'text');
  const wrong =
    text === '' ? 'portal:status.writeEmpty' : text.length > messageLength ? 'portal:status.writeLong' : undefined;
  if (wrong !== undefined) return statusAgain(visit, { text: visit.t(wrong, { count: messageLength }) }, text);
  const loaded = await load(visit);
  const { events } = loaded.client;
  const twice = events.some(
    (event) =>
      event.kind === 'message-in' && event.detail.text === text && visit.now.getTime() - event.at.getTime() < 60_000,
  );
  if (!twice)
    await inTenant(visit, (tx) => clientWrites(tx, clientActor(visit), loaded.client.case.id, text, shownUpTo(visit)));
  return visit.c.redirect(`/eingang/${visit.number}?gesendet=1`, 303);
}

/** The last message or letter of the office that stood on the page; a page from before it was asked had all of them. */
const shownUpTo = ({ input }: ReceiptVisit): string | undefined => {
  const id = input['bis'] === undefined ? undefined : one(input, 'bis');
  return id === undefined || id === '' || isId(id) ? id : undefined;
};

/** What the button stands at; a page from before it was asked did not tell messages and letters apart. */
const readParts = { nachrichten: 'messages', brief: 'letter' } as const;

/** The person wants to say no more than that they read it. */
export async function saidRead(visit: ReceiptVisit): Promise<Response> {
  const part = one(visit.input, 'was');
  const what = part === 'nachrichten' || part === 'brief' ? readParts[part] : undefined;
  await withReceipt(visit, 'case.read-by-client', (tx, { client }) =>
    clientHasRead(tx, clientActor(visit), client.case.id, shownUpTo(visit) ?? '', what),
  );
  return visit.c.redirect(`/eingang/${visit.number}?gelesen=${what === 'letter' ? 'brief' : '1'}`, 303);
}
