import type { Origin } from '../model/finding/origin';

/** Nothing where nobody knows, as with objects that a program made. */
export function placeJson({ position }: Origin): object {
  return position ? { file: position.file, line: position.line, column: position.column } : {};
}
