import type { InputFault } from '../model/finding/input-fault';
import type { FieldPart, FieldPath, Manifest } from '../model/finding/origin';
import { type InputIo, NOT_UTF_8, UTF_8 } from './input/files';
import { locator } from './input/locate';
import { yamlReader } from './input/yaml-reader';
import { systemErrorCode } from './system-error';

/** A file with one value in YAML or JSON that is no Kubernetes object, such as a profile or a list of flows. */
export interface ValueFile {
  /** `undefined` where the file can't be read; the faults say why. */
  readonly source?: Manifest & { readonly locate: (field: FieldPath, part?: FieldPart) => Position };
  readonly faults: readonly InputFault[];
  readonly text?: string;
}

type Position = NonNullable<Manifest['origin']['position']>;

const UNREADABLE: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'the permission to read it is missing',
  EPERM: 'the permission to read it is missing',
  EILSEQ: NOT_UTF_8,
};

export function readValueFile(file: string, files: InputIo): ValueFile {
  let text: string;
  try {
    text = file === '-' ? files.readStdin() : files.readFile(file);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    return { faults: [unreadable(file, code)] };
  }
  const faults: InputFault[] = [];
  const [found, second] = yamlReader.documents.yamlDocuments(file, text, faults, 'YAML or JSON');
  if (second) faults.push(surplus(second.position));
  if (faults.length > 0) return { faults, text };
  const start = { file, line: 1, column: 1 };
  if (!found) return { source: { object: null, origin: { position: start }, locate: () => start }, faults, text };
  const find = locator({ file, text, start: found.start, end: found.end }, found.lines);
  const locate = (field: FieldPath, part?: FieldPart) => find(field, part) ?? found.position;
  return { source: { object: found.value, origin: { position: found.position }, locate }, faults, text };
}

function unreadable(file: string, code: string): InputFault {
  const problem = UNREADABLE[code] ?? `it cannot be read (${code})`;
  const expected = code === 'EILSEQ' ? UTF_8 : 'a file in YAML or JSON';
  return { code: 'PTL013', got: file, problem, expected, origin: {} };
}

function surplus(position: Position): InputFault {
  return { code: 'PTL002', problem: 'a second document begins here', expected: 'one document', origin: { position } };
}
