import * as path from 'node:path';
import * as ts from 'typescript';

/** A type that a public declaration mentions, and that nobody can import. */
export interface Unnamed {
  readonly type: string;
  readonly file: string;
  /** The declaration that mentions it. */
  readonly in: string;
}

const LIB = path.resolve('lib');
/** What answers are made of is reached by the answer's own type; of the model only what a profile is written with is followed. */
const MODEL = path.join(LIB, 'model');
const PROFILE = path.join(MODEL, 'cluster');

/**
 * The types within the library that signatures of what a module exports mention, and that the module does not export. Only
 * what is written counts, so nothing has to be inferred and no other package is read.
 */
export function unnamedTypes(entry: string): readonly Unnamed[] {
  const { checker, exported } = exportsOf(path.resolve(entry));
  const types = new Set([...exported].map((symbol) => checker.getDeclaredTypeOfSymbol(symbol)));
  const isNamed = (symbol: ts.Symbol) => exported.has(symbol) || types.has(checker.getDeclaredTypeOfSymbol(symbol));
  const known = new Set(exported);
  const found: Unnamed[] = [];
  for (const symbol of known) {
    for (const { name, isBase } of mentionsOf(symbol, exported.has(symbol))) {
      const mentioned = resolved(checker, name);
      if (!mentioned || known.has(mentioned) || !isDeclaredBelow(mentioned, LIB)) continue;
      known.add(mentioned);
      if (isBase || isNamed(mentioned)) continue;
      const file = path.relative(LIB, mentioned.declarations![0].getSourceFile().fileName);
      found.push({ type: mentioned.name, file, in: symbol.name });
    }
  }
  return found;
}

function exportsOf(entry: string): { readonly checker: ts.TypeChecker; readonly exported: ReadonlySet<ts.Symbol> } {
  const options: ts.CompilerOptions = { noLib: true, types: [], target: ts.ScriptTarget.ES2022 };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => {
      const fileName = `${path.resolve(path.dirname(from), text)}.ts`;
      const isOurs = text.startsWith('.') && ts.sys.fileExists(fileName);
      return { resolvedModule: isOurs ? { resolvedFileName: fileName, extension: ts.Extension.Ts } : undefined };
    });
  const program = ts.createProgram([entry], options, host);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
  return { checker, exported: new Set(checker.getExportsOfModule(module).map((each) => unaliased(checker, each))) };
}

interface Mention {
  readonly name: ts.EntityName;
  /** Its members are shown as those of what stands on it. */
  readonly isBase: boolean;
}

function mentionsOf(symbol: ts.Symbol, hasStatics: boolean): readonly Mention[] {
  const declarations = symbol.declarations ?? [];
  const isFollowed = isDeclaredBelow(symbol, PROFILE) || !isDeclaredBelow(symbol, MODEL);
  return isFollowed ? declarations.flatMap((declaration) => collect(declaration, hasStatics)) : [];
}

function collect(declaration: ts.Declaration, hasStatics: boolean): readonly Mention[] {
  const mentions: Mention[] = [];
  const visit = (node: ts.Node): void => {
    if (isHidden(node) || (!hasStatics && isStatic(node))) return;
    if (ts.isTypeReferenceNode(node)) mentions.push({ name: node.typeName, isBase: isOperand(node, declaration) });
    if (ts.isExpressionWithTypeArguments(node) && ts.isIdentifier(node.expression)) {
      mentions.push({ name: node.expression, isBase: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return mentions;
}

/** What a user never meets: bodies, values, what is private or internal, and what only a symbol of the library leads to. */
function isHidden(node: ts.Node): boolean {
  if (ts.isBlock(node)) return true;
  if (ts.isPropertyDeclaration(node.parent) && node.parent.initializer === node) return true;
  if (!ts.isClassElement(node) && !ts.isTypeElement(node)) return false;
  const isPrivate = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0;
  const isInternal = ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
  return isPrivate || isInternal || (node.name !== undefined && ts.isComputedPropertyName(node.name));
}

function isStatic(node: ts.Node): boolean {
  return ts.isClassElement(node) && (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0;
}

/** Whether a type is all that another one adds to. */
function isOperand(node: ts.Node, declaration: ts.Declaration): boolean {
  return ts.isIntersectionTypeNode(node.parent) && node.parent.parent === declaration;
}

function resolved(checker: ts.TypeChecker, name: ts.EntityName): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  return symbol && unaliased(checker, symbol);
}

function unaliased(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Type parameters belong to what has them. */
function isDeclaredBelow({ flags, declarations = [] }: ts.Symbol, folder: string): boolean {
  const isParameter = (flags & ts.SymbolFlags.TypeParameter) !== 0;
  return !isParameter && declarations.some((each) => each.getSourceFile().fileName.startsWith(folder + path.sep));
}
