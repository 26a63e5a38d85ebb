import type { BrokenFile, TextProblem } from '../../../modules/help/index.ts';
import { Alert, Prose } from '../../../ui/index.ts';
import { show } from '../shell.tsx';
import type { StaffVisit } from '../visit.ts';
import { HelpFacts } from './help.tsx';
import { HelpNav } from './help-nav.tsx';

/** All explanations on one page, to read or to search with the browser. */
export function helpPage(visit: StaffVisit): Promise<Response> {
  const { t, shelf, language } = visit;
  const page = show(
    visit,
    { title: t('help:all.title') },
    <>
      <h1>{t('help:all.title')}</h1>
      <HelpNav visit={visit} here="help" />
      <p class="td-lead">{t('help:all.text')}</p>
      {visit.staff.role === 'lead' ? <Broken visit={visit} broken={shelf.broken} /> : null}
      {shelf.allHelp(language).map((text) => (
        <section
          class="tw-text td-flow"
          aria-labelledby={`text-${text.key}`}
          lang={text.language === language ? undefined : text.language}
        >
          <h2 id={`text-${text.key}`}>{text.title}</h2>
          <Prose blocks={text.blocks} level={3} />
          <HelpFacts visit={visit} text={text} />
          {visit.staff.role === 'lead' ? (
            <p class="td-muted">{t('help:file', { file: `help/${text.language}/${text.key}.md` })}</p>
          ) : null}
        </section>
      ))}
    </>,
  );
  return Promise.resolve(page);
}

/** Own files that are not used, with what to mend: for those who lead. */
const Broken = ({ visit, broken }: { visit: StaffVisit; broken: readonly BrokenFile[] }) =>
  broken.length === 0 ? null : (
    <Alert tone="warning" title={visit.t('help:broken.title')}>
      <p>{visit.t('help:broken.text')}</p>
      <ul class="td-list">
        {broken.map(({ file, problems }) => (
          <li>
            <strong>{file}</strong>
            {': '}
            {problems.map((problem) => problemWords(visit, problem)).join(' ')}
          </li>
        ))}
      </ul>
    </Alert>
  );

const problemWords = ({ t }: StaffVisit, { line, code, field }: TextProblem): string =>
  t(`help:problem.${code}`, { line, field: field ?? '' });
