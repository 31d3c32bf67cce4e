import { readdirSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { copyDeclarations, removeStale } from '../../scripts/bundle/compiled';
import { folderOf } from '../support/folder';

/** A checkout in which `b.ts` has become `b/index.ts`, and `d.ts` is gone. */
function checkout(): string {
  const sources = ['a.ts', 'b/index.ts', 'c.mts'];
  const compiled = ['a', 'b', 'b/index', 'd'].flatMap((name) => [`${name}.js`, `${name}.js.map`, `${name}.d.ts`]);
  const files = [
    ...sources.map((name) => `lib/${name}`),
    ...[...compiled, 'c.mjs', 'c.mjs.map', 'c.d.mts'].map((name) => `build/modules/lib/${name}`),
  ];
  return folderOf(Object.fromEntries(files.map((name) => [name, ''])));
}

function filesIn(root: string, folder: string): readonly string[] {
  const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => statSync(path.join(root, folder, name)).isFile()).sort();
}

test('what was compiled of modules that are gone goes before the next build', () => {
  const root = checkout();
  removeStale(root);
  const a = ['a.d.ts', 'a.js', 'a.js.map'];
  const b = ['b/index.d.ts', 'b/index.js', 'b/index.js.map'];
  expect(filesIn(root, 'build/modules/lib')).toEqual([...a, ...b, 'c.d.mts', 'c.mjs', 'c.mjs.map']);
});

test('declarations, and nothing else of what was compiled, are put where the package is published from', () => {
  const root = checkout();
  removeStale(root);
  copyDeclarations(root);
  expect(filesIn(root, 'build/lib')).toEqual(['a.d.ts', 'b/index.d.ts', 'c.d.mts']);
});
