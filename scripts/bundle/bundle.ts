import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { CHUNKS, type Chunk, fileOf, type Layout, layOut } from './chunks';
import { copyDeclarations, removeStale } from './compiled';
import { DOORS, readGraph, VITEST } from './graph';

/**
 * Puts the modules that were compiled into `build/modules` into the few files of `build/lib`: finding and reading
 * hundreds of files takes Node.js longer than running them.
 *
 * Each module stays what it is, a CommonJS module with a scope of its own: it keeps its names, it runs when it is first
 * asked for, and it is in one file only, whichever entry the program came by.
 */
export async function bundle(root: string): Promise<void> {
  removeStale(root);
  const graph = await readGraph(root);
  const layout = layOut(graph);
  const target = path.join(root, 'build', 'lib');
  // What an earlier build left would be published.
  rmSync(target, { recursive: true, force: true });
  copyDeclarations(root);
  for (const chunk of CHUNKS) await writeChunk(root, chunk, layout);
  for (const door of DOORS) {
    const file = path.join(target, `${door}.js`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, doorTo(door, layout, graph.exports.get(door)!));
  }
  await writeVitest(root);
}

/** How all files are written. Their maps name the sources and have none in them, as the compiler's. */
function options(root: string): BuildOptions {
  return {
    absWorkingDir: root,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'es2022',
    tsconfigRaw: {},
    sourcemap: true,
    sourcesContent: false,
  };
}

async function writeChunk(root: string, chunk: Chunk, layout: Layout): Promise<void> {
  const offered = layout.offered.filter((name) => layout.chunkOf.get(name) === chunk);
  const lines = offered.map((name) => `  "${name}": () => require("./${name}.js"),\n`);
  await build({
    ...options(root),
    stdin: {
      contents: `exports.modules = {\n${lines.join('')}};\n`,
      resolveDir: path.join(root, 'build', 'modules', 'lib'),
      sourcefile: fileOf(chunk),
    },
    format: 'cjs',
    outfile: path.join('build', 'lib', fileOf(chunk)),
    plugins: [otherChunks(root, chunk, layout), keptNames],
  });
}

const OTHER = 'other-chunk';

/** Has modules of other chunks taken from there, when they are first asked for. */
function otherChunks(root: string, own: Chunk, { chunkOf, offered }: Layout): Plugin {
  const modules = path.join(root, 'build', 'modules', 'lib');
  return {
    name: OTHER,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./, namespace: OTHER }, ({ path }) => ({ path, external: true }));
      onResolve({ filter: /^\./ }, ({ path: asked, resolveDir }) => {
        const file = path
          .relative(modules, path.join(resolveDir, asked))
          .replaceAll(path.sep, '/')
          .replace(/\.js$/, '');
        const name = chunkOf.has(file) ? file : `${file}/index`;
        const chunk = chunkOf.get(name);
        if (chunk === own) return undefined;
        if (offered.includes(name)) return { path: name, namespace: OTHER };
        return {
          errors: [{ text: `No chunk offers ${file}: the sources do not import it where what was compiled does.` }],
        };
      });
      onLoad({ filter: /./, namespace: OTHER }, ({ path: name }) => ({
        contents: `module.exports = require("./${fileOf(chunkOf.get(name)!)}").modules["${name}"]();\n`,
      }));
    },
  };
}

/**
 * Puts each module into a function: a class that uses its own name would become `var Port = class _Port` on the top level
 * of a module, and be `_Port` in errors.
 *
 * INVARIANT: the compiler begins each module with "use strict".
 */
const keptNames: Plugin = {
  name: 'kept-names',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/, namespace: 'file' }, ({ path: file }) => {
      const [, head, body, end] = /^((?:#!.*\n)?"use strict";)(.*?)(\/\/# sourceMappingURL=.*)?$/s.exec(
        readFileSync(file, 'utf8'),
      )!;
      return { contents: `${head}(function () {${body}})();${end ?? ''}`, resolveDir: path.dirname(file) };
    });
  },
};

/** The file by which others come in; it lists the names that it exports, as Node.js finds them for `import` by the text alone. */
function doorTo(name: string, { chunkOf }: Layout, exports: readonly string[]): string {
  const file = `${'../'.repeat(name.split('/').length - 1) || './'}${fileOf(chunkOf.get(name)!)}`;
  const load = `require("${file}").modules["${name}"]();\n`;
  if (exports.length === 0) return `#!/usr/bin/env node\n"use strict";\n${load}`;
  return `"use strict";\nmodule.exports = ${load}0 && (module.exports = { ${['__esModule', ...exports].join(', ')} });\n`;
}

async function writeVitest(root: string): Promise<void> {
  const doors = DOORS.map((door) => `./${path.posix.relative(path.posix.dirname(VITEST), door)}.js`);
  await build({
    ...options(root),
    entryPoints: [path.join('build', 'modules', 'lib', `${VITEST}.mjs`)],
    external: doors,
    format: 'esm',
    outfile: path.join('build', 'lib', `${VITEST}.mjs`),
  });
}
