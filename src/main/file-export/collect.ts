import type { TimelineEvent } from '../../modules/cases/index.ts';
import { timeline } from '../../modules/cases/index.ts';
import { circleNotesOf, withNotes } from '../../modules/contacts/index.ts';
import type { FileExport } from '../../modules/files/index.ts';
import { type Submission, submissionsOfCase } from '../../modules/intake/index.ts';
import { allTeams } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import {
  contentsOfFile,
  everyDocument,
  type FileContents,
  type FiledDocument,
  teamOfConcern,
} from '../../surfaces/file-contents.ts';
import type { Services } from '../../surfaces/services.ts';
import { type OwnLine, ownFieldsIn, ownLines } from './own-lines.ts';
import { type Said, saidIn } from './said-lines.ts';

/** What an export puts together: everything its reader may see, less what was withheld. */
export type Collected = {
  readonly contents: FileContents;
  readonly cases: readonly {
    readonly case: FileContents['cases'][number];
    readonly team: string | undefined;
    readonly submissions: readonly Submission[];
    readonly events: readonly TimelineEvent[];
    /** What own fields of the case say, and of whom else they were written first here. */
    readonly own: readonly OwnLine[];
    /** What was said about burdens and surroundings, and help of other services. */
    readonly said: Said;
  }[];
  readonly documents: readonly FiledDocument[];
  readonly withheld: readonly { readonly document: FiledDocument; readonly reason: string }[];
  readonly erased: number;
};

/** Reads a file with the eyes of whoever asked for the export; undefined when they may no longer see it. */
export async function collect(
  services: Pick<Services, 'database' | 'catalogue'>,
  jobcenterId: string,
  asked: FileExport,
): Promise<Collected | undefined> {
  const teamOf = await teamOfConcern(services, jobcenterId);
  return services.database.tenant(jobcenterId, async (tx) => {
    const contents = await contentsOfFile(tx, asked.reader, asked.fileId, teamOf);
    if (contents === undefined) return undefined;
    const teams = new Map((await allTeams(tx)).map((team) => [team.id, team.name]));
    const cases = [];
    const shown = new Set<string>();
    const only = asked.purpose === 'other' ? await ownFieldsIn(tx, contents.cases) : undefined;
    for (const each of contents.cases.toReversed()) {
      const events = withNotes(await timeline(tx, each.id), await notesFor(tx, asked, each.id));
      const notes = new Map(events.flatMap(({ kind, id, at }) => (kind === 'note' ? [[id, at] as const] : [])));
      cases.push({
        case: each,
        team: teams.get(each.teamId ?? ''),
        submissions: await submissionsOfCase(tx, each.id),
        events,
        said: await saidIn(tx, each.id),
        own: await ownLines(tx, asked.language === 'en' ? 'en' : 'de', { ...each, notes }, shown, only),
      });
    }
    const every = everyDocument(contents.documents).toReversed();
    const living = every.filter((each) => each.document.erasedAt === null);
    return {
      contents,
      cases,
      documents: living.filter((each) => asked.withheld[each.document.id] === undefined),
      withheld: living.flatMap((document) => {
        const reason = asked.withheld[document.document.id];
        return reason === undefined ? [] : [{ document, reason }];
      }),
      erased: every.length - living.length,
    };
  });
}

/** Notes of the circles of who asked, where they asked for them too; as they belong to the circles now, and logged as their look. */
async function notesFor(tx: Tx, asked: FileExport, caseId: string) {
  if (!asked.circles) return [];
  const actor = { kind: 'staff', id: asked.reader.id, name: asked.by } as const;
  return circleNotesOf(tx, { actor, reader: asked.reader }, caseId);
}
