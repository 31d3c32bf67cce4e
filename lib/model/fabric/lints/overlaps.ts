import { CidrSet, formatCidr } from '../../values/cidr-set';
import { declaredRanges, type OwnedRange, type RangeOwner } from '../declared-ranges';
import type { FabricLintRule } from './rule';

/**
 * PTL312: ranges of pods, Services, nodes and joined networks that have an address in common (NET-03). Each range is told of
 * one of each other owner's, which comes first: a node within the node range is told by that range.
 */
export const overlaps: FabricLintRule = (cluster, fabric) => {
  const ranges = declaredRanges(cluster, fabric);
  if (ranges.length === 0 || ranges[0].field === undefined) return [];
  const ofOthers = setsOfOthers(ranges);
  const told = new Set<string>();
  return ranges.flatMap((one, i) => {
    const { field, of, cidr, owner } = one;
    const set = CidrSet.of(cidr);
    // What manifests alone say is no matter of the profile.
    if (field === undefined || !set.intersects(ofOthers[owner])) return [];
    const clashes = ranges
      .slice(i + 1)
      .filter((other) => other.owner !== owner && set.intersects(CidrSet.of(other.cidr)));
    const first = clashes.filter((other, j) => clashes.findIndex((each) => each.owner === other.owner) === j);
    return first
      .filter((other) => other.field !== undefined || !told.has(pairOf(one, other)))
      .map((other) => {
        told.add(pairOf(one, other));
        const [range, otherRange] = [formatCidr(cidr), formatCidr(other.cidr)];
        return { code: 'PTL312', severity: 'error', field, of, range, other: other.of, otherRange };
      });
  });
};

/** By owner, the addresses that somebody else has. */
function setsOfOthers(ranges: readonly OwnedRange[]): Readonly<Record<RangeOwner, CidrSet>> {
  const but = (owner: RangeOwner) =>
    CidrSet.of(...ranges.filter((range) => range.owner !== owner).map(({ cidr }) => cidr));
  return { pods: but('pods'), services: but('services'), nodes: but('nodes'), peers: but('peers') };
}

function pairOf(a: OwnedRange, b: OwnedRange): string {
  return [a.owner, b.owner].sort().join(' ');
}
