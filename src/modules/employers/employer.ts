import { comparable } from '../../kernel/text.ts';

/** Who offers work, who offers training and measures (§ 16 SGB II), and everybody else one works with: chambers, associations, advice. */
export const employerKinds = ['employer', 'provider', 'network'] as const;
export type EmployerKind = (typeof employerKinds)[number];

/** In what they work: plain words for the sections of the official classification (WZ 2008) that matter to who looks for work. */
export const sectors = [
  'crafts',
  'construction',
  'industry',
  'agriculture',
  'trade',
  'transport',
  'hospitality',
  'cleaning',
  'care',
  'education',
  'office',
  'it',
  'public',
  'temporary',
  'other',
] as const;
export type Sector = (typeof sectors)[number];

/** What staff write about an employer; the sector and who looks after them may be open. */
export type EmployerSaid = {
  readonly kind: EmployerKind;
  readonly name: string;
  readonly place: string;
  readonly sector: Sector | '';
  /** What they look for, and what one has to know. Nothing about people. */
  readonly wants: string;
  /** Who of the Jobcenter looks after them, by id; empty for nobody. */
  readonly carerId: string;
};
export const employerFields = [
  'kind',
  'name',
  'place',
  'sector',
  'wants',
  'carerId',
] as const satisfies readonly (keyof EmployerSaid)[];

export type Employer = EmployerSaid & {
  readonly id: string;
  readonly changedAt: Date;
  readonly changedBy: string;
  /** The one of the list that this is really; null while it stands for itself. */
  readonly mergedInto: string | null;
};

/** How somebody at an employer's is reached at work. */
export type ContactSaid = {
  readonly name: string;
  readonly task: string;
  readonly phone: string;
  readonly email: string;
};
export const contactFields = ['name', 'task', 'phone', 'email'] as const satisfies readonly (keyof ContactSaid)[];

/** An employer in one line, as it is chosen and shown. */
export const employerLabel = ({ name, place }: Pick<Employer, 'name' | 'place'>): string =>
  place === '' ? name : `${name}, ${place}`;

const words = (text: string): string[] =>
  comparable(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Name and place as they are searched for. */
export const searchText = ({ name, place }: Pick<Employer, 'name' | 'place'>): string =>
  [...words(name), ...words(place)].join(' ');

/** What stands behind a name and tells nobody apart: forms of companies (§§ 4, 5a GmbHG, § 19 HGB, § 4 AktG), and the & between names. */
const forms = new Set([
  'gmbh',
  'ggmbh',
  'ug',
  'haftungsbeschraenkt',
  'ag',
  'kg',
  'ohg',
  'gbr',
  'egbr',
  'ek',
  'ev',
  'eg',
  'co',
  'se',
  'mbh',
  'und',
  'e',
  'k',
  'v',
]);

/** Equal for two that are probably one: the same name without its form of company, at the same place. */
export const alikeText = ({ name, place }: Pick<Employer, 'name' | 'place'>): string => {
  const said = words(name);
  const known = said.filter((word) => !forms.has(word));
  return [(known.length === 0 ? said : known).join(''), words(place).join('')].join(' ');
};

export type Merged<T> = {
  readonly value: T;
  /** Fields that both changed, and not to the same. */
  readonly conflicts: readonly (keyof T)[];
};

/**
 * What two people made of one record: what only one of them changed counts, from wherever the form was opened. Where both changed one field, the
 * second one has to see both.
 */
export function mergeSaid<T extends Readonly<Record<string, string>>>(
  fields: readonly (keyof T & string)[],
  { opened, now, mine }: { readonly opened: T; readonly now: T; readonly mine: T },
): Merged<T> {
  const value: Record<string, string> = { ...now };
  const conflicts: (keyof T)[] = [];
  for (const field of fields) {
    if (mine[field] === opened[field]) continue;
    if (now[field] !== opened[field] && now[field] !== mine[field]) conflicts.push(field);
    value[field] = mine[field] ?? '';
  }
  return { value: value as T, conflicts };
}
