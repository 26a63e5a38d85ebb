import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../../test/proof/support/numbers.ts';
import { openTestOffice } from '../../../test/support/office.ts';
import { newId } from '../../kernel/ids.ts';
import { type CaseReader, openableCase } from '../../modules/cases/index.ts';
import {
  ANY_LANGUAGE,
  askedTerms,
  type Findable,
  type Fit,
  findTexts,
  keepFindable,
  searchKey,
  type TextHit,
  type TextQuery,
} from '../../modules/search/index.ts';
import { addTeam } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';

const office = await openTestOffice();
const { services } = office;
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const { id: jobcenterId } = tenant.jobcenter;
const keys = await services.keyring.of(jobcenterId);
const now = services.clock.now();
const inTenant = <T>(work: (tx: Tx) => Promise<T>) => services.database.tenant(jobcenterId, work);
const clerk: CaseReader = { role: 'clerk', id: newId(now), teamIds: [tenant.teams['leistung'] ?? ''] };
const own = (await office.submit(tenant)).caseId;
const elsewhere = await inTenant((tx) => addTeam(tx, { key: 'woanders', name: 'Woanders', phone: '' }));
assert.ok(elsewhere.kind === 'added');
const foreign = (await office.submit(tenant, { teamId: elsewhere.id })).caseId;

const filler = (words: number): string => Array.from({ length: words }, (_, n) => `fern${n}`).join(' ');
const written: Readonly<Record<Fit, Pick<Findable, 'head' | 'text'>>> = {
  about: { head: 'Kündigung Wohnung.pdf', text: filler(50) },
  close: { text: `${filler(50)} Kündigung der Wohnung` },
  named: { text: `${filler(50)} Kündigung ${filler(9)} Wohnung` },
};
const order: readonly Fit[] = ['about', 'close', 'named'];

/** Keeps something findable, so many hours old. */
async function keep(entry: Pick<Findable, 'head' | 'text'> & Partial<Findable>, hours: number, caseId = own) {
  const at = new Date(now.getTime() - hours * 3_600_000);
  const id = newId(at);
  const whole = { id, kind: 'document', caseId, topic: 'umzug', author: 'client', at, ...entry } as const;
  await inTenant((tx) => keepFindable(tx, keys, whole));
  return id;
}
const find = (query: TextQuery, size = 7) =>
  inTenant((tx) => findTexts(tx, searchKey(keys), { circles: [], mayOpen: openableCase(tx, clerk) }, query, size));

/** All hits, page by page, as somebody leafs through them. */
async function everyPage(query: TextQuery): Promise<TextHit[]> {
  const hits: TextHit[] = [];
  for (let before: TextQuery['before']; ; ) {
    const page = await find({ ...query, ...(before && { before }) });
    hits.push(...page.hits);
    const last = page.hits.at(-1);
    if (!page.more || last === undefined) return hits;
    before = last;
  }
}

test('over all pages what is about it comes first, then close together, then named; of each the newest; nothing twice, nothing foreign', async () => {
  const random = seededRandom(7);
  const kept: { id: string; fit: Fit; hours: number }[] = [];
  for (let n = 0; n < 60; n++) {
    const fit = random.pick(order);
    const hours = n * n * 11;
    const kind = n < 10 ? 'document' : 'message'; // none of the last days: few enough to be gone through at once
    kept.push({ fit, hours, id: await keep({ ...written[fit], kind }, hours) });
    if (n % 3 === 0) await keep(written[random.pick(order)], hours + 1, foreign);
  }
  const terms = askedTerms('Kündigung Wohnung');
  const rank = ({ fit }: { fit: Fit }): number => order.indexOf(fit);
  const expected = kept.toSorted((a, b) => rank(a) - rank(b) || a.hours - b.hours);
  assert.ok(order.every((fit) => kept.filter((each) => each.fit === fit).length > 10));
  const month = 31 * 24;
  const asked: [Partial<TextQuery>, (hours: number) => boolean][] = [
    [{}, () => true],
    [{ kind: 'message' }, (hours) => hours >= 1_100],
    [{ from: new Date(now.getTime() - month * 3_600_000) }, (hours) => hours <= month],
    [{ kind: 'message', from: new Date(now.getTime() - 5 * month * 3_600_000) }, (h) => h >= 1_100 && h <= 5 * month],
  ];
  for (const [narrowed, fits] of asked)
    assert.deepEqual(
      (await everyPage({ terms, ...narrowed })).map(({ id, fit }) => [id, fit]),
      expected.filter(({ hours }) => fits(hours)).map(({ id, fit }) => [id, fit]),
    );
  const byTime = await everyPage({ terms, order: 'time' });
  assert.deepEqual(
    byTime.map(({ id }) => id),
    kept.toSorted((a, b) => a.hours - b.hours).map(({ id }) => id),
  );
  assert.ok(byTime.every(({ fit }) => fit === undefined));
});

test('a paper is found by its language, by any but German, and by kind and topic at once', async () => {
  const text = 'Seltenheitswort';
  const turkish = await keep({ text, languages: ['tr'] }, 1);
  const mixed = await keep({ text, languages: ['pl', 'und-Cyrl'] }, 2);
  const german = await keep({ text }, 3);
  const note = await keep({ text, kind: 'note' }, 4);
  const other = await keep({ text, kind: 'note', topic: 'rueckruf', concern: 'umzug' }, 5);
  await keep({ text, languages: ['tr'] }, 6, foreign);
  const found = async (query: Partial<TextQuery>) =>
    (await everyPage({ ...query, terms: askedTerms(text) })).map(({ id }) => id);
  assert.deepEqual(await found({}), [turkish, mixed, german, note, other]);
  assert.deepEqual(await found({ language: 'tr' }), [turkish]);
  assert.deepEqual(await found({ language: 'und-Cyrl' }), [mixed]);
  assert.deepEqual(await found({ language: ANY_LANGUAGE }), [turkish, mixed]);
  assert.deepEqual(await found({ language: 'ar' }), []);
  assert.deepEqual(await found({ kind: 'note', topic: 'umzug' }), [note, other]);
  assert.deepEqual(await found({ kind: 'note', topic: 'rueckruf' }), [other]);
  assert.deepEqual(await found({ kind: 'message', topic: 'umzug' }), []);
});
