import { type Content, formatDate, formatDateTime, Icon } from '../../../ui/index.ts';
import { Help } from '../help/help.tsx';
import type { StaffVisit } from '../visit.ts';
import { Deadline, nameOnCase, StateBadge } from '../words.tsx';
import type { CaseData } from './load.ts';

const Fact = ({ label, help, children }: { label: string; help?: Content; children: Content }) => (
  <div>
    <dt>
      {label}
      {help}
    </dt>
    <dd>{children}</dd>
  </div>
);

/** Whose case it is, where it stands, and who answers for it. */
export function Head({ visit, data, concern }: { visit: StaffVisit; data: CaseData; concern: string }) {
  const { t, language } = visit;
  const { case: found } = data;
  const team = data.teams.find((each) => each.id === found.teamId)?.name;
  const assignee = data.staff.find((each) => each.id === found.assigneeId)?.name;
  const warn = (text: string) => (
    <span class="tw-warn">
      <Icon name="warning" small /> {text}
    </span>
  );
  return (
    <header class="tw-head">
      <div class="td-title-row">
        <h1>
          {nameOnCase(visit, found.personName)} <span class="tw-head__concern">{concern}</span>
        </h1>
        <StateBadge visit={visit} state={found.state} />
      </div>
      <dl class="tw-facts">
        <Fact label={t('workspace:case.number')} help={<Help visit={visit} of="case-number" />}>
          {found.number}
        </Fact>
        {found.birthDate === null ? null : (
          <Fact label={t('workspace:case.birthDate')}>{formatDate(found.birthDate, language)}</Fact>
        )}
        <Fact label={t('workspace:case.due')} help={<Help visit={visit} of="case-due" />}>
          <Deadline visit={visit} day={found.dueOn} ended={found.closedAt !== null} />
        </Fact>
        <Fact label={t('workspace:case.arrived')}>
          {formatDateTime(found.openedAt, language, t)} · {t(`workspace:channel.${found.channel}`)}
        </Fact>
        <Fact label={t('workspace:case.team')} help={<Help visit={visit} of="case-team" />}>
          {team ?? warn(t('workspace:inbox.noTeam'))}
        </Fact>
        <Fact label={t('workspace:case.assignee')} help={<Help visit={visit} of="case-assignee" />}>
          {assignee ?? t('workspace:inbox.unassigned')}
        </Fact>
        <Fact label={t('workspace:case.person')} help={<Help visit={visit} of="case-person" />}>
          {found.personId === null ? warn(t('workspace:case.personOpen')) : t('workspace:case.personConfirmed')}
        </Fact>
        {data.email === null ? null : (
          <Fact label={t('workspace:case.email')} help={<Help visit={visit} of="case-email" />}>
            {data.email}
          </Fact>
        )}
        {data.bank === undefined ? null : (
          <Fact label={t('workspace:bank.account')} help={<Help visit={visit} of="case-bank" />}>
            {data.bank.confirmedWay === null
              ? warn(t('workspace:bank.notConfirmed'))
              : t(`workspace:bank.confirmed.${data.bank.confirmedWay}`)}
          </Fact>
        )}
      </dl>
    </header>
  );
}
