import {
  addTopic,
  closeTopic,
  longestTopic,
  type NoteTopic,
  noteTopics,
  renameTopic,
  type TopicOutcome,
  topicChanges,
} from '../../../modules/contacts/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  Button,
  ErrorSummary,
  type FieldProblem,
  fieldId,
  formatDateTime,
  Table,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { topicWords } from './words.ts';

const doneWords = ['thema', 'unveraendert'] as const;

/** The field of a topic whose form was sent; that of a new one where no topic is named. */
const sentField = (visit: StaffVisit): string => {
  const key = visit.c.req.param('topic');
  return fieldId(key === undefined ? 'name' : `name-${key}`);
};

/** What notes can be about in this Jobcenter; for the lead. */
export async function topicsPage(visit: StaffVisit, tx: Tx, problems: readonly FieldProblem[] = []): Promise<Response> {
  if (visit.staff.role !== 'lead') return notFound(visit);
  const { t, language } = visit;
  const ok = doneWords.find((word) => word === visit.c.req.query('ok'));
  const changes = await topicChanges(tx);
  const errorOf = (id: string) => problems.find((each) => each.id === id)?.text;
  return show(
    visit,
    { title: t('contacts:topics.title'), status: problems.length > 0 ? 422 : 200 },
    <>
      {ok === undefined ? null : <Alert tone="success" live title={t(`contacts:topics.done.${ok}`)} />}
      <WithHelp visit={visit} of="note-topics">
        <h1>{t('contacts:topics.title')}</h1>
      </WithHelp>
      <ErrorSummary t={t} problems={problems} />
      <p>{t('contacts:topics.text')}</p>
      <ul class="tw-topics">
        {(await noteTopics(tx)).map((topic) => (
          <Topic visit={visit} topic={topic} error={errorOf(fieldId(`name-${topic.key}`))} />
        ))}
      </ul>
      <h2 id="neu">{t('contacts:topics.new')}</h2>
      <form action={paths.noteTopics} method="post" class="td-form td-form--inline" novalidate>
        <VerbMarks visit={visit} />
        <TextField
          t={t}
          name="name"
          label={t('contacts:topics.name')}
          value={visit.c.req.param('topic') === undefined ? one(visit.input, 'name') : ''}
          maxLength={longestTopic}
          error={errorOf(fieldId('name'))}
        />
        <Button>{t('contacts:topics.add')}</Button>
      </form>
      <h2>{t('contacts:topics.history')}</h2>
      {changes.length === 0 ? (
        <p>{t('contacts:topics.noHistory')}</p>
      ) : (
        <Table
          caption={t('contacts:topics.history')}
          rows={changes}
          columns={[
            { header: t('workspace:access.at'), cell: (row) => formatDateTime(row.at, language, t) },
            { header: t('contacts:topics.column'), head: true, cell: (row) => topicWords(visit, row) },
            {
              header: t('contacts:topics.state'),
              cell: (row) => t(row.closed ? 'contacts:topics.closed' : 'contacts:topics.open'),
            },
            { header: t('workspace:access.who'), cell: (row) => row.by },
          ]}
        />
      )}
    </>,
  );
}

function Topic({ visit, topic, error }: { visit: StaffVisit; topic: NoteTopic; error: string | undefined }) {
  const { t } = visit;
  const name = topicWords(visit, topic);
  const sent = visit.c.req.param('topic') === topic.key;
  return (
    <li>
      <details open={error !== undefined}>
        <summary>
          {name}
          {topic.closed ? <span class="tw-sub">{t('contacts:topics.closed')}</span> : null}
        </summary>
        <form action={paths.noteTopicName(topic.key)} method="post" class="td-form td-form--inline" novalidate>
          <VerbMarks visit={visit} />
          <TextField
            t={t}
            id={fieldId(`name-${topic.key}`)}
            name="name"
            label={t('contacts:topics.rename', { name })}
            value={sent ? one(visit.input, 'name') : name}
            maxLength={longestTopic}
            error={error}
          />
          <Button variant="secondary">{t('contacts:topics.save')}</Button>
        </form>
        <form action={paths.noteTopicState(topic.key)} method="post">
          <VerbMarks visit={visit} />
          <button
            type="submit"
            class="td-link-button"
            name="zu"
            value={topic.closed ? 'nein' : 'ja'}
            aria-label={t(topic.closed ? 'contacts:topics.reopenLabel' : 'contacts:topics.closeLabel', { name })}
          >
            {t(topic.closed ? 'contacts:topics.reopen' : 'contacts:topics.close')}
          </button>
        </form>
      </details>
    </li>
  );
}

const act =
  (attempt: (tx: Tx, visit: StaffVisit) => Promise<TopicOutcome>) =>
  async (visit: StaffVisit): Promise<Response> => {
    const outcome = await once(visit, async (tx) => {
      const tried = await attempt(tx, visit);
      if (tried.kind !== 'refused') return tried;
      const problem = { id: sentField(visit), text: visit.t(`contacts:topics.problem.${tried.why}`) };
      return { kind: 'wrong', problems: [problem] };
    });
    if (outcome.kind === 'not-found') return notFound(visit);
    if (outcome.kind === 'wrong') return inTenant(visit, (tx) => topicsPage(visit, tx, outcome.problems));
    const ok = outcome.kind === 'done' ? 'thema' : 'unveraendert';
    return visit.c.redirect(withQuery(paths.noteTopics, { ok }), 303);
  };

const house = (visit: StaffVisit) => ({ actor: visit.actor, role: visit.staff.role });
const keyOf = (visit: StaffVisit): string => visit.c.req.param('topic') ?? '';

export const addTopicAct = act((tx, visit) => addTopic(tx, house(visit), one(visit.input, 'name')));
export const renameTopicAct = act((tx, visit) => renameTopic(tx, house(visit), keyOf(visit), one(visit.input, 'name')));
export const closeTopicAct = act((tx, visit) =>
  closeTopic(tx, house(visit), keyOf(visit), one(visit.input, 'zu') === 'ja'),
);
