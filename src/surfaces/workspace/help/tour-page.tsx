import { type TourTask, tickedTasks, tickTask } from '../../../modules/help/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Button, formatDate, Icon, Prose } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { paths } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { HelpNav } from './help-nav.tsx';
import { LeaveForm } from './practice-band.tsx';
import { EnterForm } from './practice-page.tsx';

type Ticked = ReadonlyMap<string, Date>;

/** The first week: five days of small tasks, ticked by the person and shown to nobody else. */
export async function tourPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t, shelf, language } = visit;
  if (visit.jobcenter.practiceOf != null) return elsewhere(visit);
  const tasks = shelf.tour(language);
  const ticked = await tickedTasks(tx, visit.staff.id);
  const done = tasks.filter((task) => ticked.has(task.key)).length;
  const days = [...new Set(tasks.map((task) => task.day))];
  return show(
    visit,
    { title: t('help:tour.title') },
    <>
      <h1>{t('help:tour.title')}</h1>
      <HelpNav visit={visit} here="tour" />
      <p class="td-lead">{t('help:tour.text')}</p>
      <p>{t('help:tour.done', { done, count: tasks.length })}</p>
      {days.map((day) => (
        <section class="td-flow" aria-labelledby={`tag-${day}`}>
          <h2 id={`tag-${day}`}>{t('help:tour.day', { day })}</h2>
          <ul class="tw-tour">
            {tasks
              .filter((task) => task.day === day)
              .map((task) => (
                <Task visit={visit} task={task} ticked={ticked} />
              ))}
          </ul>
        </section>
      ))}
    </>,
  );
}

/** In practice there is no list: the ticks lie in the real Jobcenter, where they outlive every reset. */
const elsewhere = (visit: StaffVisit): Response =>
  show(
    visit,
    { title: visit.t('help:tour.title') },
    <>
      <h1>{visit.t('help:tour.title')}</h1>
      <p>{visit.t('help:tour.elsewhere')}</p>
      <LeaveForm visit={visit} to={paths.tour} />
    </>,
  );

function Task({ visit, task, ticked }: { visit: StaffVisit; task: TourTask; ticked: Ticked }) {
  const { t, language } = visit;
  const at = ticked.get(task.key);
  return (
    <li
      id={task.key}
      class={at === undefined ? 'tw-tour__task' : 'tw-tour__task tw-tour__task--done'}
      lang={task.language === language ? undefined : task.language}
    >
      <div class="td-title-row">
        <h3>{task.title}</h3>
        {at === undefined ? null : (
          <span class="tw-warn">
            <Icon name="success" small /> {t('help:tour.tickedAt', { date: formatDate(at, language) })}
          </span>
        )}
      </div>
      <Prose blocks={task.blocks} level={4} />
      <div class="td-toolbar">
        <TaskWay visit={visit} task={task} />
        <form action={paths.tourTick} method="post">
          <input type="hidden" name="csrf" value={visit.csrf} />
          <input type="hidden" name="aufgabe" value={task.key} />
          <input type="hidden" name="erledigt" value={at === undefined ? 'ja' : 'nein'} />
          <Button small variant="secondary">
            {t(`help:tour.${at === undefined ? 'tick' : 'untick'}`)}
            <span class="kern-sr-only">{`: ${task.title}`}</span>
          </Button>
        </form>
      </div>
    </li>
  );
}

/** Where the task is done. */
const TaskWay = ({ visit, task }: { visit: StaffVisit; task: TourTask }) =>
  task.place === 'practice' ? (
    <EnterForm visit={visit} to={task.link} words={visit.t('help:tour.practise')} about={task.title} />
  ) : (
    <a href={task.link}>
      {visit.t('help:tour.go')}
      <span class="kern-sr-only">{`: ${task.title}`}</span>
    </a>
  );

/** Ticks a task, or takes the tick back. */
export const tick = (visit: StaffVisit): Promise<Response> =>
  inTenant(visit, async (tx) => {
    const key = one(visit.input, 'aufgabe');
    if (!visit.shelf.tour(visit.language).some((task) => task.key === key)) return notFound(visit);
    await tickTask(tx, visit.staff.id, key, one(visit.input, 'erledigt') === 'ja');
    return visit.c.redirect(`${paths.tour}#${key}`, 303);
  });
