import { readdirSync, readFileSync, statSync } from 'node:fs';

export type EntryType = 'file' | 'folder' | 'other';

export interface FolderEntry {
  readonly name: string;
  readonly type: EntryType;
}

/** What reading needs of the world; each function throws what Node's own would. */
export interface InputIo {
  readonly typeOf: (path: string) => EntryType;
  /** In any order. */
  readonly list: (folder: string) => readonly FolderEntry[];
  readonly readFile: (path: string) => string;
  readonly readStdin: () => string;
}

export const nodeIo: InputIo = {
  typeOf: (path) => typeOf(statSync(path)),
  list: (folder) =>
    readdirSync(folder, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      type: entry.isSymbolicLink() ? typeOfTarget(`${folder}/${entry.name}`) : typeOf(entry),
    })),
  readFile: (path) => readFileSync(path, 'utf8'),
  readStdin: () => readFileSync(0, 'utf8'),
};

/** Whatever is no folder reads like a file, such as the pipe of a shell's `<(...)`. */
function typeOf(stats: { isDirectory(): boolean }): EntryType {
  return stats.isDirectory() ? 'folder' : 'file';
}

/** As kubectl, without following links to folders, which may lead round in circles. A link to nowhere fails when read. */
function typeOfTarget(path: string): EntryType {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? 'other' : 'file';
}
