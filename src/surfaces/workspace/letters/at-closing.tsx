import {
  discardNotice,
  draftDays,
  keepNotice,
  type Notice,
  noticesOfCase,
  titleOf,
} from '../../../modules/notices/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type FieldProblem, fieldId } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { OpenChoices } from '../case/open-choices.tsx';
import type { FormProps } from '../case/verb-sheet.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';

const choiceName = (id: string): string => `brief-${id}`;
/** What becomes of a letter that somebody began: thrown away, or kept as it is; sent later, it opens the case where it decides. */
const choices = ['discard', 'keep'] as const;

/** Letters of a case that somebody began and nobody sent. Callers have asked who may see the case. */
export const draftsOfCase = async (tx: Tx, caseId: string): Promise<Notice[]> =>
  (await noticesOfCase(tx, caseId)).filter(({ state }) => state === 'draft');

/** Begun letters of a case that is to be closed: for each of them somebody says what becomes of it. */
export const LettersAtClosing = (props: FormProps) => {
  const { t } = props.visit;
  return (
    <OpenChoices
      {...props}
      text={t('notices:closing.text')}
      of={props.data.letterDrafts.map((each) => ({
        name: choiceName(each.id),
        label: t('notices:closing.letter', { title: titleOf(each) }),
        options: choices.map((value) => ({
          value,
          label: t(`notices:closing.${value}`),
          hint: t(`notices:closing.${value}Hint`, { days: draftDays }),
        })),
        below: (
          <p>
            <a href={paths.letter(each.id)}>{t('notices:closing.open', { title: titleOf(each) })}</a>
          </p>
        ),
      }))}
    />
  );
};

/** Begun letters of which nobody said what becomes of them. */
export const undecidedLetters = async (tx: Tx, visit: StaffVisit, caseId: string): Promise<FieldProblem[]> =>
  (await draftsOfCase(tx, caseId))
    .filter(({ id }) => !choices.some((each) => each === one(visit.input, choiceName(id))))
    .map(({ id }) => ({ id: fieldId(choiceName(id)), text: visit.t('notices:problem.atClosing') }));

/** Throws those away of which that was said; the days of the others count from now. */
export async function settleLetters(tx: Tx, visit: StaffVisit, caseId: string): Promise<void> {
  const act = { actor: visit.actor, reader: visit.reader };
  for (const { id } of await draftsOfCase(tx, caseId)) {
    const settle = one(visit.input, choiceName(id)) === 'discard' ? discardNotice : keepNotice;
    await settle(tx, { ...act, noticeId: id });
  }
}
