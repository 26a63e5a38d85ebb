import { Button, ErrorSummary, type FieldProblem, fieldId, formatDateTime, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { newCommand, VerbMarks } from '../case/verb-marks.tsx';
import { paths } from '../paths.ts';
import type { FileProps } from './page.tsx';

/** Handing the file out, and for the lead what holds for all files. */
export const Ways = ({ visit, data }: FileProps) => (
  <section class="tw-panel" aria-labelledby="ways">
    <h2 id="ways">{visit.t('file:ways')}</h2>
    <ul class="tw-file__cases">
      <li>
        <a href={paths.fileExports(data.contents.file.id)} data-shortcut="x" aria-keyshortcuts="x">
          {visit.t('file:export.link')} <kbd class="td-kbd">x</kbd>
        </a>
      </li>
      {visit.staff.role === 'lead' ? (
        <li>
          <a href={paths.filePlan}>{visit.t('file:plan.title')}</a>
        </li>
      ) : null}
    </ul>
  </section>
);

/** What keeps the file from being deleted, and why; everybody may set it, the lead ends it. */
export function Holds({ visit, data, problems }: FileProps & { problems: readonly FieldProblem[] }) {
  const { t, language } = visit;
  const { id } = data.contents.file;
  return (
    <section class="tw-panel" aria-labelledby="holds">
      <h2 id="holds">{t('file:hold.title')}</h2>
      {data.holds.length === 0 ? (
        <p class="td-muted">{t('file:hold.none')}</p>
      ) : (
        <ul class="tw-file__cases">
          {data.holds.map((hold) => (
            <li>
              <span class="tw-typed">{hold.reason}</span>
              <span class="tw-sub">
                {hold.by}, {formatDateTime(hold.at, language, t)}
              </span>
              {visit.staff.role === 'lead' ? (
                <form action={paths.fileHoldEnd(id, hold.id)} method="post">
                  <VerbMarks visit={visit} />
                  <button type="submit" class="td-link-button">
                    {t('file:hold.end')}
                  </button>
                </form>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <details open={problems.length > 0}>
        <summary>{t('file:hold.set')}</summary>
        <form action={paths.fileHold(id)} method="post" class="td-form" novalidate>
          <input type="hidden" name="csrf" value={visit.csrf} />
          <input type="hidden" name="command" value={newCommand(visit)} />
          {problems.length === 0 ? null : <ErrorSummary t={t} problems={problems} />}
          <TextField
            t={t}
            name="sperrgrund"
            label={t('file:hold.why')}
            hint={t('file:hold.whyHint')}
            value={one(visit.input, 'sperrgrund')}
            maxLength={500}
            error={problems.find((each) => each.id === fieldId('sperrgrund'))?.text}
          />
          <Button variant="secondary" small>
            {t('file:hold.save')}
          </Button>
        </form>
      </details>
    </section>
  );
}
