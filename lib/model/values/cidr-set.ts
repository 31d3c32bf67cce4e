import { atoms } from './atoms';
import * as boundaries from './boundaries';
import { bitsOf, type Cidr, parseCidr } from './cidr';
import { formatIp, type IpAddress, type IpFamily } from './ip';

export { type Cidr, formatCidr, type ParsedCidr, parseCidr } from './cidr';

/** Addresses from `first` to `last`, both included. */
export interface AddressRange {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * Both families lie on one line, IPv4 first, so that a single list of boundaries serves a set of either.
 * INVARIANT: there is a gap between the families, so that no range ever crosses it.
 */
const V6_START = 1n << 33n;
const START: Readonly<Record<IpFamily, bigint>> = { 4: 0n, 6: V6_START };

/** An immutable set of IPv4 and IPv6 addresses. Operations return an operand where it is the result. */
export class CidrSet {
  static readonly empty = new CidrSet([]);
  private static readonly allV4 = CidrSet.of({ family: 4, base: 0n, prefix: 0 });
  private static readonly allV6 = CidrSet.of({ family: 6, base: 0n, prefix: 0 });
  private static readonly allBoth = CidrSet.allV4.union(CidrSet.allV6);

  /**
   * Every address.
   * @param family @default both
   */
  static all(family?: IpFamily): CidrSet {
    return family === 4 ? CidrSet.allV4 : family === 6 ? CidrSet.allV6 : CidrSet.allBoth;
  }

  static of(...cidrs: Cidr[]): CidrSet {
    return CidrSet.ofRanges(
      cidrs.map(({ family, base, prefix }) => ({
        family,
        first: base,
        last: base + (1n << BigInt(bitsOf(family) - prefix)) - 1n,
      })),
    );
  }

  /**
   * For texts that the program itself holds, such as profiles; texts of users go through `parseCidr`.
   * @throws Error when a text is no CIDR.
   */
  static parse(...texts: string[]): CidrSet {
    return CidrSet.of(
      ...texts.map((text) => {
        const parsed = parseCidr(text);
        if (!parsed.ok) {
          throw new Error(`'${text}' is not a CIDR: ${parsed.problem}`);
        }
        return parsed.cidr;
      }),
    );
  }

  static ofAddresses(addresses: Iterable<IpAddress>): CidrSet {
    return CidrSet.ofRanges(Array.from(addresses, ({ family, value }) => ({ family, first: value, last: value })));
  }

  /**
   * The union of ranges, which may come in any order and overlap.
   * @throws RangeError when a range is reversed or leaves its family.
   */
  static ofRanges(ranges: Iterable<AddressRange>): CidrSet {
    const intervals = Array.from(ranges, ({ family, first, last }): boundaries.Interval<bigint> => {
      if (!(0n <= first && first <= last && last >> BigInt(bitsOf(family)) === 0n)) {
        throw new RangeError(`${first}-${last} is not a range of IPv${family} addresses`);
      }
      return [START[family] + first, START[family] + last + 1n];
    });
    return CidrSet.from(boundaries.ofIntervals(intervals));
  }

  /**
   * INVARIANT: `empty` is the only object for no address, so that identity tells.
   * @internal
   */
  static from(flips: boundaries.Boundaries<bigint>): CidrSet {
    return flips.length === 0 ? CidrSet.empty : new CidrSet(flips);
  }

  #text: string | undefined;

  private constructor(
    /** @internal */
    readonly flips: boundaries.Boundaries<bigint>,
  ) {}

  /** Ascending, disjoint and maximally merged; IPv4 before IPv6. */
  get ranges(): readonly AddressRange[] {
    return boundaries.toIntervals(this.flips).map(([start, end]) => {
      const family = start < V6_START ? 4 : 6;
      return { family, first: start - START[family], last: end - START[family] - 1n };
    });
  }

  get isEmpty(): boolean {
    return this === CidrSet.empty;
  }

  /** Those of which it has addresses, IPv4 first. */
  get families(): readonly IpFamily[] {
    return ([4, 6] as const).filter((family) => this.intersects(CidrSet.all(family)));
  }

  has(address: IpAddress): boolean {
    return boundaries.contains(this.flips, START[address.family] + address.value);
  }

  covers(other: CidrSet): boolean {
    return boundaries.covers(this.flips, other.flips);
  }

  intersects(other: CidrSet): boolean {
    return boundaries.intersects(this.flips, other.flips);
  }

  equals(other: CidrSet): boolean {
    return boundaries.same(this.flips, other.flips);
  }

  union(other: CidrSet): CidrSet {
    return this.choose(other, boundaries.union(this.flips, other.flips));
  }

  intersect(other: CidrSet): CidrSet {
    return this.choose(other, boundaries.intersect(this.flips, other.flips));
  }

  minus(other: CidrSet): CidrSet {
    return this.choose(other, boundaries.minus(this.flips, other.flips));
  }

  ofFamily(family: IpFamily): CidrSet {
    return this.intersect(CidrSet.all(family));
  }

  /** The smallest list of CIDRs that holds exactly these addresses, ascending. */
  toCidrs(): Cidr[] {
    return this.ranges.flatMap((range) => [...cidrsOf(range)]);
  }

  /** Ranges in ascending order, e.g. `10.0.0.0-10.255.255.255,::-::1`; empty for no address. The same text means the same set. */
  toString(): string {
    this.#text ??= this.ranges.map(formatRange).join(',');
    return this.#text;
  }

  private choose(other: CidrSet, flips: boundaries.Boundaries<bigint>): CidrSet {
    return flips === this.flips ? this : flips === other.flips ? other : CidrSet.from(flips);
  }
}

/**
 * The coarsest partition of `universe` such that each set, within it, is a union of parts.
 * Addresses that no set tells apart share one part; the parts come in the order of their first address.
 */
export function splitIntoAtoms(universe: CidrSet, sets: readonly CidrSet[]): CidrSet[] {
  return atoms(
    universe.flips,
    sets.map((set) => set.flips),
  ).map((flips) => CidrSet.from(flips));
}

function formatRange({ family, first, last }: AddressRange): string {
  return `${formatIp({ family, value: first })}-${formatIp({ family, value: last })}`;
}

/** From the range's start on, always the largest block that starts there and fits. */
function* cidrsOf({ family, first, last }: AddressRange): Iterable<Cidr> {
  const bits = bitsOf(family);
  for (let base = first; base <= last; ) {
    let size = 1n;
    let prefix = bits;
    while (prefix > 0 && base % (size * 2n) === 0n && base + size * 2n - 1n <= last) {
      size *= 2n;
      prefix--;
    }
    yield { family, base, prefix };
    base += size;
  }
}
