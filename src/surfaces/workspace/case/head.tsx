import { hasAnswer } from '../../../modules/cases/index.ts';
import { type Content, formatDate, formatDateTime, Icon } from '../../../ui/index.ts';
import { fieldName } from '../fields/field-words.tsx';
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

/** Fields of the head that have an explanation. */
type Explained = 'number' | 'due' | 'team' | 'assignee' | 'person' | 'email' | 'bank';

/** Whose case it is, where it stands, and who answers for it; in the order of the house or the team. `all`: with what they hide. */
export function Head(props: { visit: StaffVisit; data: CaseData; concern: string; all: boolean }) {
  const { visit, data, concern, all } = props;
  const { t, language } = visit;
  const { case: found } = data;
  const team = data.teams.find((each) => each.id === found.teamId)?.name;
  const assignee = data.staff.find((each) => each.id === found.assigneeId)?.name;
  const warn = (text: string) => (
    <span class="tw-warn">
      <Icon name="warning" small /> {text}
    </span>
  );
  const placed = data.placement('head');
  const facts: Readonly<Record<string, { readonly help?: Explained; readonly shows: Content }>> = {
    number: { help: 'number', shows: found.number },
    birthDate: { shows: found.birthDate === null ? null : formatDate(found.birthDate, language) },
    due: {
      help: 'due',
      shows: <Deadline visit={visit} day={found.dueOn} ended={hasAnswer(found.state)} />,
    },
    arrived: {
      shows: (
        <>
          {formatDateTime(found.openedAt, language, t)} · {t(`workspace:channel.${found.channel}`)}
        </>
      ),
    },
    team: { help: 'team', shows: team ?? warn(t('workspace:inbox.noTeam')) },
    assignee: { help: 'assignee', shows: assignee ?? t('workspace:inbox.unassigned') },
    person: {
      help: 'person',
      shows: found.personId === null ? warn(t('workspace:case.personOpen')) : t('workspace:case.personConfirmed'),
    },
    email: { help: 'email', shows: data.email },
    bank: {
      help: 'bank',
      shows:
        data.bank === undefined
          ? null
          : data.bank.confirmedWay === null
            ? warn(t('workspace:bank.notConfirmed'))
            : t(`workspace:bank.confirmed.${data.bank.confirmedWay}`),
    },
  };
  return (
    <header class="tw-head">
      <div class="td-title-row">
        <h1>
          {nameOnCase(visit, found.personName)} <span class="tw-head__concern">{concern}</span>
        </h1>
        <StateBadge visit={visit} state={found.state} />
      </div>
      <dl class="tw-facts">
        {placed
          .filter(({ hidden }) => !hidden || all)
          .map(({ key }) => {
            const fact = facts[key];
            return fact === undefined || fact.shows === null ? null : (
              <Fact
                label={fieldName(visit, placed, 'head', key)}
                help={fact.help === undefined ? undefined : <Help visit={visit} of={`case-${fact.help}`} />}
              >
                {fact.shows}
              </Fact>
            );
          })}
      </dl>
    </header>
  );
}
