import fc from 'fast-check';
import { type AddressRange, CidrSet, formatCidr, splitIntoAtoms } from '../../../lib/model/values/cidr-set';
import { formatIp, type IpAddress, parseIp } from '../../../lib/model/values/ip';

function ip(text: string): IpAddress {
  const parsed = parseIp(text);
  if (!parsed.ok) {
    throw new Error(parsed.problem);
  }
  return parsed.address;
}

describe('a set of addresses', () => {
  it('merges what touches and overlaps, and puts IPv4 before IPv6', () => {
    const set = CidrSet.parse('fd00::/127', '10.0.1.0/24', '10.0.0.0/24', '10.0.0.7/32', '192.0.2.1/32');
    expect(String(set)).toBe('10.0.0.0-10.0.1.255,192.0.2.1-192.0.2.1,fd00::-fd00::1');
  });

  it('never joins the last IPv4 address with the first IPv6 address', () => {
    expect(CidrSet.all().ranges).toEqual([
      { family: 4, first: 0n, last: (1n << 32n) - 1n },
      { family: 6, first: 0n, last: (1n << 128n) - 1n },
    ]);
  });

  it('divides by family', () => {
    const set = CidrSet.parse('10.0.0.0/8', 'fd00::/8');
    expect(String(set.ofFamily(6))).toBe(String(CidrSet.parse('fd00::/8')));
    expect(set.ofFamily(4).union(set.ofFamily(6)).equals(set)).toBe(true);
    expect(CidrSet.all(4).has(ip('::1'))).toBe(false);
    expect(CidrSet.all(6).ofFamily(6)).toBe(CidrSet.all(6));
    expect([set, CidrSet.all(6), CidrSet.empty].map(({ families }) => families)).toEqual([[4, 6], [6], []]);
  });

  it('returns an operand where it is the result', () => {
    const ten = CidrSet.parse('10.0.0.0/8');
    const part = CidrSet.parse('10.1.0.0/16', '10.3.0.0/16');
    expect(ten.union(part)).toBe(ten);
    expect(part.union(CidrSet.parse('10.1.0.0/16', '10.3.0.0/16'))).toBe(part);
    expect(ten.intersect(part)).toBe(part);
    expect(part.minus(CidrSet.parse('11.0.0.0/8'))).toBe(part);
    expect(part.minus(ten)).toBe(CidrSet.empty);
    expect(CidrSet.all().intersect(ten)).toBe(ten);
  });

  test.each(['10.0.0.0/33', '10.0.0.0', ''])('throws on the text %j', (text) => {
    expect(() => CidrSet.parse(text)).toThrow(`'${text}' is not a CIDR: `);
  });

  test.each<[string, AddressRange]>([
    ['is reversed', { family: 4, first: 2n, last: 1n }],
    ['begins before the first address', { family: 4, first: -1n, last: 1n }],
    ['ends after the last address', { family: 4, first: 0n, last: 1n << 32n }],
  ])('throws on a range that %s', (_, range) => {
    expect(() => CidrSet.ofRanges([range])).toThrow(RangeError);
  });

  test.each([
    [['0.0.0.0/0'], ['0.0.0.0/0']],
    [['10.0.0.0/25', '10.0.0.128/25'], ['10.0.0.0/24']],
    [
      ['10.0.1.0/24', '10.0.2.0/24'],
      ['10.0.1.0/24', '10.0.2.0/24'],
    ],
    [
      ['::/0', '255.255.255.255/32'],
      ['255.255.255.255/32', '::/0'],
    ],
    [[], []],
  ])('writes %j as the CIDRs %j', (texts, cidrs) => {
    expect(
      CidrSet.parse(...texts)
        .toCidrs()
        .map(formatCidr),
    ).toEqual(cidrs);
  });
});

/** Three windows of 16 addresses; every set of a property lies within them, so that a list of booleans knows all of it. */
const WINDOWS = [ip('10.0.0.0'), ip('255.255.255.240'), ip('::')];
const WIDTH = 16;
const UNIVERSE: readonly IpAddress[] = WINDOWS.flatMap(({ family, value }) =>
  Array.from({ length: WIDTH }, (_, i) => ({ family, value: value + BigInt(i) })),
);

const range: fc.Arbitrary<AddressRange> = fc
  .tuple(fc.constantFrom(...WINDOWS), fc.nat(WIDTH - 1), fc.nat(WIDTH - 1))
  .map(([{ family, value }, a, b]) => ({
    family,
    first: value + BigInt(Math.min(a, b)),
    last: value + BigInt(Math.max(a, b)),
  }));
const ranges = fc.array(range, { maxLength: 6 });
const sets = ranges.map((some) => CidrSet.ofRanges(some));

function members(set: CidrSet): boolean[] {
  return UNIVERSE.map((address) => set.has(address));
}

describe('the algebra of address sets, against a list of booleans', () => {
  it('has exactly the addresses of its ranges', () => {
    fc.assert(
      fc.property(ranges, (some) => {
        const expected = UNIVERSE.map(({ family, value }) =>
          some.some((one) => one.family === family && one.first <= value && value <= one.last),
        );
        expect(members(CidrSet.ofRanges(some))).toEqual(expected);
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
        expect(a.isEmpty).toBe(!inA.includes(true));
      }),
    );
  });

  it('has one form for each set, however it was made', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const remade = CidrSet.ofAddresses(UNIVERSE.filter((address) => a.minus(b).has(address)).reverse());
        expect(remade.ranges).toEqual(a.minus(b).ranges);
        expect(String(remade)).toBe(String(a.minus(b)));
        expect(CidrSet.ofRanges(a.ranges).equals(a)).toBe(true);
      }),
    );
  });

  it('has the fewest CIDRs that hold exactly its addresses', () => {
    const fewest = (has: readonly boolean[]): number => {
      if (has.every((one) => one === has[0])) {
        return has[0] ? 1 : 0;
      }
      return fewest(has.slice(0, has.length / 2)) + fewest(has.slice(has.length / 2));
    };
    fc.assert(
      fc.property(sets, (set) => {
        const cidrs = set.toCidrs();
        expect(CidrSet.of(...cidrs).equals(set)).toBe(true);
        const has = members(set);
        const perWindow = WINDOWS.map((_, i) => fewest(has.slice(i * WIDTH, (i + 1) * WIDTH)));
        expect(cidrs.length).toBe(perWindow.reduce((sum, count) => sum + count));
      }),
    );
  });
});

describe('splitting into atoms', () => {
  it('keeps addresses together that no set tells apart', () => {
    const split = splitIntoAtoms(CidrSet.all(4), [CidrSet.parse('10.0.0.0/8'), CidrSet.parse('10.1.0.0/16')]);
    expect(split.map(String)).toEqual([
      '0.0.0.0-9.255.255.255,11.0.0.0-255.255.255.255',
      '10.0.0.0-10.0.255.255,10.2.0.0-10.255.255.255',
      '10.1.0.0-10.1.255.255',
    ]);
  });

  it('leaves the universe whole when there is nothing to tell apart, and an empty one without atoms', () => {
    expect(splitIntoAtoms(CidrSet.all(), [CidrSet.all(), CidrSet.empty]).map(String)).toEqual([String(CidrSet.all())]);
    expect(splitIntoAtoms(CidrSet.empty, [CidrSet.all()])).toEqual([]);
  });

  it('is the coarsest partition by membership, in the order of first addresses', () => {
    fc.assert(
      fc.property(sets, fc.array(sets, { maxLength: 5 }), (universe, some) => {
        const groups = new Map<string, IpAddress[]>();
        for (const address of UNIVERSE.filter((one) => universe.has(one))) {
          const membership = some.map((set) => set.has(address)).join();
          groups.set(membership, [...(groups.get(membership) ?? []), address]);
        }
        // INVARIANT: the windows ascend from IPv4 to IPv6, so groups come in the order of their first address.
        const expected = [...groups.values()].map((group) => String(CidrSet.ofAddresses(group)));
        expect(splitIntoAtoms(universe, some).map(String)).toEqual(expected);
      }),
    );
  });
});

test('formatting the bounds of a range uses the canonical text of addresses', () => {
  const set = CidrSet.ofAddresses([ip('2001:DB8:0:0::1')]);
  expect(String(set)).toBe(`${formatIp(ip('2001:db8::1'))}-2001:db8::1`);
});
