import type { Doubt } from '../../../modules/post/index.ts';
import { Button, formatDate } from '../../../ui/index.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import type { LetterView } from './load-letter.ts';

type Props = { readonly visit: StaffVisit; readonly view: LetterView };

/** So many page numbers are named; more is a misread total. */
const mostNamed = 12;
const named = (numbers: readonly number[]): string =>
  numbers.length > mostNamed ? `${numbers.slice(0, mostNamed).join(', ')} …` : numbers.join(', ');

/** What to do about something that is wrong with a letter as it was scanned. */
export const DoubtNext = ({ visit, view, doubt }: Props & { readonly doubt: Doubt }) =>
  doubt === 'totals-differ' ? (
    <TotalsDiffer visit={visit} view={view} />
  ) : doubt === 'heads-differ' ? (
    <HeadsDiffer visit={visit} view={view} />
  ) : doubt === 'unreadable' ? (
    <Unreadable visit={visit} view={view} />
  ) : doubt === 'pages-missing' ? (
    <PagesMissing visit={visit} view={view} />
  ) : (
    <p>{visit.t(`post:doubtNext.${doubt}`)}</p>
  );

/** The numbers of the missing pages; with a sheet that nobody could read, how many of them they are. */
function PagesMissing({ visit, view }: Props) {
  const { missing, missingCount } = view.letter.suggestion;
  const numbers = named(missing);
  return (
    <p>
      {missingCount === undefined
        ? visit.t('post:doubtNext.pages-missing', { missing: numbers })
        : visit.t('post:doubtNext.pages-missing-some', { missing: numbers, count: missingCount })}
    </p>
  );
}

const failures = ['timeout', 'memory', 'broken'] as const;

/** Each sheet that nobody could read: the way to it, and what stood in the way. */
function Unreadable({ visit, view }: Props) {
  const { t } = visit;
  return (
    <>
      {view.pages
        .filter(({ state }) => state === 'failed')
        .map(({ page, failure }) => {
          const known = failures.find((each) => each === failure);
          return (
            <p>
              <a href={withQuery(paths.scanLetter(view.letter.id), { seite: String(page), person: view.person?.id })}>
                {t('post:failure.sheet', { sheet: page })}
              </a>
              {known === undefined ? null : `: ${t(`post:failure.${known}`)}`}
            </p>
          );
        })}
      <p>{t('post:doubtNext.unreadable')}</p>
    </>
  );
}

/** Two totals on the pages of one letter: a person looks at the sheet and divides there; nothing is divided by itself. */
function TotalsDiffer({ visit, view }: Props) {
  const { t } = visit;
  const { letter } = view;
  const differ = letter.suggestion.totals;
  if (differ === undefined) return null;
  const [sheetBefore, sheet] = differ.sheets;
  const [totalBefore, total] = differ.totals;
  const [before, after] = differ.missing;
  return (
    <>
      <p>{t('post:doubtNext.totals-differ', { sheetBefore, sheet, totalBefore, total })}</p>
      {before.length === 0 ? null : <p>{t('post:totals.before', { missing: named(before) })}</p>}
      {after.length === 0 ? null : <p>{t('post:totals.after', { missing: named(after) })}</p>}
      <DivideBefore visit={visit} view={view} sheet={sheet} />
    </>
  );
}

/** Two sheets whose numbers go on and whose heads name different letters: both are said, and a person divides, or not. */
function HeadsDiffer({ visit, view }: Props) {
  const { t, language } = visit;
  const { heads } = view.letter.suggestion;
  if (heads === undefined) return null;
  const [sheetBefore, sheet] = heads.sheets;
  const said = (text: string): string => (heads.what === 'date' ? formatDate(text, language) : text);
  return (
    <>
      <p>
        {t('post:heads.say', {
          what: t(`post:heads.${heads.what}`),
          sheetBefore,
          sheet,
          before: said(heads.before),
          after: said(heads.after),
        })}
      </p>
      <p>{t('post:doubtNext.heads-differ', { sheet })}</p>
      <DivideBefore visit={visit} view={view} sheet={sheet} />
    </>
  );
}

/** The way to a sheet, and one press that divides the letter before it. */
function DivideBefore({ visit, view, sheet }: Props & { readonly sheet: number }) {
  const { t } = visit;
  const { letter } = view;
  return (
    <>
      <p>
        <a href={withQuery(paths.scanLetter(letter.id), { seite: String(sheet), person: view.person?.id })}>
          {t('post:totals.look', { sheet })}
        </a>
      </p>
      {letter.state !== 'open' || letter.submissionId !== null ? null : (
        <form action={paths.scanVerb(letter.id, 'teilen')} method="post">
          <VerbMarks visit={visit} />
          <input type="hidden" name="seite" value={String(sheet)} />
          <Button small variant="secondary">
            {t('post:totals.split', { sheet })}
          </Button>
        </form>
      )}
    </>
  );
}
