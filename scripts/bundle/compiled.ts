import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';

/** What the compiler writes of a module, behind the module's name: programs, their maps, and declarations. */
const WRITTEN = /(?:\.d\.(m?)ts|\.(m?)js(?:\.map)?)$/;

/**
 * Removes what was compiled of modules that are gone, which the compiler leaves: its declarations would be published, and
 * `a.js` would be found where `a.ts` has become `a/index.ts`.
 */
export function removeStale(root: string): void {
  for (const file of compiled(root)) {
    const source = file.replace(WRITTEN, (_, ofTypes = '', ofProgram = '') => `.${ofTypes || ofProgram}ts`);
    if (source !== file && !existsSync(path.join(root, 'lib', source))) rmSync(path.join(modules(root), file));
  }
}

/** Puts the declarations beside the programs. */
export function copyDeclarations(root: string): void {
  for (const file of compiled(root).filter((name) => /\.d\.m?ts$/.test(name))) {
    const target = path.join(root, 'build', 'lib', file);
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(path.join(modules(root), file), target);
  }
}

function compiled(root: string): readonly string[] {
  return readdirSync(modules(root), { recursive: true, encoding: 'utf8' });
}

function modules(root: string): string {
  return path.join(root, 'build', 'modules', 'lib');
}
