import { addDays, dayInGermany, isDay } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { type CaseState, caseStates, type InboxCursor, type InboxFilter } from '../../../modules/cases/index.ts';
import { channels } from '../../../modules/intake/index.ts';
import { queryText, type StaffVisit } from '../visit.ts';
import { endOfWeek } from '../words.tsx';

/** What stands in the address; German words, because people read and share addresses. */
export type InboxQuery = {
  readonly team: string;
  readonly anliegen: string;
  readonly weg: string;
  readonly alter: string;
  readonly zustaendig: string;
  readonly frist: string;
  readonly stand: string;
};

export const ages = ['7', '14', '30', '60'] as const;
export const dues = ['ueberfaellig', 'heute', 'woche'] as const;
export const me = 'ich';
export const nobody = 'niemand';

/** Reads the filter from the address; what is not one of the choices counts as not chosen. */
export function readQuery(visit: StaffVisit, concerns: readonly string[]): InboxQuery {
  const raw = (name: string): string => queryText(visit, name);
  const among = (name: string, allowed: readonly string[]): string => (allowed.includes(raw(name)) ? raw(name) : '');
  const assignee = raw('zustaendig');
  return {
    team: isId(raw('team')) ? raw('team') : '',
    anliegen: among('anliegen', concerns),
    weg: among('weg', channels),
    alter: among('alter', ages),
    zustaendig: assignee === me || assignee === nobody || isId(assignee) ? assignee : '',
    frist: among('frist', dues),
    stand: among('stand', caseStates),
  };
}

/** The filter as the inbox takes it. Days and ages are counted in Germany, from now. */
export function asFilter(visit: StaffVisit, query: InboxQuery): InboxFilter {
  const now = visit.services.clock.now();
  const today = dayInGermany(now);
  const due = { ueberfaellig: addDays(today, -1), heute: today, woche: endOfWeek(today) }[query.frist];
  return {
    ...(query.team && { teamId: query.team }),
    ...(query.anliegen && { concern: query.anliegen }),
    ...(query.weg && { channel: query.weg }),
    ...(query.stand === '' ? { undecided: true } : { state: query.stand as CaseState }),
    ...(query.stand === 'closed' && { closed: true }),
    ...(query.zustaendig && { assigneeId: assigneeOf(visit, query.zustaendig) }),
    ...(query.alter && { openedBefore: new Date(now.getTime() - Number(query.alter) * 86_400_000) }),
    ...(due && { dueBefore: due }),
  };
}

const assigneeOf = (visit: StaffVisit, wanted: string): string | null =>
  wanted === nobody ? null : wanted === me ? visit.staff.id : wanted;

const separator = '~';
/** The way back is kept in the address; beyond this many pages it leads to the start. */
const longestWay = 30;

/** The pages turned so far, newest last: `<day>_<id>~…`. A broken address begins at the start. */
export function readWay(text: string | undefined): string[] {
  const way = (text ?? '').split(separator).filter((part) => part !== '');
  return way.every((part) => asCursor(part) !== undefined) ? way : [];
}

export const writeWay = (way: readonly string[]): string => way.slice(-longestWay).join(separator);
export const fromCursor = (cursor: InboxCursor): string => `${cursor.dueOn}_${cursor.id}`;

export function asCursor(text: string | undefined): InboxCursor | undefined {
  const [dueOn, id] = (text ?? '').split('_');
  return isDay(dueOn) && isId(id) ? { dueOn, id } : undefined;
}
