import type { Origin, SaveOutcome, TextProblem } from '../../../modules/notices/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import {
  BackLink,
  Button,
  type Content,
  ErrorSummary,
  type FieldProblem,
  Form,
  fieldId,
  formatDateTime,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { draftMarks } from '../together/drafts.tsx';
import { dropTaken } from '../together/keep-unsent.ts';
import { inTenant, type StaffVisit } from '../visit.ts';

/** Texts are read by everybody, and written by leads. */
export const isLead = (visit: StaffVisit): boolean => visit.staff.role === 'lead';
const keyPattern = /^[a-z0-9][a-z0-9-]{0,39}$/;
/** The key of the text that the address names. */
export const keyAt = (visit: StaffVisit): string => visit.c.req.param('block') ?? visit.c.req.param('template') ?? '';
/** The address of a text that is not there yet. */
export const fresh = 'neu';

/** Where a text comes from, in words. */
export const originWords = ({ t, language }: StaffVisit, origin: Origin): string =>
  'by' in origin
    ? t('notices:texts.version', {
        version: origin.version,
        name: origin.by,
        at: formatDateTime(origin.at, language, t),
        reason: origin.reason,
      })
    : t('notices:texts.shipped');

/** What is wrong with a text, as sentences. */
function textWords({ t }: StaffVisit, problem: TextProblem, of: 'block' | 'template'): FieldProblem {
  const { field, code } = problem;
  const id = fieldId(field);
  if (code === 'empty') return { id, text: t(`notices:texts.problem.empty.${field}`) };
  if (code === 'needed') return { id, text: t(`notices:texts.problem.needed.${of}`) };
  if (code === 'stale') return { id, text: t('notices:texts.problem.stale') };
  if (code === 'places') return { id, text: t('notices:texts.problem.places', { name: `{{${problem.name}}}` }) };
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

/** A page shown again: what is wrong, and what was typed. */
export type Shown = { readonly problems: readonly FieldProblem[]; readonly typed?: StaffVisit['input'] | undefined };

/** What is wrong with one field. */
export const error = ({ problems }: Shown, name: string): string | undefined =>
  problems.find((each) => each.id === fieldId(name))?.text;

/** The page of a text: the way back, what is wrong with what was typed, its name, and then the text. `nowId`: the name is what stands there now. */
export const textPage = (
  visit: StaffVisit,
  shown: Shown,
  page: { readonly title: string; readonly nowId?: boolean; readonly children: Content },
): Response =>
  show(
    visit,
    {
      title: page.title,
      active: 'post',
      styles: ['css/letter-pages.css'],
      status: shown.problems.length > 0 ? 422 : 200,
    },
    <>
      <BackLink href={paths.letterTexts}>{visit.t('notices:texts.title')}</BackLink>
      <ErrorSummary t={visit.t} problems={shown.problems} />
      <h1 id={page.nowId && hasNewer(shown) ? 'now' : undefined}>{page.title}</h1>
      {page.children}
    </>,
  );

/** Whether somebody else wrote the text since the form was opened: it is shown beside what was typed. */
export const hasNewer = ({ problems }: Shown): boolean => problems.some((each) => each.id === 'now');

/** The version that the writer saw: after somebody else wrote, the one that is shown beside. */
export const openedOf = (typed: StaffVisit['input'] | undefined, shown: Shown, origin: Origin | undefined): number =>
  typed === undefined || hasNewer(shown) ? (origin?.version ?? 0) : Number(one(typed, 'opened')) || 0;

/** Why a text is changed. */
export const Reason = (props: { visit: StaffVisit; shown: Shown; typed: StaffVisit['input'] | undefined }) => (
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

/** The form of a text: what is typed is kept, with the version its writer saw. */
export const TextForm = (props: {
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
      hidden={draft.hidden}
      versions={{ opened: String(props.opened) }}
      draft={draft.texts}
      typed={props.typed !== undefined}
    >
      {props.children}
      <Button>{visit.t('notices:texts.keep')}</Button>
    </Form>
  );
};

/** Keeps a text under the key of its address, or, where it is new, of its title; shows its page `again` with what is wrong. */
export async function keep(
  visit: StaffVisit,
  of: 'block' | 'template',
  again: (visit: StaffVisit, tx: Tx, shown: Shown) => Promise<Response>,
  save: (tx: Tx, key: string) => Promise<SaveOutcome>,
): Promise<Response> {
  const asked = keyAt(visit);
  const key = asked === fresh ? keyOf(one(visit.input, 'title')) || fresh : asked;
  if (!keyPattern.test(key)) return notFound(visit);
  return inTenant(visit, async (tx) => {
    const outcome = await save(tx, key);
    const problems = problemsOf(visit, outcome, of);
    if (problems.length > 0) return again(visit, tx, { problems, typed: visit.input });
    await dropTaken(tx, visit);
    return visit.c.redirect(withQuery(paths.letterTexts, { ok: 'gespeichert' }), 303);
  });
}
