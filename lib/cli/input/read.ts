import { resolve } from 'node:path';
import type { InputFault } from '../../model/finding/input-fault';
import type { Manifest } from '../../model/finding/origin';
import { readDocuments } from './documents';
import { type InputIo, NOT_UTF_8, nodeIo, UTF_8 } from './files';

/** What the paths of a command line hold. */
export interface Inputs {
  /** In the order of the paths, of the files of a folder by code unit, and of the documents of a file. */
  readonly manifests: readonly Manifest[];
  /** Of paths and texts; `parseManifests` finds those of the objects. */
  readonly faults: readonly InputFault[];
  /** One line each. */
  readonly warnings: readonly string[];
  /** The text of a file as it was read, to quote it; `file` as positions have it. */
  readonly textOf: (file: string) => string | undefined;
}

/** The path that means standard input, and the file that positions in it name. */
const STDIN = '-';
const STDIN_FILE = '<stdin>';

const EXTENSION = /\.(?:yaml|yml|json)$/i;

/**
 * Reads files, folders (every file below that is named as YAML or JSON) and `-`; the same file only once.
 * @param others files that are no manifests: a folder that holds them is read without
 */
export function readInputs(paths: readonly string[], io: InputIo = nodeIo, others: readonly string[] = []): Inputs {
  const reader = new InputReader(io, new Set(others.map((path) => resolve(path))));
  for (const path of paths) {
    reader.read(path);
  }
  reader.tellNothing(paths);
  const { manifests, faults, warnings, texts } = reader;
  return { manifests, faults, warnings, textOf: (file) => texts.get(file) };
}

class InputReader {
  readonly manifests: Manifest[] = [];
  readonly faults: InputFault[] = [];
  readonly warnings: string[] = [];
  readonly texts = new Map<string, string>();
  private readonly seen = new Set<string>();

  constructor(
    private readonly io: InputIo,
    private readonly others: ReadonlySet<string>,
  ) {}

  read(path: string): void {
    if (path === STDIN) {
      this.take(STDIN_FILE, path, () => this.io.readStdin());
      return;
    }
    const type = this.attempt(path, () => this.io.typeOf(path));
    if (type === 'folder') {
      this.readFolder(path);
    } else if (type !== undefined) {
      this.readFile(path);
    }
  }

  /** An answer about no object looks like one about sound ones: a command that printed nothing into a pipe is why. */
  tellNothing(paths: readonly string[]): void {
    if (this.manifests.length + this.faults.length + this.warnings.length > 0) return;
    const names = paths.map((path) => (path === STDIN ? STDIN_FILE : path));
    this.warnings.push(`${names.join(', ')}: no Kubernetes object in it`);
  }

  private readFolder(folder: string): void {
    const files = this.filesBelow(folder).sort();
    if (files.length === 0) {
      this.warnings.push(`${folder}: no file that ends in .yaml, .yml or .json`);
    }
    for (const file of files) {
      if (!this.others.has(resolve(file))) this.readFile(file);
    }
  }

  /** Paths begin with the folder as it was given. */
  private filesBelow(folder: string): string[] {
    const entries = this.attempt(folder, () => this.io.list(folder)) ?? [];
    return entries.flatMap(({ name, type }) => {
      const path = `${folder.replace(/\/+$/, '')}/${name}`;
      return type === 'folder' ? this.filesBelow(path) : type === 'file' && EXTENSION.test(name) ? [path] : [];
    });
  }

  private readFile(path: string): void {
    this.take(path, resolve(path), () => this.io.readFile(path));
  }

  private take(file: string, identity: string, read: () => string): void {
    if (this.seen.has(identity)) {
      return;
    }
    this.seen.add(identity);
    const text = this.attempt(file, read);
    if (text === undefined) {
      return;
    }
    this.texts.set(file, text);
    const { manifests, faults, warnings } = readDocuments(file, text);
    // A spread into push would overflow the stack with as many documents as large clusters have.
    for (const manifest of manifests) this.manifests.push(manifest);
    for (const fault of faults) this.faults.push(fault);
    for (const warning of warnings) this.warnings.push(warning);
  }

  private attempt<T>(path: string, action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      this.faults.push({
        code: 'PTL013',
        got: path,
        problem: problemOf(error),
        expected: codeOf(error) === 'EILSEQ' ? UTF_8 : 'a file, a folder, or - for standard input',
        origin: {},
      });
      return undefined;
    }
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function problemOf(error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such file or folder';
    case 'EACCES':
    case 'EPERM':
      return 'the permission to read it is missing';
    case 'EILSEQ':
      return NOT_UTF_8;
    default:
      return code === undefined ? 'it cannot be read' : `it cannot be read (${code})`;
  }
}
