import { isId } from '../../../kernel/ids.ts';
import { comparable, plainLine } from '../../../kernel/text.ts';
import { type Employer, employerLabel, findEmployers, listEmployers } from '../../../modules/employers/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type Content, type FieldProblem, fieldId, RadioGroup, TextField } from '../../../ui/index.ts';
import { type FormInput, one } from '../../request.ts';
import { errorOf, type FormProps } from '../case/verb-sheet.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { longest } from './said.ts';

/** So many names are asked about, and so many stand in the list of the field where no script fetches those that fit. */
const few = 6;
const listed = 200;
/** Nobody of the list: the words stay as they are, and can be linked later. */
export const wordsAlone = 'text';

const choiceName = (name: string): string => `${name}Wahl`;
const askedName = (name: string): string => `${name}Gefragt`;
const typedIn = (input: FormInput, name: string): string =>
  plainLine(one(input, name))
    .trim()
    .slice(0, longest.name + longest.place);

/** Whom somebody means by what they typed: one of the list, or only the words. */
export type Meant = { readonly kind: 'meant'; readonly words: string; readonly employerId: string | null };
/** `ask`: the list has some that may be meant, and nothing is put together blindly. `none`: it has none like that. */
export type Chosen = Meant | { readonly kind: 'ask' } | { readonly kind: 'none'; readonly words: string };

/** Reads what was typed and chosen. A line of the list as it stands there is a choice; anything else that may be one of the list is asked about. */
export async function chosenEmployer(tx: Tx, input: FormInput, name: string): Promise<Chosen> {
  const words = typedIn(input, name);
  const choice = one(input, choiceName(name));
  if (words === '') return { kind: 'meant', words, employerId: null };
  const found = await findEmployers(tx, words, few);
  if (found.length === 0) return { kind: 'none', words };
  const same = (each: Employer): boolean => comparable(employerLabel(each)) === comparable(words);
  const exact = found.filter((each) => each.place !== '' && same(each));
  const asked = one(input, askedName(name)) === words;
  if (asked && choice === wordsAlone) return { kind: 'meant', words, employerId: null };
  const chosen = asked && isId(choice) ? found.find((each) => each.id === choice) : undefined;
  const one_ = chosen ?? (exact.length === 1 ? exact[0] : undefined);
  return one_ === undefined ? { kind: 'ask' } : { kind: 'meant', words: employerLabel(one_), employerId: one_.id };
}

/** What is wrong where nobody chose yet. */
export const chooseProblem = ({ t }: StaffVisit, name: string): FieldProblem => ({
  id: fieldId(choiceName(name)),
  text: t('employers:problem.choose'),
});

type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What stands there before anybody types. */
  readonly otherwise?: string;
  /** What a verb asks of itself: it offers those that fit at once. */
  readonly offer?: boolean;
};

/** One line for an employer: typed freely, with the names of the list that fit; and the question which of them is meant, where it was asked. */
export async function employerField(tx: Tx, props: FormProps, field: FieldProps): Promise<Content> {
  const { visit, view } = props;
  const { t } = visit;
  const { name, otherwise = '' } = field;
  const words = typedIn(view.input, name) || otherwise;
  const asks = field.offer === true || errorOf(view, choiceName(name)) !== undefined;
  const asked = words !== '' && (asks || one(view.input, askedName(name)) === words);
  const found = asked ? await findEmployers(tx, words, few) : [];
  const all = (await listEmployers(tx, {}, undefined, listed)).rows;
  return (
    <>
      <TextField
        t={t}
        name={name}
        label={field.label}
        hint={field.hint}
        value={words}
        error={errorOf(view, name)}
        maxLength={longest.name + longest.place}
        autocomplete="off"
        suggestions={{ words: all.map(employerLabel), from: paths.employerNames }}
        optional
      />
      {found.length === 0 ? null : (
        <>
          <input type="hidden" name={askedName(name)} value={words} />
          <RadioGroup
            t={t}
            name={choiceName(name)}
            label={t('employers:which')}
            value={one(view.input, choiceName(name))}
            error={errorOf(view, choiceName(name))}
            options={[
              ...found.map((each) => ({
                value: each.id,
                label: employerLabel(each),
                hint: [t(`employers:kind.${each.kind}`), each.sector === '' ? '' : t(`employers:sector.${each.sector}`)]
                  .filter((word) => word !== '')
                  .join(' · '),
              })),
              { value: wordsAlone, label: t('employers:noneOfThem') },
            ]}
          />
        </>
      )}
    </>
  );
}
