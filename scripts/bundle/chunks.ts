import { DOORS, type Graph } from './graph';

/** The published files that have code in them. Their names begin alike: by that stacks know them for this library's own. */
export type Chunk = 'library' | 'model' | 'command' | 'jest';

export const CHUNKS: readonly Chunk[] = ['library', 'model', 'command', 'jest'];

/** The file of a chunk, below `build/lib`. */
export function fileOf(chunk: Chunk): string {
  return `portolan-${chunk}.js`;
}

/** Where each module goes, every one to one chunk. */
export interface Layout {
  readonly chunkOf: ReadonlyMap<string, Chunk>;
  /** The modules that are asked for from outside of their chunks, sorted. */
  readonly offered: readonly string[];
}

/** What `require('portolan')` runs is the library; all the rest, but for the two rooms that are programs, is the model. */
export function layOut({ modules }: Graph): Layout {
  const library = neededBy('index', modules);
  const chunkOf = new Map([...modules.keys()].map((name) => [name, chunkFor(name, library)]));
  const offered = new Set(DOORS);
  for (const [name, { needs, loadsLater }] of modules) {
    for (const other of [...needs, ...loadsLater]) {
      if (chunkOf.get(other) !== chunkOf.get(name)) offered.add(other);
    }
  }
  return { chunkOf, offered: [...offered].sort() };
}

function chunkFor(name: string, library: ReadonlySet<string>): Chunk {
  if (name.startsWith('cli/')) return 'command';
  if (name.startsWith('jest/')) return 'jest';
  return library.has(name) ? 'library' : 'model';
}

function neededBy(name: string, modules: Graph['modules'], found = new Set<string>()): ReadonlySet<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const other of modules.get(name)!.needs) neededBy(other, modules, found);
  return found;
}
