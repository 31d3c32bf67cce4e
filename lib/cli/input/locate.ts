import type { FieldPart, FieldPath, Manifest } from '../../model/finding/origin';
import { type Lines, positionAt } from './lines';
import { yamlReader } from './yaml-reader';

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
export function locator({ file, text, start, end }: Excerpt, lines: () => Lines): NonNullable<Manifest['locate']> {
  let offsetOf: ((field: FieldPath, part?: FieldPart) => number) | undefined;
  return (field, part) => {
    offsetOf ??= yamlReader.fields.fieldOffsets(text.slice(start, end));
    return positionAt(file, start + offsetOf(field, part), lines());
  };
}
