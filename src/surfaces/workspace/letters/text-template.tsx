import {
  allBlocks,
  allTemplates,
  type Block,
  type ReleaseRule,
  remedyBlock,
  saveTemplate,
} from '../../../modules/notices/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { Checkbox, CheckboxGroup, RadioGroup, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { paths } from '../paths.ts';
import { draftAt } from '../together/drafts.tsx';
import type { StaffVisit } from '../visit.ts';
import {
  error,
  fresh,
  isLead,
  keep,
  keyAt,
  openedOf,
  originWords,
  Reason,
  type Shown,
  TextForm,
  textPage,
} from './text-form.tsx';

const rules: readonly ReleaseRule[] = ['always', 'above', 'never'];

/** One template: what it is begun from, and who must release it. */
export async function templatePage(visit: StaffVisit, tx: Tx, shown: Shown = { problems: [] }): Promise<Response> {
  const { t } = visit;
  const key = keyAt(visit);
  const template = (await allTemplates(tx)).find((each) => each.key === key);
  if (template === undefined && (key !== fresh || !isLead(visit))) return notFound(visit);
  const blocks = (await allBlocks(tx)).filter((each) => !each.retired && each.key !== remedyBlock);
  const draft = await draftAt(tx, visit, paths.letterTemplate(key));
  const typed = shown.typed ?? draft?.fields;
  const value = (name: string, now: string): string => (typed === undefined ? now : one(typed, name));
  const order = typed === undefined ? (template?.blocks ?? []) : chosenBlocks(typed);
  const titleOf = (one: string): string => blocks.find((each) => each.key === one)?.title ?? one;
  const children = (
    <>
      {template === undefined ? null : <p class="td-muted">{originWords(visit, template.origin)}</p>}
      {isLead(visit) ? (
        <TextForm
          visit={visit}
          action={paths.letterTemplate(key)}
          opened={openedOf(typed, shown, template?.origin)}
          typed={typed}
          draftAt={draft?.savedAt}
        >
          <TextField
            t={t}
            name="title"
            label={t('notices:texts.name')}
            value={value('title', template?.title ?? '')}
            error={error(shown, 'title')}
            maxLength={120}
          />
          <TextField
            t={t}
            name="subject"
            label={t('notices:field.subject')}
            value={value('subject', template?.subject ?? '')}
            error={error(shown, 'subject')}
            maxLength={200}
          />
          <RadioGroup
            t={t}
            name="kind"
            label={t('notices:texts.kind')}
            value={value('kind', template?.kind ?? 'letter')}
            options={(['letter', 'notice'] as const).map((each) => ({ value: each, label: t(`notices:kind.${each}`) }))}
          />
          <Checkbox
            t={t}
            name="discretion"
            value="ja"
            optional
            label={t('notices:texts.discretion')}
            checked={typed === undefined ? template?.discretion === true : one(typed, 'discretion') === 'ja'}
          />
          <CheckboxGroup
            t={t}
            name="block"
            label={t('notices:texts.blocksOf')}
            hint={t('notices:texts.blocksHint')}
            error={error(shown, 'blocks')}
            id="f-blocks"
            values={order}
            options={sortedBlocks(blocks, order).map((each) => ({ value: each.key, label: each.title }))}
          />
          <TextField
            t={t}
            name="order"
            label={t('notices:texts.order')}
            hint={t('notices:texts.orderHint', { example: order.slice(0, 3).map(titleOf).join(' · ') })}
            value={value('order', order.join(', '))}
            optional
            maxLength={600}
          />
          <RadioGroup
            t={t}
            name="release"
            label={t('notices:texts.release')}
            hint={t('notices:texts.releaseHint')}
            value={value('release', template?.release ?? 'always')}
            options={rules.map((each) => ({ value: each, label: t(`notices:texts.rule.${each}`) }))}
          />
          <TextField
            t={t}
            name="above"
            label={t('notices:texts.above')}
            value={value('above', template === undefined ? '' : String(template.aboveCents / 100))}
            inputMode="numeric"
            width="s"
            suffix="€"
            optional
            maxLength={9}
          />
          <Checkbox
            t={t}
            name="retired"
            value="ja"
            optional
            label={t('notices:texts.retireTemplate')}
            error={error(shown, 'retired')}
            checked={typed === undefined ? template?.retired === true : one(typed, 'retired') === 'ja'}
          />
          <Reason visit={visit} shown={shown} typed={typed} />
        </TextForm>
      ) : (
        <ol>
          {(template?.blocks ?? []).map((each) => (
            <li>
              <a href={paths.letterBlock(each)}>{titleOf(each)}</a>
            </li>
          ))}
        </ol>
      )}
    </>
  );
  return textPage(visit, shown, { title: template?.title ?? t('notices:texts.newTemplate'), nowId: true, children });
}

const sortedBlocks = (blocks: readonly Block[], order: readonly string[]): Block[] => [
  ...order.flatMap((key) => blocks.find((each) => each.key === key) ?? []),
  ...blocks.filter((each) => !order.includes(each.key)),
];

/** The ticked blocks: those that the line of the order names first, in that order, then the others as they stand. */
function chosenBlocks(input: StaffVisit['input']): string[] {
  const ticked = [input['block'] ?? []].flat();
  const named = one(input, 'order')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => ticked.includes(each));
  return [...new Set([...named, ...ticked])];
}

export async function keepTemplate(visit: StaffVisit): Promise<Response> {
  if (!isLead(visit)) return notFound(visit);
  const { input } = visit;
  const release = rules.find((each) => each === one(input, 'release')) ?? 'always';
  return keep(visit, 'template', templatePage, (tx, key) =>
    saveTemplate(tx, visit.actor, {
      key,
      title: one(input, 'title').slice(0, 120),
      subject: one(input, 'subject').slice(0, 200),
      kind: one(input, 'kind') === 'notice' ? 'notice' : 'letter',
      discretion: one(input, 'discretion') === 'ja',
      blocks: chosenBlocks(input),
      release,
      aboveCents: Math.round((Number(one(input, 'above').replace(',', '.')) || 0) * 100),
      retired: one(input, 'retired') === 'ja',
      reason: one(input, 'reason').slice(0, 300),
      opened: Number(one(input, 'opened')) || 0,
    }),
  );
}
