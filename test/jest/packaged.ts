import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { type ModuleConfig, transformFileSync } from '@swc/core';

/** Compiles the library into a folder of projects, where they find it by the names that users write. */
export function packageInto(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const home = path.join(folder, 'node_modules', 'portolan');
  for (const file of readdirSync('lib', { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.mts')) compile(file, home, { type: 'es6' });
    else if (file.endsWith('.ts')) compile(file, home, { type: 'commonjs' });
  }
  cpSync('package.json', path.join(home, 'package.json'));
  // Else the projects would be part of this package, and find themselves by its name.
  writeFileSync(path.join(folder, 'package.json'), '{}');
}

function compile(file: string, home: string, module: ModuleConfig): void {
  const { code } = transformFileSync(path.join('lib', file), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module,
  });
  const target = path.join(home, 'build', 'lib', file.replace(/ts$/, 'js'));
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, code);
}
