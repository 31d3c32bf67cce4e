import type { ClusterProfile } from '../cluster/profile';
import type { ServiceResource } from '../manifest/resources';
import { CidrSet } from '../values/cidr-set';

/** Where ClusterIPs come from as far as anybody can tell where the profile does not say: the ranges for private use. */
const PRIVATE = CidrSet.parse('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7');

/** The addresses that a Service may have inside the cluster; none where it is headless (SVC-21) or a mere name (SVC-22). */
export function possibleClusterIps(service: ServiceResource, { serviceCidr }: ClusterProfile): CidrSet {
  if (service.headless || service.serviceType === 'ExternalName') return CidrSet.empty;
  if (service.clusterIps.length > 0) return CidrSet.ofAddresses(service.clusterIps);
  return serviceRange({ serviceCidr });
}

/** Where ClusterIPs may come from. */
export function serviceRange({ serviceCidr }: Pick<ClusterProfile, 'serviceCidr'>): CidrSet {
  return serviceCidr.isEmpty ? PRIVATE : serviceCidr;
}
