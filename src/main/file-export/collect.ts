import type { TimelineEvent } from '../../modules/cases/index.ts';
import { timeline } from '../../modules/cases/index.ts';
import { circleNotesOf, nameEmployers, withNotes } from '../../modules/contacts/index.ts';
import { peopleOfFacts, peopleOfPapers } from '../../modules/facts/index.ts';
import type { FileExport } from '../../modules/files/index.ts';
import { arrivalsOfDocuments, type Submission, submissionsOfCase } from '../../modules/intake/index.ts';
import { peopleByIds } from '../../modules/people/index.ts';
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
import { type About, aboutCase, aboutEvent, aboutPaper, aboutPerson, goesTo, recipients, unnamed } from './whose.ts';

/** What an export puts together: everything its reader may see, less what was withheld, and of it what is about those it is for. */
export type Collected = {
  readonly contents: FileContents;
  /** Names of the person it is for, and of the children they represent. */
  readonly people: readonly string[];
  readonly cases: readonly {
    readonly case: FileContents['cases'][number];
    readonly team: string | undefined;
    /** A case of somebody else, in which something is about the person or the household: neither its concern nor its number is shown. */
    readonly elsewhere: boolean;
    readonly submissions: readonly Submission[];
    readonly events: readonly TimelineEvent[];
    /** What own fields of the case say, and of whom else they were written first here. */
    readonly own: readonly OwnLine[];
    /** What was said about burdens and surroundings, and help of other services. */
    readonly said: Said;
  }[];
  readonly documents: readonly FiledDocument[];
  /** Papers that lie in a case of somebody else, by their ids: the case is not named. */
  readonly elsewhere: ReadonlySet<string>;
  /** Entries and papers that are only about other people and therefore not in it. */
  readonly others: number;
  /** Facts that were read and confirmed, and of which nobody said whose they are: not in it until somebody does. */
  readonly unnamed: number;
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
  const forms = await services.catalogue.all(jobcenterId);
  const people = recipients(asked);
  return services.database.tenant(jobcenterId, async (tx) => {
    const contents = await contentsOfFile(tx, asked.reader, asked.fileId, teamOf);
    if (contents === undefined) return undefined;
    const teams = new Map((await allTeams(tx)).map((team) => [team.id, team.name]));
    const cases = [];
    const shown = new Set<string>();
    const wholes = new Map<string, About>();
    let others = 0;
    let open = 0;
    const several = severalPeople(contents);
    /** Keeps of a list what goes to the person, and counts the rest. */
    const mine = <T>(list: readonly T[], about: (each: T) => About): T[] => {
      const kept = list.filter((each) => goesTo(people, about(each)));
      const nobodys = people === undefined ? 0 : list.filter((each) => about(each) === unnamed).length;
      open += nobodys;
      others += list.length - kept.length - nobodys;
      return kept;
    };
    const only = asked.purpose === 'other' ? await ownFieldsIn(tx, contents.cases) : undefined;
    for (const each of contents.cases.toReversed()) {
      const whole = aboutCase(each, forms.get(each.concern));
      wholes.set(each.id, whole);
      const every = await nameEmployers(tx, withNotes(await timeline(tx, each.id), await notesFor(tx, asked, each.id)));
      const facts = await peopleOfFacts(
        tx,
        every.flatMap((event) => ('factId' in event.detail ? [event.detail.factId] : [])),
      );
      const { personId } = each;
      const events = mine(every, (event) => aboutEvent(event, { personId, whole, several }, facts));
      const notes = new Map(events.flatMap(({ kind, id, at }) => (kind === 'note' ? [[id, at] as const] : [])));
      const own = await ownLines(tx, asked.language === 'en' ? 'en' : 'de', { ...each, notes }, shown, only);
      const said = await saidIn(tx, each.id);
      const aboutField = { case: whole, person: aboutPerson(personId), household: [], note: [], form: whole };
      const collected = {
        case: each,
        team: teams.get(each.teamId ?? ''),
        elsewhere: !goesTo(people, whole),
        submissions: mine(await submissionsOfCase(tx, each.id), () => whole),
        events,
        said: {
          entries: mine(said.entries, () => aboutPerson(personId)),
          referrals: mine(said.referrals, () => aboutPerson(personId)),
        },
        own: mine(own, (line) => aboutField[line.on]),
      };
      if (!collected.elsewhere || events.length > 0 || collected.own.length > 0) cases.push(collected);
    }
    const every = everyDocument(contents.documents).toReversed();
    const about = await aboutPapers(tx, every, wholes);
    const aboutDocument = ({ document }: FiledDocument): About => about.get(document.id) ?? [];
    const [gone = [], there = []] = [true, false].map((erased) =>
      every.filter((each) => (each.document.erasedAt !== null) === erased),
    );
    const living = mine(there, aboutDocument);
    return {
      contents,
      people: people === undefined ? [] : await namesOf(tx, [...people]),
      cases,
      documents: living.filter((each) => asked.withheld[each.document.id] === undefined),
      elsewhere: new Set(
        living.flatMap((each) => (goesTo(people, wholes.get(each.case.id) ?? []) ? [] : [each.document.id])),
      ),
      others,
      unnamed: open,
      withheld: living.flatMap((document) => {
        const reason = asked.withheld[document.document.id];
        return reason === undefined ? [] : [{ document, reason }];
      }),
      erased: gone.filter((each) => goesTo(people, aboutDocument(each))).length,
    };
  });
}

/** Whether the file knows more people than one: then what is read on a paper may be of any of them. */
function severalPeople({ household, cases }: FileContents): boolean {
  const known = [...(household?.members ?? []).map(({ id }) => id), ...cases.flatMap(({ personId }) => personId ?? [])];
  return new Set(known).size > 1;
}

/** Whom each paper is about: what came twice lies in the cases of all its ways, and a blackened copy is about whom its original is. */
async function aboutPapers(
  tx: Tx,
  papers: readonly FiledDocument[],
  wholes: ReadonlyMap<string, About>,
): Promise<Map<string, About>> {
  const idsOf = (each: FiledDocument): string[] => [
    ...new Set([
      each.document.id,
      ...(each.facts.copyOf === null ? [] : [each.facts.copyOf]),
      ...each.ways.flatMap((way) => way.documentId ?? []),
    ]),
  ];
  const ids = papers.flatMap(idsOf);
  const known = await peopleOfPapers(tx, ids);
  const places = Map.groupBy(await arrivalsOfDocuments(tx, ids), (each) => each.documentId);
  return new Map(
    papers.map((each) => {
      const lies = idsOf(each).flatMap((id) => (places.get(id) ?? []).flatMap(({ caseId }) => caseId ?? []));
      const cases = [...new Set([each.case.id, ...lies])].flatMap((id) => {
        const whole = wholes.get(id);
        return whole === undefined ? [] : [whole];
      });
      return [each.document.id, aboutPaper([...new Set(idsOf(each).flatMap((id) => known.get(id) ?? []))], cases)];
    }),
  );
}

async function namesOf(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const people = await peopleByIds(tx, ids);
  return ids.flatMap((id) => people.find((each) => each.id === id) ?? []).map((p) => `${p.givenName} ${p.familyName}`);
}

/** Notes of the circles of who asked, where they asked for them too; as they belong to the circles now, and logged as their look. */
async function notesFor(tx: Tx, asked: FileExport, caseId: string) {
  if (!asked.circles) return [];
  const actor = { kind: 'staff', id: asked.reader.id, name: asked.by } as const;
  return circleNotesOf(tx, { actor, reader: asked.reader }, caseId);
}
