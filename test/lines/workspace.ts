import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { emptyFolder } from '../support/folder';

const REPOSITORY = path.join(__dirname, '..', '..');
const SOURCES = path.join(__dirname, 'project');

/** Projects of a user, outside the repository, in a folder whose name has a space. */
export interface Workspace {
  /** Portolan is a package below node_modules, as npm installs it. */
  readonly installed: string;
  /** Portolan is a link to a checkout, which is below no node_modules, as `npm link` and workspaces have it. */
  readonly linked: string;
}

export function makeWorkspace(): Workspace {
  const root = realpathSync(emptyFolder('portolan lines '));
  const checkout = path.join(root, 'checkout');
  compilePortolan(checkout);
  linkPackages(checkout);
  // Only what is published: the sources that the maps name stay behind.
  const copy = (to: string) => cpSync(path.join(checkout, 'build'), path.join(to, 'build'), { recursive: true });
  return {
    installed: makeProject(path.join(root, 'installed'), (to) => {
      copy(to);
      copyFileSync(path.join(checkout, 'package.json'), path.join(to, 'package.json'));
    }),
    linked: makeProject(path.join(root, 'linked'), (to) => symlinkSync(checkout, to, 'dir')),
  };
}

/** The library as `npm run build` makes it, but for the declarations, which nobody asks for here. */
function compilePortolan(checkout: string): void {
  cpSync(path.join(REPOSITORY, 'lib'), path.join(checkout, 'lib'), { recursive: true });
  copyFileSync(path.join(REPOSITORY, 'package.json'), path.join(checkout, 'package.json'));
  const sources = readdirSync(path.join(checkout, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(checkout, 'lib', file));
  compile(sources, { rootDir: checkout, outDir: path.join(checkout, 'build'), sourceMap: true });
}

/** Each file by itself: whether the types fit is tested elsewhere. */
function compile(files: readonly string[], options: ts.CompilerOptions): void {
  const alone = { noResolve: true, noLib: true, isolatedModules: true, types: [], noCheck: true };
  const format = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true };
  ts.createProgram(files, { ...alone, ...format, ...options }).emit();
}

function linkPackages(folder: string): void {
  const packages = path.join(folder, 'node_modules');
  mkdirSync(packages, { recursive: true });
  const from = path.join(REPOSITORY, 'node_modules');
  for (const name of readdirSync(from)) {
    if (!name.startsWith('.')) symlinkSync(path.join(from, name), path.join(packages, name), 'dir');
  }
}

function makeProject(folder: string, installPortolan: (to: string) => void): string {
  linkPackages(folder);
  const portolan = path.join(folder, 'node_modules', 'portolan');
  installPortolan(portolan);
  cpSync(SOURCES, folder, { recursive: true });
  cpSync(path.join(SOURCES, 'packages'), path.join(folder, 'node_modules'), { recursive: true });
  const main = path.join(folder, 'main.ts');
  compile([main], { rootDir: folder, outDir: path.join(folder, 'mapped'), sourceMap: true });
  compile([main], { rootDir: folder, outDir: path.join(folder, 'unmapped') });
  makeModules(folder, main);
  return folder;
}

/** The program once more as ES modules, in TypeScript and in JavaScript. */
function makeModules(folder: string, main: string): void {
  const modules = path.join(folder, 'modules');
  mkdirSync(modules);
  writeFileSync(path.join(modules, 'package.json'), '{ "type": "module" }');
  copyFileSync(main, path.join(modules, 'main.ts'));
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 };
  const { outputText } = ts.transpileModule(readFileSync(main, 'utf8'), { compilerOptions });
  writeFileSync(path.join(modules, 'main.mjs'), outputText);
}
