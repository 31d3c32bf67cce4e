import { type Document, isAlias, isCollection, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import type { FieldPart, FieldPath } from '../../model/finding/origin';
import { KUBECTL_YAML } from './kubectl-yaml';

/** Reads a document with positions, and finds the offsets of its fields. */
export function fieldOffsets(text: string): (field: FieldPath, part?: FieldPart) => number {
  const document = parseDocument(text, KUBECTL_YAML);
  return (field, part) => offsetOf(document, field, part);
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
