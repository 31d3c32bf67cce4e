import { copyFileSync, cpSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { emptyFolder } from '../support/folder';
import { compile, installFrom, linkPackages, makeCheckout } from '../support/packaged';

const SOURCES = path.join(__dirname, 'project');

/** Projects of a user, outside the repository, in a folder whose name has a space. */
export interface Workspace {
  /** Portolan is a package below node_modules, as npm installs it. */
  readonly installed: string;
  /** Portolan is a link to a checkout, which is below no node_modules, as `npm link` and workspaces have it. */
  readonly linked: string;
}

export async function makeWorkspace(): Promise<Workspace> {
  const root = realpathSync(emptyFolder('portolan lines '));
  const checkout = path.join(root, 'checkout');
  await makeCheckout(checkout);
  linkPackages(checkout);
  return {
    installed: makeProject(path.join(root, 'installed'), (to) => installFrom(checkout, to)),
    linked: makeProject(path.join(root, 'linked'), (to) => symlinkSync(checkout, to, 'dir')),
  };
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
