import type { InputFault } from '../../model/finding/input-fault';
import type { Found } from './found';
import { type Lines, linesOf } from './lines';
import { yamlReader } from './yaml-reader';

/**
 * The document of a JSON text. JSON is YAML too, but read as JSON it takes a small part of the time; what JSON refuses,
 * or silently loses, is left to YAML, which tells where it stands.
 */
export function jsonDocuments(file: string, text: string, faults: InputFault[]): Iterable<Found> {
  const value = parse(text);
  if (value === undefined || countKeys(value) < countWrittenKeys(text)) {
    return yamlReader.documents.yamlDocuments(file, text, faults);
  }
  let lines: Lines | undefined;
  const count = () => {
    lines ??= linesOf(text);
    return lines;
  };
  return [{ value, start: 0, end: text.length, lines: count, position: { file, line: 1, column: 1 } }];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Fewer keys than were written: of two with one name JSON keeps the last, and says nothing. */
function countKeys(document: unknown): number {
  let count = 0;
  // Without recursion, as JSON.parse follows deeper than the stack reaches.
  const rest: unknown[] = [document];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value !== 'object' || value === null) continue;
    const children = Object.values(value);
    count += Array.isArray(value) ? 0 : children.length;
    for (const child of children) rest.push(child);
  }
  return count;
}

function countWrittenKeys(text: string): number {
  let count = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*:?/g)) {
    count += token.endsWith(':') ? 1 : 0;
  }
  return count;
}
