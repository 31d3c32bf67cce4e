import type { ClusterProfile } from '../../model/cluster/profile';
import { fabricOf } from '../../model/fabric/registry';
import type { CidrSet } from '../../model/values/cidr-set';
import { formatIp } from '../../model/values/ip';
import { familyOfSeveral, textsOf } from './ranges';

/**
 * The pod ranges as kube-controller-manager and kube-proxy take them: one of each family, with a comma between.
 * `undefined` where there is none, or where a plugin that gives nodes their blocks itself has several.
 */
export function podSubnet(profile: ClusterProfile): string | undefined {
  const { podCidr } = profile;
  if (familyOfSeveral(podCidr) === undefined) return joined(podCidr);
  // NET-02: --cluster-cidr has one range of each family.
  if (fabricOf(profile).blocks.by === 'node-cidr') throw several('podCidr', podCidr);
  return undefined;
}

/** The service range as the API server takes it when it starts: one of each family. */
export function serviceSubnet({ serviceCidr }: ClusterProfile): string | undefined {
  // NET-03: more are added as ServiceCIDR objects later.
  if (familyOfSeveral(serviceCidr) !== undefined) throw several('serviceCidr', serviceCidr);
  return joined(serviceCidr);
}

/** Where pods ask: NodeLocal DNSCache, else the tenth address of each service range, which is where kubeadm puts the DNS. */
export function dnsAddresses({ dns, serviceCidr }: ClusterProfile): readonly string[] {
  if (dns.nodeLocal) return [formatIp(dns.nodeLocal)];
  return ([4, 6] as const).flatMap((family) => {
    const [first] = serviceCidr.ofFamily(family).ranges;
    return first ? [formatIp({ family, value: first.first + 10n })] : [];
  });
}

function joined(ranges: CidrSet): string | undefined {
  return ranges.isEmpty ? undefined : textsOf(ranges).join(',');
}

function several(key: string, ranges: CidrSet): Error {
  return new Error(
    `Unable to set up a cluster with \`${key}\` ${textsOf(ranges).join(', ')}: Kubernetes takes one range of each family.`,
  );
}
