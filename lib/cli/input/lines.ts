import type { Position } from '../../model/finding/origin';

/** Where the lines of a text begin. */
export interface Lines {
  /** Line and column of an offset, both counted from 1. */
  linePos(offset: number): { readonly line: number; readonly col: number };
}

export function positionAt(file: string, offset: number, lines: Lines): Position {
  const { line, col } = lines.linePos(offset);
  return { file, line, column: col };
}

/** Counts the lines of a text that was not read as YAML. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    linePos(offset) {
      let [low, high] = [0, starts.length];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (starts[middle] <= offset) low = middle;
        else high = middle;
      }
      return { line: low + 1, col: offset - starts[low] + 1 };
    },
  };
}
