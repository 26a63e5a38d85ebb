import { Zip, ZipPassThrough } from 'fflate';
import { dayInGermany } from '../../kernel/dates.ts';
import type { FileExport } from '../../modules/files/index.ts';
import type { FiledDocument } from '../../surfaces/file-contents.ts';
import type { Services } from '../../surfaces/services.ts';
import { kindWords, titleWords } from '../../surfaces/workspace/reader/words.ts';
import { formatDate } from '../../ui/format.ts';
import type { Collected } from './collect.ts';
import { csvLine, htmlIndex } from './csv.ts';
import { exportWords, sightWords } from './pdf.ts';

/** Bytes of documents in one ZIP; what is more goes into a further one. It bounds the memory of the worker. */
const bytesInVolume = 160 * 1024 * 1024;

type Scene = {
  readonly services: Pick<Services, 'database' | 'vault'>;
  readonly jobcenterId: string;
  readonly asked: FileExport;
  readonly collected: Collected;
};

type Entry = { readonly document: FiledDocument; readonly name: string; readonly volume: number };

/** The originals as ZIPs, each with an index of all of them as table (`index.csv`) and page (`index.html`). */
export async function* exportZips(scene: Scene): AsyncGenerator<Buffer> {
  const entries = entriesOf(scene);
  const volumes = Math.max(1, ...entries.map((each) => each.volume + 1));
  for (let volume = 0; volume < volumes; volume++) yield await zipOf(scene, entries, volume, volumes);
}

function entriesOf({ collected }: Scene): Entry[] {
  let volume = 0;
  let bytes = 0;
  return collected.documents.map((document, index) => {
    if (bytes > 0 && bytes + document.document.bytes > bytesInVolume) {
      volume += 1;
      bytes = 0;
    }
    bytes += document.document.bytes;
    const day = document.facts.datedOn ?? dayInGermany(document.at);
    return {
      document,
      volume,
      name: `unterlagen/${String(index + 1).padStart(4, '0')}_${day}_${safe(document.document.name)}`,
    };
  });
}

/** A name that every system can write: no signs of folders or drives. */
const safe = (name: string): string => name.replace(/[<>:"/\\|?*]+/g, '_').slice(-100);

/** Documents are compressed already: they are stored as they are, one after the other, and never all of them in memory twice. */
async function zipOf(scene: Scene, entries: readonly Entry[], volume: number, volumes: number): Promise<Buffer> {
  const { services, jobcenterId, asked } = scene;
  const chunks: Uint8Array[] = [];
  const ended = Promise.withResolvers<void>();
  const zip = new Zip((error, chunk, last) => {
    if (error) ended.reject(error);
    else {
      chunks.push(chunk);
      if (last) ended.resolve();
    }
  });
  const add = (name: string, bytes: Uint8Array): void => {
    const file = new ZipPassThrough(name);
    file.mtime = asked.askedAt;
    zip.add(file);
    file.push(bytes, true);
  };
  const { csv, html } = indexOf(scene, entries, volumes);
  add('index.csv', Buffer.from(csv));
  add('index.html', Buffer.from(html));
  for (const { document, name } of entries.filter((each) => each.volume === volume)) {
    const bytes = await services.database.tenant(jobcenterId, (tx) => services.vault.read(tx, document.document.id));
    if (bytes !== undefined) add(name, bytes);
  }
  zip.end();
  await ended.promise;
  return Buffer.concat(chunks);
}

function indexOf(
  { asked, collected }: Scene,
  entries: readonly Entry[],
  volumes: number,
): { readonly csv: string; readonly html: string } {
  const words = exportWords(asked);
  const { t, language } = words;
  const columns = ['number', 'title', 'kind', 'sender', 'date', 'arrived', 'case', 'pages', 'sha256', 'file'].map(
    (name) => t(`file:export.index.${name}`),
  );
  const rows = entries.map(({ document: each, name, volume }, index) => ({
    file: name,
    cells: [
      String(index + 1),
      titleWords(words, each),
      kindWords(words, each.facts.kind) ?? '',
      each.facts.sender ?? '',
      each.facts.datedOn === null ? '' : formatDate(each.facts.datedOn, language),
      formatDate(each.at, language),
      collected.elsewhere.has(each.document.id) ? '' : each.case.number,
      String(each.document.pages),
      each.document.sha256.toString('hex'),
      volumes > 1 ? `${volume + 1}/${volumes}: ${name}` : name,
    ],
  }));
  const withheld = collected.withheld.map(
    ({ document, reason }) => `${kindWords(words, document.facts.kind) ?? t('file:column.document')}: ${reason}`,
  );
  const intro = [
    sightWords(t, asked),
    ...(collected.others === 0 ? [] : [t('file:export.paper.othersText', { count: collected.others })]),
    ...(collected.unnamed === 0 ? [] : [t('file:export.paper.unnamedText', { count: collected.unnamed })]),
    ...(withheld.length === 0 ? [] : [`${t('file:export.paper.withheldText')} ${withheld.join('; ')}`]),
    ...(collected.erased === 0 ? [] : [t('file:export.paper.erasedText', { count: collected.erased })]),
  ];
  const number = collected.contents.household?.fileNumber ?? '';
  const title = t('file:export.paper.title', { number });
  return {
    // The mark at the beginning tells spreadsheets that this is UTF-8.
    csv: `\ufeff${csvLine(columns)}${rows.map(({ cells }) => csvLine(cells)).join('')}`,
    html: htmlIndex({ language, title, intro, columns, rows }),
  };
}
