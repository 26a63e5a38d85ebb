import { recordAudit } from '../../../modules/audit/index.ts';
import { type CaseReader, findCase } from '../../../modules/cases/index.ts';
import { noteReturned, titleOf } from '../../../modules/notices/index.ts';
import { markReturned } from '../../../modules/post/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { defaultLanguage, translate } from '../../../platform/i18n/index.ts';
import { Button, type FieldProblem, fieldId, formatDate, RadioGroup, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { type Outcome, once } from '../command.ts';
import { notFound } from '../errors.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { cut, foundLetter, goOn } from './confirm.ts';
import { letterPage } from './letter.tsx';
import { type LetterView, mayBeReturned } from './load-letter.ts';

/** What the post writes on a letter that it brings back; `other`: in words of its own. Nothing is chosen before somebody has looked. */
const marks = ['moved', 'unknown', 'refused', 'not-fetched', 'died'] as const;
const other = 'other';

/** What stands on the envelope, as it goes into the proof: the mark in its German words, and what was typed. Empty: nobody has said. */
function envelopeOf(visit: StaffVisit): string {
  const mark = marks.find((each) => each === one(visit.input, 'umschlag'));
  const words = one(visit.input, 'umschlagWorte').slice(0, 1_000);
  const said = mark === undefined ? '' : translate(defaultLanguage)(`post:returned.mark.${mark}`);
  return [said, words].filter((each) => each !== '').join('. ');
}

type Props = { readonly visit: StaffVisit; readonly view: LetterView; readonly problems: readonly FieldProblem[] };

/**
 * A paper with our own code may be our letter, come back unopened: one key says so. Of a case of another team only the day is named on which a letter
 * was handed to the post; what it says stands on the paper.
 */
export function CameBack({ visit, view, problems }: Props) {
  const { t, language } = visit;
  const { letter, returns, foreignCase } = view;
  const [first] = returns;
  if (first === undefined) return null;
  const field = (name: string) => ({ t, name, error: problems.find(({ id }) => id === fieldId(name))?.text });
  const chosen = one(visit.input, 'brief') || first.notice.id;
  const words = ({ notice, postedOn }: (typeof returns)[number]): string =>
    t(foreignCase === undefined ? 'post:returned.letter' : 'post:returned.foreign', {
      title: titleOf(notice),
      date: formatDate(postedOn, language),
    });
  return (
    <form
      action={paths.scanVerb(letter.id, 'ruecklauf')}
      method="post"
      class="td-form tp-returned"
      data-submit-once
      novalidate
    >
      <VerbMarks visit={visit} />
      <input type="hidden" name="version" value={String(letter.version)} data-version />
      <WithHelp visit={visit} of="post-returned">
        <h2>{t('post:returned.title')}</h2>
      </WithHelp>
      {returns.length === 1 ? (
        <p>
          <input type="hidden" name="brief" value={first.notice.id} />
          {words(first)}
        </p>
      ) : (
        <RadioGroup
          {...field('brief')}
          label={t('post:returned.which')}
          value={chosen}
          options={returns.map((each) => ({ value: each.notice.id, label: words(each) }))}
        />
      )}
      <RadioGroup
        {...field('umschlag')}
        label={t('post:returned.envelope')}
        value={one(visit.input, 'umschlag')}
        options={[...marks, other].map((mark) => ({ value: mark, label: t(`post:returned.mark.${mark}`) }))}
      />
      <TextField
        {...field('umschlagWorte')}
        label={t('post:returned.words')}
        value={one(visit.input, 'umschlagWorte')}
        maxLength={1000}
        autocomplete="off"
        optional
      />
      <Button variant="secondary" shortcut="z">
        {t('post:returned.send')}
      </Button>
    </form>
  );
}

/**
 * Notes that the paper is our letter, come back: at that letter, with the picture of what was scanned, and in the stack, in one transaction. Whoever
 * holds the paper may say so, also where the case is another team's: its code names the case.
 */
export async function returnLetter(visit: StaffVisit): Promise<Response> {
  const { t } = visit;
  const found = await foundLetter(visit);
  if (found === undefined) return notFound(visit);
  if (found.letter.state === 'filed' || found.letter.state === 'returned') return goOn(visit, found);
  const again = (problems: readonly FieldProblem[]) => inTenant(visit, (tx) => letterPage(visit, tx, problems));
  const text = envelopeOf(visit);
  if (text === '') {
    const words = one(visit.input, 'umschlag') === other;
    const name = words ? 'umschlagWorte' : 'umschlag';
    return again([{ id: fieldId(name), text: t(words ? 'post:returned.noWords' : 'post:returned.noMark') }]);
  }
  const wanted = await inTenant(visit, async (tx) =>
    (await mayBeReturned(tx, found.letter)).find(({ notice }) => notice.id === one(visit.input, 'brief')),
  );
  const gone: FieldProblem = { id: 'decide', text: t('post:returned.gone') };
  if (wanted === undefined) return again([gone]);
  const { notice } = wanted;
  const name = translate(defaultLanguage)('post:returned.fileName', { title: titleOf(notice) });
  const picture = await cut(visit, found, name);
  if (picture === 'failed') return again([{ id: 'decide', text: t('post:decide.cannotCut') }]);
  const outcome = await once(visit, async (tx): Promise<Outcome> => {
    const { letter } = found;
    const mark = { letterId: letter.id, version: Number(one(visit.input, 'version')), documentId: picture.id };
    const marked = await markReturned(tx, visit, { ...mark, noticeId: notice.id, caseId: notice.caseId });
    if (marked.kind === 'already') return { kind: 'unchanged' };
    if (marked.kind === 'not-found') return { kind: 'not-found' };
    if (marked.kind === 'changed') return { kind: 'wrong', problems: [{ ...gone, text: t('post:decide.changed') }] };
    const reader = await holderOf(tx, visit, notice.caseId);
    const noted = await noteReturned(tx, { actor: visit.actor, reader, noticeId: notice.id }, text, picture);
    return noted.kind === 'done' ? { kind: 'done' } : { kind: 'wrong', problems: [gone] };
  });
  if (outcome.kind === 'not-found') return notFound(visit);
  return outcome.kind === 'wrong' ? again(outcome.problems) : goOn(visit, found);
}

/** Who acts on a letter whose paper they hold: as they are where they see its case, else by the code on the paper alone. */
export async function holderOf(tx: Tx, visit: StaffVisit, caseId: string): Promise<CaseReader> {
  if ((await findCase(tx, visit.reader, caseId)) !== undefined) return visit.reader;
  await recordAudit(tx, visit.actor, {
    action: 'scan-letter.held',
    subjectType: 'case',
    subjectId: caseId,
    caseId,
    reason: visit.t('post:returned.held'),
  });
  return { role: 'program', id: visit.staff.id, teamIds: [] };
}
