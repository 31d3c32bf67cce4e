/** A point of a line: a port (number) or an address (bigint). */
export type Point = number | bigint;

/**
 * A set of points as the ascending places where membership flips: even entries start a range, odd entries are
 * the first point after it. Each set has exactly one such list, maximally merged by construction,
 * and the algebra needs comparison only, so ports and addresses share it.
 */
export type Boundaries<P extends Point> = readonly P[];

/** A half-open range: from `start` up to, not including, `end`. */
export type Interval<P extends Point> = readonly [start: P, end: P];

/** The boundaries of the union of intervals, which may come in any order and overlap. */
export function ofIntervals<P extends Point>(intervals: Interval<P>[]): Boundaries<P> {
  const sorted = intervals.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const result: P[] = [];
  for (const [start, end] of sorted) {
    const last = result.length - 1;
    if (last < 0 || result[last] < start) {
      result.push(start, end);
    } else if (result[last] < end) {
      result[last] = end;
    }
  }
  return result;
}

/** The ranges of a set, ascending. */
export function toIntervals<P extends Point>(set: Boundaries<P>): Interval<P>[] {
  const result: Interval<P>[] = [];
  for (let i = 0; i < set.length; i += 2) {
    result.push([set[i], set[i + 1]]);
  }
  return result;
}

/** Whether the point belongs to the set: an odd number of flips lies at or before it. */
export function contains<P extends Point>(set: Boundaries<P>, point: P): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (set[middle] <= point) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low % 2 === 1;
}

/** Whether both hold the same points. */
export function same<P extends Point>(a: Boundaries<P>, b: Boundaries<P>): boolean {
  if (a === b) {
    return true;
  }
  if (a.length !== b.length) {
    return false;
  }
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) {
      return false;
    }
  }
  return true;
}

/** The points of either; the very operand where it is the result. */
export function union<P extends Point>(a: Boundaries<P>, b: Boundaries<P>): Boundaries<P> {
  if (spans(a, b)) {
    return a;
  }
  return spans(b, a) ? b : reuse(merge(a, b, EITHER), a, b);
}

/** The points of both; the very operand where it is the result. */
export function intersect<P extends Point>(a: Boundaries<P>, b: Boundaries<P>): Boundaries<P> {
  if (spans(a, b)) {
    return b;
  }
  return spans(b, a) ? a : reuse(merge(a, b, BOTH), a, b);
}

/** The points of the first that are not in the second; the very operand where it is the result. */
export function minus<P extends Point>(a: Boundaries<P>, b: Boundaries<P>): Boundaries<P> {
  if (b.length === 0) {
    return a;
  }
  return spans(b, a) ? [] : reuse(merge(a, b, FIRST_ONLY), a, b);
}

/** Whether every point of the second is in the first. */
export function covers<P extends Point>(a: Boundaries<P>, b: Boundaries<P>): boolean {
  return spans(a, b) || merge(b, a, FIRST_ONLY, 1).length === 0;
}

/** Whether some point is in both. */
export function intersects<P extends Point>(a: Boundaries<P>, b: Boundaries<P>): boolean {
  return merge(a, b, BOTH, 1).length > 0;
}

/** Operations as truth tables: bit `n` says whether a point belongs to the result when `n = (in a) + 2 * (in b)`. */
const EITHER = 0b1110;
const BOTH = 0b1000;
const FIRST_ONLY = 0b0010;

/** Walks along both sets at once and notes where the operation's truth flips; stops after `most` flips. */
function merge<P extends Point>(a: Boundaries<P>, b: Boundaries<P>, table: number, most = Infinity): Boundaries<P> {
  const result: P[] = [];
  let [i, j, state, inside] = [0, 0, 0, 0];
  while ((i < a.length || j < b.length) && result.length < most) {
    const fromA = j === b.length || (i < a.length && a[i] <= b[j]);
    const at = fromA ? a[i] : b[j];
    if (j < b.length && b[j] === at) {
      j++;
      state ^= 2;
    }
    if (fromA) {
      i++;
      state ^= 1;
    }
    const now = (table >> state) & 1;
    if (now !== inside) {
      result.push(at);
      inside = now;
    }
  }
  return result;
}

/** The cheap and frequent cases of `covers`: the same list, nothing to cover, or one range that spans the other set. */
function spans<P extends Point>(a: Boundaries<P>, b: Boundaries<P>): boolean {
  return a === b || b.length === 0 || (a.length === 2 && a[0] <= b[0] && b[b.length - 1] <= a[1]);
}

function reuse<P extends Point>(result: Boundaries<P>, a: Boundaries<P>, b: Boundaries<P>): Boundaries<P> {
  return same(result, a) ? a : same(result, b) ? b : result;
}
