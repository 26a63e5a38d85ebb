import { isId } from '../../../kernel/ids.ts';
import { endHold, holdFile, lockFile } from '../../../modules/files/index.ts';
import { readablePaper } from '../documents/readable.ts';
import { endName, HoldForm, HoldList } from '../file/hold-list.tsx';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import { type ReaderProps, ViewMarks } from './page.tsx';
import { type DocumentTry, record, textOf, wrong } from './verbs.ts';

/** Keeps this one document until somebody ends it (a law suit, an audit), whatever becomes of the rest of the file: § 84 (3) SGB X. */
export const hold: DocumentTry = async (tx, visit, paper) => {
  const reason = textOf(visit, 'sperrgrund', 500);
  const problem = wrong(visit, { sperrgrund: reason === '' ? 'hold' : undefined });
  if (problem !== undefined) return problem;
  const { fileId } = paper.case;
  if (fileId === null) return { kind: 'not-found' };
  // A deletion or a move that came first is over once the file is ours: what is gone by then is not kept.
  await lockFile(tx, fileId);
  const documentId = paper.document.id;
  if ((await readablePaper(tx, visit, documentId))?.case.fileId !== fileId) return { kind: 'not-found' };
  await holdFile(tx, visit.staff.name, { fileId, documentId, reason });
  await record(tx, visit, paper, 'document.held');
  return { kind: 'done' };
};

/** Ends a hold on this document, with a reason; only the lead may. */
export const release: DocumentTry = async (tx, visit, paper) => {
  const id = visit.c.req.param('documentHold');
  if (!isId(id) || visit.staff.role !== 'lead') return { kind: 'not-found' };
  const reason = textOf(visit, endName(id), 500);
  const problem = wrong(visit, { [endName(id)]: reason === '' ? 'holdEnd' : undefined });
  if (problem !== undefined) return problem;
  const documentId = paper.document.id;
  if (!(await endHold(tx, visit.staff.name, { documentId, id, reason }))) return { kind: 'unchanged' };
  await record(tx, visit, paper, 'document.released');
  return { kind: 'done' };
};

/** What keeps this document from being deleted: holds of its own, and those of its case and its whole file. */
export function DocumentHolds(props: ReaderProps) {
  const { visit, data, problems } = props;
  const { t } = visit;
  const { id } = data.shown.paper.document;
  const { holds } = data;
  if (data.file === undefined) return null;
  return (
    <section class="tw-panel" aria-labelledby="holds">
      <WithHelp visit={visit} of="document-hold">
        <h2 id="holds">{t('file:hold.title')}</h2>
      </WithHelp>
      {holds.length === 0 ? (
        <p class="td-muted">{t('file:hold.noneHere')}</p>
      ) : (
        <HoldList
          visit={visit}
          holds={holds}
          keeps={({ documentId, caseId }) =>
            caseId !== null
              ? t('file:hold.oneCase', { number: data.shown.paper.case.number })
              : t(documentId === null ? 'file:hold.wholeFile' : 'file:hold.thisOne')
          }
          end={(each) => (each.documentId === null ? undefined : paths.documentHoldEnd(id, each.id))}
          problems={problems}
          marks={<ViewMarks {...props} />}
        />
      )}
      <HoldForm
        visit={visit}
        action={paths.documentVerb(id, 'sperren')}
        summary={t('file:hold.setOne')}
        label={t('file:hold.whyOne')}
        problems={problems}
        marks={<ViewMarks {...props} />}
      />
    </section>
  );
}
