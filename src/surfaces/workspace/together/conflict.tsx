import type { CaseField } from '../../../modules/cases/index.ts';
import { type FieldState, joinTexts, judgeField } from '../../../modules/together/index.ts';
import { Button, formatDateTime, Icon } from '../../../ui/index.ts';
import { type FormInput, one } from '../../request.ts';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

/** A field that two people may write: whose it is, what stands there now, and what this form wants to write. */
export type Guarded = {
  readonly subjectId: string;
  readonly field: CaseField | 'email' | 'appointment';
  /** The version, locked before `theirs` was read: nobody writes in between. */
  readonly state: FieldState;
  /** Both as they are compared. */
  readonly theirs: string;
  readonly mine: string;
  /** Both as a person reads them. */
  readonly theirWords: string;
  readonly myWords: string;
  /** The text fields that can hold both, with what stands there now: theirs is put before mine. */
  readonly joinable?: Readonly<Record<string, string>>;
};

/** Two people wrote the same field: what the second one sees, and chooses from. */
export type Conflict = Pick<Guarded, 'theirWords' | 'myWords' | 'joinable'> & {
  readonly writer: FieldState;
  readonly version: number;
};

/**
 * Says whether a form may write its field: it may when nobody wrote since it was opened, or wrote the same. A form that does not say
 * which version it was opened at is not checked.
 */
export function collide(input: FormInput, guarded: Guarded | undefined): Conflict | undefined {
  const opened = one(input, 'stand');
  if (guarded === undefined || !/^\d{1,9}$/.test(opened)) return undefined;
  const { state } = guarded;
  const { mine, theirs, theirWords, myWords, joinable } = guarded;
  const verdict = judgeField({ opened: Number(opened), now: state.version, mine, theirs });
  if (verdict !== 'conflict') return undefined;
  return {
    theirWords,
    myWords,
    writer: state,
    version: state.version,
    ...(joinable === undefined ? {} : { joinable }),
  };
}

/** What was typed, with both texts in the fields that can hold both. */
export const withBoth = (input: FormInput, joinable: Readonly<Record<string, string>>): FormInput => ({
  ...input,
  ...Object.fromEntries(Object.entries(joinable).map(([name, theirs]) => [name, joinTexts(theirs, one(input, name))])),
});

/** The person who wrote last, in words: staff by name. */
const writerWords = (visit: StaffVisit, { writerKind, writerName }: FieldState): string =>
  writerKind === 'client' || writerName === '' ? visit.t('together:conflict.somebody') : writerName;

/** Both texts beside each other. It takes the focus, so that nobody overlooks it. */
export const ConflictNote = ({ visit, conflict }: { visit: StaffVisit; conflict: Conflict }) => {
  const { t, language } = visit;
  const name = writerWords(visit, conflict.writer);
  const at = conflict.writer.writtenAt;
  return (
    <div class="kern-alert kern-alert--warning tw-conflict" role="alert" tabindex={-1} autofocus id="conflict">
      <div class="kern-alert__header">
        <Icon name="warning" />
        <h3 class="kern-title">{t('together:conflict.title', { name })}</h3>
      </div>
      <div class="kern-alert__body">
        <dl class="tw-conflict__both">
          <div>
            <dt>{t('together:conflict.theirs', { name, at: at === null ? '' : formatDateTime(at, language, t) })}</dt>
            <dd>{conflict.theirWords}</dd>
          </div>
          <div>
            <dt>{t('together:conflict.mine')}</dt>
            <dd>{conflict.myWords}</dd>
          </div>
        </dl>
        <p>{t('together:conflict.nothingLost')}</p>
      </div>
    </div>
  );
};

/** Keep mine, take theirs, or both where one field can hold both. `leave` is the address without this form. */
export const ConflictChoices = (props: { visit: StaffVisit; conflict: Conflict; leave: string }) => {
  const { visit, conflict } = props;
  const name = writerWords(visit, conflict.writer);
  return (
    <>
      <Button>{visit.t('together:conflict.keepMine')}</Button>
      {conflict.joinable === undefined ? null : (
        <Button variant="secondary" name="beides" value="ja">
          {visit.t('together:conflict.both')}
        </Button>
      )}
      <Button variant="secondary" action={paths.draftDrop} name="nach" value={props.leave}>
        {visit.t('together:conflict.takeTheirs', { name })}
      </Button>
    </>
  );
};
