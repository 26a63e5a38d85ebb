import type { EndedHold, LegalHold } from '../../../modules/files/index.ts';
import {
  Button,
  type Content,
  ErrorSummary,
  type FieldProblem,
  fieldId,
  formatDateTime,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { StaffVisit } from '../visit.ts';

type HoldListProps = {
  readonly visit: StaffVisit;
  readonly holds: readonly LegalHold[];
  /** What a hold keeps; undefined where the page says it already. */
  readonly keeps?: (hold: LegalHold) => Content;
  /** Where a lead ends a hold; undefined where it is not ended from here. */
  readonly end: (hold: LegalHold) => string | undefined;
  readonly problems: readonly FieldProblem[];
  /** Hidden fields of every form. */
  readonly marks: Content;
};

/** The field with which a hold is ended; each hold of a page has its own. */
export const endName = (holdId: string): string => `ende-${holdId}`;

const reasonOf = ({ t }: StaffVisit, { reason }: { readonly reason: string }): string =>
  reason === '' ? t('file:hold.cameAlong') : reason;

/** Open holds, each with its reason; a lead ends one by saying why, because afterwards something may be deleted for good. */
export function HoldList({ visit, holds, keeps, end, problems, marks }: HoldListProps) {
  const { t, language } = visit;
  return (
    <ul class="tw-file__cases">
      {holds.map((hold) => {
        const action = visit.staff.role === 'lead' ? end(hold) : undefined;
        const problem = problems.find((each) => each.id === fieldId(endName(hold.id)));
        return (
          <li>
            <span class="tw-typed">{reasonOf(visit, hold)}</span>
            <span class="tw-sub">
              {keeps === undefined ? null : <>{keeps(hold)} · </>}
              {hold.by}, {formatDateTime(hold.at, language, t)}
            </span>
            {action === undefined ? null : (
              <details open={problem !== undefined}>
                <summary>{t('file:hold.end')}</summary>
                <form action={action} method="post" class="td-form" novalidate>
                  {marks}
                  {problem === undefined ? null : <ErrorSummary t={t} problems={[problem]} />}
                  <TextField
                    t={t}
                    name={endName(hold.id)}
                    label={t('file:hold.endWhy')}
                    hint={t('file:hold.endHint')}
                    value={one(visit.input, endName(hold.id))}
                    maxLength={500}
                    error={problem?.text}
                  />
                  <Button variant="secondary" small>
                    {t('file:hold.end')}
                  </Button>
                </form>
              </details>
            )}
          </li>
        );
      })}
    </ul>
  );
}

type HoldFormProps = Pick<HoldListProps, 'visit' | 'problems' | 'marks'> & {
  readonly action: string;
  readonly summary: string;
  readonly label: string;
};

/** The form that keeps a file, or one document in it, from being deleted. */
export function HoldForm({ visit, action, summary, label, problems, marks }: HoldFormProps) {
  const { t } = visit;
  const own = problems.filter((each) => each.id === fieldId('sperrgrund'));
  return (
    <details open={own.length > 0}>
      <summary>{summary}</summary>
      <form action={action} method="post" class="td-form" novalidate>
        {marks}
        {own.length === 0 ? null : <ErrorSummary t={t} problems={own} />}
        <TextField
          t={t}
          name="sperrgrund"
          label={label}
          hint={t('file:hold.whyHint')}
          value={one(visit.input, 'sperrgrund')}
          maxLength={500}
          error={own[0]?.text}
        />
        <Button variant="secondary" small>
          {t('file:hold.save')}
        </Button>
      </form>
    </details>
  );
}

/** Holds that were ended: what they were for, who ended them and why. */
export function EndedHolds({ visit, ended }: { readonly visit: StaffVisit; readonly ended: readonly EndedHold[] }) {
  const { t, language } = visit;
  if (ended.length === 0) return null;
  return (
    <details>
      <summary>{t('file:hold.ended', { count: ended.length })}</summary>
      <ul class="tw-file__cases">
        {ended.map((hold) => (
          <li>
            <span class="tw-typed">{reasonOf(visit, hold)}</span>
            <span class="tw-sub">
              {t('file:hold.endedBy', { name: hold.endedBy, at: formatDateTime(hold.endedAt, language, t) })}
            </span>
            {hold.endedReason === null ? null : <span class="tw-typed">{hold.endedReason}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
