import { parseEvents } from 'js-yaml';
import { EventReader, type Tree } from './event-reader';
import type { Found } from './found';
import { linesOf, positionAt } from './lines';

/**
 * The documents of a YAML text that is all plain maps, lists and scalars, as nearly every manifest is; `undefined` where
 * it holds anything else: anchors, tags, merge keys, directives, and whatever may be a fault. To read those, and to say
 * where they stand, takes a reader that is many times slower. Documents that hold nothing are left out.
 */
export function plainDocuments(file: string, text: string): readonly Found[] | undefined {
  if (DISPUTED.test(text)) return undefined;
  const trees = treesOf(text);
  if (trees === undefined) return undefined;
  const lines = linesOf(text);
  // From the line's beginning, so that the first name keeps the indentation of those below it.
  const starts = trees.map(({ offset }) => text.lastIndexOf('\n', offset - 1) + 1);
  return trees.map(({ value, offset }, index) => ({
    value,
    start: starts[index],
    end: starts[index + 1] ?? text.length,
    position: positionAt(file, offset, lines),
    lines: () => lines,
  }));
}

/**
 * What readers differ about: a carriage return alone, a mark of byte order within the text, a tab before the first word of
 * a line, an indented mark of a document or directive, a block of text that says how far it is indented, an empty line
 * behind an escaped end of line.
 */
const DISPUTED = /\r(?!\n)|\uFEFF|^(?: *\t| +(?:---|\.\.\.)| *%)|[|>][-+]?[1-9]|\\\r?\n[ \t]*\r?\n/m;

function treesOf(text: string): readonly Tree[] | undefined {
  try {
    return new EventReader(text, parseEvents(text, {})).trees();
  } catch {
    // Whatever is wrong, the other reader finds it too, and knows its place.
    return undefined;
  }
}
