import fc from 'fast-check';
import { BitSet } from '../../../lib/model/values/bit-set';

const pairs = fc
  .integer({ min: 1, max: 100 })
  .chain((size) => fc.tuple(fc.constant(size), fc.uniqueArray(fc.nat(size - 1)), fc.uniqueArray(fc.nat(size - 1))));

function ascending(indices: Iterable<number>): number[] {
  return [...indices].sort((a, b) => a - b);
}

describe('a bit set, against a set of numbers', () => {
  it('unites, intersects and subtracts without touching its operands', () => {
    fc.assert(
      fc.property(pairs, ([size, left, right]) => {
        const [a, b] = [BitSet.of(size, left), BitSet.of(size, right)];
        expect([...a.union(b)]).toEqual(ascending(new Set([...left, ...right])));
        expect([...a.intersect(b)]).toEqual(ascending(left.filter((i) => right.includes(i))));
        expect([...a.minus(b)]).toEqual(ascending(left.filter((i) => !right.includes(i))));
        expect([[...a], [...b]]).toEqual([ascending(left), ascending(right)]);
      }),
    );
  });

  it('compares, counts, and has one key for each set', () => {
    fc.assert(
      fc.property(pairs, ([size, left, right]) => {
        const [a, b] = [BitSet.of(size, left), BitSet.of(size, right)];
        const equal = left.length === right.length && left.every((i) => right.includes(i));
        expect(a.covers(b)).toBe(right.every((i) => left.includes(i)));
        expect(a.intersects(b)).toBe(right.some((i) => left.includes(i)));
        expect([a.equals(b), a.key === b.key]).toEqual([equal, equal]);
        expect([a.count(), a.isEmpty]).toEqual([left.length, left.length === 0]);
        expect(right.map((i) => a.has(i))).toEqual(right.map((i) => left.includes(i)));
      }),
    );
  });

  it('unites in place like it unites', () => {
    fc.assert(
      fc.property(pairs, ([size, left, right]) => {
        const [a, b] = [BitSet.of(size, left), BitSet.of(size, right)];
        const built = a.clone();
        built.unionInPlace(b);
        expect(built.equals(a.union(b))).toBe(true);
        expect([...a]).toEqual(ascending(left));
      }),
    );
  });
});

describe('a bit set', () => {
  it('renews its key when it grows', () => {
    const set = BitSet.of(64, [1]);
    const before = set.key;
    set.add(40);
    expect(set.key).toBe(BitSet.of(64, [1, 40]).key);
    expect(set.key).not.toBe(before);
    const { key } = set;
    set.unionInPlace(BitSet.of(64, [63]));
    expect(set.key).not.toBe(key);
  });

  it('has every index of any size, and none beyond', () => {
    for (const size of [0, 1, 24, 25, 32, 33, 64, 100]) {
      const all = BitSet.all(size);
      expect([...all]).toEqual([...Array(size).keys()]);
      expect(all.equals(BitSet.of(size, Array(size).keys()))).toBe(true);
      expect(all.minus(all).isEmpty).toBe(true);
    }
  });

  it('keeps the full range of a word apart', () => {
    const everything = BitSet.of(
      96,
      Array.from({ length: 96 }, (_, i) => i),
    );
    expect([everything.count(), [...everything].length]).toEqual([96, 96]);
    expect(everything.covers(BitSet.of(96, [31, 32, 95]))).toBe(true);
  });

  it('has a key at any size', () => {
    const large = BitSet.of(1_000_000, [0, 999_999]);
    expect(large.key).not.toBe(BitSet.of(1_000_000, [0]).key);
    expect(large.key).toBe(large.clone().key);
  });

  test.each([-1, 10, 31, Number.NaN])('refuses index %d at size 10', (index) => {
    expect(() => new BitSet(10).add(index)).toThrow(RangeError);
    expect(new BitSet(10).has(index)).toBe(false);
  });

  it('refuses to meet a set of another size', () => {
    const [a, b] = [new BitSet(10), new BitSet(11)];
    const operations = [
      () => a.union(b),
      () => a.intersect(b),
      () => a.minus(b),
      () => a.unionInPlace(b),
      () => a.covers(b),
      () => a.intersects(b),
      () => a.equals(b),
    ];
    for (const operation of operations) {
      expect(operation).toThrow("a set of size 10 can't be combined with one of size 11");
    }
  });

  it('may be of size 0', () => {
    expect([new BitSet(0).isEmpty, new BitSet(0).key, [...new BitSet(0)]]).toEqual([true, '', []]);
  });
});
