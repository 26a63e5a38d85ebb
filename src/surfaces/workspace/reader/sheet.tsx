import type { PageTurn, Place } from '../../../modules/files/index.ts';
import { askedTerms, wordsFound } from '../../../modules/search/index.ts';
import type { Word } from '../../../platform/reading/index.ts';
import { widths } from '../case/view.ts';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import type { ShownPage } from './load.ts';

/** Where a page turned by so many degrees has to be moved so that it lies in the picture. */
const turned = (turn: PageTurn, width: number, height: number): string | undefined =>
  ({
    0: undefined,
    90: `translate(${height} 0) rotate(90)`,
    180: `translate(${width} ${height}) rotate(180)`,
    270: `translate(0 ${width}) rotate(270)`,
  })[turn];

/**
 * One page: its picture as it was read, with every word at its place so that text can be selected, the words found and the marks over
 * it. One SVG: turning is a transformation of all of it, and no style stands in the page. What was not read is a plain picture.
 */
export function Sheet(props: {
  readonly visit: StaffVisit;
  readonly shown: ShownPage;
  readonly search: string;
  readonly zoom: number;
  readonly covered?: readonly Place[];
}) {
  const { visit, shown, search, zoom } = props;
  const { document } = shown.paper;
  const turn = shown.turns.get(shown.page) ?? 0;
  const alt = visit.t('workspace:case.papers.alt', { page: shown.page, name: document.name });
  const size = `tw-sheet tw-sheet--${zoom}`;
  const { words } = shown;
  if (words === undefined) {
    const width = widths.steps[zoom] ?? widths.steps[0];
    return (
      <img
        class={size}
        src={paths.turnedPage(document.id, shown.page, width, turn)}
        alt={alt}
        width={width}
        height={Math.round(width * Math.SQRT2)}
      />
    );
  }
  const { width, height } = words;
  const hits = new Set([...found(shown, search), ...placed(words.words, shown.places)]);
  const box = turn === 90 || turn === 270 ? `0 0 ${height} ${width}` : `0 0 ${width} ${height}`;
  const at = (place: Place) => ({
    x: Math.round(place.x * width),
    y: Math.round(place.y * height),
    width: Math.max(1, Math.round(place.width * width)),
    height: Math.max(1, Math.round(place.height * height)),
  });
  return (
    <svg class={size} viewBox={box} role="img" aria-label={alt} data-sheet="" data-turn={String(turn)}>
      <g transform={turned(turn, width, height)} data-size={`${width} ${height}`}>
        <image href={paths.readPage(document.id, shown.page)} width={width} height={height} />
        {[...hits].map(({ x, y, width: wide, height: tall }) => (
          <rect class="tw-word-hit" x={x} y={y} width={wide} height={tall} />
        ))}
        {words.words.map((word) => (
          <text
            class="tw-word"
            x={word.x}
            y={Math.round(word.y + word.height * 0.82)}
            font-size={word.height}
            textLength={word.width}
            lengthAdjust="spacingAndGlyphs"
          >
            {`${word.text} `}
          </text>
        ))}
        {shown.marks
          .filter((mark) => mark.page === shown.page)
          .flatMap((mark) => mark.places.map((place) => <rect class="tw-note-mark" {...at(place)} />))}
        {(props.covered ?? []).map((place) => (
          <rect class="tw-covered" {...at(place)} />
        ))}
      </g>
    </svg>
  );
}

/** The words of the page that a search for this text finds: the same ones, by their stems and in compounds. */
const found = (shown: ShownPage, search: string): Word[] => wordsFound(shown.words?.words ?? [], askedTerms(search));

/** The words of the page that say what a fact says: one after the other as they were read there. */
const placed = (words: readonly Word[], places: readonly string[]): Word[] =>
  places.flatMap((place) => {
    const parts = place.split(/\s+/).filter((part) => part !== '');
    return words.flatMap((_, index) => {
      const run = words.slice(index, index + parts.length);
      return run.length === parts.length && run.every((word, at) => word.text.includes(parts[at] ?? '')) ? run : [];
    });
  });

/** How many words of the page were found. */
export const countHits = (shown: ShownPage, search: string): number => found(shown, search).length;
