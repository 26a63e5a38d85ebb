import { dayInGermany } from '../../../../kernel/dates.ts';
import type { HolidayPlace } from '../../../../kernel/holidays.ts';
import {
  type Appointment,
  appointmentsToShow,
  clashesOf,
  endsAt,
  isForClient,
} from '../../../../modules/appointments/index.ts';
import { remindersOf } from '../../../../modules/notices/index.ts';
import { formatDateTime } from '../../../../ui/index.ts';
import { AnswerWords, ClashHint } from '../../appointments/lines.tsx';
import { WaysOn } from '../../appointments/ways-on.tsx';
import { bringWords, whenWords, whereWords, whomWords } from '../../appointments/words.ts';
import { topicWords } from '../../contacts/words.ts';
import { FreeDayHint, holidayPlace } from '../../free-day.tsx';
import { WithHelp } from '../../help/help.tsx';
import type { StaffVisit } from '../../visit.ts';
import { AddLink } from '../plans/add-link.tsx';
import { Rows } from '../plans/rows.tsx';
import { verbPath } from '../view.ts';
import type { Block, BlockProps } from './block.ts';

type Reminded = { readonly state: string; readonly at: Date } | undefined;

/** What became of the reminder, once it is settled. */
const ReminderLine = ({ visit, reminder }: { visit: StaffVisit; reminder: Reminded }) => {
  const { t, language } = visit;
  if (reminder === undefined || reminder.state === 'sending' || reminder.state === 'later') return null;
  return (
    <span class="tw-sub">
      {reminder.state === 'sent'
        ? t('appointments:reminded', { at: formatDateTime(reminder.at, language, t) })
        : `${t('appointments:notReminded')} ${t(`appointments:noReminder.${reminder.state}`)}`}
    </span>
  );
};

const holderName = ({ data }: BlockProps, each: Appointment): string =>
  data.staff.find(({ id }) => id === each.staffId)?.name ?? '';

/** One appointment that has not ended: when, with whom, where, about what, and what the person said about it. */
const Open = (props: BlockProps & { each: Appointment; clashes: number; place: HolidayPlace; reminder: Reminded }) => {
  const { visit, data, view, each, clashes, place, reminder } = props;
  const { t } = visit;
  const when = whenWords(visit, each);
  const over = endsAt(each) <= visit.services.clock.now();
  const name = holderName(props, each);
  return (
    <li id={`termin-${each.id}`}>
      <span class="tw-why">
        <strong>{when}</strong>
        {over ? <span>{t('appointments:open')}</span> : null}
        <span>
          {whomWords(visit, each.personName)} · {whereWords(visit, each)}
        </span>
        <span class="tw-sub">
          {topicWords(visit, { key: each.topic, name: each.topicName ?? undefined })}
          {name === '' ? null : <> · {t('appointments:holder', { name })}</>}
          {each.moves === 0 ? null : <> · {t('appointments:moves', { count: each.moves })}</>}
        </span>
        {each.bring === '' ? null : <span class="tw-sub">{bringWords(visit, each)}</span>}
        {each.note === '' ? null : <span class="tw-sub">{t('appointments:note', { text: each.note })}</span>}
        <ReminderLine visit={visit} reminder={reminder} />
        <FreeDayHint visit={visit} place={place} day={dayInGermany(each.startsAt)} />
        <ClashHint visit={visit} clashes={clashes} />
        <AnswerWords visit={visit} answer={each.answer} />
      </span>
      <span class="tw-acts td-no-print">
        <WaysOn
          visit={visit}
          appointment={each}
          hrefOf={(verb) => verbPath(data.case.id, view, verb, each.id)}
          invites={isForClient(each, data.case.personId)}
        />
      </span>
    </li>
  );
};

const Ended = (props: BlockProps & { ended: readonly Appointment[]; inAll: number }) => {
  const { visit, ended, inAll } = props;
  const { t } = visit;
  if (ended.length === 0) return null;
  return (
    <details>
      <summary>{t('appointments:ended', { count: inAll })}</summary>
      <Rows
        of={ended}
        row={(each) => (
          <li id={`termin-${each.id}`}>
            <span class="tw-why">
              {whenWords(visit, each)}
              <span class="tw-sub">
                {each.endedAs === null ? null : t(`appointments:how.${each.endedAs}`)} ·{' '}
                {whomWords(visit, each.personName)}
              </span>
              {each.endedWords === null ? null : <span class="tw-sub">{each.endedWords}</span>}
            </span>
          </li>
        )}
      />
    </details>
  );
};

/** Appointments of the case: those to come and those of which nobody said how they went, then what was. */
export const appointments: Block = {
  name: 'appointments',
  title: 'appointments:title',
  column: 'work',
  possible: () => true,
  render: async (props, tx) => {
    const { visit, data, view } = props;
    const { open, ended, endedInAll } = await appointmentsToShow(tx, data.case.id);
    const clashes = await clashesOf(tx, open);
    const reminders = await remindersOf(tx, open);
    const place = await holidayPlace(visit);
    return (
      <section class="tw-panel" aria-labelledby="appointments">
        <WithHelp visit={visit} of="case-appointments">
          <h2 id="appointments">{visit.t('appointments:title')}</h2>
        </WithHelp>
        {open.length > 0 && data.case.state === 'closed' ? <p>{visit.t('appointments:inClosed')}</p> : null}
        {open.length === 0 ? <p class="td-muted">{visit.t('appointments:none')}</p> : null}
        <Rows
          of={open}
          row={(each) => (
            <Open
              {...props}
              each={each}
              clashes={clashes.get(each.id) ?? 0}
              place={place}
              reminder={reminders.get(each.id)}
            />
          )}
        />
        <Ended {...props} ended={ended} inAll={endedInAll} />
        <p class="tw-links">
          <AddLink visit={visit} caseId={data.case.id} view={view} verb="termin" text={visit.t('appointments:add')} />
        </p>
      </section>
    );
  },
};
