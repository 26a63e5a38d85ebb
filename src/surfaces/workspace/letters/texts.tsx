import {
  allBlocks,
  allTemplates,
  type Block,
  blockHistory,
  type Origin,
  plainHints,
  plainWords,
  type ReleaseRule,
  remedyBlock,
  type SaveOutcome,
  saveBlock,
  saveTemplate,
  type Template,
  type TextProblem,
} from '../../../modules/notices/index.ts';
import { dropDraft } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  Alert,
  BackLink,
  Badge,
  Button,
  Checkbox,
  CheckboxGroup,
  type Content,
  ErrorSummary,
  type FieldProblem,
  Form,
  fieldId,
  formatDateTime,
  RadioGroup,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { draftAt, draftMarks } from '../together/drafts.tsx';
import { inTenant, queryText, type StaffVisit } from '../visit.ts';

const isLead = (visit: StaffVisit): boolean => visit.staff.role === 'lead';
const keyPattern = /^[a-z0-9][a-z0-9-]{0,39}$/;
/** The key of the text that the address names. */
const keyAt = (visit: StaffVisit): string => visit.c.req.param('block') ?? visit.c.req.param('template') ?? '';
/** The address of a text that is not there yet. */
const fresh = 'neu';
const rules: readonly ReleaseRule[] = ['always', 'above', 'never'];

const originWords = ({ t, language }: StaffVisit, origin: Origin): string =>
  'by' in origin
    ? t('notices:texts.version', {
        version: origin.version,
        name: origin.by,
        at: formatDateTime(origin.at, language, t),
        reason: origin.reason,
      })
    : t('notices:texts.shipped');

/** All templates and blocks; each with where its text comes from. */
export async function textsPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const { t } = visit;
  const templates = await allTemplates(tx);
  const blocks = await allBlocks(tx);
  const line = (each: Block | Template, href: string, more: Content) => (
    <li>
      <span>
        <a href={href}>{each.title}</a> {each.retired ? <Badge>{t('notices:texts.retired')}</Badge> : null}
        <span class="tw-sub">{originWords(visit, each.origin)}</span>
        {more}
      </span>
    </li>
  );
  return show(
    visit,
    { title: t('notices:texts.title'), active: 'post', styles: ['css/letter-pages.css'] },
    <>
      {queryText(visit, 'ok') === '' ? null : <Alert tone="success" live title={t('notices:texts.saved')} />}
      <WithHelp visit={visit} of="letter-texts">
        <h1>{t('notices:texts.title')}</h1>
      </WithHelp>
      <p>{t(isLead(visit) ? 'notices:texts.text' : 'notices:texts.readOnly')}</p>
      <section class="tw-panel" aria-labelledby="templates">
        <h2 id="templates">{t('notices:texts.templates')}</h2>
        <ul class="tw-open">
          {templates.map((each) =>
            line(
              each,
              paths.letterTemplate(each.key),
              <span class="tw-sub">
                {t(`notices:kind.${each.kind}`)} ·{' '}
                {t(`notices:rule.${each.release}`, { amount: each.aboveCents / 100 })}
              </span>,
            ),
          )}
        </ul>
        {isLead(visit) ? <a href={paths.letterTemplate(fresh)}>{t('notices:texts.newTemplate')}</a> : null}
      </section>
      <section class="tw-panel" aria-labelledby="blocks">
        <h2 id="blocks">{t('notices:texts.blocks')}</h2>
        <ul class="tw-open">{blocks.map((each) => line(each, paths.letterBlock(each.key), null))}</ul>
        {isLead(visit) ? <a href={paths.letterBlock(fresh)}>{t('notices:texts.newBlock')}</a> : null}
      </section>
    </>,
  );
}

/** What is wrong with a text, as sentences. */
function textWords({ t }: StaffVisit, problem: TextProblem, of: 'block' | 'template'): FieldProblem {
  const { field, code } = problem;
  const id = fieldId(field);
  if (code === 'empty') return { id, text: t(`notices:texts.problem.empty.${field}`) };
  if (code === 'needed') return { id, text: t(`notices:texts.problem.needed.${of}`) };
  const key = code === 'unfilled' ? 'unknown' : code;
  return { id, text: t(`notices:texts.problem.${key}`, { name: problem.name }) };
}

/** What saving came to, as problems; nothing where it was kept. */
function problemsOf(visit: StaffVisit, outcome: SaveOutcome, of: 'block' | 'template'): FieldProblem[] {
  if (outcome.kind === 'problems') return outcome.problems.map((each) => textWords(visit, each, of));
  if (outcome.kind !== 'newer') return [];
  const at = formatDateTime(outcome.at, visit.language, visit.t);
  return [{ id: 'now', text: visit.t('notices:texts.problem.newer', { name: outcome.by, at }) }];
}

/** A key from a title: what stands in the address of the text. */
const keyOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);

type Shown = { readonly problems: readonly FieldProblem[]; readonly typed?: StaffVisit['input'] | undefined };

const error = ({ problems }: Shown, name: string): string | undefined =>
  problems.find((each) => each.id === fieldId(name))?.text;

/** One block: its text for whoever reads, the form for the lead, and its history. */
export async function blockPage(visit: StaffVisit, tx: Tx, shown: Shown = { problems: [] }): Promise<Response> {
  const { t } = visit;
  const key = keyAt(visit);
  const block = (await allBlocks(tx)).find((each) => each.key === key);
  if (block === undefined && (key !== fresh || !isLead(visit))) return notFound(visit);
  const history = await blockHistory(tx, key);
  const draft = await draftAt(tx, visit, paths.letterBlock(key));
  const typed = shown.typed ?? draft?.fields;
  const value = (name: 'title' | 'body'): string => (typed === undefined ? (block?.[name] ?? '') : one(typed, name));
  const hints = plainHints(value('body'), plainWords());
  return show(
    visit,
    {
      title: block?.title ?? t('notices:texts.newBlock'),
      active: 'post',
      styles: ['css/letter-pages.css'],
      status: shown.problems.length > 0 ? 422 : 200,
    },
    <>
      <BackLink href={paths.letterTexts}>{t('notices:texts.title')}</BackLink>
      {shown.problems.length === 0 ? null : <ErrorSummary t={t} problems={shown.problems} />}
      <h1>{block?.title ?? t('notices:texts.newBlock')}</h1>
      {shown.problems.some((each) => each.id === 'now') && block !== undefined ? (
        <section class="tw-panel" aria-labelledby="now">
          <h2 id="now">{t('notices:texts.now')}</h2>
          <p class="tw-typed">{block.body}</p>
        </section>
      ) : null}
      {key === remedyBlock ? <p>{t('notices:texts.remedy')}</p> : null}
      {isLead(visit) ? (
        <TextForm
          visit={visit}
          action={paths.letterBlock(key)}
          opened={openedOf(typed, shown, block?.origin)}
          typed={typed}
          draftAt={draft?.savedAt}
        >
          <TextField
            t={t}
            name="title"
            label={t('notices:texts.name')}
            value={value('title')}
            error={error(shown, 'title')}
            maxLength={120}
          />
          <TextArea
            t={t}
            name="body"
            label={t('notices:texts.body')}
            hint={t('notices:texts.bodyHint')}
            value={value('body')}
            error={error(shown, 'body')}
            rows={12}
            maxLength={20_000}
          />
          <Checkbox
            t={t}
            name="retired"
            value="ja"
            optional
            label={t('notices:texts.retire')}
            error={error(shown, 'retired')}
            checked={typed === undefined ? block?.retired === true : one(typed, 'retired') === 'ja'}
          />
          <Reason visit={visit} shown={shown} typed={typed} />
        </TextForm>
      ) : (
        <p class="tw-typed">{block?.body}</p>
      )}
      {hints.length === 0 ? null : (
        <section class="tw-panel" aria-labelledby="plain">
          <h2 id="plain">{t('notices:plain.title')}</h2>
          <ul class="tw-letter__hints">
            {hints.map((hint) => (
              <li>
                <strong>{hint.words}</strong>
                <span class="tw-sub">{t(`notices:plain.${hint.kind}`, { better: hint.better ?? '' })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {history.length === 0 ? null : (
        <section class="tw-panel" aria-labelledby="history">
          <h2 id="history">{t('notices:texts.history')}</h2>
          {history.map((each) => (
            <details>
              <summary>{originWords(visit, each.origin)}</summary>
              <p class="tw-typed">{each.body}</p>
            </details>
          ))}
        </section>
      )}
    </>,
  );
}

/** The version that the writer saw: after somebody else wrote, the one that is shown beside. */
const openedOf = (typed: StaffVisit['input'] | undefined, shown: Shown, origin: Origin | undefined): number =>
  typed === undefined || shown.problems.some((each) => each.id === 'now')
    ? (origin?.version ?? 0)
    : Number(one(typed, 'opened')) || 0;

const Reason = (props: { visit: StaffVisit; shown: Shown; typed: StaffVisit['input'] | undefined }) => (
  <TextField
    t={props.visit.t}
    name="reason"
    label={props.visit.t('notices:texts.reason')}
    hint={props.visit.t('notices:texts.reasonHint')}
    value={props.typed === undefined ? '' : one(props.typed, 'reason')}
    error={error(props.shown, 'reason')}
    maxLength={300}
  />
);

const TextForm = (props: {
  visit: StaffVisit;
  action: string;
  opened: number;
  typed: StaffVisit['input'] | undefined;
  draftAt: Date | undefined;
  children: Content;
}) => {
  const { visit, action } = props;
  const draft = draftMarks(visit, action, action, props.draftAt);
  return (
    <Form
      action={action}
      csrf={visit.csrf}
      hidden={{ ...draft.hidden, opened: String(props.opened) }}
      draft={draft.texts}
      typed={props.typed !== undefined}
    >
      {props.children}
      <Button>{visit.t('notices:texts.keep')}</Button>
    </Form>
  );
};

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
  return show(
    visit,
    {
      title: template?.title ?? t('notices:texts.newTemplate'),
      active: 'post',
      status: shown.problems.length > 0 ? 422 : 200,
    },
    <>
      <BackLink href={paths.letterTexts}>{t('notices:texts.title')}</BackLink>
      {shown.problems.length === 0 ? null : <ErrorSummary t={t} problems={shown.problems} />}
      <h1 id={shown.problems.some((each) => each.id === 'now') ? 'now' : undefined}>
        {template?.title ?? t('notices:texts.newTemplate')}
      </h1>
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
    </>,
  );
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

export async function keepBlock(visit: StaffVisit): Promise<Response> {
  if (!isLead(visit)) return notFound(visit);
  const { input } = visit;
  const title = one(input, 'title').slice(0, 120);
  return keep(visit, 'block', (tx, key) =>
    saveBlock(tx, visit.actor, {
      key,
      title,
      body: one(input, 'body').slice(0, 20_000),
      retired: one(input, 'retired') === 'ja',
      reason: one(input, 'reason').slice(0, 300),
      opened: Number(one(input, 'opened')) || 0,
    }),
  );
}

export async function keepTemplate(visit: StaffVisit): Promise<Response> {
  if (!isLead(visit)) return notFound(visit);
  const { input } = visit;
  const release = rules.find((each) => each === one(input, 'release')) ?? 'always';
  return keep(visit, 'template', (tx, key) =>
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

async function keep(
  visit: StaffVisit,
  of: 'block' | 'template',
  save: (tx: Tx, key: string) => Promise<SaveOutcome>,
): Promise<Response> {
  const asked = keyAt(visit);
  const key = asked === fresh ? keyOf(one(visit.input, 'title')) || fresh : asked;
  if (!keyPattern.test(key)) return notFound(visit);
  return inTenant(visit, async (tx) => {
    const outcome = await save(tx, key);
    const problems = problemsOf(visit, outcome, of);
    if (problems.length > 0)
      return (of === 'block' ? blockPage : templatePage)(visit, tx, { problems, typed: visit.input });
    await dropDraft(tx, visit.staff.id, visit.c.req.path);
    return visit.c.redirect(withQuery(paths.letterTexts, { ok: 'gespeichert' }), 303);
  });
}
