import { dayInGermany } from '../../../kernel/dates.ts';
import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { languagesOf } from '../../../modules/documents/index.ts';
import { placementFor } from '../../../modules/fields/index.ts';
import { endedHoldsOfFile, exportsOfFile, fileParts, holdsOfFile } from '../../../modules/files/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { contentsOfFile, everyDocument, type FileContents, teamOfConcern } from '../../file-contents.ts';
import { isRefresh } from '../enforce.ts';
import { ownOfFile } from '../fields/file-fields.tsx';
import { queryText, type StaffVisit } from '../visit.ts';
import { concernTitles } from '../words.tsx';
import { filtered, readFileQuery, yearOf } from './filter.ts';
import type { FileData } from './page.tsx';

const size = 50;

/** The file of the address. */
export const fileId = (visit: StaffVisit): string => visit.c.req.param('id') ?? '';

/** The documents in it, by their ids. */
export const documentsSeen = (contents: FileContents): string[] =>
  everyDocument(contents.documents).map((each) => each.document.id);

export const casesSeen = (contents: FileContents): string[] => contents.cases.map((each) => each.id);

/** What is in a file, as far as the visitor may see it. */
export async function readContents(tx: Tx, visit: StaffVisit, fileId: string): Promise<FileContents | undefined> {
  if (!isId(fileId)) return undefined;
  return contentsOfFile(tx, visit.reader, fileId, await teamOfConcern(visit.services, visit.jobcenter.id));
}

/** Everything the page of a file shows, read and logged in one transaction: a look at a file is a look at each of its cases. */
export async function loadFile(tx: Tx, visit: StaffVisit, fileId: string): Promise<FileData | undefined> {
  const contents = await readContents(tx, visit, fileId);
  if (contents === undefined) return undefined;
  for (const { id } of contents.cases)
    await recordAudit(tx, visit.actor, {
      action: 'file.read',
      subjectType: 'file',
      subjectId: fileId,
      caseId: id,
      reason: visit.t('workspace:case.readReason'),
      ...(isRefresh(visit.c) ? { detail: { renewed: true } } : {}),
    });
  const parts = await fileParts(tx, true);
  const years = [...new Set(contents.documents.map(yearOf))].sort().reverse();
  const seen = documentsSeen(contents);
  const languages = await languagesOf(tx, seen);
  const spoken = [...new Set([...languages.values()].flat().map(({ language }) => language))];
  const query = readFileQuery(visit, {
    parts: parts.map((part) => part.key),
    years,
    cases: contents.cases.map((each) => each.id),
    languages: spoken,
  });
  const today = dayInGermany(visit.services.clock.now());
  const matching = filtered(contents.documents, query, today, languages);
  const pages = Math.max(1, Math.ceil(matching.length / size));
  const page = Math.max(1, Math.min(pages, Number.parseInt(queryText(visit, 'blatt'), 10) || 1));
  return {
    contents,
    parts,
    query,
    years,
    rows: matching.slice((page - 1) * size, page * size),
    matching: matching.length,
    page,
    pages,
    today,
    languages,
    spoken,
    // A hold on a document of a case that the reader does not see looks as if it were not there.
    holds: await holdsOfFile(tx, fileId, seen, casesSeen(contents)),
    endedHolds: await endedHoldsOfFile(tx, fileId, seen, casesSeen(contents)),
    exports: await exportsOfFile(tx, fileId),
    concern: await concernTitles(visit),
    own: await ownOfFile(tx, visit, contents),
    placement: await placementFor(tx, oneTeam(contents)),
  };
}

/** The team of all cases that are seen; null where there are several, and the order of the house counts. */
function oneTeam({ cases }: FileContents): string | null {
  const teams = new Set(cases.map((each) => each.teamId));
  const [team = null] = teams;
  return teams.size === 1 ? team : null;
}
