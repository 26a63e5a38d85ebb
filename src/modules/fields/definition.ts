import { z } from 'zod';
import { languages } from '../../platform/i18n/index.ts';

/** What a field hangs on. `note`: it is written with a note and stays with it. `form`: it is asked on the last page of the online form of a concern. */
export const targets = ['case', 'person', 'household', 'note', 'form'] as const;
export type Target = (typeof targets)[number];
/** Targets whose values the office writes; those of a form are frozen with its answers. */
export type ValueTarget = Exclude<Target, 'form'>;

export const ownKinds = ['text', 'longtext', 'number', 'money', 'date', 'yes-no', 'one', 'several'] as const;
export type OwnKind = (typeof ownKinds)[number];
export const hasChoices = (kind: OwnKind): boolean => kind === 'one' || kind === 'several';

/** Data that may be processed by exception only: the categories of Art. 9 (1) DSGVO, and criminal convictions (Art. 10 DSGVO). */
export const sensitiveCategories = [
  'health',
  'origin',
  'opinion',
  'belief',
  'union',
  'genetic',
  'biometric',
  'sexuality',
  'conviction',
] as const;

/** `none`: says nothing about a person; `social`: social data (§ 67 (2) SGB X). */
export const ownCategories = ['none', 'social', ...sensitiveCategories] as const;
export type OwnCategory = (typeof ownCategories)[number];

/** Whether a field of this category exists only with the approval of the data protection officer. */
export const isSensitive = (category: OwnCategory): boolean =>
  (sensitiveCategories as readonly string[]).includes(category);

const text = (most: number) => z.string().trim().max(most);
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const [german, ...others] = languages;
/** German, and any other language of the house; a missing one falls back to German. */
const localized = (most: number) =>
  z.strictObject({
    [german]: text(most),
    ...Object.fromEntries(others.map((language) => [language, text(most).optional()])),
  } as { de: z.ZodString; en: z.ZodOptional<z.ZodString> });

/**
 * What a field is (§ 67a SGB X: collected for a purpose and by a law; Art. 13 DSGVO: both are said; Art. 5 (1) e DSGVO: an end).
 * `writeHere` and `notHere` stand beside the field while somebody types.
 */
export const ownDefinition = z.strictObject({
  label: localized(120),
  help: localized(500),
  target: z.enum(targets),
  kind: z.enum(ownKinds),
  /** A removed choice is no longer offered and stays readable where it stands. */
  choices: z.array(z.strictObject({ key: slug, label: localized(120), removed: z.boolean() })).max(60),
  /** Keys of concerns; none means all of them. */
  concerns: z.array(slug).max(60),
  /** Key of the team whose cases it is for; null means all teams. */
  team: slug.nullable(),
  purpose: text(500),
  legalBasis: text(300),
  category: z.enum(ownCategories),
  writeHere: text(500),
  notHere: text(500),
  /** Whole years after the end of the year in which the case was closed. */
  years: z.int().min(0).max(30),
});
export type OwnDefinition = z.infer<typeof ownDefinition>;
export type OwnText = OwnDefinition['label'];

/** A text in a language, German where it is missing. */
export const inLanguage = (text: OwnText, language: string): string =>
  (language === 'de' ? undefined : (text as Readonly<Record<string, string | undefined>>)[language]) || text.de;

/** Something that must be put right before a field can be: the place in the definition, and a sentence under `own:problem`. */
export type DefinitionProblem = { readonly at: string; readonly why: string; readonly name?: string };

/** What this Jobcenter knows: a definition may name only its concerns and teams. */
export type Known = { readonly concerns: readonly string[]; readonly teams: readonly string[] };

/** What is wrong with a definition of the right shape; empty when it can be used. */
export function checkOwnDefinition(definition: OwnDefinition, known: Known): DefinitionProblem[] {
  const { choices, kind } = definition;
  const offered = choices.filter((choice) => !choice.removed);
  const named = choices.map((choice) => choice.label.de.toLowerCase()).filter((label) => label !== '');
  const wordy = kind === 'text' || kind === 'longtext';
  const unless = (fine: boolean, at: string, why: string, name?: string): DefinitionProblem[] =>
    fine ? [] : [{ at, why, ...(name === undefined ? {} : { name }) }];
  return [
    ...unless(definition.label.de !== '', 'label.de', 'label'),
    ...unless(!hasChoices(kind) || offered.length > 0, 'choices', 'choices'),
    ...unless(hasChoices(kind) || choices.length === 0, 'choices', 'noChoices'),
    ...unless(new Set(named).size === named.length, 'choices', 'choiceTwice'),
    ...unless(new Set(choices.map((choice) => choice.key)).size === choices.length, 'choices', 'choiceKeyTwice'),
    ...unless(
      choices.every((choice) => choice.label.de !== ''),
      'choices',
      'choiceEmpty',
    ),
    ...definition.concerns
      .filter((key) => !known.concerns.includes(key))
      .flatMap((key) => unless(false, 'concerns', 'concern', key)),
    ...unless(
      definition.team === null || known.teams.includes(definition.team),
      'team',
      'team',
      definition.team ?? undefined,
    ),
    ...unless(definition.target !== 'form' || definition.team === null, 'team', 'formTeam'),
    ...unless(definition.purpose !== '', 'purpose', 'purpose'),
    ...unless(definition.legalBasis !== '', 'legalBasis', 'legalBasis'),
    ...unless(!wordy || definition.writeHere !== '', 'writeHere', 'writeHere'),
    ...unless(!wordy || definition.notHere !== '', 'notHere', 'notHere'),
  ];
}
