import {
  type ClosingChoices,
  type FollowUp,
  itemsAtClosing,
  openFollowUps,
  openRequiredItems,
  type StillOpen,
} from '../../../modules/cases/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type FieldProblem, fieldId, formatDate, RadioGroup, TextArea } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import type { StaffVisit } from '../visit.ts';
import { errorOf, type FormProps } from './verb-sheet.tsx';

const itemName = (itemId: string): string => `papier-${itemId}`;
const followUpName = (followUpId: string): string => `folge-${followUpId}`;
const whyName = 'followWhy';

/** What becomes of papers that are still asked for when the case is closed. */
export const ItemsAtClosing = ({ visit, data, view }: FormProps) => {
  const { t, language } = visit;
  const open = data.items.filter((each) => each.fulfilledAt === null && each.withdrawnAt === null);
  if (open.length === 0) return null;
  return (
    <>
      <p>{t('workspace:closing.text')}</p>
      {open.map((each) => (
        <RadioGroup
          t={t}
          name={itemName(each.id)}
          label={t('workspace:closing.item', { what: each.what, date: formatDate(each.dueOn, language) })}
          value={one(view.input, itemName(each.id))}
          error={errorOf(view, itemName(each.id))}
          options={itemsAtClosing.map((value) => ({
            value,
            label: t(`workspace:closing.${value}`),
            hint: t(`workspace:closing.${value}Hint`),
          }))}
        />
      ))}
    </>
  );
};

const FollowUpChoice = ({ visit, view, each }: FormProps & { each: FollowUp }) => (
  <RadioGroup
    t={visit.t}
    name={followUpName(each.id)}
    label={`${formatDate(each.dueOn, visit.language)}: ${each.reason}`}
    value={one(view.input, followUpName(each.id))}
    error={errorOf(view, followUpName(each.id))}
    options={[
      { value: 'beenden', label: visit.t('myday:close.end') },
      { value: 'behalten', label: visit.t('myday:close.keep') },
    ]}
  />
);

/** What becomes of open follow-ups when the case is closed: each is ended, or kept with a reason. */
export const FollowUpsAtClosing = (props: FormProps) => {
  const { visit, data, view } = props;
  const { t } = visit;
  if (data.followUps.length === 0) return null;
  return (
    <>
      <p>{t('myday:close.text')}</p>
      {data.followUps.map((each) => (
        <FollowUpChoice {...props} each={each} />
      ))}
      <TextArea
        t={t}
        name={whyName}
        label={t('myday:close.why')}
        value={one(view.input, whyName)}
        error={errorOf(view, whyName)}
        rows={2}
        maxLength={500}
        optional
        mark="none"
      />
    </>
  );
};

/** What was said about the papers and follow-ups that are still open in a case that is to be closed. */
export async function readChoices(tx: Tx, visit: StaffVisit, caseId: string): Promise<ClosingChoices> {
  const items = (await openRequiredItems(tx, caseId)).flatMap(({ id }) => {
    const chosen = itemsAtClosing.find((each) => each === one(visit.input, itemName(id)));
    return chosen === undefined ? [] : [[id, chosen] as const];
  });
  const followUps = (await openFollowUps(tx, caseId)).map(({ id }) => id);
  const chosen = (value: string) => followUps.filter((id) => one(visit.input, followUpName(id)) === value);
  return {
    staffId: visit.staff.id,
    items: new Map(items),
    end: chosen('beenden'),
    keep: chosen('behalten'),
    why: one(visit.input, whyName).slice(0, 500).trim(),
  };
}

/** What is missing: a choice for each paper and follow-up, and a reason for follow-ups that stay. */
export function undecided(visit: StaffVisit, open: StillOpen): FieldProblem[] {
  const at = (name: string, key: string): FieldProblem => ({ id: fieldId(name), text: visit.t(key) });
  const unsaid = open.followUps.filter((id) => !['beenden', 'behalten'].includes(one(visit.input, followUpName(id))));
  return [
    ...open.items.map((id) => at(itemName(id), 'workspace:problem.itemAtClosing')),
    ...unsaid.map((id) => at(followUpName(id), 'myday:problem.open')),
    ...(unsaid.length < open.followUps.length ? [at(whyName, 'myday:problem.keepWhy')] : []),
  ];
}
