import type { Cluster } from '../cluster/cluster';
import type { ClusterProfile } from '../cluster/profile';
import type { ServiceResource } from '../manifest/resources';
import type { IpFamily } from '../values/ip';
import type { Doubt } from '../values/ternary';

/** A family that a Service has addresses of, or may have. */
export interface PossibleFamily {
  readonly family: IpFamily;
  /** Whether it is surely one of the Service's. */
  readonly isKnown: boolean;
}

/** SVC-27: the families that the API server chose; while it did not, those that the cluster leaves it. */
export function familiesOf(service: ServiceResource, { profile }: Cluster): readonly PossibleFamily[] {
  const own = service.families ?? [...new Set(service.clusterIps.map(({ family }) => family))];
  if (own.length > 0) return own.map((family) => ({ family, isKnown: true }));
  const isDual = service.ipFamilyPolicy === 'PreferDualStack' || service.ipFamilyPolicy === 'RequireDualStack';
  const possible = familiesOfServices(profile);
  return isDual && hasRanges(profile) ? possible.map(({ family }) => ({ family, isKnown: true })) : possible;
}

/**
 * SVC-27: the families that a Service of no choice of its own may have. Where nobody told any range of the cluster its pods have
 * IPv4, and whether they have IPv6 too nobody knows.
 */
export function familiesOfServices(profile: ClusterProfile): readonly PossibleFamily[] {
  if (!hasRanges(profile)) return UNTOLD;
  const declared = profile.serviceCidr.families;
  const families = declared.length > 0 ? declared : profile.families;
  return families.map((family) => ({ family, isKnown: families.length === 1 }));
}

const UNTOLD: readonly PossibleFamily[] = [
  { family: 4, isKnown: true },
  { family: 6, isKnown: false },
];

function hasRanges({ podCidr, serviceCidr }: ClusterProfile): boolean {
  return !podCidr.isEmpty || !serviceCidr.isEmpty;
}

/** What would tell the family of a Service that has one of two. */
export function familyDoubt({ namespace, name }: ServiceResource): Doubt {
  return { rule: 'SVC-27', wouldDecide: `ipFamilies of Service ${namespace}/${name}` };
}
