import { type Boundaries, intersect, minus, type Point } from './boundaries';

/**
 * The coarsest partition of `universe` such that each set, within it, is a union of parts, ordered by first point.
 * Between two neighbouring boundaries of any set, membership is constant; these cells are refined into classes set by set.
 */
export function atoms<P extends Point>(universe: Boundaries<P>, sets: readonly Boundaries<P>[]): Boundaries<P>[] {
  const within = sets.map((set) => intersect(set, universe));
  const cuts = [...new Set([universe, ...within].flat())].sort((a, b) => (a < b ? -1 : 1));
  const classes = classesOf(cuts, universe, within);
  const parts = new Map<number, P[]>();
  // INVARIANT: some set flips at every cut, so neighbouring cells differ in class and each part comes out maximally merged.
  for (let cell = 0; cell + 1 < cuts.length; cell++) {
    if (classes[cell] !== OUTSIDE) {
      const part = parts.get(classes[cell]) ?? [];
      parts.set(classes[cell], part);
      part.push(cuts[cell], cuts[cell + 1]);
    }
  }
  return [...parts.values()];
}

/** The class of the cells that lie in no set. */
const OUTSIDE = 0;

/** Gives each cell, named by the index of the cut at its start, a class: two cells share it if they lie in the same sets. */
function classesOf<P extends Point>(
  cuts: readonly P[],
  universe: Boundaries<P>,
  sets: readonly Boundaries<P>[],
): Int32Array {
  const cellAt = new Map(cuts.map((cut, cell) => [cut, cell]));
  const cellsOf = (set: Boundaries<P>) => set.map((cut) => cellAt.get(cut)!);
  const classes = new Int32Array(cuts.length).fill(OUTSIDE);
  let last = OUTSIDE;
  const split = (cells: readonly number[]) => {
    const moved = new Map<number, number>();
    for (let i = 0; i < cells.length; i += 2) {
      for (let cell = cells[i]; cell < cells[i + 1]; cell++) {
        const to = moved.get(classes[cell]) ?? ++last;
        moved.set(classes[cell], to);
        classes[cell] = to;
      }
    }
  };
  split(cellsOf(universe));
  for (const set of sets) {
    // A set and its complement tell the same cells apart: the one with fewer cells is less work, and `except` makes huge sets.
    const [inner, outer] = [cellsOf(set), cellsOf(minus(universe, set))];
    split(sizeOf(inner) <= sizeOf(outer) ? inner : outer);
  }
  return classes;
}

function sizeOf(cells: readonly number[]): number {
  let size = 0;
  for (let i = 0; i < cells.length; i += 2) {
    size += cells[i + 1] - cells[i];
  }
  return size;
}
