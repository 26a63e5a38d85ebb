import { canonicalJson, type Json } from '../../kernel/canonical.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import type { FrozenAnswers, FrozenItem } from './freeze.ts';

/** The key under which the answer to a field of a Jobcenter's own stands among the answers of a form begins so; no key of a shipped form does. */
export const ownAnswerPrefix = 'own_';

/**
 * Closes each answer to a question of the Jobcenter's own with a digest over the answer and a number that nobody can guess. What a receipt signs has the
 * digest in the place of the answer (`signedForm`): so the answer can be deleted when its years are over, and the receipt stays true. Without the number nobody
 * finds out by trying what was answered. Gives the keys of the answers as well.
 */
export function sealOwnAnswers(
  frozen: Json,
  answers: Readonly<Record<string, unknown>>,
  newSalt: () => string,
): { readonly frozen: Json; readonly fields: readonly string[] } {
  const fields: string[] = [];
  const sealed = mapItems(frozen, (item) => {
    if (!item.field.startsWith(ownAnswerPrefix) || answers[item.field] === undefined) return item;
    fields.push(item.field);
    const salted = { ...item, salt: newSalt() };
    return { ...salted, sha256: digestOf(salted) };
  });
  return { frozen: sealed, fields };
}

/** Frozen answers as a receipt signs them; without own questions they are themselves. */
export const signedForm = (frozen: Json): Json =>
  mapItems(frozen, (item) => {
    const { question, questionTitle, field, label } = item;
    return item.sha256 === undefined ? item : { question, questionTitle, field, label, sha256: item.sha256 };
  });

/** Whether every answer that is still there is the one that was closed. */
export function sealsHold(frozen: Json): boolean {
  let hold = true;
  mapItems(frozen, (item) => {
    if (item.salt !== undefined && item.sha256 !== digestOf(item)) hold = false;
    return item;
  });
  return hold;
}

const digestOf = ({ text, rows, salt }: FrozenItem): string =>
  sha256(canonicalJson({ text, rows: rows ?? null, salt: salt ?? null })).toString('hex');

type Signed = Pick<FrozenItem, 'question' | 'questionTitle' | 'field' | 'label' | 'sha256'>;

function mapItems(frozen: Json, change: (item: FrozenItem) => FrozenItem | Signed): Json {
  const sections = (frozen as Partial<FrozenAnswers> | null)?.sections;
  if (!Array.isArray(sections)) return frozen; // what a program sent without questions
  const changed = (sections as FrozenAnswers['sections']).map((section) => ({
    ...section,
    items: section.items.map(change),
  }));
  return { ...(frozen as object), sections: changed } as unknown as Json;
}
