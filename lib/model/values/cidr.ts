import { formatIp, type IpFamily, parseIp } from './ip';

/** A block of addresses that share their first `prefix` bits. INVARIANT: the bits of `base` after the prefix are zero. */
export interface Cidr {
  readonly family: IpFamily;
  readonly base: bigint;
  readonly prefix: number;
}

/**
 * `canonical` is false when host bits were set (`10.0.0.5/8`): new objects are refused, old ones keep working (NP-16).
 * `problem` is a clause that can follow the text and a colon.
 */
export type ParsedCidr =
  | { readonly ok: true; readonly cidr: Cidr; readonly canonical: boolean }
  | { readonly ok: false; readonly problem: string };

/** The number of bits of an address. */
export function bitsOf(family: IpFamily): number {
  return family === 4 ? 32 : 128;
}

/** Parses a CIDR as strictly as the API server; host bits are masked away and reported as not canonical (NP-16). */
export function parseCidr(text: string): ParsedCidr {
  const [left, right, ...rest] = text.split('/');
  if (rest.length > 0) {
    return { ok: false, problem: "there is more than one '/'" };
  }
  const parsed = parseIp(left);
  if (!parsed.ok) {
    return parsed;
  }
  const { family, value } = parsed.address;
  const bits = bitsOf(family);
  const problem = prefixProblem(right, family);
  if (problem !== undefined) {
    return { ok: false, problem };
  }
  const prefix = Number(right);
  const hostBits = BigInt(bits - prefix);
  const base = (value >> hostBits) << hostBits;
  return { ok: true, cidr: { family, base, prefix }, canonical: base === value };
}

/** The canonical text, e.g. `10.0.0.0/8`. */
export function formatCidr(cidr: Cidr): string {
  return `${formatIp({ family: cidr.family, value: cidr.base })}/${cidr.prefix}`;
}

function prefixProblem(text: string | undefined, family: IpFamily): string | undefined {
  const bits = bitsOf(family);
  if (text === undefined || text === '') {
    return `the prefix length is missing, write /${bits} for a single address`;
  }
  if (!/^\d+$/.test(text)) {
    return `prefix length '${text}' is not a number`;
  }
  if (text.length > 1 && text.startsWith('0')) {
    return `prefix length '${text}' has a leading zero`;
  }
  return Number(text) > bits
    ? `prefix length ${text} is greater than ${bits}, the bits of an IPv${family} address`
    : undefined;
}
