import type { Origin, Position } from '../model/finding/origin';
import type { Glyphs } from './glyphs';
import { hanging } from './hanging';
import { entry, WIDTH, wrap } from './layout';
import { lengthOfTokenAt, literalIn, type Span } from './statement';

/** The text of a file, to quote it; `undefined` where nobody has it. */
export type ReadSource = (file: string) => string | undefined;

export type LinesOf = (file: string) => readonly string[] | undefined;

/** What a renderer draws with. */
export interface Canvas {
  readonly linesOf: LinesOf;
  readonly glyphs: Glyphs;
}

/** What a frame shows. */
export interface Framed {
  readonly position: Position;
  /** A word about it. */
  readonly label?: string;
  /**
   * Where the position is that of a statement of TypeScript: what in it is to blame, the most telling first.
   * @default - the position is that of the culprit itself
   */
  readonly literals?: readonly string[];
  /** Whether the place stands elsewhere already. @default false */
  readonly isPlaced?: boolean;
}

/** Columns that are shown behind the culprit, where the line is cut before it. */
const BEHIND = 24;
/** Of longer statements only the first line and the one that is to blame are quoted. */
const MOST_QUOTED = 4;

/** `file:line:column`, which editors and terminals take for a link; else the construct. */
export function placeOf({ position, construct }: Origin): string | undefined {
  return position ? `${position.file}:${position.line}:${position.column}` : construct;
}

/** What a creation line can't show: the patch of the object is elsewhere. */
export function patchNote(position: Position | undefined): readonly string[] {
  if (!position?.isPatched) return [];
  return entry('note', 'created here; patched later, so that the line to mend may be that of a patch');
}

/** The author's lines with the culprit underlined and a word about it; `undefined` where nobody has them. */
export function frameOf(framed: Framed, canvas: Canvas): readonly string[] | undefined {
  const { position, label = '', literals = [], isPlaced = false } = framed;
  const lines = canvas.linesOf(position.file);
  if (lines === undefined || lines[position.line - 1] === undefined) return undefined;
  const span = literalIn(lines, position, literals) ?? {
    line: position.line,
    column: position.column,
    length: lengthOfTokenAt(lines[position.line - 1], position.column),
  };
  const { glyphs } = canvas;
  const gutter = Math.max(4, String(span.line).length + 2);
  const quoted = quotedLines(lines, position.line, span.line);
  const window = windowOf(lines[span.line - 1], span, WIDTH - gutter - 3, glyphs);
  const margin = (head: string | number, side: string) => `${String(head).padStart(gutter)} ${side} `;
  const place = isPlaced ? '' : placeOf({ position: { ...position, line: span.line, column: span.column } })!;
  return [
    `${' '.repeat(gutter + 1)}${glyphs.top} ${shortened(place, WIDTH - gutter - 4, glyphs)}`.trimEnd(),
    ...quoted.flatMap((line, i) => [
      ...(i > 0 && line > quoted[i - 1] + 1 ? [margin('', glyphs.note).trimEnd()] : []),
      `${margin(line, glyphs.side)}${window.show(lines[line - 1])}`.trimEnd(),
    ]),
    ...noteLines(window.column, window.length, label, gutter + 3, glyphs).map(
      (line) => `${margin('', glyphs.note)}${line}`,
    ),
    `${' '.repeat(gutter + 1)}${glyphs.foot}`,
  ];
}

/** From where the statement begins to what is to blame; what stands alone gets the line above it, too. */
function quotedLines(lines: readonly string[], from: number, to: number): readonly number[] {
  if (to - from >= MOST_QUOTED) return [from, to];
  const isAlone = from === to && from > 1 && lines[from - 2].trim() !== '';
  const first = isAlone ? from - 1 : from;
  return Array.from({ length: to - first + 1 }, (_, i) => first + i);
}

interface Window {
  /** Cuts a line to the columns that are shown. */
  readonly show: (line: string) => string;
  /** Where the culprit is in what is shown, from 0. */
  readonly column: number;
  readonly length: number;
}

/** The columns around the culprit of a line that may be too long. */
function windowOf(line: string, { column, length }: Span, width: number, { cut }: Glyphs): Window {
  const start = expanded(line.slice(0, column - 1)).length;
  const end = expanded(line.slice(0, column - 1 + length)).length;
  const last = Math.min(expanded(line).trimEnd().length, end + BEHIND);
  const from = end + cut.length <= width ? 0 : Math.max(0, Math.min(start - cut.length, last + cut.length - width));
  const show = (text: string) => {
    const whole = expanded(text).trimEnd();
    const shown = whole.slice(from, from + width);
    const head = from > 0 && shown !== '' ? cut + shown.slice(cut.length) : shown;
    return whole.length > from + width ? head.slice(0, width - cut.length) + cut : head;
  };
  return { show, column: start - from, length: Math.max(1, Math.min(end - start, width - (start - from))) };
}

/** Tabs have a width, and what would move the cursor has none. */
function expanded(text: string): string {
  return text.replaceAll('\t', '  ').replaceAll(/\p{Cc}/gu, ' ');
}

/** The underline and what hangs from it. */
function noteLines(column: number, length: number, label: string, margin: number, glyphs: Glyphs): readonly string[] {
  const pad = ' '.repeat(column);
  if (label === '') return [pad + glyphs.under.repeat(length)];
  const middle = Math.floor((length - 1) / 2);
  const underline = `${pad}${glyphs.under.repeat(middle)}${glyphs.hook}${glyphs.under.repeat(length - middle - 1)}`;
  return [underline, ...hanging(label.length, column + middle, margin, glyphs, (indent) => wrap(label, indent))];
}

/** Of a path that is too long its end, which tells files apart. */
function shortened(place: string, width: number, { cut }: Glyphs): string {
  return place.length <= width ? place : cut + place.slice(place.length - width + cut.length);
}

/** Reads each file once. */
export function remembered(readSource: ReadSource): LinesOf {
  const known = new Map<string, readonly string[] | undefined>();
  return (file) => {
    if (!known.has(file)) known.set(file, linesIn(readSource(file)));
    return known.get(file);
  };
}

/** Columns do not count the mark of a byte order. */
function linesIn(text: string | undefined): readonly string[] | undefined {
  return text?.replace(/^\uFEFF/, '').split(/\r\n|[\n\r]/);
}
