import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { type ClearingItem, clearingQueue } from '../../../modules/cases/index.ts';
import { submissionsOfCase } from '../../../modules/intake/index.ts';
import { isNamed, type Match, matchPerson, type StatedPerson } from '../../../modules/people/index.ts';
import { allTeams, type Team } from '../../../modules/settings/index.ts';
import { fieldStates } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Button, EmptyState, formatDate, Icon, Pagination } from '../../../ui/index.ts';
import { Done } from '../case/done.tsx';
import { VerbMarks } from '../case/verb-marks.tsx';
import { WithHelp } from '../help/help.tsx';
import { below, paths, withQuery } from '../paths.ts';
import { personWords } from '../people/person-words.ts';
import { show } from '../shell.tsx';
import { queryText, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { ago, concernTitles, nameOnCase } from '../words.tsx';
import { CaseChoices, type CaseSuggestion, doubtWords, RefusedPapers, suggestedCases } from './case-choices.tsx';
import { ForeignPapers } from './foreign-papers.tsx';
import { isAboutPapers, namesOfPapers, settling, UnreadablePapers } from './paper-doubts.tsx';
import { UnreadPages } from './unread-pages.tsx';

const size = 25;
type FieldStates = Awaited<ReturnType<typeof fieldStates>>;

type Doubt = {
  readonly item: ClearingItem;
  readonly stated: StatedPerson | undefined;
  readonly matches: readonly Match[];
  readonly cases: readonly CaseSuggestion[];
  /** Names of the papers it is about. */
  readonly names: ReadonlyMap<string, string>;
  /** The first of its reason on the page carries the explanation. */
  readonly explained: boolean;
  /** The version of a field that the forms of this doubt write. */
  readonly stand: (field: 'person' | 'team') => string;
};

const aboutPerson = (item: ClearingItem): boolean => item.reason.startsWith('person-');

/** Doubts with what the person stated and whom it may be: looked up now, so that nothing old is suggested. */
async function withMatches(
  tx: Tx,
  visit: StaffVisit,
  items: readonly ClearingItem[],
  states: FieldStates,
): Promise<Doubt[]> {
  const doubts: Doubt[] = [];
  const names = await namesOfPapers(tx, items);
  for (const item of items) {
    const stated = aboutPerson(item) ? (await submissionsOfCase(tx, item.caseId))[0]?.person : undefined;
    const matches = stated === undefined ? [] : await matchPerson(tx, stated);
    const stand = (field: 'person' | 'team'): string => String(states(item.caseId, field).version);
    const explained = item === items.find(({ reason }) => reason === item.reason);
    doubts.push({ item, stated, matches, cases: await suggestedCases(tx, visit, item), names, explained, stand });
  }
  return doubts;
}

/** One click that settles a doubt, with the words for what it does. */
const Settle = (props: {
  visit: StaffVisit;
  action: string;
  name: string;
  value: string;
  stand?: string;
  send: string;
  text?: string;
}) => (
  <form action={props.action} method="post" class="tw-choice">
    <VerbMarks visit={props.visit} />
    <input type="hidden" name="von" value="klaerung" />
    <input type="hidden" name="stand" value={props.stand ?? ''} data-version />
    <input type="hidden" name={props.name} value={props.value} />
    <Button small variant="secondary">
      {props.send}
    </Button>
    {props.text ? <span>{props.text}</span> : null}
  </form>
);

function PersonChoices({ visit, doubt }: { visit: StaffVisit; doubt: Doubt }) {
  const { t } = visit;
  const { item, stated, matches } = doubt;
  const action = paths.caseVerb(item.caseId, 'person');
  return (
    <>
      {matches.map((match) => {
        const reasons = match.reasons.map((reason) => t(`workspace:matchReason.${reason}`)).join(', ');
        const text = `${personWords(visit, match)} (${reasons})`;
        return (
          <Settle
            visit={visit}
            action={action}
            name="person"
            value={match.id}
            stand={doubt.stand('person')}
            send={t('workspace:clearing.isThis')}
            text={text}
          />
        );
      })}
      {stated === undefined || !isNamed(stated) ? null : (
        <Settle
          visit={visit}
          action={action}
          name="person"
          value="neu"
          stand={doubt.stand('person')}
          send={t('workspace:clearing.newPerson')}
          text={`${stated.familyName}, ${stated.givenName} · ${t('workspace:person.born', { date: formatDate(stated.birthDate, visit.language) })}`}
        />
      )}
      <a href={withQuery(paths.case(item.caseId), { tun: 'person' })}>{t('workspace:clearing.search')}</a>
    </>
  );
}

const TeamChoice = ({
  visit,
  doubt: { item, stand },
  teams,
}: {
  visit: StaffVisit;
  doubt: Doubt;
  teams: readonly Team[];
}) => (
  <form action={paths.caseVerb(item.caseId, 'team')} method="post" class="tw-choice">
    <VerbMarks visit={visit} />
    <input type="hidden" name="von" value="klaerung" />
    <input type="hidden" name="stand" value={stand('team')} data-version />
    <label for={`team-${item.id}`}>{visit.t('workspace:verb.team.team')}</label>
    <select id={`team-${item.id}`} name="team" class="kern-form-input__input td-select">
      {teams.map((team) => (
        <option value={team.id}>{team.name}</option>
      ))}
    </select>
    <Button small variant="secondary">
      {visit.t('workspace:verb.team.send')}
    </Button>
  </form>
);

function One({
  visit,
  doubt,
  teams,
  concern,
}: {
  visit: StaffVisit;
  doubt: Doubt;
  teams: readonly Team[];
  concern: (key: string) => string;
}) {
  const { t } = visit;
  const { item } = doubt;
  return (
    <li>
      <div>
        <p class="tw-warn">
          <Icon name="warning" small /> <strong>{doubtWords(visit, item)}</strong>
        </p>
        <p>
          <a href={paths.case(item.caseId)} data-row>
            {nameOnCase(visit, item.personName)}
          </a>{' '}
          · {concern(item.concern)}
          <span class="tw-sub">
            {item.number} · {ago(visit, item.raisedAt)}
          </span>
        </p>
      </div>
      <div>
        {aboutPerson(item) ? <PersonChoices visit={visit} doubt={doubt} /> : null}
        {item.reason === 'no-team' ? <TeamChoice visit={visit} doubt={doubt} teams={teams} /> : null}
        {item.reason === 'case-suggested' ? (
          <CaseChoices visit={visit} item={item} suggestions={doubt.cases} concern={concern} />
        ) : null}
        {isAboutPapers(item.reason) ? (
          <>
            <RefusedPapers visit={visit} item={item} />
            <UnreadablePapers visit={visit} item={item} names={doubt.names} />
            <UnreadPages visit={visit} item={item} />
            <ForeignPapers visit={visit} item={item} help={doubt.explained} />
            <Settle
              visit={visit}
              action={paths.readable(item.caseId)}
              name="art"
              value={settling[item.reason]}
              send={t('workspace:clearing.settled')}
            />
          </>
        ) : null}
      </div>
    </li>
  );
}

const writeCursor = (item: ClearingItem): string => `${new Date(item.raisedAt).getTime()}_${item.id}`;

function readCursor(text: string | undefined): { raisedAt: Date; id: string } | undefined {
  const [at, id] = (text ?? '').split('_');
  return /^\d{12,14}$/.test(at ?? '') && isId(id) ? { raisedAt: new Date(Number(at)), id } : undefined;
}

/** Whatever no machine may decide: the reason in words, a suggestion, and one click to settle it. */
async function clearingPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const after = readCursor(queryText(visit, 'nach'));
  // Versions before what is shown: what is settled in between is a conflict, and not overwritten unseen.
  const before = await clearingQueue(tx, visit.reader, after, size + 1);
  const states = await fieldStates(tx, [...new Set(before.map((item) => item.caseId))]);
  const found = await clearingQueue(tx, visit.reader, after, size + 1);
  const items = found.slice(0, size);
  const doubts = await withMatches(tx, visit, items, states);
  const teams = await allTeams(tx);
  await recordAudit(tx, visit.actor, {
    action: 'clearing.read',
    subjectType: 'clearing',
    subjectId: 'queue',
    detail: { rows: items.length },
  });
  const concern = await concernTitles(visit);
  const last = items.at(-1);
  return show(
    visit,
    { title: t('workspace:clearing.title'), active: 'clarify', scripts: ['js/rows.js'] },
    <>
      <WithHelp visit={visit} of="clarify">
        <h1>{t('workspace:clearing.title')}</h1>
      </WithHelp>
      <p class="td-muted">{t('workspace:clearing.text')}</p>
      <p>
        <a href={paths.twice}>{t('twice:list.title')}</a>{' '}
        {visit.reader.role === 'clerk' ? null : <a href={paths.mailboxes}>{t('workspace:mailbox.title')}</a>}
      </p>
      <Done visit={visit} />
      {doubts.length === 0 ? (
        <EmptyState title={t('workspace:clearing.empty')} />
      ) : (
        <ul class="tw-queue">
          {doubts.map((doubt) => (
            <One visit={visit} doubt={doubt} teams={teams} concern={concern} />
          ))}
        </ul>
      )}
      <Pagination
        t={t}
        previous={after === undefined ? undefined : paths.clearing}
        next={
          found.length > size && last !== undefined ? withQuery(paths.clearing, { nach: writeCursor(last) }) : undefined
        }
      />
    </>,
  );
}

export const clearingRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: below(paths.clearing),
    access: 'staff',
    audit: { records: 'clearing.read' },
    handle: { page: clearingPage },
  },
];
