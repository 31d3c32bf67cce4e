import { isUtf8 } from 'node:buffer';
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

/** What is said of a file that can't be read as text (EILSEQ), and what is expected of it. */
export const NOT_UTF_8 = 'it is no text in UTF-8';
export const UTF_8 = 'text in UTF-8, and not UTF-16, which `>` of Windows PowerShell writes';

export const nodeIo: InputIo = {
  typeOf: (path) => typeOf(statSync(path)),
  list: (folder) =>
    readdirSync(folder, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      type: entry.isSymbolicLink() ? typeOfTarget(`${folder}/${entry.name}`) : typeOf(entry),
    })),
  readFile: (path) => textOf(readFileSync(path)),
  readStdin: () => textOf(readFileSync(0)),
};

/**
 * kubectl refuses other bytes. To put something in their place would make a Windows file in UTF-16 one long word, that is
 * no object, and leave out the policies in it.
 */
function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  throw Object.assign(new Error('illegal byte sequence'), { code: 'EILSEQ', syscall: 'read' });
}

/** Whatever is no folder reads like a file, such as the pipe of a shell's `<(...)`. */
function typeOf(stats: { isDirectory(): boolean }): EntryType {
  return stats.isDirectory() ? 'folder' : 'file';
}

/** As kubectl, without following links to folders, which may lead round in circles. A link to nowhere fails when read. */
function typeOfTarget(path: string): EntryType {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? 'other' : 'file';
}
