/**
 * What two lists of connections say of one folder, in the one notation for it that both tools print. Left out is what only
 * one of them speaks of: who comes through an ingress controller, and what a workload may say to itself.
 */
export function agreement(theirs: string, ours: string): string {
  const [wanted, got] = [connections(theirs), connections(ours)];
  const missing = [...wanted].filter((line) => !got.has(line)).length;
  const surplus = [...got].filter((line) => !wanted.has(line)).length;
  return missing + surplus === 0 ? `agree (${got.size} lines)` : `differ: ${missing} theirs only, ${surplus} ours only`;
}

const CONNECTION = /^(.+) => (.+) : (.+)$/;
const ADDRESSES = /^(\d+\.\d+\.\d+\.\d+)-(\d+\.\d+\.\d+\.\d+)(?:\[External\])?$/;

function connections(text: string): ReadonlySet<string> {
  const lines = new Set<string>();
  const ranges = new Map<string, AddressRange[]>();
  for (const line of text.split('\n')) {
    const [, from, to, traffic] = CONNECTION.exec(line) ?? [];
    if (from === undefined || from === to || line.includes('{ingress-controller}')) continue;
    const [source, target] = [rangeOf(from), rangeOf(to)];
    const key = `${source ? 'addresses' : from} => ${target ? 'addresses' : to} : ${traffic}`;
    const range = source ?? target;
    if (range) ranges.set(key, [...(ranges.get(key) ?? []), range]);
    else lines.add(key);
  }
  // One tool tells more ranges apart than differ.
  for (const [key, found] of ranges) for (const range of merged(found)) lines.add(`${key} (${range.join('-')})`);
  return lines;
}

/** First and last, as numbers. */
type AddressRange = readonly [number, number];

function rangeOf(endpoint: string): AddressRange | undefined {
  const [, first, last] = ADDRESSES.exec(endpoint) ?? [];
  return first === undefined ? undefined : [numberOf(first), numberOf(last)];
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, byte) => 256 * sum + Number(byte), 0);
}

/** Those that touch become one. */
function merged(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const result: AddressRange[] = [];
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    const before = result.at(-1);
    if (before && first <= before[1] + 1) result[result.length - 1] = [before[0], Math.max(before[1], last)];
    else result.push([first, last]);
  }
  return result;
}
