import { Alert, type Content, formatDate, formatDateTime, Icon } from '../../../ui/index.ts';
import { doubtWords } from '../clearing/case-choices.tsx';
import { Help, WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { KeepForm, PromiseWords } from '../promises/promise-words.tsx';
import { show } from '../shell.tsx';
import { LivePage } from '../together/live-page.tsx';
import type { StaffVisit } from '../visit.ts';
import { concernTitles, Deadline, nameOnCase, StateBadge } from '../words.tsx';
import { Answers } from './answers.tsx';
import { FollowUps } from './follow-ups.tsx';
import { History } from './history.tsx';
import type { CaseData } from './load.ts';
import { Papers } from './papers.tsx';
import { VerbForm } from './verb-forms.tsx';
import { VerbMarks } from './verb-marks.tsx';
import { type CaseView, firstField, type Verb, verbKeys, verbs, viewPath } from './view.ts';

type Props = { readonly visit: StaffVisit; readonly data: CaseData; readonly view: CaseView };

const Fact = ({ label, help, children }: { label: string; help?: Content; children: Content }) => (
  <div>
    <dt>
      {label}
      {help}
    </dt>
    <dd>{children}</dd>
  </div>
);

function Head({ visit, data, concern }: Props & { concern: string }) {
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

/** Verbs that make sense where the case stands; a decided or closed one can be opened again. */
const possible = (data: CaseData): readonly Verb[] => {
  const { state } = data.case;
  return verbs.filter((verb) => {
    if (verb === 'email') return data.case.personId !== null;
    if (verb === 'verschiebung') return data.followUps.length > 0;
    if (verb === 'konto') return data.bank?.confirmedAt === null;
    if (verb === 'wiederaufnahme') return state === 'decided' || state === 'closed';
    return verb !== 'abschluss' || state !== 'closed';
  });
};

function Verbs({ visit, data, view }: Props) {
  const { t } = visit;
  const mine = data.case.assigneeId === visit.staff.id;
  return (
    <nav class="tw-verbs" aria-label={t('workspace:case.verbs')}>
      <ul>
        {mine ? null : (
          <li>
            <form action={paths.caseVerb(data.case.id, 'zuweisung')} method="post">
              <VerbMarks visit={visit} />
              <input type="hidden" name="stand" value={data.fields(data.case.id, 'assignee').version} />
              <input type="hidden" name="dok" value={view.document ?? ''} />
              <button type="submit" name="staff" value={visit.staff.id} data-shortcut="m" aria-keyshortcuts="m">
                {t('workspace:verb.mine')} <kbd class="td-kbd">m</kbd>
              </button>
            </form>
          </li>
        )}
        {possible(data).map((verb) => (
          <li>
            <a
              href={`${viewPath(data.case.id, view, { verb })}#${firstField[verb]}`}
              aria-current={view.verb === verb ? 'true' : undefined}
              data-shortcut={verbKeys[verb]}
              aria-keyshortcuts={verbKeys[verb]}
            >
              {t(`workspace:verb.${verb}.title`)} <kbd class="td-kbd">{verbKeys[verb]}</kbd>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What a person must still look at, and what the client must still bring. */
function Open({ visit, data, view }: Props) {
  const { t, language } = visit;
  const open = data.items.filter((item) => item.fulfilledAt === null && item.withdrawnAt === null);
  const account = data.bank?.confirmedAt === null;
  if (open.length === 0 && data.doubts.length === 0 && data.promises.length === 0 && !account) return null;
  return (
    <section class="tw-panel" aria-labelledby="open">
      <WithHelp visit={visit} of="case-open">
        <h2 id="open">{t('workspace:case.open')}</h2>
      </WithHelp>
      <ul class="tw-open">
        {data.doubts.map((doubt) => (
          <li>
            <span class="tw-warn">
              <Icon name="warning" small /> {doubtWords(visit, doubt)}
            </span>
            {doubt.reason === 'unreadable' ? (
              <form action={paths.readable(data.case.id)} method="post">
                <VerbMarks visit={visit} />
                <button type="submit" class="td-link-button">
                  {t('workspace:clearing.settled')}
                </button>
              </form>
            ) : doubt.reason === 'case-suggested' ? (
              <a href={paths.clearing}>{t('workspace:case.settle')}</a>
            ) : (
              <a href={viewPath(data.case.id, view, { verb: doubt.reason === 'no-team' ? 'team' : 'person' })}>
                {t('workspace:case.settle')}
              </a>
            )}
          </li>
        ))}
        {account ? (
          <li>
            <span class="tw-warn">
              <Icon name="warning" small /> {t('workspace:bank.open')}
            </span>
            <a href={viewPath(data.case.id, view, { verb: 'konto' })}>{t('workspace:case.settle')}</a>
          </li>
        ) : null}
        {data.promises.map((promise) => (
          <li>
            <PromiseWords visit={visit} promise={promise} />
            <KeepForm visit={visit} promise={promise} />
          </li>
        ))}
        {open.map((item) => (
          <li>
            <span>
              <strong>{item.what}</strong>
              <span class="tw-sub">{t('workspace:case.wanted', { date: formatDate(item.requestedAt, language) })}</span>
              <Deadline visit={visit} day={item.dueOn} />
            </span>
            <a
              href={paths.itemLetter(data.case.id, item.id)}
              aria-label={t('workspace:itemLetter.linkLabel', { what: item.what })}
            >
              {t('workspace:itemLetter.link')}
            </a>
            <form action={paths.withdrawal(data.case.id, item.id)} method="post">
              <VerbMarks visit={visit} />
              <button
                type="submit"
                class="td-link-button"
                aria-label={t('workspace:verb.withdrawLabel', { what: item.what })}
              >
                {t('workspace:verb.withdraw')}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Words for what just happened, as they stand in the address. */
const doneWords = [
  'zuweisung',
  'frei',
  'anforderungen',
  'nachrichten',
  'notizen',
  'entscheidung',
  'abschluss',
  'wiederaufnahme',
  'team',
  'person',
  'konto',
  'zusage',
  'eingehalten',
  'email',
  'wiedervorlage',
  'verschiebung',
  'erledigt',
  'ruecknahme',
  'lesbarkeit',
  'verlegung',
  'eigener',
  'unveraendert',
] as const;

/** Says what just happened. */
export function Done({ visit }: { visit: StaffVisit }) {
  const done = doneWords.find((word) => word === visit.c.req.query('ok'));
  return done === undefined ? null : <Alert tone="success" live title={visit.t(`workspace:done.${done}`)} />;
}

/** The case: answers, papers beside them, and the work with its history. */
export async function casePage(visit: StaffVisit, data: CaseData, view: CaseView): Promise<Response> {
  const { t } = visit;
  const titles = await concernTitles(visit);
  const concern = titles(data.case.concern);
  const props = { visit, data, view };
  const refused = view.problems.length > 0 || view.conflict !== undefined;
  const shortcuts = [
    { key: 'm', text: t('workspace:verb.mine') },
    ...possible(data).map((verb) => ({ key: verbKeys[verb], text: t(`workspace:verb.${verb}.title`) })),
  ];
  return show(
    visit,
    {
      title: `${nameOnCase(visit, data.case.personName)} – ${concern}`,
      active: 'inbox',
      shortcuts,
      status: refused ? 422 : 200,
    },
    <div class="tw-case">
      <Head {...props} concern={concern} />
      <LivePage
        visit={visit}
        caseId={data.case.id}
        part={view.verb ?? 'case'}
        stamp={data.stamp}
        present={data.present}
        refresh={!refused}
      />
      <Done visit={visit} />
      <Verbs {...props} />
      <div class="tw-case__columns">
        <div class="tw-case__work">
          {view.verb === undefined ? null : <VerbForm {...props} verb={view.verb} />}
          <Open {...props} />
          <FollowUps {...props} />
        </div>
        <div class="tw-case__answers">
          <Answers visit={visit} caseId={data.case.id} submissions={data.submissions} events={data.events} />
        </div>
        <div class="tw-case__papers">
          <Papers {...props} concern={titles} />
        </div>
        <div class="tw-case__history">
          <History visit={visit} events={data.events} />
          <p>
            <a href={paths.accessLog(data.case.id)}>{t('workspace:access.link')}</a>
          </p>
        </div>
      </div>
    </div>,
  );
}
