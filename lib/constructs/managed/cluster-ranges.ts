import type { ClusterProfile } from '../../model/cluster/profile';
import type { PlacedRange } from '../../model/cluster/profile-ranges';
import { fabricOf } from '../../model/fabric/registry';
import { formatCidr } from '../../model/values/cidr-set';
import { formatIp } from '../../model/values/ip';

/**
 * The pod ranges as kube-controller-manager and kube-proxy take them: one of each family, with a comma between.
 * `undefined` where a plugin that gives nodes their blocks itself has none, or several.
 */
export function podSubnet(profile: ClusterProfile): string | undefined {
  const { podCidr } = profile.written;
  const isCutByKubernetes = fabricOf(profile).blocks.by === 'node-cidr';
  // NET-02: without --cluster-cidr no node gets a part, and the plugin gives no pod an address.
  if (podCidr.length === 0 && isCutByKubernetes) throw new Error(WITHOUT_PODS);
  if (!hasSeveral(podCidr)) return joined(podCidr);
  // NET-02: --cluster-cidr has one range of each family.
  if (isCutByKubernetes) throw several('podCidr', podCidr);
  return undefined;
}

/** The service range as the API server takes it when it starts: one of each family. */
export function serviceSubnet({ written: { serviceCidr } }: ClusterProfile): string | undefined {
  // NET-03: more are added as ServiceCIDR objects later.
  if (hasSeveral(serviceCidr)) throw several('serviceCidr', serviceCidr);
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

const WITHOUT_PODS =
  'Unable to set up a cluster without `podCidr`: with this network plugin pods get addresses from the part of it that Kubernetes ' +
  'gives their node (NET-02). Say which range pods have.';

function hasSeveral(ranges: readonly PlacedRange[]): boolean {
  return new Set(ranges.map(({ cidr }) => cidr.family)).size < ranges.length;
}

/** IPv4 first, as the components want those of two families. */
function textsOf(ranges: readonly PlacedRange[]): readonly string[] {
  return [...ranges].sort((a, b) => a.cidr.family - b.cidr.family).map(({ cidr }) => formatCidr(cidr));
}

function joined(ranges: readonly PlacedRange[]): string | undefined {
  return ranges.length === 0 ? undefined : textsOf(ranges).join(',');
}

function several(key: string, ranges: readonly PlacedRange[]): Error {
  return new Error(
    `Unable to set up a cluster with \`${key}\` ${textsOf(ranges).join(', ')}: Kubernetes takes one range of each family.`,
  );
}
