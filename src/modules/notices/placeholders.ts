/** What the text of a letter may leave open, to be filled from the case. Nothing else may stand between double braces. */
export const placeholders = [
  'person.name',
  'person.birthDate',
  'case.number',
  'case.concern',
  'case.arrived',
  'items',
  'deadline',
  'amount',
  'result',
  'today',
  'appointment.when',
  'appointment.where',
  'appointment.topic',
  'staff.name',
  'team.name',
  'team.phone',
  'jobcenter.name',
  'jobcenter.address',
  'jobcenter.phone',
  'jobcenter.email',
] as const;
export type Placeholder = (typeof placeholders)[number];

/** What a case has for each placeholder; `items` is a list. What is missing or empty cannot be filled. */
export type PlaceholderValues = Partial<Record<Exclude<Placeholder, 'items'>, string>> & {
  readonly items?: readonly string[];
};

/** What is wrong with a text: something between braces that is no placeholder, one that the case cannot fill, braces that do not close. */
export type PlaceholderProblem = { readonly code: 'unknown' | 'unfilled' | 'broken'; readonly name: string };

const pattern = /\{\{([^{}]*)\}\}/g;

export const isPlaceholder = (name: string): name is Placeholder => placeholders.some((each) => each === name);

/** What is wrong with a text before there is a case: unknown names and braces that do not close. */
export function checkPlaceholders(text: string): PlaceholderProblem[] {
  const problems: PlaceholderProblem[] = [];
  for (const [, inner = ''] of text.matchAll(pattern)) {
    const name = inner.trim();
    if (!isPlaceholder(name)) problems.push({ code: 'unknown', name });
  }
  const rest = text.replace(pattern, '…');
  const stray = /.{0,20}(\{\{|\}\}).{0,20}/.exec(rest);
  if (stray !== null) problems.push({ code: 'broken', name: stray[0].trim() });
  return distinct(problems);
}

/** The placeholders that a text uses. */
export const placeholdersIn = (text: string): Placeholder[] =>
  [...new Set([...text.matchAll(pattern)].map(([, inner = '']) => inner.trim()))].filter(isPlaceholder);

/** Whether a letter says when or where an appointment is. */
export const namesAppointment = (...texts: readonly string[]): boolean =>
  texts.some((text) => placeholdersIn(text).some((name) => name.startsWith('appointment.')));

/**
 * Fills a piece of text once: what comes from the case is never read for placeholders again. Gives what could not be filled; such a
 * place keeps its braces, so that it is seen.
 */
export function fillText(
  text: string,
  values: PlaceholderValues,
): { readonly text: string; readonly problems: PlaceholderProblem[] } {
  const problems = checkPlaceholders(text);
  const filled = text.replace(pattern, (whole, inner: string) => {
    const name = inner.trim();
    if (!isPlaceholder(name)) return whole;
    const value = name === 'items' ? (values.items ?? []).join('; ') : (values[name] ?? '');
    if (value.trim() !== '') return value;
    problems.push({ code: 'unfilled', name });
    return whole;
  });
  return { text: filled, problems: distinct(problems) };
}

const distinct = (problems: readonly PlaceholderProblem[]): PlaceholderProblem[] => [
  ...new Map(problems.map((each) => [`${each.code} ${each.name}`, each])).values(),
];
