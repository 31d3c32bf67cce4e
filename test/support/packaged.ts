import { copyFileSync, cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { bundle } from '../../scripts/bundle/bundle';
import { emptyFolder } from './folder';

const REPOSITORY = path.join(__dirname, '..', '..');

/** A checkout of the library that is built as `npm run build` does it, but for the declarations. */
export async function makeCheckout(checkout: string): Promise<void> {
  cpSync(path.join(REPOSITORY, 'lib'), path.join(checkout, 'lib'), { recursive: true });
  copyFileSync(path.join(REPOSITORY, 'package.json'), path.join(checkout, 'package.json'));
  const sources = readdirSync(path.join(checkout, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.m?ts$/.test(file))
    .map((file) => path.join(checkout, 'lib', file));
  const { Node16 } = ts.ModuleKind;
  compile(sources, {
    rootDir: checkout,
    outDir: path.join(checkout, 'build', 'modules'),
    module: Node16,
    sourceMap: true,
  });
  await bundle(checkout);
}

/** The package as it is published, without the sources that its maps name. */
export async function makePackage(folder: string): Promise<void> {
  const checkout = emptyFolder('portolan-checkout-');
  await makeCheckout(checkout);
  installFrom(checkout, folder);
}

/** Puts what is published of a checkout into a folder. */
export function installFrom(checkout: string, folder: string): void {
  cpSync(path.join(checkout, 'build', 'lib'), path.join(folder, 'build', 'lib'), { recursive: true });
  copyFileSync(path.join(checkout, 'package.json'), path.join(folder, 'package.json'));
}

/** Gives a folder all packages of the repository. */
export function linkPackages(folder: string): void {
  const packages = path.join(folder, 'node_modules');
  mkdirSync(packages, { recursive: true });
  const from = path.join(REPOSITORY, 'node_modules');
  for (const name of readdirSync(from)) {
    if (!name.startsWith('.')) symlinkSync(path.join(from, name), path.join(packages, name), 'dir');
  }
}

/** Compiles each file by itself: whether the types fit is tested elsewhere. */
export function compile(files: readonly string[], options: ts.CompilerOptions): void {
  const alone = { noResolve: true, noLib: true, isolatedModules: true, types: [], noCheck: true };
  const format = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true };
  ts.createProgram(files, { ...alone, ...format, ...options }).emit();
}
