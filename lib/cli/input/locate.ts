import { type Document, isAlias, isCollection, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { FieldPart, FieldPath, Manifest, Position } from '../../model/finding/origin';
import { KUBECTL_YAML } from './kubectl-yaml';

/** One document within the text of a file. */
export interface Excerpt {
  readonly file: string;
  readonly text: string;
  /** Offsets into the text. */
  readonly start: number;
  readonly end: number;
}

/**
 * Finds fields of a document by reading it once more, now with positions: few documents ever need theirs, and to keep
 * the positions of all would take many times the memory of the objects.
 */
export function locator(excerpt: Excerpt, lines: () => LineCounter): NonNullable<Manifest['locate']> {
  let document: Document.Parsed | undefined;
  return (field, part) => {
    document ??= parseDocument(excerpt.text.slice(excerpt.start, excerpt.end), KUBECTL_YAML);
    return positionAt(excerpt.file, excerpt.start + offsetOf(document, field, part), lines());
  };
}

export function positionAt(file: string, offset: number, lines: LineCounter): Position {
  const { line, col } = lines.linePos(offset);
  return { file, line, column: col };
}

/** Counts the lines of a text that was not read as YAML. */
export function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines.addNewLine(at + 1);
  }
  return lines;
}

/**
 * Where the value of a field begins. The field's name instead, where that is asked for, where nothing stands after it,
 * and where a block begins on the lines below; the nearest field or item around it, where the field is not there at all.
 */
function offsetOf(document: Document.Parsed, field: FieldPath, part?: FieldPart): number {
  let node: unknown = document.contents;
  let name = startOf(node) ?? 0;
  for (const step of field) {
    const child = childOf(isAlias(node) ? node.resolve(document) : node, step);
    if (child === undefined) {
      return name;
    }
    ({ node, name } = child);
  }
  return part === 'key' || (isCollection(node) && !node.flow) ? name : (startOf(node) ?? name);
}

/** A field's value with the offset of its name; an item of a list has its own beginning for a name. */
function childOf(parent: unknown, step: string | number): { node: unknown; name: number } | undefined {
  if (isSeq(parent) && typeof step === 'number') {
    const node = parent.items[step];
    const name = startOf(node);
    return name === undefined ? undefined : { node, name };
  }
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === step) : undefined;
  const name = startOf(pair?.key);
  return pair === undefined || name === undefined ? undefined : { node: pair.value, name };
}

function startOf(node: unknown): number | undefined {
  // An empty value has a place too, but nothing to point at.
  return isNode(node) && node.range && !(isScalar(node) && node.source === '') ? node.range[0] : undefined;
}
