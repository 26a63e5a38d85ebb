import { z } from 'zod';
import { type OwnText, ownDefinition, type Target } from './definition.ts';

/**
 * Where fields stand together: the head of a case, the board of facts, a note, the head of a file (household and person) and what stands beside its
 * papers; and own fields by what they hang on, those of online forms too.
 */
export const spots = [
  ...(['head', 'board', 'note', 'household', 'file'] as const),
  ...(['own-case', 'own-person', 'own-household', 'own-note', 'own-form'] as const),
] as const;
export type Spot = (typeof spots)[number];
/** What own fields of a place hang on. */
export const ownTargets = {
  'own-case': 'case',
  'own-person': 'person',
  'own-household': 'household',
  'own-note': 'note',
  'own-form': 'form',
} as const satisfies Partial<Record<Spot, Target>>;
export const isOwnSpot = (spot: Spot): spot is keyof typeof ownTargets => Object.hasOwn(ownTargets, spot);
export const isSpot = (text: string): text is Spot => spots.some((spot) => spot === text);

/** What a place holds that comes with Tandem. `required`: no house and no team can hide it; the words of the page say which law or need that is. */
export type ShippedField = { readonly key: string; readonly required: boolean };

const must = (key: string): ShippedField => ({ key, required: true });
const may = (key: string): ShippedField => ({ key, required: false });

/**
 * The fields that come with Tandem, in their order. Required is what tells one person from another (Art. 5 (1) d DSGVO), a day on which rights hang
 * (§ 16 (2) SGB I, § 88 SGG), to whom and how something is told (§§ 13, 37 SGB X), where money goes (§ 42 SGB II), what is asked of the person
 * (§§ 60, 66 SGB I), without what a note would be found by nobody or by the wrong people (§ 25 SGB X, § 203 StGB), and at a file the way to hand it out
 * and what keeps it from being deleted (§ 25 SGB X, Art. 15, 18 DSGVO).
 */
export const shippedFields: Readonly<Record<Spot, readonly ShippedField[]>> = {
  head: [
    ...[must('number'), must('birthDate'), must('due'), must('arrived'), may('team'), may('assignee'), must('person')],
    ...[may('email'), must('bank')],
  ],
  board: [
    ...[must('household'), may('reach'), must('letters'), may('language'), must('helper'), may('until')],
    ...[must('missing'), may('address'), may('free'), may('appointment'), may('agreed')],
  ],
  note: [must('topic'), must('whom'), may('way'), may('day')],
  household: [must('fileNumber'), must('members')],
  file: [must('ways'), must('cases'), may('own'), must('holds')],
  'own-case': [],
  'own-person': [],
  'own-household': [],
  'own-note': [],
  'own-form': [],
};

/** One line of an order. `label`: what the house calls a field that comes with Tandem; an own field is renamed where it is defined. */
export const orderEntry = z.strictObject({
  field: z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,39}$/),
  hidden: z.boolean(),
  label: ownDefinition.shape.label.optional(),
});
export type OrderEntry = z.infer<typeof orderEntry>;

/** A field as it stands at a place for the cases of a team. */
export type PlacedField = ShippedField & { readonly hidden: boolean; readonly label: OwnText | undefined };

/**
 * The fields of a place by the order of the team, else of the house, else as they come; what an order does not name follows behind. Hidden is what
 * either hides, and never what is required, whatever stands in an order: a later release may come to need a field. Names are the house's.
 */
export function placeFields(
  fields: readonly ShippedField[],
  house: readonly OrderEntry[] | undefined,
  team: readonly OrderEntry[] | undefined,
): PlacedField[] {
  const order = team ?? house ?? [];
  const named = (entries: readonly OrderEntry[] | undefined, key: string) =>
    entries?.find((each) => each.field === key);
  const place = (key: string): number => {
    const at = order.findIndex((each) => each.field === key);
    return at < 0 ? order.length : at;
  };
  return fields
    .map((each) => {
      const ofHouse = named(house, each.key);
      const hidden = ofHouse?.hidden === true || named(team, each.key)?.hidden === true;
      return { ...each, hidden: hidden && !each.required, label: ofHouse?.label };
    })
    .toSorted((a, b) => place(a.key) - place(b.key));
}
