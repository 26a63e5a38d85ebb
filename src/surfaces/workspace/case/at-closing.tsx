import {
  type ClosingChoices,
  itemsAtClosing,
  openFollowUps,
  openPromises,
  openRequiredItems,
  promisesAtClosing,
  type StillOpen,
} from '../../../modules/cases/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type FieldProblem, fieldId, formatDate, formatDateTime } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { StaffVisit } from '../visit.ts';
import { OpenChoices } from './open-choices.tsx';
import type { FormProps } from './verb-sheet.tsx';

const itemName = (itemId: string): string => `papier-${itemId}`;
const promiseName = (promiseId: string): string => `zusage-${promiseId}`;
const followUpName = (followUpId: string): string => `folge-${followUpId}`;
const whyName = 'followWhy';

/** What becomes of papers that are still asked for when the case is closed. */
export const ItemsAtClosing = (props: FormProps) => {
  const { t, language } = props.visit;
  return (
    <OpenChoices
      {...props}
      text={t('workspace:closing.text')}
      of={props.data.items
        .filter((each) => each.fulfilledAt === null && each.withdrawnAt === null)
        .map((each) => ({
          name: itemName(each.id),
          label: t('workspace:closing.item', { what: each.what, date: formatDate(each.dueOn, language) }),
          options: itemsAtClosing.map((value) => ({
            value,
            label: t(`workspace:closing.${value}`),
            hint: t(`workspace:closing.${value}Hint`),
          })),
        }))}
    />
  );
};

/** What becomes of what the office promised and has not done. */
export const PromisesAtClosing = (props: FormProps) => {
  const { t, language } = props.visit;
  return (
    <OpenChoices
      {...props}
      text={t('workspace:closing.promises')}
      of={props.data.promises.map((each) => ({
        name: promiseName(each.id),
        label: t('workspace:closing.promise', { what: each.what, date: formatDateTime(each.dueAt, language, t) }),
        options: promisesAtClosing.map((value) => ({
          value,
          label: t(`workspace:closing.${value}`),
          hint: t(`workspace:closing.${value}Hint`),
        })),
      }))}
    />
  );
};

/** What becomes of open follow-ups when the case is closed: each is ended, or kept with a reason. */
export const FollowUpsAtClosing = (props: FormProps) => {
  const { t, language } = props.visit;
  return (
    <OpenChoices
      {...props}
      text={t('myday:close.text')}
      of={props.data.followUps.map((each) => ({
        name: followUpName(each.id),
        label: `${formatDate(each.dueOn, language)}: ${each.reason}`,
        options: [
          { value: 'beenden', label: t('myday:close.end') },
          { value: 'behalten', label: t('myday:close.keep') },
        ],
      }))}
      why={{ name: whyName, label: t('myday:close.why') }}
    />
  );
};

/** What was said about the papers, promises and follow-ups that are still open in a case that is to be closed. */
export async function readChoices(tx: Tx, visit: StaffVisit, caseId: string): Promise<ClosingChoices> {
  const items = (await openRequiredItems(tx, caseId)).flatMap(({ id }) => {
    const chosen = itemsAtClosing.find((each) => each === one(visit.input, itemName(id)));
    return chosen === undefined ? [] : [[id, chosen] as const];
  });
  const promises = (await openPromises(tx, caseId)).flatMap(({ id }) => {
    const chosen = promisesAtClosing.find((each) => each === one(visit.input, promiseName(id)));
    return chosen === undefined ? [] : [[id, chosen] as const];
  });
  const followUps = (await openFollowUps(tx, caseId)).map(({ id }) => id);
  const chosen = (value: string) => followUps.filter((id) => one(visit.input, followUpName(id)) === value);
  return {
    staffId: visit.staff.id,
    items: new Map(items),
    promises: new Map(promises),
    end: chosen('beenden'),
    keep: chosen('behalten'),
    why: one(visit.input, whyName).slice(0, 500).trim(),
  };
}

type Undecided = { readonly before: readonly FieldProblem[]; readonly after: readonly FieldProblem[] };

/**
 * What is missing: a choice for each paper, promise and follow-up, and a reason for follow-ups that stay; `before` and `after` the appointments, as they
 * stand in the form.
 */
export function undecided(visit: StaffVisit, open: StillOpen): Undecided {
  const at = (name: string, key: string): FieldProblem => ({ id: fieldId(name), text: visit.t(key) });
  const unsaid = open.followUps.filter((id) => !['beenden', 'behalten'].includes(one(visit.input, followUpName(id))));
  return {
    before: [
      ...open.items.map((id) => at(itemName(id), 'workspace:problem.itemAtClosing')),
      ...open.promises.map((id) => at(promiseName(id), 'workspace:problem.promiseAtClosing')),
    ],
    after: [
      ...unsaid.map((id) => at(followUpName(id), 'myday:problem.open')),
      ...(unsaid.length < open.followUps.length ? [at(whyName, 'myday:problem.keepWhy')] : []),
    ],
  };
}
