import type { Origin } from '../model/finding/origin';
import type { HopDecision } from '../model/reach/verdict';
import type { Glyphs } from './glyphs';
import { hanging } from './hanging';
import { WIDTH, withPlace, wrap } from './layout';

/** What a way is drawn with. */
export interface WayCanvas {
  readonly glyphs: Glyphs;
  /** Where a policy was written, unless the reader sees it already. */
  readonly placeOf: (origin: Origin) => string | undefined;
}

/** What a packet or a request passes by. */
export interface Stop {
  readonly name: string;
  /** Whether it got there; behind the first that does not pass nobody gets. */
  readonly decision: HopDecision;
  /** Whether it is a step that is done, such as a lookup, and no place where it is. */
  readonly isStep?: boolean;
}

/** What is said below the mark. */
export interface Decision {
  readonly text: string;
  /** What decided, to name its place. */
  readonly by?: { readonly origin: Origin };
  /** What else a reader wants to know, a line each. */
  readonly more: readonly string[];
}

const INDENT = 2;

/**
 * A way with exactly one mark: a cross where it stops, a question mark where nobody knows, none where it gets through; below
 * it what decided there, and where that was written.
 */
export function drawn(
  from: string,
  stops: readonly Stop[],
  decision: Decision | undefined,
  canvas: WayCanvas,
): readonly string[] {
  const { glyphs } = canvas;
  const segments = segmentsOf(from, stops, glyphs).map((each) => ({ ...each, name: fitted(each.name, glyphs) }));
  const rows = rowsOf(segments);
  const marked = segments.findIndex(({ isMarked }) => isMarked);
  const at = marked < 0 ? segments.findLastIndex(({ arrow }) => arrow !== '') : marked;
  if (at < 0) return rows.map(textOf);
  const row = rows.findIndex((each) => each.includes(segments[at]));
  const before = rows[row].slice(0, rows[row].indexOf(segments[at]));
  const arrow = segments[at].arrow;
  const column = before.reduce((sum, each) => sum + widthOf(each), INDENT) + 1 + Math.floor((arrow.length - 1) / 2);
  const below = decision ? decisionLines(decision, column, canvas) : [];
  return [...rows.slice(0, row + 1).map(textOf), ...below, ...rows.slice(row + 1).map(textOf)];
}

/** A name longer than a line loses its middle: the port at its end tells ways apart. */
function fitted(name: string, { cut }: Glyphs): string {
  const most = WIDTH - INDENT - '──✗──▶'.length - 2;
  if (name.length <= most) return name;
  const head = Math.floor((most - cut.length) / 2);
  return `${name.slice(0, head)}${cut}${name.slice(name.length - (most - cut.length - head))}`;
}

/** An arrow and what it leads to; the first has no arrow. */
interface Segment {
  readonly arrow: string;
  readonly name: string;
  readonly isMarked: boolean;
}

function widthOf({ arrow, name }: Segment): number {
  return (arrow === '' ? 0 : arrow.length + 2) + name.length;
}

function textOf(row: readonly Segment[]): string {
  return `${' '.repeat(INDENT)}${row.map(({ arrow, name }) => (arrow === '' ? name : ` ${arrow} ${name}`)).join('')}`;
}

/** As many segments to a line as fit. */
function rowsOf(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  const rows: Segment[][] = [[]];
  let width = INDENT;
  for (const segment of segments) {
    if (width + widthOf(segment) > WIDTH && rows[rows.length - 1].length > 0) {
      rows.push([]);
      width = INDENT;
    }
    rows[rows.length - 1].push(segment);
    width += widthOf(segment);
  }
  return rows;
}

function segmentsOf(from: string, stops: readonly Stop[], { arrows, done }: Glyphs): readonly Segment[] {
  const at = stops.findIndex(({ decision }) => decision === 'stops');
  const marked = at >= 0 ? at : stops.findIndex(({ decision }) => decision === 'unknown');
  const segments = stops.map(({ name, isStep }, i): Segment => {
    if (i === marked) return { arrow: at >= 0 ? arrows.stops : arrows.unknown, name, isMarked: true };
    const isBefore = marked < 0 || i < marked;
    return {
      arrow: isBefore ? arrows.passes : arrows.idle,
      name: isBefore && isStep ? `${name}${done}` : name,
      isMarked: false,
    };
  });
  return [{ arrow: '', name: from, isMarked: false }, ...segments];
}

function decisionLines({ text, by, more }: Decision, column: number, canvas: WayCanvas): readonly string[] {
  const place = by && canvas.placeOf(by.origin);
  const linesFor = (indent: number) => {
    const first = wrap(text, indent);
    return [
      ...(place === undefined ? first : withPlace(first, place, WIDTH - indent)),
      ...more.flatMap((line) => wrap(line, indent)),
    ];
  };
  const longest = Math.max(...[text, ...more].map(({ length }) => length));
  return [`${' '.repeat(column)}${canvas.glyphs.stem}`, ...hanging(longest, column, 0, canvas.glyphs, linesFor)];
}
