import { inLanguage } from '../../../modules/fields/index.ts';
import type { LegalHold } from '../../../modules/files/index.ts';
import type { Content, FieldProblem } from '../../../ui/index.ts';
import { everyDocument } from '../../file-contents.ts';
import { VerbMarks } from '../case/verb-marks.tsx';
import { fieldName } from '../fields/field-words.tsx';
import { paths } from '../paths.ts';
import { titleWords } from '../reader/words.ts';
import { EndedHolds, HoldForm, HoldList } from './hold-list.tsx';
import { Cases, type FileProps } from './page.tsx';

/** Handing the file out, and for the lead what holds for all files. */
export const Ways = ({ visit, data, title }: FileProps & { title?: string | undefined }) => (
  <section class="tw-panel" aria-labelledby="ways">
    <h2 id="ways">{title ?? visit.t('file:ways')}</h2>
    <ul class="tw-file__cases">
      <li>
        <a href={paths.fileExports(data.contents.file.id)} data-shortcut="x" aria-keyshortcuts="x">
          {visit.t('file:export.link')} <kbd class="td-kbd">x</kbd>
        </a>
      </li>
      {visit.staff.role === 'lead' ? (
        <li>
          <a href={paths.filePlan}>{visit.t('file:plan.title')}</a>
        </li>
      ) : null}
    </ul>
  </section>
);

/** What keeps the file, or a document in it, from being deleted, and why; everybody may set it, the lead ends it. */
export function Holds(props: FileProps & { problems: readonly FieldProblem[]; title?: string | undefined }) {
  const { visit, data, problems, title } = props;
  const { t } = visit;
  const { id } = data.contents.file;
  const papers = new Map(everyDocument(data.contents.documents).map((each) => [each.document.id, each]));
  const kept = ({ documentId, caseId }: LegalHold): Content => {
    const paper = papers.get(documentId ?? '');
    const place = data.contents.cases.find((each) => each.id === caseId);
    if (place !== undefined)
      return <a href={paths.case(place.id)}>{t('file:hold.oneCase', { number: place.number })}</a>;
    if (documentId === null) return t('file:hold.wholeFile');
    return paper === undefined ? null : <a href={paths.document(documentId)}>{titleWords(visit, paper)}</a>;
  };
  return (
    <section class="tw-panel" aria-labelledby="holds">
      <h2 id="holds">{title ?? t('file:hold.title')}</h2>
      {data.holds.length === 0 ? (
        <p class="td-muted">{t('file:hold.none')}</p>
      ) : (
        <HoldList
          visit={visit}
          holds={data.holds}
          keeps={kept}
          end={(hold) => paths.fileHoldEnd(id, hold.id)}
          problems={problems}
          marks={<VerbMarks visit={visit} />}
        />
      )}
      <EndedHolds visit={visit} ended={data.endedHolds} />
      <HoldForm
        visit={visit}
        action={paths.fileHold(id)}
        summary={t('file:hold.set')}
        label={t('file:hold.why')}
        problems={problems}
        marks={<VerbMarks visit={visit} />}
      />
    </section>
  );
}

/** What stands beside the papers, as the house or the team orders it. A part that they hide is folded away: what was written in it stays in reach. */
export function Side(props: FileProps & { problems: readonly FieldProblem[] }) {
  const { visit, data } = props;
  const placed = data.placement('file');
  const draw: Readonly<Record<string, (title: string | undefined) => Content>> = {
    ways: (title) => <Ways {...props} title={title} />,
    cases: (title) => <Cases {...props} title={title} />,
    own: () => data.own,
    holds: (title) => <Holds {...props} title={title} />,
  };
  return (
    <>
      {placed.map(({ key, hidden, label }) => {
        const part = draw[key]?.(label === undefined ? undefined : inLanguage(label, visit.language)) ?? null;
        if (part === null || !hidden) return part;
        return (
          <details>
            <summary>{visit.t('own:folded', { name: fieldName(visit, placed, 'file', key) })}</summary>
            {part}
          </details>
        );
      })}
    </>
  );
}
