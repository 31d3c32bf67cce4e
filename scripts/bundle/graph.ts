import { build } from 'esbuild';

/** The modules that files of the package are made for by name: what `package.json` names, and what `vitest.mjs` imports. */
export const DOORS = ['index', 'cli/main', 'jest/index', 'jest/matchers', 'jest/snapshot', 'jest/in-network-of'];

/** The one module that is published as an ES module, as vitest has no other form. */
export const VITEST = 'jest/vitest';

/** A module by its path below `lib`, without the extension. */
interface Module {
  /** What runs before it does. */
  readonly needs: readonly string[];
  /** What it loads when it comes to that: a `require` where others have an `import`. */
  readonly loadsLater: readonly string[];
}

export interface Graph {
  readonly modules: ReadonlyMap<string, Module>;
  /** The names that a door exports. */
  readonly exports: ReadonlyMap<string, readonly string[]>;
}

/** Reads who imports whom from the sources, in which `import` and `require` are still told apart. */
export async function readGraph(root: string): Promise<Graph> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...DOORS.map((door) => `lib/${door}.ts`), `lib/${VITEST}.mts`],
    outdir: 'unwritten',
    outbase: '.',
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    tsconfigRaw: {},
    write: false,
    metafile: true,
  });
  const modules = Object.entries(metafile.inputs).map(([file, { imports }]): [string, Module] => {
    const own = imports.filter(({ external }) => !external);
    const needs = own.filter(({ kind }) => kind === 'import-statement').map(({ path }) => nameOf(path));
    const loadsLater = own.filter(({ kind }) => kind !== 'import-statement').map(({ path }) => nameOf(path));
    return [nameOf(file), { needs, loadsLater }];
  });
  const exports = Object.values(metafile.outputs).flatMap(({ entryPoint, exports }): [string, string[]][] =>
    entryPoint === undefined ? [] : [[nameOf(entryPoint), [...exports].sort()]],
  );
  return { modules: new Map(modules), exports: new Map(exports) };
}

function nameOf(file: string): string {
  return file.replace(/^lib\//, '').replace(/\.m?ts$/, '');
}
