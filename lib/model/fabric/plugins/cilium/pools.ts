import { type CiliumSpec, CLUSTER_POOL_MASK_SIZES } from '../../../cluster/cni/cilium';
import type { ClusterProfile } from '../../../cluster/profile';
import type { PlacedRange } from '../../../cluster/profile-ranges';
import { type Cidr, CidrSet, parseCidr } from '../../../values/cidr-set';
import type { IpFamily } from '../../../values/ip';

/** `cluster-pool-ipv4-cidr` and `cluster-pool-ipv6-cidr` of the chart. */
const DEFAULT_POOLS: Readonly<Record<IpFamily, CidrSet>> = {
  4: CidrSet.parse('10.0.0.0/8'),
  6: CidrSet.parse('fd00::/104'),
};

/** The families that Cilium gives pods; the chart has IPv6 off, and here a pod range of IPv6 says that it is on. */
export function familiesOf({ ipv4, ipv6 }: CiliumSpec, { families }: ClusterProfile): readonly IpFamily[] {
  const isGiven = { 4: ipv4 ?? true, 6: ipv6 ?? families.includes(6) };
  return ([4, 6] as const).filter((family) => isGiven[family] && (families.includes(family) || ipv6 === true));
}

/** Where Cilium's own options or defaults say what pods get; the ranges of the profile are the pools where neither does. */
export function ownPools(spec: CiliumSpec, profile: ClusterProfile): readonly PlacedRange[] {
  const { mode = 'cluster-pool', podCidr } = spec.ipam ?? {};
  if (mode !== 'cluster-pool') return [];
  if (podCidr !== undefined) {
    return [podCidr].flat().flatMap((text, i) => {
      const parsed = parseCidr(text);
      return parsed.ok ? [{ cidr: parsed.cidr, field: ['cni', 'ipam', 'podCidr', i] }] : [];
    });
  }
  if (!profile.podCidr.isEmpty) return [];
  return familiesOf(spec, profile).flatMap((family) =>
    DEFAULT_POOLS[family].toCidrs().map((cidr) => ({ cidr, field: ['cni'] })),
  );
}

/** What Cilium's operator divides among the nodes. */
export function poolsOf(spec: CiliumSpec, profile: ClusterProfile): readonly PlacedRange[] {
  const own = ownPools(spec, profile);
  return own.length > 0 ? own : profile.written.podCidr;
}

/** The length of each node's part of the pools. */
export function maskSizesOf({ ipam }: CiliumSpec): Readonly<Record<IpFamily, number>> {
  const { ipv4, ipv6 } = ipam?.maskSize ?? {};
  return { 4: ipv4 ?? CLUSTER_POOL_MASK_SIZES[4], 6: ipv6 ?? CLUSTER_POOL_MASK_SIZES[6] };
}

/** The operator counts the parts of a pool of IPv6 in a table of this many bits. */
export const MOST_BITS_BETWEEN = 16;

/** Whether the operator can cut a pool into parts of this length. */
export function fits({ family, prefix }: Cidr, maskSize: number): boolean {
  return prefix <= maskSize && (family === 4 || maskSize - prefix <= MOST_BITS_BETWEEN);
}
