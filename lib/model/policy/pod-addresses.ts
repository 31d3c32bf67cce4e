import type { PodGroup } from '../cluster/workload';
import { BitSet } from '../values/bit-set';
import type { AddressRange, CidrSet } from '../values/cidr-set';
import type { IpAddress } from '../values/ip';

/** Pods by where their addresses may lie, so that a block need not look at every pod of a dump of a live cluster. */
export class PodAddresses {
  /** Pods of one known address, by it, ascending. */
  private readonly known: readonly { readonly address: IpAddress; readonly index: number }[];
  /** All others by their range: most share the one that the profile declares for pods. */
  readonly ranges = new Map<CidrSet, BitSet>();

  constructor(private readonly pods: readonly PodGroup[]) {
    const known: { address: IpAddress; index: number }[] = [];
    for (const { addresses, domain, index } of pods) {
      if (addresses?.length === 1) known.push({ address: addresses[0], index });
      else {
        const sharing = this.ranges.get(domain) ?? new BitSet(pods.length);
        sharing.add(index);
        this.ranges.set(domain, sharing);
      }
    }
    this.known = known.sort((a, b) => compare(a.address, b.address));
  }

  /** The pods that are there wherever they end up, and those that may end up there or elsewhere. */
  within(addresses: CidrSet): { readonly inside: BitSet; readonly partly: BitSet } {
    const inside = new BitSet(this.pods.length);
    const partly = new BitSet(this.pods.length);
    for (const range of addresses.ranges) {
      for (let i = this.firstFrom(range); i < this.known.length && !isAfter(this.known[i].address, range); i++) {
        inside.add(this.known[i].index);
      }
    }
    for (const [domain, pods] of this.ranges) {
      if (addresses.covers(domain)) inside.unionInPlace(pods);
      else if (addresses.intersects(domain)) partly.unionInPlace(pods);
    }
    return { inside, partly };
  }

  /** The position of the first known address that is not before the range. */
  private firstFrom({ family, first }: AddressRange): number {
    let low = 0;
    let high = this.known.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.known[middle].address, { family, value: first }) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isAfter({ family, value }: IpAddress, range: AddressRange): boolean {
  return family > range.family || (family === range.family && value > range.last);
}

function compare(a: IpAddress, b: IpAddress): number {
  return a.family - b.family || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
}
