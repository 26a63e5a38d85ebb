import {
  type DefinitionProblem,
  inLanguage,
  isSensitive,
  type OwnDefinition,
  type OwnText,
  type PlacedField,
  type Spot,
} from '../../../modules/fields/index.ts';
import { Badge, DescriptionList } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';
import type { Here } from './known.ts';

/** The name of a field in the reader's language. */
export const labelOf = (visit: StaffVisit, definition: OwnDefinition): string =>
  inLanguage(definition.label, visit.language);

/** What a field that comes with Tandem is called: by the house, else as it comes. */
export function fieldName(visit: StaffVisit, placed: readonly PlacedField[], spot: Spot, key: string): string {
  const label = placed.find((each) => each.key === key)?.label;
  return label === undefined ? shippedName(visit, spot, key) : inLanguage(label, visit.language);
}

/** What a field is called as it comes with Tandem. */
export function shippedName({ t }: Pick<StaffVisit, 't'>, spot: Spot, key: string): string {
  if (spot === 'head') return key === 'bank' ? t('workspace:bank.account') : t(`workspace:case.${key}`);
  if (spot === 'board') return t(`facts:group.${key}`);
  if (spot === 'household') return key === 'fileNumber' ? t('workspace:person.fileNumber') : t('file:members');
  if (spot === 'file') return t(`file:side.${key}`);
  return t(`contacts:field.${key}`);
}

/** What the house calls it, or what the page says by itself, where that says more than a name. */
export const nameOr = (
  visit: Pick<StaffVisit, 'language'>,
  placed: readonly PlacedField[],
  key: string,
  otherwise: string,
): string => {
  const label = placed.find((each) => each.key === key)?.label;
  return label === undefined ? otherwise : inLanguage(label, visit.language);
};

/** Whether a field stands at its place, or the house or the team hides it. */
export const isShown = (placed: readonly PlacedField[], key: string): boolean =>
  placed.find((each) => each.key === key)?.hidden !== true;

/** A problem of a definition as a sentence. */
export const problemText = ({ t }: StaffVisit, { why, name }: DefinitionProblem): string =>
  t(`own:problem.${why}`, { name: name ?? '' });

/** What kind of data it is; sensitive ones with a sign. */
export const Category = ({ visit, definition }: { visit: StaffVisit; definition: OwnDefinition }) => {
  const words = visit.t(`own:category.${definition.category}`);
  return isSensitive(definition.category) ? (
    <Badge tone="warning" icon>
      {words}
    </Badge>
  ) : (
    <span>{words}</span>
  );
};

/** For which concerns and team a field is. */
export function scopeWords({ t }: StaffVisit, here: Here, { concerns, team }: OwnDefinition): string {
  const ofConcern =
    concerns.length === 0
      ? t('own:scope.allConcerns')
      : concerns.map((key) => here.concerns.find((each) => each.value === key)?.label ?? key).join(', ');
  const ofTeam = team === null ? t('own:scope.allTeams') : (here.teams.find((each) => each.key === team)?.name ?? team);
  return `${ofConcern} · ${ofTeam}`;
}

type Line = { readonly key: string; readonly value: string };

/** Everything about a field in words, line by line. */
export function definitionLines(visit: StaffVisit, here: Here, definition: OwnDefinition): Line[] {
  const { t } = visit;
  const text = (value: OwnText): string => (value.en ? `${value.de} / ${value.en}` : value.de);
  const choices = definition.choices.map((choice) =>
    choice.removed ? t('own:choiceGone', { label: text(choice.label) }) : text(choice.label),
  );
  const lines: [string, string][] = [
    ['label', text(definition.label)],
    ['help', text(definition.help)],
    ['target', t(`own:target.${definition.target}`)],
    ['kind', t(`own:kind.${definition.kind}`)],
    ['choices', choices.join('; ')],
    ['scope', scopeWords(visit, here, definition)],
    ['purpose', definition.purpose],
    ['legalBasis', definition.legalBasis],
    ['category', t(`own:category.${definition.category}`)],
    ['writeHere', definition.writeHere],
    ['notHere', definition.notHere],
    ['years', t('own:yearsAfter', { count: definition.years })],
  ];
  return lines.filter(([, value]) => value !== '').map(([name, value]) => ({ key: t(`own:form.${name}`), value }));
}

export const DefinitionWords = (props: { visit: StaffVisit; here: Here; definition: OwnDefinition }) => (
  <DescriptionList rows={definitionLines(props.visit, props.here, props.definition)} />
);

/** What is another between two versions, in words; all of it where there was none before. */
export const Differences = (props: {
  visit: StaffVisit;
  here: Here;
  before: OwnDefinition | undefined;
  after: OwnDefinition;
}) => {
  const { visit, here, before, after } = props;
  const old = new Map((before === undefined ? [] : definitionLines(visit, here, before)).map((l) => [l.key, l.value]));
  const now = definitionLines(visit, here, after);
  const gone = [...old.keys()].filter((key) => !now.some((line) => line.key === key));
  const changed = [
    ...now.filter((line) => old.get(line.key) !== line.value),
    ...gone.map((key) => ({ key, value: '' })),
  ];
  if (changed.length === 0) return null;
  return (
    <DescriptionList
      rows={changed.map(({ key, value }) => ({
        key,
        value: old.has(key) ? (
          <>
            <del>{old.get(key)}</del> → {value === '' ? '–' : <ins>{value}</ins>}
          </>
        ) : (
          value
        ),
      }))}
    />
  );
};
