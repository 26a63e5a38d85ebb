import { isRefused } from '../../../modules/appointments/index.ts';
import { openLetters, openMessages, type RequiredItem } from '../../../modules/cases/index.ts';
import { whereaboutsOf } from '../../../modules/notices/index.ts';
import { Alert, type Content, formatDate } from '../../../ui/index.ts';
import { whenForClient, whereForClient } from '../../appointment-words.ts';
import { lastDay, type ReceiptVisit } from '../visit.ts';
import type { ShownAppointment } from './appointments.tsx';
import { isUndelivered, type ShownLetter, type UnknownLetter } from './letters.tsx';
import { noticeWords } from './notice-words.ts';
import type { Loaded } from './status.tsx';

const tones = { new: 'info', working: 'info', waiting: 'warning', decided: 'success', closed: 'success' } as const;

/** Where things stand, and everything that is for the person to do; that there is nothing is said only where nothing on the page asks for anything. */
export const State = (props: {
  readonly visit: ReceiptVisit;
  readonly loaded: Loaded;
  readonly missing: readonly RequiredItem[];
}) => {
  const { visit, loaded, missing } = props;
  const { t, language, today } = visit;
  const { state, dueOn } = loaded.client.case;
  const notice = noticeWords(visit, loaded);
  const running = state === 'new' || state === 'working';
  // Whoever said that they cannot come has nothing to do until the office answers.
  const asked = loaded.appointments.filter((each) => !isRefused(each));
  const tasks = [
    ...unread(visit, loaded),
    ...handIns(visit, loaded, missing, state === 'closed'),
    ...confirmations(visit, loaded),
    ...fetches(visit, loaded.letters),
    ...cameBack(visit, loaded),
    ...postLetters(visit, loaded),
    ...agreedSteps(visit, loaded),
    ...asked.slice(0, mostNamed).map((each) => <Asked visit={visit} appointment={each} />),
  ];
  return (
    <Alert tone={tones[state]} title={t(`portal:status.state.${state}`)}>
      <p>{t(`portal:status.stateText.${state}`, { count: missing.length })}</p>
      {notice.length === 0 ? null : <p>{notice.join(' ')}</p>}
      {tasks.length === 0 ? null : (
        <>
          <p>{t(`portal:status.toDo.${state === 'closed' ? 'titleClosed' : 'title'}`)}</p>
          <ul>
            {tasks.map((task) => (
              <li>{task}</li>
            ))}
          </ul>
        </>
      )}
      {asked.length === 0 ? null : (
        <p>
          <a href="#termine">{t('portal:status.toDo.more', { count: Math.max(0, asked.length - mostNamed) })}</a>
        </p>
      )}
      {tasks.length === 0 && running ? <p>{t('portal:status.nothingToDo')}</p> : null}
      {running ? (
        <p>
          {dueOn < today ? t('portal:status.late') : t('portal:status.answerBy', { date: formatDate(dueOn, language) })}
        </p>
      ) : null}
    </Alert>
  );
};

/** So many appointments and missing things are named beside the state; all of them stand below. */
const mostNamed = 3;

/** Where a message stands on the page. */
export const messageAnchor = (id: string): string => `nachricht-${id}`;

function unread({ t, language, now }: ReceiptVisit, { client }: Loaded): Content[] {
  const open = openMessages(client.events, now);
  const [oldest, newest] = [open[0], open.at(-1)];
  if (oldest === undefined || newest === undefined) return [];
  const words = { count: open.length, date: formatDate(newest.at, language) };
  return [<a href={`#${messageAnchor(oldest.id)}`}>{t('portal:status.toDo.read', words)}</a>];
}

/** What is missing; of a case that is closed, what the office still takes: it is asked for on, but nothing waits for it. */
function handIns(
  visit: ReceiptVisit,
  { client }: Loaded,
  missing: readonly RequiredItem[],
  closed: boolean,
): Content[] {
  const { t, language, number, today } = visit;
  const more = missing.length - mostNamed;
  const [inTime, late, others] = closed ? ['still', 'stillLate', 'stillMore'] : ['handIn', 'handInLate', 'handInMore'];
  const keyOf = (item: RequiredItem) => {
    if (!closed && client.sentAgain.has(item.id)) return 'sentAgain';
    return lastDay(visit, item) < today ? late : inTime;
  };
  return [
    ...missing.slice(0, mostNamed).map((item) => (
      <a href={`/eingang/${number}/fehlt/${item.id}`}>
        {t(`portal:status.toDo.${keyOf(item)}`, {
          what: item.what,
          date: formatDate(lastDay(visit, item), language),
        })}
      </a>
    )),
    ...(more > 0 ? [<a href="#fehlt">{t(`portal:status.toDo.${others}`, { count: more })}</a>] : []),
  ];
}

const confirmations = ({ t }: ReceiptVisit, { client }: Loaded): Content[] =>
  client.bank === undefined || client.bank.confirmedAt !== null || client.case.state === 'closed'
    ? []
    : [<a href="#konto">{t('portal:status.toDo.account')}</a>];

/** Letters that lie here and went nowhere else, as long as nobody fetched them. */
function fetches({ t, language }: ReceiptVisit, letters: readonly ShownLetter[]): Content[] {
  return letters.flatMap(({ notice, document }) => {
    const { way, steps, releasedAt } = notice;
    const elsewhere = steps.some(({ kind }) => kind === 'fetched' || kind === 'posted');
    if (way !== 'portal' || releasedAt === null || document === undefined || elsewhere) return [];
    return [<a href="#briefe">{t('portal:status.toDo.letter', { date: formatDate(releasedAt, language) })}</a>];
  });
}

/**
 * The newest letter by post that the person may not know of: on its way or handed over, a copy here, and neither opened here nor answered by one of the
 * signs that settle messages. Of a closed case there is none.
 */
export function unknownLetter({ now }: ReceiptVisit, { client, letters }: Loaded): UnknownLetter | undefined {
  if (client.case.state === 'closed') return undefined;
  const byPost = openLetters(client.events, now).flatMap(({ id, detail }) => {
    const found = letters.find(({ notice }) => notice.id === detail.noticeId);
    return found === undefined || found.notice.way !== 'post' ? [] : [{ ...found, entryId: id }];
  });
  return byPost.findLast(({ notice, document }) => {
    if (document === undefined || notice.steps.some(({ kind }) => kind === 'fetched')) return false;
    const where = whereaboutsOf(notice, notice.steps).kind;
    return where !== 'returned' && where !== 'stopped';
  });
}

function postLetters(visit: ReceiptVisit, loaded: Loaded): Content[] {
  const { t, language } = visit;
  const letter = unknownLetter(visit, loaded);
  // The words beside a decision say already where its notice is.
  if (letter === undefined || (letter.notice.kind === 'notice' && loaded.client.case.state === 'decided')) return [];
  const { notice } = letter;
  const where = whereaboutsOf(notice, notice.steps);
  const date = notice.releasedAt === null ? '' : formatDate(notice.releasedAt, language);
  const day = where.kind === 'posted' ? formatDate(where.on, language) : '';
  const key = where.kind === 'posted' ? 'letterPosted' : 'letterComing';
  return [<a href="#briefe">{t(`portal:status.toDo.${key}`, { date, day })}</a>];
}

/**
 * Notices that came back and do not go out again: somebody must say where to. A letter by portal lies here; only the e-mail that tells of it came back,
 * and nothing is to do about it once the person has chosen since how letters come.
 */
function cameBack({ t, language }: ReceiptVisit, { client, letters }: Loaded): Content[] {
  const chosen = client.events.findLast(({ kind }) => kind === 'delivery-chosen')?.at;
  return letters.flatMap(({ notice }) => {
    if (notice.releasedAt === null || !isUndelivered(notice)) return [];
    const date = formatDate(notice.releasedAt, language);
    if (notice.way !== 'portal') return [<a href="#briefe">{t('portal:status.toDo.cameBack', { date })}</a>];
    const returned = notice.steps.findLast(({ kind }) => kind === 'returned')?.at;
    if (chosen !== undefined && returned !== undefined && chosen > returned) return [];
    return [<a href="#zustellung">{t('portal:status.toDo.mailCameBack', { date })}</a>];
  });
}

function agreedSteps({ t, language, today }: ReceiptVisit, { agreed, client }: Loaded): Content[] {
  const next = agreed.find((each) => each.side === 'person' && each.endedAt === null);
  if (next === undefined || client.case.state === 'closed') return [];
  const key = next.dueOn < today ? 'agreedLate' : 'agreed';
  return [<a href="#vereinbart">{t(`portal:status.toDo.${key}`, { date: formatDate(next.dueOn, language) })}</a>];
}

/** What an appointment asks of the person: to come, to be there, to have papers at hand; and when. */
const Asked = ({ visit, appointment }: { visit: ReceiptVisit; appointment: ShownAppointment }) => {
  const { t, profile, jobcenter } = visit;
  const { way, bring } = appointment;
  return (
    <>
      {t(`portal:status.toDo.${way}`, {
        when: whenForClient(visit, appointment),
        where: whereForClient(visit, appointment, { name: jobcenter.name, profile }),
      })}
      {bring === '' ? null : (
        <>
          <br />
          {t(`portal:status.toDo.${way === 'office' ? 'bring' : 'haveReady'}`, { what: bring })}
        </>
      )}
    </>
  );
};
