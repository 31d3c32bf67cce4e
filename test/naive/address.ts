/** Addresses as plain numbers: slow, obvious, and owing nothing to the model's own address sets. */

export type Family = 4 | 6;

const BITS = { 4: 32, 6: 128 } as const;

/** The family of an address or of a CIDR. */
export function familyOf(text: string): Family {
  return text.includes(':') ? 6 : 4;
}

/** Whether the address lies in the CIDR. Host bits of the CIDR are ignored, as they are in a cluster (NP-16). */
export function contains(cidr: string, address: string): boolean {
  const { base, hostBits, family } = split(cidr);
  return family === familyOf(address) && base >> hostBits === toNumber(address) >> hostBits;
}

/** Whether every address of `inner` lies in `outer`, and `outer` holds more than that. */
export function isStrictlyWithin(inner: string, outer: string): boolean {
  return split(inner).hostBits < split(outer).hostBits && contains(outer, inner.split('/')[0]);
}

/**
 * One address from every atom of the family's address space: addresses that no CIDR of the list tells apart are one
 * atom. Every stretch of equal addresses begins at zero, at the start of a CIDR or just after the end of one.
 */
export function representatives(cidrs: readonly string[], family: Family): string[] {
  const starts = new Set([0n]);
  for (const cidr of cidrs.filter((each) => familyOf(each) === family)) {
    const { base, hostBits } = split(cidr);
    starts.add((base >> hostBits) << hostBits);
    starts.add(((base >> hostBits) + 1n) << hostBits);
  }
  starts.delete(1n << BigInt(BITS[family]));
  const atoms = new Map<string, string>();
  for (const start of starts) {
    const address = toText(start, family);
    const within = cidrs.map((cidr) => (contains(cidr, address) ? 'in' : 'out')).join();
    atoms.set(within, address);
  }
  return [...atoms.values()];
}

/** A cluster has few addresses, and each is asked about in every world. */
const NUMBERS = new Map<string, bigint>();

export function toNumber(address: string): bigint {
  const known = NUMBERS.get(address);
  if (known !== undefined) return known;
  const number = familyOf(address) === 4 ? join(address.split('.').map(Number), 8n) : join(groupsOf(address), 16n);
  NUMBERS.set(address, number);
  return number;
}

export function toText(value: bigint, family: Family): string {
  const digits = (count: number, bits: bigint) =>
    Array.from({ length: count }, (_, at) => Number((value >> (BigInt(count - 1 - at) * bits)) & ((1n << bits) - 1n)));
  return family === 4
    ? digits(4, 8n).join('.')
    : digits(8, 16n)
        .map((group) => group.toString(16))
        .join(':');
}

function split(cidr: string) {
  const [base, length] = cidr.split('/');
  const family = familyOf(cidr);
  return { base: toNumber(base), hostBits: BigInt(BITS[family] - Number(length)), family };
}

function groupsOf(address: string): number[] {
  const [head, tail] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = tail === undefined ? [] : Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...(tail ?? [])].map((group) => Number.parseInt(group, 16));
}

function join(digits: readonly number[], bits: bigint): bigint {
  return digits.reduce((value, digit) => (value << bits) | BigInt(digit), 0n);
}
