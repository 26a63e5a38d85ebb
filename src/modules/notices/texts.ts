import type { Actor } from '../../kernel/actor.ts';
import { actorId, actorName } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Language } from '../../platform/i18n/index.ts';
import { recordAudit } from '../audit/index.ts';
import { checkPlaceholders, type PlaceholderProblem } from './placeholders.ts';
import { accountTemplate, remedyBlock, shippedBlocks, shippedTemplates } from './shipped.ts';
import type { NoticeTables } from './tables.ts';
import {
  sameWords,
  type Translatable,
  type Translations,
  translationLanguages,
  translationProblems,
} from './translation.ts';

/** A piece of text that letters are put together from (Textbaustein), with its translations. */
export type BlockText = {
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly translations: Translations;
};

/** Who must release a letter: somebody else always, above an amount, or never. */
export type ReleaseRule = 'always' | 'above' | 'never';

/** What a letter is begun from. A `notice` is an administrative act (Verwaltungsakt, § 31 SGB X): it needs reasons and the remedy. */
export type TemplateText = {
  readonly key: string;
  readonly title: string;
  readonly subject: string;
  readonly kind: 'letter' | 'notice';
  /** The office has a choice here: what was weighed must be said (§ 35 (1) sentence 3 SGB X). */
  readonly discretion: boolean;
  readonly blocks: readonly string[];
  readonly release: ReleaseRule;
  readonly aboveCents: number;
};

/** Where a text comes from: shipped, or written here, in which version, by whom, when and why. */
export type Origin =
  | { readonly version: 0 }
  | { readonly version: number; readonly at: Date; readonly by: string; readonly reason: string };
export type Block = BlockText & { readonly origin: Origin; readonly retired: boolean };
export type Template = TemplateText & { readonly origin: Origin; readonly retired: boolean };

const shipped = <Text>(text: Text): Text & { origin: Origin; retired: boolean } => ({
  ...text,
  origin: { version: 0 },
  retired: false,
});

type Row = { readonly version: number; readonly at: Date; readonly actor_name: string; readonly reason: string };
const originOf = (row: Row): Origin => ({ version: row.version, at: row.at, by: row.actor_name, reason: row.reason });

type BlockRow = Row &
  Pick<NoticeTables['text_block'], 'key' | 'title' | 'body' | 'retired'> & {
    readonly translations: Translations | null;
  };

/** The translations that come with these very German words. */
const shippedTranslations = (body: string): Translations =>
  shippedBlocks().find((each) => sameWords(each.body, body))?.translations ?? {};

/** A version from before there were translations has the shipped ones, as long as it says what the shipped block says. */
const blockOf = (row: BlockRow): Block => ({
  key: row.key,
  title: row.title,
  body: row.body,
  translations: row.translations ?? shippedTranslations(row.body),
  origin: originOf(row),
  retired: row.retired,
});

/** All blocks of the Jobcenter as they are now, shipped ones where it has none of its own, by title. Retired ones too. */
export async function allBlocks(tx: Tx): Promise<Block[]> {
  const rows = await tx.tables<NoticeTables>().selectFrom('text_block').selectAll().orderBy('version').execute();
  const own = new Map(rows.map((row) => [row.key, row])); // the newest of each counts
  const known = new Map<string, Block>(shippedBlocks().map((block) => [block.key, shipped(block)]));
  for (const [key, row] of own) known.set(key, blockOf(row));
  return [...known.values()].sort((a, b) => a.title.localeCompare(b.title, 'de'));
}

/** All templates of the Jobcenter as they are now, by title. Retired ones too. */
export async function allTemplates(tx: Tx): Promise<Template[]> {
  const rows = await tx.tables<NoticeTables>().selectFrom('letter_template').selectAll().orderBy('version').execute();
  const own = new Map(rows.map((row) => [row.key, row]));
  const known = new Map<string, Template>(shippedTemplates().map((template) => [template.key, shipped(template)]));
  for (const [key, row] of own)
    known.set(key, {
      key,
      title: row.title,
      subject: row.subject,
      kind: row.kind,
      discretion: row.discretion,
      blocks: row.blocks,
      release: row.release,
      aboveCents: Number(row.above_cents),
      origin: originOf(row),
      retired: row.retired,
    });
  return [...known.values()].sort((a, b) => a.title.localeCompare(b.title, 'de'));
}

/** Earlier versions of a block, the newest first; the shipped text, where there is one, last. */
export async function blockHistory(tx: Tx, key: string): Promise<Block[]> {
  const rows = await tx
    .tables<NoticeTables>()
    .selectFrom('text_block')
    .selectAll()
    .where('key', '=', key)
    .orderBy('version', 'desc')
    .execute();
  const first = shippedBlocks().filter((block) => block.key === key);
  return [...rows.map(blockOf), ...first.map(shipped)];
}

/**
 * All versions of all blocks that say something of translations, newer ones before older ones: what the words of a letter may come from. One from before
 * there were translations hides none.
 */
export async function translatables(tx: Tx): Promise<Translatable[]> {
  const rows = await tx
    .tables<NoticeTables>()
    .selectFrom('text_block')
    .select(['body', 'translations'])
    .orderBy('at', 'desc')
    .orderBy('version', 'desc')
    .execute();
  const said = rows.flatMap(({ body, translations }) => (translations === null ? [] : [{ body, translations }]));
  return [...said, ...shippedBlocks()];
}

/** Who must release by every version of a template, and who wrote it; the shipped one is version 0 and nobody's. */
export async function templateVersions(
  tx: Tx,
  key: string,
): Promise<
  readonly (Pick<TemplateText, 'release' | 'aboveCents'> & { readonly version: number; readonly by: string })[]
> {
  const rows = await tx
    .tables<NoticeTables>()
    .selectFrom('letter_template')
    .select(['version', 'release', 'above_cents', 'actor_id'])
    .where('key', '=', key)
    .orderBy('version')
    .execute();
  const first = shippedTemplates().filter((each) => each.key === key);
  return [
    ...first.map(({ release, aboveCents }) => ({ version: 0, by: '', release, aboveCents })),
    ...rows.map((row) => ({
      version: row.version,
      by: row.actor_id,
      release: row.release,
      aboveCents: Number(row.above_cents),
    })),
  ];
}

/** What is wrong with a text before it is kept. */
export type TextProblem =
  | { readonly field: 'title' | 'body' | 'subject' | 'blocks' | 'reason'; readonly code: 'empty' }
  | { readonly field: 'blocks'; readonly code: 'missing'; readonly name: string }
  /** A translation fills other places than the German text, or was not looked at when that was changed. */
  | { readonly field: `translation-${string}`; readonly code: 'places'; readonly name: string }
  | { readonly field: `translation-${string}`; readonly code: 'stale' }
  | { readonly field: 'retired'; readonly code: 'needed' }
  | { readonly field: 'retired'; readonly code: 'used'; readonly name: string }
  | { readonly field: 'body' | 'subject'; readonly code: PlaceholderProblem['code']; readonly name: string };

/**
 * `opened`: the version that the writer saw; where somebody wrote meanwhile, the writer sees that first (`newer`). `problems`: nothing was
 * kept.
 */
export type SaveOutcome =
  | { readonly kind: 'saved'; readonly version: number }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'newer'; readonly by: string; readonly at: Date }
  | { readonly kind: 'problems'; readonly problems: readonly TextProblem[] };

type Saving = { readonly opened: number; readonly reason: string; readonly retired: boolean };

/**
 * Saves a new version of a block: who, when and why stay on record. Letters that were begun keep their words. `translationsFit`: the writer says that
 * translations they left alone still fit German words they changed.
 */
export async function saveBlock(
  tx: Tx,
  actor: Actor,
  text: BlockText & Saving & { readonly translationsFit?: boolean },
): Promise<SaveOutcome> {
  const now = (await allBlocks(tx)).find((each) => each.key === text.key);
  const newer = newerThan(now?.origin, text.opened);
  if (newer !== undefined) return newer;
  const users = text.retired
    ? (await allTemplates(tx)).filter((each) => !each.retired && each.blocks.includes(text.key))
    : [];
  const problems: TextProblem[] = [
    ...users.map(({ title }) => ({ field: 'retired', code: 'used', name: title }) as const),
    ...(text.title === '' ? [{ field: 'title', code: 'empty' } as const] : []),
    ...(text.body === '' ? [{ field: 'body', code: 'empty' } as const] : []),
    ...(text.key === remedyBlock && text.retired ? [{ field: 'retired', code: 'needed' } as const] : []),
    ...checkPlaceholders(text.body).map((each) => ({ field: 'body', ...each }) as const),
    ...translationLanguages.flatMap((language) => problemsOfTranslation(now, text, language)),
    ...(text.reason === '' ? [{ field: 'reason', code: 'empty' } as const] : []),
  ];
  if (problems.length > 0) return { kind: 'problems', problems };
  if (now !== undefined && sameBlock(now, text)) return { kind: 'unchanged' };
  const { key, title, body } = text;
  const translations = JSON.stringify(translationsIn(text));
  return insert(tx, actor, 'text_block', text, { key, title, body, translations });
}

/** Translations that say something. */
const translationsIn = ({ translations }: Pick<BlockText, 'translations'>): Translations =>
  Object.fromEntries(Object.entries(translations).filter(([, words]) => words.trim() !== ''));

const sameBlock = (now: Block, text: BlockText & Saving): boolean =>
  now.title === text.title &&
  now.body === text.body &&
  now.retired === text.retired &&
  translationLanguages.every(
    (language) => (translationsIn(now)[language] ?? '') === (translationsIn(text)[language] ?? ''),
  );

function problemsOfTranslation(
  now: Block | undefined,
  text: BlockText & { readonly translationsFit?: boolean },
  language: Language,
): TextProblem[] {
  const words = translationsIn(text)[language];
  if (words === undefined) return [];
  const field = `translation-${language}` as const;
  const left = now !== undefined && now.body !== text.body && now.translations[language] === words;
  return [
    ...translationProblems(text.body, words).map((name) => ({ field, code: 'places', name }) as const),
    ...(left && text.translationsFit !== true ? [{ field, code: 'stale' } as const] : []),
  ];
}

/** Saves a new version of a template. */
export async function saveTemplate(tx: Tx, actor: Actor, text: TemplateText & Saving): Promise<SaveOutcome> {
  const now = (await allTemplates(tx)).find((each) => each.key === text.key);
  const newer = newerThan(now?.origin, text.opened);
  if (newer !== undefined) return newer;
  const blocks = new Set((await allBlocks(tx)).filter((each) => !each.retired).map((each) => each.key));
  const missing = text.blocks.filter((key) => !blocks.has(key));
  const problems: TextProblem[] = [
    ...(text.title === '' ? [{ field: 'title', code: 'empty' } as const] : []),
    ...(text.subject === '' ? [{ field: 'subject', code: 'empty' } as const] : []),
    ...checkPlaceholders(text.subject).map((each) => ({ field: 'subject', ...each }) as const),
    ...(text.blocks.length === 0 ? [{ field: 'blocks', code: 'empty' } as const] : []),
    ...(text.key === accountTemplate && text.retired ? [{ field: 'retired', code: 'needed' } as const] : []),
    ...missing.map((name) => ({ field: 'blocks', code: 'missing', name }) as const),
    ...(text.reason === '' ? [{ field: 'reason', code: 'empty' } as const] : []),
  ];
  if (problems.length > 0) return { kind: 'problems', problems };
  if (now !== undefined && sameTemplate(now, text)) return { kind: 'unchanged' };
  const { key, title, subject, kind, discretion, release } = text;
  return insert(tx, actor, 'letter_template', text, {
    key,
    title,
    subject,
    kind,
    discretion,
    blocks: [...text.blocks],
    release,
    above_cents: text.aboveCents,
  });
}

const sameTemplate = (now: Template, text: TemplateText & Saving): boolean =>
  now.retired === text.retired &&
  (['title', 'subject', 'kind', 'discretion', 'release', 'aboveCents'] as const).every(
    (name) => now[name] === text[name],
  ) &&
  now.blocks.join() === text.blocks.join();

function newerThan(origin: Origin | undefined, opened: number): Extract<SaveOutcome, { kind: 'newer' }> | undefined {
  if (origin === undefined || origin.version === 0 || origin.version <= opened) return undefined;
  return 'by' in origin ? { kind: 'newer', by: origin.by, at: origin.at } : undefined;
}

/** Of two who write the same next version at once, the second one is told. */
async function insert(
  tx: Tx,
  actor: Actor,
  table: 'text_block' | 'letter_template',
  { opened, reason, retired }: Saving,
  row: Readonly<Record<string, unknown>> & { readonly key: string },
): Promise<SaveOutcome> {
  const version = opened + 1;
  const signed = { version, retired, reason, at: tx.now, actor_id: actorId(actor), actor_name: actorName(actor) };
  const added = await tx
    .tables<NoticeTables>()
    .insertInto(table)
    .values({ ...row, ...signed } as never)
    .onConflict((c) => c.doNothing())
    .returning('version')
    .executeTakeFirst();
  if (added === undefined) {
    const first = await tx
      .tables<NoticeTables>()
      .selectFrom(table)
      .select(['actor_name', 'at'])
      .where('key', '=', row.key)
      .where('version', '=', version)
      .executeTakeFirstOrThrow();
    return { kind: 'newer', by: first.actor_name, at: first.at };
  }
  await recordAudit(tx, actor, {
    action: table === 'text_block' ? 'letter-block.saved' : 'letter-template.saved',
    subjectType: table === 'text_block' ? 'letter-block' : 'letter-template',
    subjectId: row.key,
    reason,
    detail: { version, retired },
  });
  return { kind: 'saved', version };
}
