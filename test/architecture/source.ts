import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What the rules ask of one TypeScript file; paths count from the root of the project, without extension. */
export type Source = {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly exportsDefault: boolean;
  /** What it names of its surroundings: neither properties nor its own variables; and `Math.random`. */
  readonly names: ReadonlySet<string>;
  readonly unchecked: readonly string[];
  /** Variables that are a suite of uvu, and those whose `run()` is called. */
  readonly suites: readonly string[];
  readonly runs: readonly string[];
  readonly picksOnly: boolean;
};

/** `to` is the path of one of our files, `node:…`, or the name of a package. */
export type Import = { readonly to: string; readonly typeOnly: boolean };

export function readSource(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const nodes = all(file);
  const bare = withoutExtension(path);
  return {
    path: bare,
    lines: text.trimEnd().split('\n').length,
    imports: nodes.flatMap((node) => importOf(node, bare)),
    exportsDefault: nodes.some(isDefaultExport),
    names: surroundings(nodes),
    unchecked: [
      ...nodes.filter((node) => node.kind === ts.SyntaxKind.AnyKeyword).map(() => 'any'),
      ...(text.match(/@ts-(ignore|nocheck)/g) ?? []),
    ],
    suites: [...nodes.flatMap(suiteOf), ...(importsTest(nodes) ? ['test'] : [])],
    runs: nodes.flatMap((node) => calledOn(node, 'run')),
    picksOnly: nodes.some((node) => calledOn(node, 'only').length > 0),
  };
}

function all(node: ts.Node): ts.Node[] {
  return [node, ...node.getChildren().flatMap(all)];
}

function importOf(node: ts.Node, from: string): Import[] {
  const specifier = specifierOf(node);
  if (!specifier) return [];
  const to = specifier.startsWith('.')
    ? withoutExtension(join(dirname(from), specifier))
    : packageOf(specifier);
  return [{ to, typeOnly: isTypeOnly(node) }];
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return textOf(node.expression);
  if (!ts.isCallExpression(node)) return undefined;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return isRequire || node.expression.kind === ts.SyntaxKind.ImportKeyword
    ? textOf(node.arguments[0])
    : undefined;
}

function textOf(node: ts.Expression | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.isTypeOnly ?? false;
  return ts.isExportDeclaration(node) && node.isTypeOnly;
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function withoutExtension(path: string): string {
  return path.replace(/\.(d\.)?[cm]?[jt]s$/, '');
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  if (ts.isExportAssignment(node)) return !node.isExportEquals;
  return node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent);
}

function surroundings(nodes: readonly ts.Node[]): Set<string> {
  const own = new Set(nodes.flatMap(variableOf));
  const names = nodes.filter((node) => isFreeName(node) || isDice(node)).map((node) => node.getText());
  return new Set(names.filter((name) => !own.has(name)));
}

function variableOf(node: ts.Node): string[] {
  const isVariable = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
  return isVariable && ts.isIdentifier(node.name) ? [node.name.text] : [];
}

function isFreeName(node: ts.Node): boolean {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  const isMember = ts.isPropertyAssignment(parent) || ts.isClassElement(parent) || ts.isTypeElement(parent);
  return (
    !(isMember && parent.name === node) && !(ts.isBindingElement(parent) && parent.propertyName === node)
  );
}

function isDice(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random';
}

function suiteOf(node: ts.Node): string[] {
  if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) return [];
  const made = node.initializer;
  const isSuite = made && ts.isCallExpression(made) && ts.isIdentifier(made.expression);
  return isSuite && made.expression.text === 'suite' ? [node.name.text] : [];
}

function importsTest(nodes: readonly ts.Node[]): boolean {
  return nodes.some(
    (node) =>
      ts.isImportSpecifier(node) &&
      node.name.text === 'test' &&
      textOf(node.parent.parent.parent.moduleSpecifier as ts.Expression) === 'uvu',
  );
}

function calledOn(node: ts.Node, method: string): string[] {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const { expression, name } = node.expression;
  return name.text === method && ts.isIdentifier(expression) ? [expression.text] : [];
}
