import { BlockList } from 'node:net';
import fc from 'fast-check';
import { contains, type Family, isStrictlyWithin, representatives, toNumber, toText } from './address';

const BITS = { 4: 32, 6: 128 };
const family = fc.constantFrom<Family>(4, 6);

/** Addresses and blocks that have many leading bits in common, so that they often meet. */
function address(of: Family): fc.Arbitrary<string> {
  const bits = BigInt(BITS[of]);
  return fc
    .record({ low: fc.bigInt({ min: 0n, max: (1n << bits) - 1n }), shift: fc.bigInt({ min: 0n, max: bits }) })
    .map(({ low, shift }) => toText(low >> shift, of));
}

function cidr(of: Family): fc.Arbitrary<string> {
  return fc
    .record({ base: address(of), length: fc.integer({ min: 0, max: BITS[of] }) })
    .map(({ base, length }) => `${base}/${length}`);
}

function isListed(block: string, single: string, of: Family): boolean {
  const [base, length] = block.split('/');
  const list = new BlockList();
  list.addSubnet(base, Number(length), of === 4 ? 'ipv4' : 'ipv6');
  return list.check(single, of === 4 ? 'ipv4' : 'ipv6');
}

test('An address lies in a block exactly when the block list of Node.js says so', () => {
  const cases = family.chain((of) => fc.tuple(cidr(of), address(of), fc.constant(of)));
  fc.assert(
    fc.property(cases, ([block, single, of]) => {
      expect(contains(block, single)).toBe(isListed(block, single, of));
    }),
  );
});

test.each([
  ['10.1.2.3', 0x0a010203n],
  ['fd00::1', (0xfd00n << 112n) | 1n],
  ['::', 0n],
  ['1:2:3:4:5:6:7:8', 0x00010002000300040005000600070008n],
])('%s is the number that its digits spell', (text, value) => {
  expect(toNumber(text)).toBe(value);
});

test('Blocks hold no addresses of the other family (NP-38)', () => {
  expect(contains('0.0.0.0/0', '::')).toBe(false);
  expect(contains('::/0', '0.0.0.0')).toBe(false);
});

test.each([
  ['10.1.0.0/16', '10.0.0.0/8', true],
  ['10.0.0.0/8', '10.0.0.0/8', false],
  ['11.0.0.0/16', '10.0.0.0/8', false],
  ['10.0.0.0/8', '10.1.0.0/16', false],
  ['fd00::/64', '0.0.0.0/0', false],
])('%s strictly within %s: %s (NP-16)', (inner, outer, expected) => {
  expect(isStrictlyWithin(inner, outer)).toBe(expected);
});

test('Every address has exactly one representative that is in the same blocks', () => {
  const cases = family.chain((of) =>
    fc.tuple(fc.array(cidr(of), { maxLength: 4 }), address(of), fc.constant(of)).map(([blocks, single, kind]) => {
      const within = (each: string) => blocks.map((block) => contains(block, each)).join();
      return representatives(blocks, kind).filter((each) => within(each) === within(single));
    }),
  );
  fc.assert(
    fc.property(cases, (alike) => {
      expect(alike).toHaveLength(1);
    }),
  );
});
