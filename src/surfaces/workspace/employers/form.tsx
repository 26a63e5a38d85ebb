import type { EmployerSaid } from '../../../modules/employers/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Button,
  type Content,
  type FieldProblem,
  Form,
  fieldId,
  Select,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { newCommand } from '../case/verb-marks.tsx';
import type { StaffVisit } from '../visit.ts';
import { longest, openedFields } from './said.ts';
import { kindOptions, sectorOptions } from './words.ts';

type Props = {
  readonly visit: StaffVisit;
  readonly action: string;
  /** What the fields show. */
  readonly said: EmployerSaid;
  /** What stands there now, where the form changes something. */
  readonly opened?: EmployerSaid | undefined;
  readonly problems: readonly FieldProblem[];
  readonly button: string;
};

/** What stands about an employer, as a form. */
export async function employerForm(tx: Tx, props: Props): Promise<Content> {
  const { visit, said, opened, problems } = props;
  const { t } = visit;
  const staff = (await allStaff(tx)).map((each) => ({ value: each.id, label: each.name }));
  const field = (name: keyof EmployerSaid) => ({
    t,
    name,
    label: t(`employers:field.${name}`),
    value: said[name],
    error: problems.find((each) => each.id === fieldId(name))?.text,
  });
  return (
    <Form
      action={props.action}
      csrf={visit.csrf}
      hidden={{ command: newCommand(visit) }}
      versions={opened && openedFields(opened)}
      typed={problems.length > 0}
    >
      <div class="tw-fields">
        <TextField {...field('name')} maxLength={longest.name} />
        <TextField {...field('place')} maxLength={longest.place} optional />
        <Select {...field('kind')} options={kindOptions(visit)} />
        <Select {...field('sector')} options={sectorOptions(visit)} empty={t('employers:noSector')} optional />
        <Select {...field('carerId')} options={staff} empty={t('employers:nobody')} optional />
      </div>
      <TextArea {...field('wants')} hint={t('employers:field.wantsHint')} rows={4} maxLength={longest.wants} optional />
      <Button>{props.button}</Button>
    </Form>
  );
}
