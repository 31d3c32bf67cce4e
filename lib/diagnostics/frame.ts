import { codeFrameColumns } from '@babel/code-frame';
import type { Origin, Position } from '../model/finding/origin';
import { entry } from './layout';

/** The text of a file, to quote it; `undefined` where nobody has it. */
export type ReadSource = (file: string) => string | undefined;

export type LinesOf = (file: string) => readonly string[] | undefined;

/** Longer lines, such as those of JSON without line breaks, are not quoted: they would bury the message. */
const LONGEST_QUOTED = 160;
const ABOVE = 2;
const BELOW = 1;

/** `file:line:column`, which editors and terminals take for a link; else the construct. */
export function placeOf({ position, construct }: Origin): string | undefined {
  return position ? `${position.file}:${position.line}:${position.column}` : construct;
}

/** What a creation line can't show: the patch of the object is elsewhere. */
export function patchNote(position: Position | undefined): readonly string[] {
  if (!position?.isPatched) return [];
  return entry('note', 'created here; patched later, so that the line to mend may be that of a patch');
}

/** The author's lines around a place, with a word about it; `undefined` where nobody has them. */
export function frameOf(position: Position | undefined, linesOf: LinesOf, message?: string): string | undefined {
  const lines = position && linesOf(position.file);
  if (!position || lines === undefined) return undefined;
  const { line, column } = position;
  const startLine = Math.max(1, line - ABOVE);
  const quoted = lines.slice(startLine - 1, line + BELOW);
  if (quoted.some(({ length }) => length > LONGEST_QUOTED)) return undefined;
  // Only the quoted lines are given away, as the library would look through the whole text for every message.
  const options = { linesAbove: ABOVE, linesBelow: BELOW, startLine, message };
  const frame = codeFrameColumns(quoted.join('\n'), { start: { line, column } }, options);
  return frame.replaceAll(/^(?=.)/gm, '  ').replaceAll(/ +$/gm, '');
}

/** Reads each file once. */
export function remembered(readSource: ReadSource): LinesOf {
  const known = new Map<string, readonly string[] | undefined>();
  return (file) => {
    if (!known.has(file)) known.set(file, readSource(file)?.split(/\r\n|[\n\r]/));
    return known.get(file);
  };
}
