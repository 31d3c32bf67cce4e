export type IpFamily = 4 | 6;

/** An IP address; `value` is below 2^32 for IPv4 and below 2^128 for IPv6. */
export interface IpAddress {
  readonly family: IpFamily;
  readonly value: bigint;
}

/** `problem` is a clause that can follow the text and a colon. */
export type ParsedIp =
  | { readonly ok: true; readonly address: IpAddress }
  | { readonly ok: false; readonly problem: string };

/**
 * Parses an address as strictly as the API server's validation of new objects: no leading zeros, no missing octets,
 * no zone, and no IPv4 address in IPv6 clothes (`::ffff:10.0.0.1`), which parsers read as different families.
 */
export function parseIp(text: string): ParsedIp {
  if (text === '') {
    return fault('the text is empty');
  }
  if (/\s/.test(text)) {
    return fault('there is white space in it');
  }
  if (text.includes('/')) {
    return fault('a CIDR stands where an address is expected');
  }
  if (text.includes(':')) {
    return parseV6(text);
  }
  return /^[\d.]*\.[\d.]*$/.test(text) ? parseV4(text) : fault('this is neither an IPv4 nor an IPv6 address');
}

/** The canonical text: dotted decimal, or RFC 5952 (lower case, the longest run of zero groups as `::`). */
export function formatIp(address: IpAddress): string {
  return address.family === 4 ? formatV4(address.value) : formatV6(address.value);
}

function parseV4(text: string): ParsedIp {
  const octets = text.split('.');
  if (octets.length !== 4) {
    return fault(`the address has ${octets.length} octets instead of 4`);
  }
  let value = 0;
  for (const octet of octets) {
    if (octet === '') {
      return fault('an octet is empty');
    }
    if (!/^\d+$/.test(octet)) {
      return fault(`octet '${octet}' is not a decimal number`);
    }
    if (octet.length > 1 && octet.startsWith('0')) {
      return fault(`octet '${octet}' has a leading zero`);
    }
    if (Number(octet) > 255) {
      return fault(`octet '${octet}' is greater than 255`);
    }
    value = value * 256 + Number(octet);
  }
  return { ok: true, address: { family: 4, value: BigInt(value) } };
}

function parseV6(text: string): ParsedIp {
  if (text.includes('%')) {
    return fault('the address has a zone, which Kubernetes does not accept');
  }
  const sides = text.split('::');
  if (sides.length > 2) {
    return fault("the address has more than one '::'");
  }
  const [head, tail] = sides.map((side) => (side === '' ? [] : side.split(':')));
  const embedded = expandEmbeddedV4(tail ?? head);
  if (embedded !== undefined) {
    return embedded;
  }
  const wrong = [...head, ...(tail ?? [])].find((group) => !/^[\da-f]{1,4}$/i.test(group));
  if (wrong !== undefined) {
    return fault(wrong === '' ? "a group beside a ':' is empty" : `group '${wrong}' is not 1 to 4 hexadecimal digits`);
  }
  const count = head.length + (tail?.length ?? 0);
  if (tail === undefined && count !== 8) {
    return fault(`the address has ${count} groups instead of 8`);
  }
  if (count > 7 && tail !== undefined) {
    return fault("the '::' stands for no group");
  }
  const groups = [...head, ...Array<string>(8 - count).fill('0'), ...(tail ?? [])];
  const value = BigInt(`0x${groups.map((group) => group.padStart(4, '0')).join('')}`);
  if (value >> 32n === 0xffffn) {
    return fault(`this is an IPv4 address written as IPv6, write ${formatV4(value & 0xffffffffn)}`);
  }
  return { ok: true, address: { family: 6, value } };
}

/** Replaces a dotted last group by the two groups that it stands for; returns a fault when it is malformed. */
function expandEmbeddedV4(groups: string[]): ParsedIp | undefined {
  const last = groups.at(-1);
  if (last === undefined || !last.includes('.')) {
    return undefined;
  }
  const parsed = parseV4(last);
  if (!parsed.ok) {
    return parsed;
  }
  const { value } = parsed.address;
  groups.splice(-1, 1, (value >> 16n).toString(16), (value & 0xffffn).toString(16));
  return undefined;
}

function formatV4(value: bigint): string {
  const bits = Number(value);
  return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}

function formatV6(value: bigint): string {
  const groups = value
    .toString(16)
    .padStart(32, '0')
    .match(/.{4}/g)!
    .map((group) => group.replace(/^0{1,3}/, ''));
  let longest = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === '0') {
      length++;
    }
    if (length > longest.length) {
      longest = { start, length };
    }
  }
  if (longest.length === 1) {
    return groups.join(':');
  }
  return `${groups.slice(0, longest.start).join(':')}::${groups.slice(longest.start + longest.length).join(':')}`;
}

function fault(problem: string): ParsedIp & { ok: false } {
  return { ok: false, problem };
}
