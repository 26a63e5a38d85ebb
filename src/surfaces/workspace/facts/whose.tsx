import { type Fact, isUnnamed } from '../../../modules/facts/index.ts';
import type { Household } from '../../../modules/people/index.ts';
import { fieldId, Select } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';

/** Whether it is a question whose a fact is: it was read on a paper, nobody said, and more people than one belong to the household. */
export const asksWhose = (fact: Fact, household: Household | undefined): boolean =>
  isUnnamed(fact) && (household?.members.length ?? 0) > 1;

/** Whom of the household something is about that was read on a paper; a worker may leave it open. */
export const Whose = (props: {
  visit: StaffVisit;
  fact: Fact;
  household: Household;
  chosen?: string;
  error?: string | undefined;
}) => {
  const { visit, fact, household } = props;
  const { t } = visit;
  const people = household.members.map((each) => ({ value: each.id, label: `${each.givenName} ${each.familyName}` }));
  return (
    <Select
      t={t}
      id={fieldId(`whose-${fact.id}`)}
      name="whose"
      label={t('facts:whose.label')}
      value={props.chosen ?? ''}
      error={props.error}
      empty={t('facts:whose.open')}
      options={[...people, { value: 'household', label: t('facts:whose.household') }]}
      optional
      mark="none"
    />
  );
};
