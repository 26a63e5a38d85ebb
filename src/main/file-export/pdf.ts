import { dayInGermany } from '../../kernel/dates.ts';
import { keptPages } from '../../modules/documents/index.ts';
import { type FileExport, type FilePart, fileParts, marksOfDocument } from '../../modules/files/index.ts';
import type { Jobcenter, Profile } from '../../modules/settings/index.ts';
import { type Language, type Translate, translate } from '../../platform/i18n/index.ts';
import { type MediaType, renderPage } from '../../platform/media/index.ts';
import { typeset } from '../../platform/pdf/index.ts';
import type { Fact, FilePaper } from '../../platform/pdf/papers.ts';
import { pageText } from '../../platform/reading/index.ts';
import type { FiledDocument } from '../../surfaces/file-contents.ts';
import { frozenSections } from '../../surfaces/receipt-paper.ts';
import type { Services } from '../../surfaces/services.ts';
import { actorWords, eventWords } from '../../surfaces/workspace/case/history.tsx';
import { kindWords, partWords, titleWords } from '../../surfaces/workspace/reader/words.ts';
import { formatDate, formatDateTime } from '../../ui/format.ts';
import type { Collected } from './collect.ts';
import type { OwnLine } from './own-lines.ts';
import { saidRows } from './said-lines.ts';
import { recipients } from './whose.ts';

export type ExportWords = { readonly t: Translate; readonly language: Language };
export const exportWords = (asked: FileExport): ExportWords => {
  const language: Language = asked.language === 'en' ? 'en' : 'de';
  return { language, t: translate(language) };
};

type Scene = {
  readonly services: Pick<Services, 'database' | 'vault' | 'profile' | 'catalogue'>;
  readonly jobcenter: Jobcenter;
  readonly asked: FileExport;
  readonly collected: Collected;
  readonly now: Date;
};

/** Pages of pictures in one PDF: a hundred megabytes at most. What is more goes into a further volume. */
const pagesInVolume = 400;

/** The PDFs of an export, one after the other: a single one, or volumes where a file is very long. */
export async function* exportPdfs(scene: Scene): AsyncGenerator<Uint8Array> {
  const profile = await scene.services.profile(scene.jobcenter.id);
  const parts = await scene.services.database.tenant(scene.jobcenter.id, (tx) => fileParts(tx, true));
  const forms = await scene.services.catalogue.all(scene.jobcenter.id);
  const concern = (key: string): string => forms.get(key)?.title[exportWords(scene.asked).language] ?? key;
  const volumes = inVolumes(scene.collected.documents);
  for (const [index, documents] of volumes.entries()) {
    const files: Record<string, Uint8Array> = {};
    const sheets = [];
    for (const document of documents) sheets.push(await documentSheets(scene, parts, document, files));
    const paper = filePaper(scene, profile, concern, { index, of: volumes.length }, sheets);
    yield await typeset('file.typ', paper, files);
  }
}

function inVolumes(documents: readonly FiledDocument[]): FiledDocument[][] {
  const volumes: FiledDocument[][] = [[]];
  let pages = 0;
  for (const each of documents) {
    if (pages > 0 && pages + each.document.pages > pagesInVolume) {
      volumes.push([]);
      pages = 0;
    }
    volumes.at(-1)?.push(each);
    pages += each.document.pages;
  }
  return volumes;
}

const fact = (label: string, value: string | null | undefined): Fact[] => (value ? [{ label, value }] : []);

function filePaper(
  { jobcenter, asked, collected, now }: Scene,
  profile: Profile | undefined,
  concern: (key: string) => string,
  volume: { readonly index: number; readonly of: number },
  documents: FilePaper['documents'],
): FilePaper {
  const words = exportWords(asked);
  const { t, language } = words;
  const { household } = collected.contents;
  const number = household?.fileNumber ?? collected.contents.cases[0]?.number ?? '';
  const title = t('file:export.paper.title', { number });
  const count = t('file:export.paper.volume', { n: volume.index + 1, of: volume.of });
  return {
    lang: language,
    date: dayInGermany(now),
    title: volume.of > 1 ? `${title}, ${count}` : title,
    sender: {
      name: jobcenter.name,
      lines: profile === undefined ? [] : [`${profile.street}, ${profile.postcode} ${profile.town}`],
    },
    running: title,
    footer: jobcenter.name,
    pageLabel: t('receipt:pageLabel'),
    intro: t('file:export.paper.intro'),
    facts: [
      ...fact(t('workspace:person.fileNumber'), number),
      ...fact(
        t('file:export.paper.people'),
        household?.members.map((each) => `${each.givenName} ${each.familyName}`).join(', '),
      ),
      ...fact(t('file:export.paper.asked'), formatDateTime(asked.askedAt, language, t)),
      ...fact(t('file:export.paper.by'), asked.by),
      ...fact(t('file:export.paper.why'), asked.reason),
      ...fact(t('file:export.purpose.label'), forWhom(t, asked, collected)),
      ...fact(t('file:export.paper.documents'), String(collected.documents.length)),
    ],
    contents: t('file:export.paper.contents'),
    history: t('workspace:case.history'),
    'left-out': leftOut(words, asked, collected),
    cases: volume.index > 0 ? [] : collected.cases.map((each) => caseSheet(words, concern, each)),
    documents,
  };
}

/** For the person, whose name it says, and the children they represent; or for what else. */
function forWhom(t: Translate, asked: FileExport, { people }: Collected): string {
  const [name, ...children] = people;
  if (name === undefined) return t(`file:export.purpose.${asked.purpose}`);
  if (children.length === 0) return t('file:export.paper.for', { name });
  return t('file:export.paper.forToo', { name, children: children.join(', ') });
}

/** How much of the file it holds: of all of it or of what a clerk may see, everything or what is about the person it is for. */
export const sightWords = (t: Translate, asked: FileExport): string => {
  const sight = asked.reader.role === 'lead' ? 'all' : 'own';
  return t(`file:export.paper.${recipients(asked) === undefined ? 'sight' : 'sightOfOne'}.${sight}`);
};

/** What is not in it, and why: said by every export, also that a clerk can only give what they may see themselves. */
function leftOut(words: ExportWords, asked: FileExport, collected: Collected): FilePaper['left-out'] {
  const { t } = words;
  return [
    { heading: t('file:export.paper.whole'), text: sightWords(t, asked), items: [] },
    ...(collected.others === 0
      ? []
      : [
          {
            heading: t('file:export.paper.others'),
            text: t('file:export.paper.othersText', { count: collected.others }),
            items: [],
          },
        ]),
    ...(collected.unnamed === 0
      ? []
      : [
          {
            heading: t('file:export.paper.unnamed'),
            text: t('file:export.paper.unnamedText', { count: collected.unnamed }),
            items: [],
          },
        ]),
    ...(asked.purpose === 'other'
      ? [{ heading: t('own:title'), text: t('file:export.paper.notForPerson'), items: [] }]
      : []),
    ...(collected.withheld.length === 0
      ? []
      : [
          {
            heading: t('file:export.paper.withheld'),
            text: t('file:export.paper.withheldText'),
            items: collected.withheld.map(
              ({ document, reason }) =>
                `${kindWords(words, document.facts.kind) ?? t('file:column.document')}: ${reason}`,
            ),
          },
        ]),
    ...(collected.erased === 0
      ? []
      : [
          {
            heading: t('file:export.paper.erased'),
            text: t('file:export.paper.erasedText', { count: collected.erased }),
            items: [],
          },
        ]),
  ];
}

function caseSheet(
  words: ExportWords,
  concern: (key: string) => string,
  { case: each, team, elsewhere, submissions, events, own, said }: Collected['cases'][number],
): FilePaper['cases'][number] {
  const { t, language } = words;
  const saidHere = saidRows(words, said);
  return {
    heading: elsewhere ? t('file:export.paper.elsewhere') : `${concern(each.concern)}, ${each.number}`,
    facts: elsewhere
      ? []
      : [
          ...fact(t('workspace:inbox.column.person'), each.personName),
          ...fact(t('workspace:inbox.column.state'), t(`workspace:state.${each.state}`)),
          ...fact(t('workspace:case.arrived'), formatDateTime(each.openedAt, language, t)),
          ...fact(t('workspace:case.team'), team),
        ],
    answers: [
      ...submissions.flatMap((submission) =>
        frozenSections(submission.frozen).map((section) => ({
          title: `${section.title} (${formatDate(submission.receivedAt, language)})`,
          rows: section.items.map((item) => ({
            question: item.label,
            answer:
              item.rows === undefined
                ? item.text
                : item.rows.map((row) => row.items.map((i) => `${i.label}: ${i.text}`).join(', ')).join('\n'),
          })),
        })),
      ),
      ...(saidHere.length === 0 ? [] : [{ title: t('plans:surroundings'), rows: saidHere }]),
      ...(own.length === 0 ? [] : [{ title: t('own:title'), rows: own.map((line) => ownRow(words, line)) }]),
    ],
    events: events.map((event) => {
      const { title, body } = eventWords(words, event);
      const by = actorWords(words, event.actorKind, event.actorName);
      const text = typeof body === 'string' ? body : '';
      return {
        label: `${formatDateTime(new Date(event.at), language, t)}\n${by}`,
        value: [title, text].filter((line) => line !== '').join('\n'),
      };
    }),
  };
}

/** What stands in an own field, with who wrote it when, and what stood there before. */
function ownRow({ t, language }: ExportWords, { on, label, note, entries }: OwnLine) {
  const said = entries.map(({ value, writtenAt, writtenName }) => {
    const by = t('own:block.by', { name: writtenName, at: formatDateTime(writtenAt, language, t) });
    return `${value ?? t('own:block.empty')} (${by})`;
  });
  const place = note === undefined ? t(`own:target.${on}`) : t('own:ofNote', { date: formatDate(note, language) });
  return { question: `${place}: ${label}`, answer: said.join('\n') };
}

/** Width of a page that was never read: enough to read it on paper. */
const unreadWidth = 1_240;

/** A document with its pages: as they were read, with their words as the text of the picture; unread ones are drawn. */
async function documentSheets(
  { services, jobcenter, asked, collected }: Scene,
  parts: readonly FilePart[],
  filed: FiledDocument,
  files: Record<string, Uint8Array>,
): Promise<FilePaper['documents'][number]> {
  const words = exportWords(asked);
  const { t, language } = words;
  const { document, facts } = filed;
  const { kept, raw, marks } = await services.database.tenant(jobcenter.id, async (tx) => {
    const pages = (await keptPages(tx, services.vault, document.id)) ?? [];
    const missing = pages.length < document.pages;
    const marked = await marksOfDocument(tx, document.id);
    return { marks: marked, kept: pages, raw: missing ? await services.vault.read(tx, document.id) : undefined };
  });
  const pages = [];
  for (let page = 1; page <= document.pages; page++) {
    const read = kept.find((each) => each.page === page);
    const label = t('file:export.paper.page', { name: document.name, page, of: document.pages });
    const file = `d${document.id}-${page}.${read === undefined ? 'webp' : 'jpg'}`;
    const alt = (read === undefined ? '' : pageText(read)) || t('file:export.paper.noText', { page });
    if (read !== undefined) files[file] = read.picture;
    else {
      const drawn =
        raw === undefined ? undefined : await renderPage(raw, document.mediaType as MediaType, page, unreadWidth);
      if (drawn === undefined || 'failed' in drawn) continue; // the original lies in the ZIP all the same
      files[file] = drawn.bytes;
    }
    pages.push({ label, file, alt });
  }
  const day = (value: string | null): string | undefined => (value === null ? undefined : formatDate(value, language));
  return {
    heading: titleWords(words, filed),
    facts: [
      ...fact(t('file:column.document'), document.name),
      ...fact(t('file:field.art'), kindWords(words, facts.kind)),
      ...fact(t('file:field.absender'), facts.sender),
      ...fact(t('file:field.vom'), day(facts.datedOn)),
      ...fact(t('file:field.gueltigBis'), day(facts.validUntil)),
      ...fact(t('file:column.arrived'), formatDateTime(filed.at, language, t)),
      ...(collected.elsewhere.has(document.id)
        ? []
        : fact(t('file:column.case'), `${filed.case.number}, ${partWords(words, parts, filed.part)}`)),
      ...fact(t('file:export.paper.pages'), String(document.pages)),
      ...(facts.copyOf === null ? [] : fact(t('file:column.state'), t('file:beside.copy'))),
      ...marks.map(({ page, note, madeBy, madeAt }) => ({
        label: t('file:export.paper.marked', { page }),
        value: `${note}\n${madeBy}, ${formatDateTime(madeAt, language, t)}`,
      })),
    ],
    pages,
  };
}
