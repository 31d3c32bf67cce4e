import fc from 'fast-check';
import { type PortRange, PortSet } from '../../../lib/model/values/port-set';

describe('a set of ports', () => {
  it('merges what touches and overlaps', () => {
    const set = PortSet.ofRanges([
      { first: 443, last: 443 },
      { first: 10, last: 20 },
      { first: 15, last: 30 },
      { first: 31, last: 31 },
    ]);
    expect(set.ranges).toEqual([
      { first: 10, last: 31 },
      { first: 443, last: 443 },
    ]);
  });

  test.each([
    [PortSet.empty, ''],
    [PortSet.all, '1-65535'],
    [PortSet.of(53), '53'],
    [PortSet.of(81, 80, 80), '80-81'],
    [PortSet.all.minus(PortSet.of(80)), '1-79,81-65535'],
  ])('is written canonically (%#)', (set, text) => {
    expect(String(set)).toBe(text);
  });

  it('knows the empty and the full set, however they were made', () => {
    const half = PortSet.range(1, 100);
    expect(half.union(PortSet.range(101, 65535)).isAll).toBe(true);
    expect(half.minus(half).isEmpty).toBe(true);
    expect(PortSet.of().isEmpty).toBe(true);
    expect([half.isAll, half.isEmpty]).toEqual([false, false]);
  });

  it('stays deeply equal to its like when one of them was printed', () => {
    const printed = PortSet.of(80);
    expect(String(printed)).toBe('80');
    expect(printed).toEqual(PortSet.of(80));
    expect(printed).not.toEqual(PortSet.of(81));
  });

  it('returns an operand where it is the result', () => {
    const web = PortSet.of(80, 443);
    expect(web.union(web)).toBe(web);
    expect(web.union(PortSet.of(443, 80))).toBe(web);
    expect(PortSet.of(80).union(web)).toBe(web);
    expect(web.union(PortSet.all)).toBe(PortSet.all);
    expect(web.intersect(PortSet.all)).toBe(web);
    expect(web.minus(PortSet.of(53))).toBe(web);
    expect(web.minus(PortSet.all)).toBe(PortSet.empty);
  });

  test.each([
    [0, 1],
    [1, 65536],
    [2, 1],
    [1.5, 2],
    [Number.NaN, 1],
  ])('refuses the range %d-%d', (first, last) => {
    expect(() => PortSet.range(first, last)).toThrow(RangeError);
  });

  it('holds neither 0 nor 65536', () => {
    expect([PortSet.all.has(0), PortSet.all.has(1), PortSet.all.has(65535), PortSet.all.has(65536)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

/** Ports near both ends; the ranges between them are covered because a range may start low and end high. */
const port = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 65520, max: 65535 }));
const ranges = fc.array(
  fc.tuple(port, port).map(([a, b]): PortRange => ({ first: Math.min(a, b), last: Math.max(a, b) })),
  { maxLength: 5 },
);
const sets = ranges.map((some) => PortSet.ofRanges(some));
/** INVARIANT: no range starts or ends strictly between 21 and 65519, so one port stands for all of those. */
const SAMPLES = [
  ...Array.from({ length: 20 }, (_, i) => i + 1),
  30000,
  ...Array.from({ length: 16 }, (_, i) => i + 65520),
];

function members(set: PortSet): boolean[] {
  return SAMPLES.map((sample) => set.has(sample));
}

describe('the algebra of port sets, against a list of booleans', () => {
  it('has exactly the ports of its ranges', () => {
    fc.assert(
      fc.property(ranges, (some) => {
        const expected = SAMPLES.map((sample) => some.some(({ first, last }) => first <= sample && sample <= last));
        expect(members(PortSet.ofRanges(some))).toEqual(expected);
      }),
    );
  });

  it('unites, intersects and subtracts', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        expect(members(a.union(b))).toEqual(inA.map((has, i) => has || inB[i]));
        expect(members(a.intersect(b))).toEqual(inA.map((has, i) => has && inB[i]));
        expect(members(a.minus(b))).toEqual(inA.map((has, i) => has && !inB[i]));
      }),
    );
  });

  it('compares', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        expect(a.covers(b)).toBe(inB.every((has, i) => !has || inA[i]));
        expect(a.intersects(b)).toBe(inB.some((has, i) => has && inA[i]));
        expect(a.equals(b)).toBe(inB.every((has, i) => has === inA[i]));
        expect(String(a) === String(b)).toBe(a.equals(b));
        expect(a.isEmpty).toBe(!inA.includes(true));
        expect(a.isAll).toBe(!inA.includes(false));
      }),
    );
  });

  it('keeps its ranges ascending, apart from each other, and enough to rebuild it', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const { ranges: result } = a.minus(b);
        for (let i = 1; i < result.length; i++) {
          expect(result[i].first).toBeGreaterThan(result[i - 1].last + 1);
        }
        expect(PortSet.ofRanges(result).equals(a.minus(b))).toBe(true);
      }),
    );
  });
});
