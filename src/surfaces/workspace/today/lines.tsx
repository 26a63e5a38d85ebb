import { addDays, dayInGermany } from '../../../kernel/dates.ts';
import type { HolidayPlace } from '../../../kernel/holidays.ts';
import {
  type ArrivedLine,
  type DueLine,
  type LineCase,
  suitDay,
  type WaitingLine,
} from '../../../modules/cases/index.ts';
import type { PlanLine } from '../../../modules/plans/index.ts';
import { type Content, formatDate, formatDateTime, formatTime, Icon, Table } from '../../../ui/index.ts';
import { FinishForm } from '../case/follow-ups.tsx';
import { paths, withQuery } from '../paths.ts';
import { KeepForm, PromiseWords } from '../promises/promise-words.tsx';
import type { StaffVisit } from '../visit.ts';
import { ago, Deadline, nameOnCase } from '../words.tsx';

/** What lines are shown with: words for concerns and names, and the keys that are still free. */
export type LineContext = {
  readonly visit: StaffVisit;
  readonly concern: (key: string) => string;
  readonly names: ReadonlyMap<string, string>;
  /** Where the office is, for the days on which periods end. */
  readonly place: HolidayPlace;
  /** Gives the next free key; undefined when all are taken. */
  readonly key: () => string | undefined;
};

/** One line of a day as it is shown: the case, why it stands here, how old it is, and what can be done at once. */
export type ShownLine = LineCase & {
  readonly why: Content;
  readonly age: Content;
  /** For whom it is; null for the team. */
  readonly forStaffId: string | null;
  readonly act?: Content;
};

/** Concerns that are applications: without a decision a person can sue after six months (§ 88 (1) SGG). */
export const applications: readonly string[] = [
  'erstantrag',
  'hauptantrag',
  'weiterbewilligung',
  'umzug',
  'wohnkosten',
];

const Warn = ({ children }: { children: Content }) => (
  <span class="tw-deadline tw-deadline--danger">
    <Icon name="danger" small />
    <span>{children}</span>
  </span>
);

/** So many days before a suit is possible it is said. */
const suitWarning = 30;

function suitWords(visit: StaffVisit, line: DueLine): Content {
  if (line.kind !== 'answer' || !applications.includes(line.concern)) return null;
  const day = suitDay(line.openedAt);
  if (day > addDays(dayInGermany(visit.services.clock.now()), suitWarning)) return null;
  return <Warn>{visit.t('myday:due.suit', { date: formatDate(day, visit.language) })}</Warn>;
}

/** A line of what is due. */
export function showDue({ visit }: LineContext, line: DueLine): ShownLine {
  const { t } = visit;
  const day = line.until ?? dayInGermany(line.at);
  const shown = { ...line, forStaffId: line.staffId, age: ago(visit, line.since) };
  if (line.kind === 'promise') {
    const promise = { ...line, what: line.text ?? '', dueAt: line.at, keptAt: null };
    return {
      ...shown,
      why: <PromiseWords visit={visit} promise={promise} />,
      act: <KeepForm visit={visit} promise={promise} from="heute" />,
    };
  }
  const why = (
    <>
      <span>
        {line.kind === 'answer' ? t('myday:due.answer') : t(`myday:due.${line.kind}`, { what: line.text ?? '' })}
      </span>
      <Deadline visit={visit} day={day} />
      {suitWords(visit, line)}
    </>
  );
  if (line.kind !== 'follow-up') return { ...shown, why };
  const followUp = { id: line.id, caseId: line.caseId, reason: line.text ?? '' };
  const move = withQuery(paths.case(line.caseId), { tun: 'verschiebung', folge: line.id });
  return {
    ...shown,
    why,
    act: (
      <>
        <FinishForm visit={visit} followUp={followUp} from="heute" />
        <a href={move} aria-label={t('myday:followUp.moveLabel', { reason: followUp.reason })}>
          {t('myday:followUp.move')}
        </a>
      </>
    ),
  };
}

/** A line of a plan that both sides have to look at again; it stays until they did. */
export function showPlan({ visit }: LineContext, line: PlanLine): ShownLine {
  const { t } = visit;
  const look = `${withQuery(paths.case(line.caseId), { tun: 'durchsicht' })}#verb`;
  return {
    ...line,
    forStaffId: line.staffId,
    age: ago(visit, line.since),
    why: (
      <>
        <span>{t('myday:due.plan')}</span>
        <Deadline visit={visit} day={line.nextOn} />
      </>
    ),
    act: (
      <a href={look} aria-label={t('myday:due.planLookLabel', { name: nameOnCase(visit, line.personName) })}>
        {t('myday:due.planLook')}
      </a>
    ),
  };
}

/** A line of what came in. */
export function showArrived({ visit }: LineContext, line: ArrivedLine): ShownLine {
  const { t, language } = visit;
  const why = (): Content => {
    if (line.kind === 'message-in') return t('workspace:event.message-in');
    const { channel, documents, supplement } = line.detail;
    return (
      <>
        <span>
          {t(`workspace:event.${supplement ? 'supplement' : 'received'}`, {
            channel: t(`workspace:channel.${channel}`),
          })}
        </span>
        {documents === 0 ? null : <span class="tw-sub">{t('workspace:event.papers', { count: documents })}</span>}
      </>
    );
  };
  const age = (
    <span title={formatDateTime(line.at, language, t)}>
      {ago(visit, line.at)}, {formatTime(line.at, language)}
    </span>
  );
  return { ...line, why: why(), age, forStaffId: line.assigneeId };
}

/** A line of what waits, with whom it waits for. */
export function showWaiting({ visit, names }: LineContext, line: WaitingLine): ShownLine {
  const { t } = visit;
  const colleague = line.staffId === null ? t('myday:followUp.team') : (names.get(line.staffId) ?? '');
  const given = line.waitsFor === 'colleague' && line.staffId !== visit.staff.id;
  const whom = given ? t('myday:waits.named', { name: colleague }) : t(`myday:waits.${line.waitsFor}`);
  return {
    ...line,
    why: (
      <>
        <span>
          <strong>{whom}</strong>: {line.text}
        </span>
        <Deadline visit={visit} day={line.until ?? dayInGermany(line.at)} />
      </>
    ),
    age: ago(visit, line.since),
    forStaffId: given ? visit.staff.id : line.staffId,
  };
}

/** For whom a line is, where it is not one's own: the team, or somebody who is away. */
function ForWhom({ context, line }: { context: LineContext; line: ShownLine }) {
  const { visit, names } = context;
  if (line.forStaffId === visit.staff.id) return null;
  const absent = visit.staff.standsFor.some((each) => each.staffId === line.forStaffId);
  const name = names.get(line.forStaffId ?? '') ?? '';
  const words = absent
    ? visit.t('myday:mark.standIn', { name })
    : visit.t(line.forStaffId === null ? 'myday:mark.team' : 'myday:mark.other', { name });
  return <span class={absent ? 'tw-for tw-for--absent' : 'tw-for'}>{words}</span>;
}

const acts = ({ line }: { line: ShownLine }): Content =>
  line.act === undefined ? '' : <span class="tw-acts td-no-print">{line.act}</span>;

/** Lines as a table; each is opened by the key beside it. */
export function Lines({
  context,
  caption,
  lines,
}: {
  context: LineContext;
  caption: string;
  lines: readonly ShownLine[];
}) {
  const { visit, concern } = context;
  const { t } = visit;
  return (
    <Table
      caption={caption}
      rows={lines.map((line) => ({ line, key: context.key() }))}
      columns={[
        {
          header: t('myday:column.person'),
          head: true,
          cell: ({ line, key }) => (
            <>
              <a href={paths.case(line.caseId)} data-row data-shortcut={key} aria-keyshortcuts={key}>
                {nameOnCase(visit, line.personName)}
              </a>
              {key === undefined ? null : (
                <>
                  {' '}
                  <kbd class="td-kbd td-no-print">{key}</kbd>
                </>
              )}
              <span class="tw-sub">
                {line.number} · {concern(line.concern)}
              </span>
            </>
          ),
        },
        {
          header: t('myday:column.why'),
          cell: ({ line }) => (
            <span class="tw-why">
              {line.why}
              <ForWhom context={context} line={line} />
            </span>
          ),
        },
        { header: t('myday:column.age'), cell: ({ line }) => line.age },
        ...(lines.some((line) => line.act !== undefined) ? [{ header: t('myday:column.act'), cell: acts }] : []),
      ]}
    />
  );
}
