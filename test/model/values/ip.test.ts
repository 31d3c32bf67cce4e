import fc from 'fast-check';
import { formatIp, type IpAddress, parseIp } from '../../../lib/model/values/ip';

function roundTrip(text: string): string {
  const parsed = parseIp(text);
  return parsed.ok ? formatIp(parsed.address) : parsed.problem;
}

describe('parsing an address', () => {
  test.each([
    ['0.0.0.0', 4, 0n],
    ['10.0.0.1', 4, 0x0a000001n],
    ['255.255.255.255', 4, 0xffffffffn],
    ['::', 6, 0n],
    ['::1', 6, 1n],
    ['1::', 6, 1n << 112n],
    ['fd00:10:244::5', 6, 0xfd000010024400000000000000000005n],
    ['1:2:3:4:5:6:7:8', 6, 0x00010002000300040005000600070008n],
    ['1:2:3:4:5:6:7::', 6, 0x00010002000300040005000600070000n],
    ['64:ff9b::192.0.2.33', 6, 0x0064ff9b0000000000000000c0000221n],
    ['1:2:3:4:5:6:1.2.3.4', 6, 0x00010002000300040005000601020304n],
    ['0001:00A0::', 6, 0x000100a0n << 96n],
  ])('takes %s as IPv%d', (text, family, value) => {
    expect(parseIp(text)).toEqual({ ok: true, address: { family, value } });
  });

  test.each([
    ['', 'the text is empty'],
    [' 10.0.0.1', 'there is white space in it'],
    ['10.0.0.1\n', 'there is white space in it'],
    ['10.0.0.0/8', 'a CIDR stands where an address is expected'],
    ['localhost', 'this is neither an IPv4 nor an IPv6 address'],
    ['example.com', 'this is neither an IPv4 nor an IPv6 address'],
    ['167772161', 'this is neither an IPv4 nor an IPv6 address'],
    ['0x0a.0.0.1', 'this is neither an IPv4 nor an IPv6 address'],
    ['10.0.0.-1', 'this is neither an IPv4 nor an IPv6 address'],
    ['10.0.0.\u0661', 'this is neither an IPv4 nor an IPv6 address'],
    ['10.0', 'the address has 2 octets instead of 4'],
    ['10.0.0.1.', 'the address has 5 octets instead of 4'],
    ['10..0.1', 'an octet is empty'],
    ['010.0.0.1', "octet '010' has a leading zero"],
    ['10.0.0.00', "octet '00' has a leading zero"],
    ['10.0.0.256', "octet '256' is greater than 255"],
    ['10.0.0.99999999999999999999', "octet '99999999999999999999' is greater than 255"],
    ['fe80::1%eth0', 'the address has a zone, which Kubernetes does not accept'],
    ['1::2::3', "the address has more than one '::'"],
    ['1:2:3', 'the address has 3 groups instead of 8'],
    ['1:2:3:4:5:6:7:8:9', 'the address has 9 groups instead of 8'],
    ['1:2:3:4:5:6:7:1.2.3.4', 'the address has 9 groups instead of 8'],
    ['1:2:3:4::5:6:7:8', "the '::' stands for no group"],
    [':1:2:3:4:5:6:7', "a group beside a ':' is empty"],
    ['1:2:3:4:5:6:7:', "a group beside a ':' is empty"],
    [':::', "a group beside a ':' is empty"],
    ['12345::', "group '12345' is not 1 to 4 hexadecimal digits"],
    ['fg::', "group 'fg' is not 1 to 4 hexadecimal digits"],
    ['1.2.3.4::', "group '1.2.3.4' is not 1 to 4 hexadecimal digits"],
    ['64:ff9b::192.0.2', 'the address has 3 octets instead of 4'],
    ['::1.2.x.4', "octet 'x' is not a decimal number"],
    ['::1.2.0x3.4', "octet '0x3' is not a decimal number"],
    ['64:ff9b::192.0.2.033', "octet '033' has a leading zero"],
    ['::ffff:10.0.0.1', 'this is an IPv4 address written as IPv6, write 10.0.0.1'],
    ['::ffff:a00:1', 'this is an IPv4 address written as IPv6, write 10.0.0.1'],
  ])('refuses %j: %s', (text, problem) => {
    expect(parseIp(text)).toEqual({ ok: false, problem });
  });
});

test('parsing never throws, whatever the text', () => {
  const text = fc.string({ unit: fc.constantFrom(...'0123456789abcdefx.:/% -'), maxLength: 20 });
  fc.assert(
    fc.property(text, (it) => typeof parseIp(it).ok === 'boolean'),
    { numRuns: 2000 },
  );
});

describe('formatting an address', () => {
  test.each([
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['0010:0:0:4:5:6:7:8', '10::4:5:6:7:8'],
  ])('writes %s as %s (RFC 5952)', (text, canonical) => {
    expect(roundTrip(text)).toBe(canonical);
  });

  const address: fc.Arbitrary<IpAddress> = fc.oneof(
    fc.record({ family: fc.constant<4>(4), value: fc.bigInt(0n, (1n << 32n) - 1n) }),
    fc.record({
      family: fc.constant<6>(6),
      value: fc
        .array(fc.constantFrom('0000', '0001', 'ff00', 'abcd'), { minLength: 8, maxLength: 8 })
        .map((groups) => BigInt(`0x${groups.join('')}`)),
    }),
  );

  it('gives back a text that parses to the same address', () => {
    fc.assert(fc.property(address, (it) => expect(parseIp(formatIp(it))).toEqual({ ok: true, address: it })));
  });
});
