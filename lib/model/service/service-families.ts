import type { Cluster } from '../cluster/cluster';
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
  const declared = profile.serviceCidr.families;
  const families = declared.length > 0 ? declared : profile.families;
  const isDual = service.ipFamilyPolicy === 'PreferDualStack' || service.ipFamilyPolicy === 'RequireDualStack';
  return families.map((family) => ({ family, isKnown: isDual || families.length === 1 }));
}

/** What would tell the family of a Service that has one of two. */
export function familyDoubt({ namespace, name }: ServiceResource): Doubt {
  return { rule: 'SVC-27', wouldDecide: `ipFamilies of Service ${namespace}/${name}` };
}
