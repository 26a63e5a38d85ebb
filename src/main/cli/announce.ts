import { setTimeout as pause } from 'node:timers/promises';
import { addDays, dayInGermany, instantInGermany, isDay } from '../../kernel/dates.ts';
import { plainLine } from '../../kernel/text.ts';
import { recordAudit } from '../../modules/audit/index.ts';
import type { Jobcenter } from '../../modules/settings/index.ts';
import { type Announcement, announce, openAnnouncements, withdrawAnnouncements } from '../../modules/together/index.ts';
import { isDatabaseLost } from '../../platform/database/index.ts';
import type { Services } from '../../surfaces/services.ts';
import { OperatorError } from '../child.ts';
import { type Command, UsageError } from './command.ts';
import { jobcenterOf, operator, withServices } from './connect.ts';

const only = { value: 'key', help: 'Key of one Jobcenter; without it the staff of all of them are told.' } as const;

/** `20:00` today, or `2026-11-27 20:00`, by clocks in Germany. */
export function readInstant(text: string, now: Date): Date {
  const parts = /^(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{2}:\d{2})$/.exec(text.trim());
  const [day, time] = [parts?.[1] ?? dayInGermany(now), parts?.[2]];
  if (time === undefined || !isDay(day) || time > '23:59')
    throw new UsageError('--at is a time such as 20:00, or a day and a time such as "2026-11-27 20:00".');
  const at = instantInGermany(day, time);
  if (at <= now) throw new UsageError(`--at is over already: ${day} ${time}.`);
  return at;
}

/** Clocks in Germany: Monday to Friday from the first to the second of these hours people work, and nothing is renewed under their hands. */
const [WORK_BEGINS, WORK_ENDS] = ['06:00', '19:00'] as const;
const NIGHT = '22:00';

/** Tonight, or after ten in the evening the next night. */
export function comingNight(now: Date): Date {
  const today = dayInGermany(now);
  const tonight = instantInGermany(today, NIGHT);
  return tonight > now ? tonight : instantInGermany(addDays(today, 1), NIGHT);
}

/** True where a time of an update lies, even in part, in the hours in which people work. */
export function touchesWork(at: Date, endsAt: Date): boolean {
  for (let day = dayInGermany(at); day <= dayInGermany(endsAt); day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    if (at < instantInGermany(day, WORK_ENDS) && endsAt > instantInGermany(day, WORK_BEGINS)) return true;
  }
  return false;
}

const wanted = async (services: Services, key: string | undefined): Promise<readonly Jobcenter[]> =>
  key === undefined ? services.directory.all() : [await jobcenterOf(services, key)];

export const announceUpdate: Command = {
  name: 'announce',
  summary: `Announces an update to the staff: every page of the workspace shows it within seconds, with its time.
It goes away by itself when the time that it takes is over; "announce withdraw" takes it back.
Updates wait for the night: without --at it is the coming one, at 22:00.`,
  subject: { value: 'text', help: 'What will happen, in one or two sentences for the staff.' },
  options: {
    at: { value: 'time', help: 'When it begins: 20:00, or "2026-11-27 20:00" (clocks in Germany).' },
    minutes: { value: 'n', help: 'How long it takes; 30 without it.' },
    urgent: { help: 'By day, in the hours in which people work: a fault that cannot wait.' },
    jobcenter: only,
  },
  run: async (values) => {
    const text = plainLine(values.subject).slice(0, 500);
    const minutes = Number(values.maybe('minutes') ?? 30);
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > 1_440)
      throw new UsageError('--minutes is a whole number from 1 to 1440.');
    await withServices(async (services) => {
      const [now, time] = [services.clock.now(), values.maybe('at')];
      const at = time === undefined ? comingNight(now) : readInstant(time, now);
      const endsAt = new Date(at.getTime() + minutes * 60_000);
      if (touchesWork(at, endsAt) && !values.on('urgent'))
        throw new UsageError(
          `Updates wait for the night: this lies between ${WORK_BEGINS} and ${WORK_ENDS} of a working day. --urgent is for a fault that cannot wait.`,
        );
      for (const { id, key } of await wanted(services, values.maybe('jobcenter'))) {
        await services.database.tenant(id, async (tx) => {
          const made = await announce(tx, { text, at, endsAt });
          await recordAudit(tx, operator, {
            action: 'announcement.made',
            subjectType: 'announcement',
            subjectId: made,
          });
        });
        console.log(`${key}: the staff are told.`);
      }
    });
    return 0;
  },
};

export const announceWithdraw: Command = {
  name: 'announce withdraw',
  summary: 'Takes back everything that is announced to the staff.',
  options: { jobcenter: only },
  run: async (values) => {
    await withServices(async (services) => {
      for (const { id, key } of await wanted(services, values.maybe('jobcenter'))) {
        const gone = await services.database.tenant(id, async (tx) => {
          const detail = { announcements: await withdrawAnnouncements(tx) };
          await recordAudit(tx, operator, {
            action: 'announcement.withdrawn',
            subjectType: 'jobcenter',
            subjectId: id,
            detail,
          });
          return detail.announcements;
        });
        console.log(`${key}: ${gone} taken back.`);
      }
    });
    return 0;
  },
};

/** So often it is looked whether what was announced still holds. */
const LOOK_MS = 5_000;

/** What is announced next, in each of the Jobcenters; where nothing is, their staff would be surprised. */
async function announced(services: Services, jobcenters: readonly Jobcenter[]): Promise<Announcement[]> {
  const next: Announcement[] = [];
  for (const { id, key } of jobcenters) {
    const [first] = await services.database.tenant(id, openAnnouncements);
    if (first === undefined) throw new OperatorError(`${key}: nothing is announced, or it was taken back.`);
    next.push(first);
  }
  return next;
}

export const announceWait: Command = {
  name: 'announce wait',
  summary: `Waits until what is announced begins, so that what stands behind it on the command line happens then and not before:
tandem announce wait && git pull && npm ci && systemctl restart tandem
Ends with 1 where nothing is announced, and as soon as it is taken back. A database that is away meanwhile is waited for.`,
  options: { jobcenter: only },
  run: async (values) => {
    await withServices(async (services) => {
      const jobcenters = await wanted(services, values.maybe('jobcenter'));
      let next = await announced(services, jobcenters);
      const begins = (): number => Math.max(...next.map(({ at }) => at.getTime()));
      const left = (): number => begins() - services.clock.now().getTime();
      if (left() > 0)
        console.log(`Waiting until ${new Date(begins()).toLocaleString('de-DE', { timeZone: 'Europe/Berlin' })}.`);
      while (left() > 0) {
        await pause(Math.min(left(), LOOK_MS));
        next = await announced(services, jobcenters).catch((error: unknown) => {
          if (!isDatabaseLost(error)) throw error;
          return next;
        });
      }
      console.log('What was announced begins.');
    });
    return 0;
  },
};
