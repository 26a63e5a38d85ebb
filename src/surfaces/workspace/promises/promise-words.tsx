import type { OfficePromise } from '../../../modules/cases/index.ts';
import { formatDateTime, Icon } from '../../../ui/index.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

/** So long before it is due a promise is warned of. */
export const warnMs = 2 * 3_600_000;

/** How a promise stands: late, soon, or time left. */
export function urgency(
  { services }: { readonly services: Pick<StaffVisit['services'], 'clock'> },
  promise: Pick<OfficePromise, 'dueAt'>,
): 'danger' | 'warning' | 'normal' {
  const left = promise.dueAt.getTime() - services.clock.now().getTime();
  return left < 0 ? 'danger' : left <= warnMs ? 'warning' : 'normal';
}

/** What was promised until when, with a warning where it presses, and the number to call. */
export const PromiseWords = ({ visit, promise }: { visit: StaffVisit; promise: OfficePromise }) => {
  const { t, language } = visit;
  const state = urgency(visit, promise);
  const until = formatDateTime(promise.dueAt, language, t);
  return (
    <span class="tw-promise">
      <strong>{promise.what}</strong>
      <span class={`tw-deadline tw-deadline--${state}`}>
        {state === 'normal' ? null : <Icon name={state} small />}
        <span>{t(`workspace:promise.${state}`, { at: until })}</span>
      </span>
      {promise.phone === null ? null : (
        <span class="tw-sub">
          <a href={`tel:${promise.phone.replaceAll(/[^+\d]/g, '')}`}>{promise.phone}</a>
        </span>
      )}
    </span>
  );
};

/** Says that it is done; `from` leads back to the list. */
export const KeepForm = (props: { visit: StaffVisit; promise: OfficePromise; from?: 'zusagen' | 'heute' }) => {
  const { visit, promise, from } = props;
  return (
    <form action={paths.promiseKept(promise.caseId, promise.id)} method="post">
      <VerbMarks visit={visit} />
      {from === undefined ? null : <input type="hidden" name="von" value={from} />}
      <button
        type="submit"
        class="td-link-button"
        aria-label={visit.t('workspace:promise.keepLabel', { what: promise.what })}
      >
        {visit.t('workspace:promise.keep')}
      </button>
    </form>
  );
};
