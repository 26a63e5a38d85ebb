import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf } from './layers.ts';
import {
  child,
  children,
  lineOf,
  literal,
  type Node,
  nameOf,
  nodes,
  type Parsed,
  parseSource,
  readSources,
  type Source,
} from './source.ts';

/** The one file of each surface that mounts what its routes declare. */
const mounting = [
  'src/surfaces/portal/index.ts',
  'src/surfaces/workspace/index.ts',
  'src/surfaces/channels/api/index.ts',
];

/** Addresses mounted by hand, without a declaration, each with its reason. */
const byHand: Readonly<Record<string, string>> = {
  '*': 'whatever no route declares is not found',
  'src/surfaces/channels/api/index.ts /openapi.json': 'the public description of the API',
  'src/main/assets.ts /assets/:path{.+}': 'styles, fonts and scripts, the same for everybody',
  'src/main/web-app.ts /healthz': 'tells only that the process lives',
  'src/main/web-app.ts /readyz': 'tells only that the database answers',
  'src/main/web-app.ts /metrics': 'figures without personal data, for the own machine only',
  'src/main/web-app.ts /.well-known/jwks.json': 'public halves of the signing keys',
  'src/main/web-app.ts /datei/:jobcenter/:document/:until/:mac':
    'a signed link for five minutes; who asked for it was logged where it was made',
  'src/main/web-app.ts /api/v1': 'mounts a surface',
  'src/main/web-app.ts /arbeit': 'mounts a surface',
  'src/main/web-app.ts /': 'mounts a surface',
};

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'on', 'route', 'mount']);

/** What is wrong with the routes of a file, one sentence each. */
function checkRoutes(file: Parsed): string[] {
  const found: string[] = [];
  for (const node of nodes(file.tree)) {
    const at = `${file.path}:${lineOf(node)}`;
    if (node.type === 'ObjectExpression') found.push(...checkDeclaration(node).map((why) => `${at} ${why}`));
    if (placeOf(file.path).layer === 'surfaces' && makesHono(node) && !mounting.includes(file.path))
      found.push(`${at} only ${mounting.join(', ')} make a Hono application`);
    const address = mountedByHand(node);
    if (address !== undefined && byHand[address] === undefined && byHand[`${file.path} ${address}`] === undefined)
      found.push(`${at} ${address} is mounted past the declared routes`);
  }
  return found;
}

const makesHono = (node: Node): boolean => node.type === 'NewExpression' && nameOf(child(node, 'callee')) === 'Hono';

/** An object with a method, a path and a handler is a route; it says who may and what is recorded. */
function checkDeclaration(node: Node): string[] {
  const property = (name: string): Node | undefined =>
    children(node, 'properties').find((p) => nameOf(child(p, 'key')) === name);
  const method = literal(child(property('method'), 'value'));
  if (!/^(GET|POST|PUT|PATCH|DELETE)$/.test(method ?? '') || !property('path') || !property('handle')) return [];
  const why = property('access') ? [] : ['the route does not say who may'];
  const audit = child(property('audit'), 'value');
  const says = children(audit, 'properties').some(
    (p) =>
      /^(records|nothing)$/.test(nameOf(child(p, 'key')) ?? '') &&
      (literal(child(p, 'value')) ?? 'named elsewhere').trim() !== '',
  );
  const named = audit !== undefined && audit.type !== 'ObjectExpression'; // a constant or parameter: the types see to it
  if (!says && !named) why.push('the route does not say what it records');
  return why;
}

/** The address of `app.get('/x', …)` and the like. `app.on(route.method, route.path, …)` mounts a declared one. */
function mountedByHand(node: Node): string | undefined {
  const callee = child(node, 'callee');
  if (node.type !== 'CallExpression' || !verbs.has(nameOf(child(callee, 'property')) ?? '')) return undefined;
  const texts = children(node, 'arguments').slice(0, 2).map(literal);
  return texts.find((text) => text !== undefined && /^(\/|\*)/.test(text));
}

const check = (sources: readonly Source[]): string[] => sources.map(parseSource).flatMap(checkRoutes);

test('every route says who may and what is recorded, and none is mounted past its surface', () => {
  const found = check(readSources('src/surfaces', 'src/main').filter((source) => !source.path.includes('.test.')));
  assert.deepEqual(found, [], `\n${found.join('\n')}\n`);
});

const planted: readonly (readonly [path: string, text: string])[] = [
  ['src/surfaces/portal/x.ts', "const r = { method: 'GET', path: '/x', audit: { nothing: 'public' }, handle: f };"],
  ['src/surfaces/portal/x.ts', "const r = { method: 'POST', path: '/x', access: 'anyone', handle: f };"],
  [
    'src/surfaces/portal/x.ts',
    "const r = { method: 'POST', path: '/x', access: 'anyone', audit: { nothing: ' ' }, handle: f };",
  ],
  ['src/surfaces/portal/x.ts', "app.get('/x', (c) => c.text('hello'));"],
  ['src/surfaces/workspace/index.ts', "app.on('POST', '/x', (c) => c.text('hello'));"],
  ['src/surfaces/workspace/case/x.ts', 'const app = new Hono();'],
  ['src/main/web-app.ts', "app.all('/debug', (c) => c.text('hello'));"],
];

for (const [path, text] of planted) {
  test(`a planted violation is found: ${path}: ${text}`, () => assert.equal(check([{ path, text }]).length, 1));
}

test('a declared route and its mounting are not reported', () => {
  const text =
    "const r = { method: 'GET', path: '/x', access: 'staff', audit: { records: 'case.read' }, handle: f };\napp.on(r.method, r.path, f);\napp.all('*', g);";
  assert.deepEqual(check([{ path: 'src/surfaces/workspace/index.ts', text }]), []);
});
