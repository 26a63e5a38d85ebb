import { comparable } from '../../kernel/text.ts';
import type { FormDefinition } from '../../modules/forms/index.ts';
import type { Language } from '../../platform/i18n/index.ts';

/** Words of a query, as they are compared; at most ten. */
const wordsOf = (query: string): string[] =>
  comparable(query.slice(0, 200))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1)
    .slice(0, 10);

/**
 * The concerns a query means, the best first: words of the title count most, then what people call it, then the summary.
 * Both languages are searched: many read one and type the other.
 */
export function searchConcerns(forms: readonly FormDefinition[], query: string): FormDefinition[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const scored = forms.map((form) => ({ form, score: words.reduce((sum, word) => sum + score(form, word), 0) }));
  return scored
    .filter(({ score: s }) => s > 0)
    .sort((a, b) => b.score - a.score || a.form.position - b.form.position)
    .map(({ form }) => form);
}

function score(form: FormDefinition, word: string): number {
  const both = (text: Readonly<Record<Language, string>>): string => comparable(`${text.de} ${text.en}`);
  if (both(form.title).includes(word)) return 4;
  const names = [...form.searchWords.de, ...form.searchWords.en].map(comparable);
  if (names.some((name) => name.includes(word) || (word.length > 4 && word.includes(name) && name.length > 3)))
    return 3;
  return both(form.summary).includes(word) ? 1 : 0;
}
