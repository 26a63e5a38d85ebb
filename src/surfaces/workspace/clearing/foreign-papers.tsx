import { type ClearingItem, type ForeignPaper, papersOfDoubt } from '../../../modules/cases/index.ts';
import { formatLanguage } from '../../../ui/index.ts';
import { WithHelp } from '../help/help.tsx';
import { isOfTheUnion, maybeOfTheUnion, namesOfLanguages } from '../languages.tsx';
import { paths, withQuery } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { namedRuns } from './unread-pages.tsx';

type Props = {
  readonly visit: StaffVisit;
  readonly item: ClearingItem;
  /** The explanation stands at one of them on a page. */
  readonly help: boolean;
};

/**
 * Papers in another language than German: which, with the way to their first page, and what to do now. Who can read it needs nothing; who cannot
 * asks for a translation without delay and with a reasonable deadline (§ 19 (2) SGB X). Nothing for other doubts.
 */
export function ForeignPapers({ visit, item, help }: Props) {
  const { t } = visit;
  const papers = papersOfDoubt(item, 'foreign-language');
  if (papers.length === 0) return null;
  const [maybe] = papers.flatMap(({ languages }) => languages.flatMap((each) => maybeOfTheUnion(each) ?? []));
  const lines = papers.map((paper) => <OnePaper visit={visit} caseId={item.caseId} paper={paper} />);
  return (
    <>
      {help ? (
        <WithHelp visit={visit} of="foreign-language">
          {lines[0]}
        </WithHelp>
      ) : (
        lines[0]
      )}
      {lines.slice(1)}
      <p class="td-muted">{t('workspace:foreign.next')}</p>
      {papers.some(({ languages }) => languages.some(isOfTheUnion)) ? (
        <p class="td-muted">{t('workspace:foreign.union')}</p>
      ) : maybe === undefined ? null : (
        <p class="td-muted">
          {t('workspace:foreign.unionMaybe', { language: formatLanguage(maybe, visit.language, t) })}
        </p>
      )}
    </>
  );
}

/** Its languages, each with the way to its first page, and the way to ask for a translation. */
function OnePaper({ visit, caseId, paper }: { visit: StaffVisit; caseId: string; paper: ForeignPaper }) {
  const { t } = visit;
  const { documentId, languages } = paper;
  const ask = { tun: 'anforderungen', dok: documentId, sprache: languages[0]?.language };
  return (
    <p>
      {languages.map(({ language, pages }) => (
        <>
          <a href={`${withQuery(paths.case(caseId), { dok: documentId, seite: String(pages[0]?.[0] ?? 1) })}#papers`}>
            {t('workspace:foreign.which', {
              language: formatLanguage(language, visit.language, t),
              pages: namedRuns(pages),
            })}
          </a>{' '}
        </>
      ))}
      ·{' '}
      <a
        href={`${withQuery(paths.case(caseId), ask)}#f-what`}
        aria-label={t('workspace:foreign.askLabel', { languages: namesOfLanguages(visit, languages) })}
      >
        {t('workspace:foreign.ask')}
      </a>
    </p>
  );
}
