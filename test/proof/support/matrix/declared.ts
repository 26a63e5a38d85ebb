import { readFileSync } from 'node:fs';
import { projectPath } from '../../../../src/platform/env/project.ts';
import { type Node, parseSource, readSources } from '../../../architecture/source.ts';

/**
 * What in the type of a parameter says who reads: the reader itself, or what was made of one before: a condition which cases may be opened (`mayOpen`), cases
 * that were narrowed already (`visible`).
 */
const readerType = 'CaseReader';
const readerFields: readonly string[] = ['reader', 'mayOpen', 'visible'];

/** Types of all modules by their names; two modules may have one of the same name. */
type Known = ReadonlyMap<string, readonly Node[]>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);
const child = (node: Node | undefined, name: string): Node | undefined => {
  const found = node?.[name];
  return isNode(found) ? found : undefined;
};
const nameOf = (node: Node | undefined): string => (typeof node?.['name'] === 'string' ? node['name'] : '');
/** The words in a type like `'actor' | 'caseId'`. */
const literals = (node: Node): string[] => [
  ...(node.type === 'StringLiteral' && typeof node['value'] === 'string' ? [node['value']] : []),
  ...childrenOf(node).flatMap(literals),
];

/** Whether a type names a reader, in any depth; a picked type only by what is picked of it. */
function saysWhoReads(node: Node, known: Known, seen: ReadonlySet<string>): boolean {
  if (node.type === 'TSFunctionType') return false;
  if (node.type === 'TSPropertySignature' && readerFields.includes(nameOf(child(node, 'key')))) return true;
  if (node.type === 'TSTypeReference') {
    const name = nameOf(child(node, 'typeName'));
    if (name === readerType) return true;
    const given = child(node, 'typeParameters') ?? child(node, 'typeArguments');
    const [of, keys] = given === undefined ? [] : childrenOf(given);
    if ((name === 'Pick' || name === 'Omit') && of !== undefined && keys !== undefined) {
      const named = literals(keys).some((key) => readerFields.includes(key));
      return name === 'Pick' ? named : !named && saysWhoReads(of, known, seen);
    }
    const deeper = new Set([...seen, name]);
    if (!seen.has(name) && known.get(name)?.some((each) => saysWhoReads(each, known, deeper)) === true) return true;
  }
  return childrenOf(node).some((each) => saysWhoReads(each, known, seen));
}

/** The types of what a function takes. */
const typesOf = (of: Node): Node[] =>
  [of['params'] ?? of['parameters']]
    .flat()
    .filter(isNode)
    .flatMap((each) => child(child(each, 'left') ?? each, 'typeAnnotation') ?? []);

const functions = ['FunctionDeclaration', 'ArrowFunctionExpression', 'TSFunctionType'];

/** What an exported declaration is called and takes: a function, or a constant that is one. */
function exportedOf(declaration: Node): { readonly name: string; readonly takes: readonly Node[] }[] {
  if (declaration.type === 'FunctionDeclaration')
    return [{ name: nameOf(child(declaration, 'id')), takes: typesOf(declaration) }];
  if (declaration.type !== 'VariableDeclaration') return [];
  return childrenOf(declaration).map((each) => {
    const id = child(each, 'id');
    const said = child(child(id, 'typeAnnotation'), 'typeAnnotation');
    const takes = [child(each, 'init'), said].flatMap((of) =>
      of !== undefined && functions.includes(of.type) ? typesOf(of) : [],
    );
    return { name: nameOf(id), takes };
  });
}

/** Every function on a module's face that says in any place who reads, as `module name`. */
export function declaredReaders(): string[] {
  const files = readSources('src/modules')
    .filter(({ path }) => !path.includes('.test.'))
    .map((source) => ({ module: source.path.split('/')[2] ?? '', body: childrenOf(parseSource(source).tree) }));
  const known = new Map<string, Node[]>();
  for (const node of files.flatMap(({ body }) => body)) {
    const alias = child(node, 'declaration') ?? node;
    const name = nameOf(child(alias, 'id'));
    if (alias.type === 'TSTypeAliasDeclaration' && name !== readerType)
      known.set(name, [...(known.get(name) ?? []), alias]);
  }
  const faces = new Map<string, string>();
  const face = (module: string): string => {
    const text = faces.get(module) ?? readFileSync(projectPath(`src/modules/${module}/index.ts`), 'utf8');
    faces.set(module, text);
    return text;
  };
  return files
    .flatMap(({ module, body }) =>
      body
        .filter(({ type }) => type === 'ExportNamedDeclaration')
        .flatMap((node) => child(node, 'declaration') ?? [])
        .flatMap(exportedOf)
        .filter(({ name }) => name !== '' && new RegExp(`\\b${name}\\b`).test(face(module)))
        .filter(({ takes }) => takes.some((type) => saysWhoReads(type, known, new Set())))
        .map(({ name }) => `${module} ${name}`),
    )
    .sort();
}
