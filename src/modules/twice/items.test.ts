import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Document } from '../documents/index.ts';
import { groupItems } from './items.ts';
import type { Decision, Pair } from './pair.ts';

const at = new Date('2026-05-03T08:00:00Z');
const side = (documentId: string) => ({ submissionId: `s-${documentId}`, documentId, channel: 'portal' as const, at });
const node = (documentId: string) => ({
  way: { ...side(documentId), number: '' },
  document: { name: documentId, sha256: Buffer.from(documentId) } as Document,
  concern: 'unterlagen',
  supplement: false,
});
const pair = (one: string, other: string, reason: string, decision?: Decision): Pair => ({
  id: `${one} ${other}`,
  level: 'same-document',
  score: 0.9,
  reason,
  marks: [],
  method: 1,
  withdrawn: false,
  foundAt: at,
  earlier: side(one),
  later: side(other),
  askedAt: null,
  decided: decision === undefined ? undefined : { decision, at, by: 'Kim' },
});
const names = (documents: readonly string[], pairs: readonly Pair[]) =>
  groupItems(documents.map(node), pairs).map((item) => item.ways.map((way) => way.documentId).join('+'));

test('a part and its whole are one item, two papers in one scan stay two', () => {
  const part = pair('whole', 'part', 'shares-pages', 'same');
  assert.deepEqual(names(['whole', 'part'], [part]), ['whole+part']);
  const both = [pair('lease', 'stack', 'shares-pages', 'same'), pair('offer', 'stack', 'shares-pages', 'same')];
  assert.deepEqual(names(['lease', 'offer', 'stack'], both), ['lease', 'offer', 'stack']);
});

test('what nobody decided in another shape stays apart, a newer version as well', () => {
  assert.deepEqual(names(['a', 'b'], [pair('a', 'b', 'same-content')]), ['a', 'b']);
  const items = groupItems(['old', 'new'].map(node), [pair('old', 'new', 'same-content', 'newer')]);
  assert.deepEqual(
    items.map((item) => item.replaced),
    [true, false],
  );
});
