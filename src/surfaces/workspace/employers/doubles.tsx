import { type Employer, employerLabel } from '../../../modules/employers/index.ts';
import { formatDateTime, Icon } from '../../../ui/index.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

type Props = {
  readonly visit: StaffVisit;
  readonly employer: Employer;
  /** Probably the same one. */
  readonly doubles: readonly Employer[];
  /** What was put together with it. */
  readonly merged: readonly Employer[];
  /** Others that a search of the page found, to be put together although they are called otherwise. */
  readonly found: readonly Employer[];
  readonly asked: string;
};

const MergeButton = ({ visit, employer, other }: { visit: StaffVisit; employer: Employer; other: Employer }) => (
  <form action={paths.employerMerge(employer.id)} method="post">
    <VerbMarks visit={visit} />
    <button
      type="submit"
      class="td-link-button"
      name="andere"
      value={other.id}
      aria-label={visit.t('employers:mergeLabel', { other: employerLabel(other), name: employerLabel(employer) })}
    >
      {visit.t('employers:merge')}
    </button>
  </form>
);

const Line = ({ visit, employer, other }: { visit: StaffVisit; employer: Employer; other: Employer }) => (
  <li>
    <span>
      <a href={paths.employer(other.id)}>{employerLabel(other)}</a>
      <span class="tw-sub">
        {visit.t(`employers:kind.${other.kind}`)} ·{' '}
        {visit.t('employers:changed', { at: formatDateTime(other.changedAt, visit.language, visit.t) })}
      </span>
    </span>
    <MergeButton visit={visit} employer={employer} other={other} />
  </li>
);

/** Says where there is another one of the same name, and puts two together, which can be undone. Nobody has to. */
export function Doubles({ visit, employer, doubles, merged, found, asked }: Props) {
  const { t } = visit;
  return (
    <section class="tw-panel" aria-labelledby="doppelt">
      <WithHelp visit={visit} of="employer-doubles">
        <h2 id="doppelt">{t('employers:doubles')}</h2>
      </WithHelp>
      {doubles.length === 0 ? null : (
        <>
          <p>
            <Icon name="info" small /> {t('employers:doublesText')}
          </p>
          <ul class="tw-open">
            {doubles.map((other) => (
              <Line visit={visit} employer={employer} other={other} />
            ))}
          </ul>
        </>
      )}
      {merged.length === 0 ? null : (
        <>
          <p>{t('employers:mergedText')}</p>
          <ul class="tw-open">
            {merged.map((other) => (
              <li>
                <span>{employerLabel(other)}</span>
                <form action={paths.employerSeparate(other.id)} method="post">
                  <VerbMarks visit={visit} />
                  <button
                    type="submit"
                    class="td-link-button"
                    aria-label={t('employers:separateLabel', { other: employerLabel(other) })}
                  >
                    {t('employers:separate')}
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </>
      )}
      <details open={asked !== ''}>
        <summary>{t('employers:mergeOther')}</summary>
        <form action={paths.employer(employer.id)} method="get" class="td-form td-form--inline">
          <div class="kern-form-input">
            <label class="kern-label" for="f-andere">
              {t('employers:mergeSearch')}
            </label>
            <input class="kern-form-input__input" id="f-andere" name="andere" value={asked} maxlength={100} />
          </div>
          <button type="submit" class="kern-btn kern-btn--secondary">
            <span class="kern-label">{t('employers:mergeFind')}</span>
          </button>
        </form>
        {asked !== '' && found.length === 0 ? <p class="td-muted">{t('employers:noneFound')}</p> : null}
        <ul class="tw-open">
          {found.map((other) => (
            <Line visit={visit} employer={employer} other={other} />
          ))}
        </ul>
      </details>
    </section>
  );
}
