import type { Glyphs } from './glyphs';
import { WIDTH } from './layout';

/** With less room than this beside it, a text is led to the left. */
const LEAST_ROOM = 44;
const LEFTMOST = 8;

/**
 * Lines that hang from a column: to the right of it where there is room, else further to the left.
 * @param length of the longest line, if nothing needs wrapping
 * @param margin columns to the left of column 0
 * @param linesFor the lines, wrapped for an indent that counts the margin
 */
export function hanging(
  length: number,
  column: number,
  margin: number,
  { elbow, turn }: Glyphs,
  linesFor: (indent: number) => readonly string[],
): readonly string[] {
  const behind = elbow.length + 1;
  const room = WIDTH - margin - behind;
  const isRoom = room - column >= Math.min(length, LEAST_ROOM);
  const left = isRoom ? column : Math.min(column, Math.max(LEFTMOST, room - length));
  const way =
    left === column ? [] : [`${' '.repeat(left)}${turn.to}${turn.along.repeat(column - left - 1)}${turn.from}`];
  const [first, ...rest] = linesFor(margin + left + behind);
  return [...way, `${' '.repeat(left)}${elbow} ${first}`, ...rest.map((line) => ' '.repeat(left + behind) + line)];
}
