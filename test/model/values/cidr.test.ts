import { formatCidr, parseCidr } from '../../../lib/model/values/cidr-set';

function read(text: string): string {
  const parsed = parseCidr(text);
  return parsed.ok ? formatCidr(parsed.cidr) : parsed.problem;
}

describe('parsing a CIDR', () => {
  test.each(['0.0.0.0/0', '10.0.0.0/8', '10.1.2.3/32', '10.0.0.128/25', '::/0', 'fd00::/8', '2001:db8::1/128'])(
    'takes %s as it stands',
    (text) => {
      expect(parseCidr(text)).toMatchObject({ ok: true, canonical: true });
      expect(read(text)).toBe(text);
    },
  );

  test.each([
    ['10.0.0.5/8', '10.0.0.0/8'],
    ['10.0.0.1/0', '0.0.0.0/0'],
    ['10.0.0.129/25', '10.0.0.128/25'],
    ['fd00::1/64', 'fd00::/64'],
    ['2001:db8::ffff/127', '2001:db8::fffe/127'],
  ])('NP-16: takes %s, with host bits set, for %s and says so', (text, masked) => {
    expect(parseCidr(text)).toMatchObject({ ok: true, canonical: false });
    expect(read(text)).toBe(masked);
  });

  it('gives family, base and prefix', () => {
    expect(parseCidr('10.0.0.5/8')).toEqual({
      ok: true,
      cidr: { family: 4, base: 0x0a000000n, prefix: 8 },
      canonical: false,
    });
  });

  test.each([
    ['10.0.0.1/33', 'prefix length 33 is greater than 32, the bits of an IPv4 address'],
    ['fd00::/129', 'prefix length 129 is greater than 128, the bits of an IPv6 address'],
    ['010.0.0.0/8', "octet '010' has a leading zero"],
    ['10.0/8', 'the address has 2 octets instead of 4'],
    ['10/8', 'this is neither an IPv4 nor an IPv6 address'],
    ['10.0.0.0/08', "prefix length '08' has a leading zero"],
    ['10.0.0.0/00', "prefix length '00' has a leading zero"],
    [' 10.0.0.0/8', 'there is white space in it'],
    ['10.0.0.0/8 ', "prefix length '8 ' is not a number"],
    ['10.0.0.0 /8', 'there is white space in it'],
    ['10.0.0.0', 'the prefix length is missing, write /32 for a single address'],
    ['fd00::1', 'the prefix length is missing, write /128 for a single address'],
    ['10.0.0.0/', 'the prefix length is missing, write /32 for a single address'],
    ['10.0.0.0/-1', "prefix length '-1' is not a number"],
    ['10.0.0.0/+8', "prefix length '+8' is not a number"],
    ['10.0.0.0/8.0', "prefix length '8.0' is not a number"],
    ['10.0.0.0/1e1', "prefix length '1e1' is not a number"],
    ['10.0.0.0/255.0.0.0', "prefix length '255.0.0.0' is not a number"],
    ['10.0.0.0/8/8', "there is more than one '/'"],
    ['10.0.0.256/8', "octet '256' is greater than 255"],
    ['/8', 'the text is empty'],
    ['', 'the text is empty'],
    ['example.com/8', 'this is neither an IPv4 nor an IPv6 address'],
    ['::ffff:10.0.0.0/104', 'this is an IPv4 address written as IPv6, write 10.0.0.0'],
    ['fe80::%eth0/10', 'the address has a zone, which Kubernetes does not accept'],
  ])('refuses %j: %s', (text, problem) => {
    expect(parseCidr(text)).toEqual({ ok: false, problem });
  });
});
