import { componentPort, trafficOf } from '../model/cluster/component-ports';
import type { ClusterProfile } from '../model/cluster/profile';
import type { Network } from '../model/network';
import { type End, labelOf } from '../model/reach/policy-hops';
import type { PairVerdict } from '../model/reach/verdict';
import { serviceRange } from '../model/service/addresses';
import { CidrSet } from '../model/values/cidr-set';
import type { Doubt } from '../model/values/ternary';
import type { TrafficSet } from '../model/values/traffic-set';

const UNTRANSLATED: Doubt = {
  rule: 'NP-20',
  wouldDecide:
    "egress rules that do not name the address of the API server's own Service, which policies may see before it is translated",
};

/**
 * NP-41: pods ask API servers by the Service default/kubernetes, which no manifest need declare. Behind it are the addresses of
 * their nodes, so that policies decide as on the straight way, except where rules let out what goes to the Service's own address.
 */
export function throughApiServerService(network: Network, from: End, to: End, traffic: TrafficSet): PairVerdict[] {
  const { cluster } = network;
  if (!('pod' in from) || 'pod' in to || to.node === undefined) return [];
  const isElsewhere = cluster.servicesIn('default').every(({ name }) => name !== 'kubernetes');
  const asked = trafficOf(componentPort('controlPlane.apiServer', cluster.profile));
  const role = to.guarded ?? cluster.addresses.node(to.node)?.role;
  if (!isElsewhere || role === 'worker' || !traffic.intersects(asked)) return [];
  if (!network.mentions(from.pod, possibleAddresses(cluster.profile))) return [];
  return [{ from: labelOf(from), to: labelOf(to), outcome: 'unknown', hops: [], doubts: [UNTRANSLATED] }];
}

/** The first of each range of Services is its own; where nobody tells the range, none that is told for pods or nodes. */
function possibleAddresses(profile: ClusterProfile): CidrSet {
  const { serviceCidr, podCidr, nodeCidr } = profile;
  if (serviceCidr.isEmpty) return serviceRange(profile).minus(podCidr).minus(nodeCidr);
  return CidrSet.ofAddresses(serviceCidr.ranges.map(({ family, first }) => ({ family, value: first + 1n })));
}
