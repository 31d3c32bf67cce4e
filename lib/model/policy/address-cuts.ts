import { type CidrSet, splitIntoAtoms } from '../values/cidr-set';

/** Ranges by which the rules of one subject tell addresses apart. */
export class AddressCuts {
  private readonly known = new Map<CidrSet, readonly CidrSet[]>();

  constructor(readonly ranges: readonly CidrSet[]) {}

  /** The parts of some addresses that no rule tells apart. Nearly all pods share a range, which is split once. */
  split(addresses: CidrSet): readonly CidrSet[] {
    if (this.ranges.length === 0) return [addresses];
    const parts = this.known.get(addresses) ?? this.splitAnew(addresses);
    this.known.set(addresses, parts);
    return parts;
  }

  private splitAnew(addresses: CidrSet): readonly CidrSet[] {
    const cutting = this.ranges.filter((cut) => cut.intersects(addresses) && !cut.covers(addresses));
    return cutting.length === 0 ? [addresses] : splitIntoAtoms(addresses, cutting);
  }
}
