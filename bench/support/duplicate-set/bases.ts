import { createRandom } from '../../../src/main/demo/random.ts';
import type { Kind, Model } from './model.ts';
import { makers } from './papers/index.ts';
import { pdfium, type Word } from './pdfium.ts';
import { setPlain } from './set-plain.ts';
import { setWithTypst } from './set-typst.ts';
import { createSetter } from './typst.ts';

/** One paper, as its maker's program wrote it. */
export interface Base {
  /** Such as `payslip-03-b`: family and member. */
  readonly id: string;
  readonly kind: Kind;
  readonly family: string;
  readonly pdf: Uint8Array;
  readonly pages: readonly BasePage[];
}
export interface BasePage {
  readonly words: readonly Word[];
  /** Nothing but terms that everybody gets: says nothing about whose paper it is. */
  readonly common: boolean;
  /** Another paper of the family has a page with exactly this text, or nobody filled the form in. */
  readonly twin: boolean;
}

/** Height of A4 in points. */
export const A4_HEIGHT = 841.89;

/** Invents so many papers, in families of one to three. */
export async function makeBases(seed: number, count: number): Promise<Base[]> {
  const set = await createSetter();
  const bases: Base[] = [];
  for (let n = 0; bases.length < count; n++) {
    const [kind, make] = makers[n % makers.length] as (typeof makers)[number];
    const r = createRandom(`${seed}/${n}`);
    const size = Math.min(
      count - bases.length,
      n < 2
        ? 2
        : r.weighted([
            [1, 2],
            [2, 4],
            [3, 3],
          ]),
    );
    const { style, models } = make(r, size);
    const family = `${kind}-${String(n + 1).padStart(2, '0')}`;
    const members: Base[] = [];
    for (const [i, model] of models.entries()) {
      const [shared, own] = [createRandom(`${seed}/${n}/look`), createRandom(`${seed}/${n}/pen/${i}`)];
      const pdf =
        style.engine === 'typst' ? setWithTypst(set, model, style, shared, own) : setPlain(model, style, shared, own);
      members.push({ id: `${family}-${'abc'[i]}`, kind, family, pdf, pages: await pagesOf(pdf, model.commonPages) });
    }
    bases.push(...members.map((base, i) => ({ ...base, pages: markTwins(base, models[i] as Model, members, models) })));
  }
  return bases;
}

async function pagesOf(pdf: Uint8Array, commonPages: number): Promise<BasePage[]> {
  const engine = await pdfium();
  const count = await engine.pages(pdf);
  const pages: BasePage[] = [];
  for (let i = 0; i < count; i++)
    pages.push({ words: await engine.words(pdf, i, A4_HEIGHT), common: i >= count - commonPages, twin: false });
  return pages;
}

/** What a reader can tell a page by: its text, and what stands in its fields by hand. */
function contentOf(page: BasePage, { blocks }: Model): string {
  const text = page.words.map((word) => word.text).join(' ');
  const fields = blocks.flatMap((block) => (block.t === 'fields' ? block.rows.flat() : []));
  const byHand = fields.filter(({ hand, label }) => hand && text.includes(label)).map(({ value }) => value);
  return [text, ...byHand].join(' | ');
}

function markTwins(base: Base, model: Model, family: readonly Base[], models: readonly Model[]): BasePage[] {
  const others = new Set(
    family.flatMap((each, i) => (each === base ? [] : each.pages.map((page) => contentOf(page, models[i] as Model)))),
  );
  return base.pages.map((page) => ({ ...page, twin: model.blank === true || others.has(contentOf(page, model)) }));
}
