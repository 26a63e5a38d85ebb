import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parse } from '@babel/parser';
import { projectPath } from '../../src/platform/env/project.ts';

/** A file of ours as text; the path is relative to the project. Tests plant sources that lie on no disk. */
export type Source = { readonly path: string; readonly text: string };

/** A node of the syntax tree, as far as the rules look at it. */
export type Node = {
  readonly type: string;
  readonly loc?: { readonly start: { readonly line: number } };
  readonly [key: string]: unknown;
};

export type Parsed = Source & {
  readonly tree: Node;
  readonly comments: readonly { readonly value: string; readonly line: number }[];
};

/** One import of a file: static, re-exported, dynamic or of a type. `target` is a project path or the name of a package. */
export type Import = {
  readonly target: string;
  readonly line: number;
  readonly typeOnly: boolean;
  readonly ours: boolean;
};

/** Every TypeScript file below the given folders. */
export function readSources(...folders: readonly string[]): Source[] {
  const paths = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: projectPath() })).sort();
  return paths.map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(projectPath(path), 'utf8') }));
}

export function parseSource(source: Source): Parsed {
  const plugins: ('typescript' | 'jsx')[] = source.path.endsWith('x') ? ['typescript', 'jsx'] : ['typescript'];
  const file = parse(source.text, { sourceType: 'module', plugins });
  const comments = (file.comments ?? []).map((c) => ({ value: c.value, line: c.loc?.start.line ?? 0 }));
  return { ...source, tree: file.program as unknown as Node, comments };
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** All nodes of a tree, parents first. */
export function* nodes(tree: Node): Generator<Node> {
  yield tree;
  for (const [key, value] of Object.entries(tree)) {
    if (key === 'loc') continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* nodes(child);
  }
}

export const child = (node: Node | undefined, key: string): Node | undefined => {
  const value = node?.[key];
  return isNode(value) ? value : undefined;
};

export const children = (node: Node | undefined, key: string): Node[] => {
  const value = node?.[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
};

export const lineOf = (node: Node): number => node.loc?.start.line ?? 0;

/** The text of a string or template without its expressions (`…` stands for each); undefined for anything else. */
export function literal(node: Node | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return String(node['value']);
  if (node?.type === 'TSLiteralType') return literal(child(node, 'literal'));
  if (node?.type !== 'TemplateLiteral') return undefined;
  return children(node, 'quasis')
    .map((quasi) => (quasi['value'] as { cooked?: string }).cooked ?? '')
    .join('…');
}

/** The name of an identifier or of a plain property key. */
export const nameOf = (node: Node | undefined): string | undefined =>
  node?.type === 'Identifier'
    ? String(node['name'])
    : node?.type === 'StringLiteral'
      ? String(node['value'])
      : undefined;

/** `object.property` as text, such as `process.env`; undefined when it is not that plain. */
export function member(node: Node | undefined): string | undefined {
  if (node === undefined || !/^(Optional)?MemberExpression$/.test(node.type)) return undefined;
  const object = child(node, 'object');
  const left = object?.type === 'MetaProperty' ? 'import.meta' : (nameOf(object) ?? member(object));
  const right = nameOf(child(node, 'property'));
  return left === undefined || right === undefined ? undefined : `${left}.${right}`;
}

const importing = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
  'TSExternalModuleReference',
]);

function specifierOf(node: Node): Node | undefined {
  if (importing.has(node.type)) return child(node, 'source') ?? child(node, 'argument') ?? child(node, 'expression');
  return node.type === 'CallExpression' && child(node, 'callee')?.type === 'Import'
    ? children(node, 'arguments')[0]
    : undefined;
}

const isTypeOnly = (node: Node): boolean => {
  if (node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type') return true;
  const specifiers = children(node, 'specifiers');
  return specifiers.length > 0 && specifiers.every((s) => s['importKind'] === 'type' || s['exportKind'] === 'type');
};

/** All imports of a file; one whose target is computed has the target `?`. */
export function importsOf(file: Parsed): Import[] {
  return [...nodes(file.tree)].flatMap((node): Import[] => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return [];
    const text = specifier.type === 'TemplateLiteral' ? undefined : literal(specifier);
    const ours = text?.startsWith('.') ?? false;
    const target = text === undefined ? '?' : ours ? posix.join(posix.dirname(file.path), text) : text;
    return [{ target, line: lineOf(node), typeOnly: isTypeOnly(node), ours }];
  });
}
