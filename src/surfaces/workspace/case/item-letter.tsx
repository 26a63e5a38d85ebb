import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { type CaseDetail, findCase, openRequiredItems, type RequiredItem } from '../../../modules/cases/index.ts';
import type { Address } from '../../../modules/forms/index.ts';
import { type Submission, submissionsOfCase } from '../../../modules/intake/index.ts';
import {
  accountTemplate,
  allTemplates,
  beginNotice,
  noticesOfItem,
  type ProvenNotice,
  titleOf,
} from '../../../modules/notices/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { defaultLanguage, isLanguage, type Language } from '../../../platform/i18n/index.ts';
import {
  BackLink,
  Badge,
  Button,
  ErrorSummary,
  type FieldProblem,
  Form,
  fieldId,
  formatDate,
  Select,
  TextArea,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { type Outcome, once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { standingWords } from '../letters/words.ts';
import { paths, withQuery } from '../paths.ts';
import { show } from '../shell.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { newCommand } from './verb-marks.tsx';

/** The template that a letter about a missing item is begun from, where nobody chooses another. */
const usual = 'unterlagen';
/** So long an address may be; the window of an envelope shows seven lines. */
export const addressLength = 500;

type Found = {
  readonly case: CaseDetail;
  readonly item: RequiredItem;
  readonly stated: string;
  readonly language: Language;
  /** Letters that ask for this item already. */
  readonly letters: readonly ProvenNotice[];
  readonly templates: readonly { readonly value: string; readonly label: string }[];
};

/** The open request that the address names, with what its letter is begun from. */
async function requestOf(tx: Tx, visit: StaffVisit): Promise<Found | undefined> {
  const [id, itemId] = [visit.c.req.param('id') ?? '', visit.c.req.param('item') ?? ''];
  if (!isId(id) || !isId(itemId)) return undefined;
  const found = await findCase(tx, visit.reader, id);
  if (found === undefined) return undefined;
  const item = (await openRequiredItems(tx, id)).find((each) => each.id === itemId);
  if (item === undefined) return undefined;
  await recordAudit(tx, visit.actor, {
    action: 'case.read',
    subjectType: 'case',
    subjectId: id,
    caseId: id,
    reason: visit.t('workspace:case.readReason'),
  });
  const submissions = await submissionsOfCase(tx, id);
  const templates = (await allTemplates(tx)).filter(
    (each) => !each.retired && each.kind === 'letter' && each.key !== accountTemplate,
  );
  return {
    case: found,
    item,
    stated: statedAddress(submissions),
    language: statedLanguage(submissions),
    letters: await noticesOfItem(tx, itemId),
    templates: templates.map((each) => ({ value: each.key, label: each.title })),
  };
}

/** Asks where the letter goes; what the person wrote last is there already and can be changed. */
export async function itemLetterPage(visit: StaffVisit, tx: Tx): Promise<Response> {
  const found = await requestOf(tx, visit);
  return found === undefined ? notFound(visit) : view(visit, found, []);
}

function view(visit: StaffVisit, found: Found, problems: readonly FieldProblem[]): Response {
  const { t, language } = visit;
  const { item, letters, templates } = found;
  const typed = problems.length > 0;
  return show(
    visit,
    { title: t('workspace:itemLetter.title'), status: typed ? 422 : 200 },
    <>
      <BackLink href={paths.case(found.case.id)}>{`${found.case.personName}, ${found.case.number}`}</BackLink>
      <ErrorSummary t={t} problems={problems} />
      <WithHelp visit={visit} of="item-letter">
        <h1>{t('workspace:itemLetter.title')}</h1>
      </WithHelp>
      <p>
        <strong>{item.what}</strong>
      </p>
      <p>{t('workspace:itemLetter.until', { date: formatDate(item.dueOn, language) })}</p>
      {letters.length === 0 ? null : (
        <section class="tw-panel" aria-labelledby="already">
          <h2 id="already">{t('workspace:itemLetter.already')}</h2>
          <ul class="tw-open">
            {letters.map((each) => (
              <li>
                <a href={paths.letter(each.id)}>{titleOf(each)}</a>
                <Badge tone={standingWords(visit, each).tone}>{standingWords(visit, each).text}</Badge>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p class="td-muted">{t('workspace:itemLetter.text')}</p>
      <Form action={paths.itemLetter(found.case.id, item.id)} csrf={visit.csrf} hidden={{ command: newCommand(visit) }}>
        <Select
          t={t}
          name="template"
          label={t('workspace:itemLetter.template')}
          value={typed ? one(visit.input, 'template') : usual}
          error={problems.find((each) => each.id === fieldId('template'))?.text}
          options={templates}
        />
        <TextArea
          t={t}
          name="address"
          label={t('workspace:verb.konto.address')}
          hint={t('workspace:itemLetter.addressHint')}
          value={typed ? one(visit.input, 'address') : found.stated}
          rows={4}
          maxLength={addressLength}
        />
        <Button>{t('workspace:itemLetter.begin')}</Button>
      </Form>
    </>,
  );
}

/** Name and address as last stated in a form; only the name where none was. */
export function statedAddress(submissions: readonly Submission[]): string {
  const last = submissions.at(-1)?.person;
  const name = last === undefined ? '' : `${last.givenName} ${last.familyName}`.trim();
  for (const { answers } of submissions.toReversed()) {
    const given = (answers as { readonly address?: Partial<Address> } | null)?.address;
    if (given?.street !== undefined && given.city !== undefined)
      return [
        name,
        `${given.street} ${given.houseNumber ?? ''}`.trim(),
        given.addition ?? '',
        `${given.postalCode ?? ''} ${given.city}`.trim(),
      ]
        .filter((line) => line !== '')
        .join('\n');
  }
  return name;
}

/** Ways on which the person chooses the language; on the others staff or the house write in German. */
const chosenOn: readonly Submission['channel'][] = ['portal', 'kiosk'];

/** The language that the person chose last: a letter to them is translated into it. */
export function statedLanguage(submissions: readonly Submission[]): Language {
  const last = (submissions.findLast(({ channel }) => chosenOn.includes(channel)) ?? submissions.at(-1))?.language;
  return isLanguage(last) ? last : defaultLanguage;
}

/** Begins the letter with the code for exactly this item; it is looked at, sent and proven like every other. */
export async function beginItemLetter(visit: StaffVisit): Promise<Response> {
  const found = await inTenant(visit, (tx) => requestOf(tx, visit));
  if (found === undefined) return notFound(visit);
  let begun: string | undefined;
  const outcome = await once(visit, async (tx): Promise<Outcome> => {
    const result = await beginNotice(
      tx,
      { actor: visit.actor, reader: visit.reader, caseId: found.case.id },
      {
        template: one(visit.input, 'template'),
        recipient: one(visit.input, 'address').slice(0, addressLength),
        language: found.language,
        itemId: found.item.id,
      },
    );
    if (result.kind === 'no-template')
      return { kind: 'wrong', problems: [{ id: fieldId('template'), text: visit.t('notices:problem.template') }] };
    if (result.kind !== 'begun') return { kind: 'not-found' };
    begun = result.id;
    return { kind: 'done' };
  });
  if (outcome.kind === 'wrong') return view(visit, found, outcome.problems);
  if (outcome.kind === 'not-found') return notFound(visit);
  // Sent twice: the letter that the first time began.
  const id = begun ?? (await inTenant(visit, (tx) => noticesOfItem(tx, found.item.id)))[0]?.id;
  if (id === undefined) return notFound(visit);
  return visit.c.redirect(withQuery(paths.letter(id), { ok: 'begonnen' }), 303);
}
