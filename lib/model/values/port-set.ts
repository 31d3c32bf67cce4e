import * as boundaries from './boundaries';

/** Ports from `first` to `last`, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

const LOWEST = 1;
const HIGHEST = 65535;

/** An immutable set of ports, 1 to 65535. Operations return an operand where it is the result. */
export class PortSet {
  static readonly empty = new PortSet([]);
  static readonly all = new PortSet([LOWEST, HIGHEST + 1]);

  /** @throws RangeError for a number that is no port. */
  static of(...ports: number[]): PortSet {
    return ports.length === 1
      ? PortSet.range(ports[0], ports[0])
      : PortSet.ofRanges(ports.map((port) => ({ first: port, last: port })));
  }

  /** @throws RangeError unless 1 <= first <= last <= 65535. */
  static range(first: number, last: number): PortSet {
    return PortSet.from(interval({ first, last }));
  }

  /**
   * The union of ranges, which may come in any order and overlap.
   * @throws RangeError unless 1 <= first <= last <= 65535 for each.
   */
  static ofRanges(ranges: Iterable<PortRange>): PortSet {
    return PortSet.from(boundaries.ofIntervals(Array.from(ranges, interval)));
  }

  /** INVARIANT: `empty` and `all` are the only objects for no port and for every port, so `isEmpty` and `isAll` compare identity. */
  private static from(flips: boundaries.Boundaries<number>): PortSet {
    if (flips.length === 0) {
      return PortSet.empty;
    }
    return flips.length === 2 && flips[0] === LOWEST && flips[1] === HIGHEST + 1 ? PortSet.all : new PortSet(flips);
  }

  #text: string | undefined;

  private constructor(private readonly flips: boundaries.Boundaries<number>) {}

  /** Ascending, disjoint and maximally merged. */
  get ranges(): readonly PortRange[] {
    return boundaries.toIntervals(this.flips).map(([start, end]) => ({ first: start, last: end - 1 }));
  }

  get isEmpty(): boolean {
    return this === PortSet.empty;
  }

  get isAll(): boolean {
    return this === PortSet.all;
  }

  has(port: number): boolean {
    return boundaries.contains(this.flips, port);
  }

  covers(other: PortSet): boolean {
    return boundaries.covers(this.flips, other.flips);
  }

  intersects(other: PortSet): boolean {
    return boundaries.intersects(this.flips, other.flips);
  }

  equals(other: PortSet): boolean {
    return boundaries.same(this.flips, other.flips);
  }

  union(other: PortSet): PortSet {
    if (this === other || this === PortSet.all || other === PortSet.empty) return this;
    if (this === PortSet.empty || other === PortSet.all) return other;
    return this.choose(other, boundaries.union(this.flips, other.flips));
  }

  intersect(other: PortSet): PortSet {
    if (this === other || this === PortSet.empty || other === PortSet.all) return this;
    if (this === PortSet.all || other === PortSet.empty) return other;
    return this.choose(other, boundaries.intersect(this.flips, other.flips));
  }

  minus(other: PortSet): PortSet {
    if (this === PortSet.empty || other === PortSet.empty) return this;
    if (this === other || other === PortSet.all) return PortSet.empty;
    return this.choose(other, boundaries.minus(this.flips, other.flips));
  }

  /** Ranges in ascending order, e.g. `1-79,81-65535`; empty for no port. The same text means the same set. */
  toString(): string {
    this.#text ??= this.ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
    return this.#text;
  }

  private choose(other: PortSet, flips: boundaries.Boundaries<number>): PortSet {
    return flips === this.flips ? this : flips === other.flips ? other : PortSet.from(flips);
  }
}

function interval({ first, last }: PortRange): boundaries.Interval<number> {
  if (!(Number.isInteger(first) && Number.isInteger(last) && LOWEST <= first && first <= last && last <= HIGHEST)) {
    throw new RangeError(`${first}-${last} is not a range of ports within ${LOWEST}-${HIGHEST}`);
  }
  return [first, last + 1];
}
