import type { Cluster } from '../cluster/cluster';
import { CidrSet } from '../values/cidr-set';
import { rememberedOf } from '../values/remembered';
import type { Doubt } from '../values/ternary';
import type { Dialled, End } from './policy-hops';

const POD_ADDRESS: Doubt = {
  rule: 'NP-17',
  wouldDecide: 'which pod has this address of the pod range: name the pod, or its labels, instead',
};
const SERVICE_ADDRESS: Doubt = {
  rule: 'SVC-12',
  wouldDecide: 'which Service has this address of the Service range: no declared one does',
};
const OTHER_SERVICE: Doubt = {
  rule: 'SVC-26',
  wouldDecide:
    'endpoints that are no address of a Service: what one Service sends on to another nobody translates again',
};
const NODE_PORT: Doubt = {
  rule: 'SVC-15',
  wouldDecide: 'the way behind the node port, which leads to the pods of a Service: ask for the Service',
};

/** Why an address does not tell who is there; `undefined` where it does. */
export function ambiguityOf(end: End, cluster: Cluster): Doubt | undefined {
  if ('pod' in end || end.node !== undefined) return undefined;
  const { podCidr, serviceCidr } = cluster.profile;
  if (end.addresses.intersects(podCidr)) return POD_ADDRESS;
  if (isOneAddress(end.addresses) && end.addresses.intersects(clusterIpsOf(cluster))) return OTHER_SERVICE;
  return end.addresses.intersects(serviceCidr) ? SERVICE_ADDRESS : undefined;
}

const clusterIpsOf = rememberedOf(({ services }: Cluster) =>
  CidrSet.ofAddresses(services.flatMap(({ clusterIps }) => clusterIps)),
);

/** Likewise where the port of a node, declared or not, is that of a Service. */
export function ambiguityAt(end: End, { port, protocol }: Dialled, cluster: Cluster): Doubt | undefined {
  const isNodePort =
    mayBeNode(end, cluster) &&
    cluster.services.some(({ ports }) => ports.some((p) => p.nodePort === port && p.protocol === protocol));
  return isNodePort ? NODE_PORT : ambiguityOf(end, cluster);
}

/** Without a range of the nodes any one address may be a node's; a dump of the cluster has them all. */
function mayBeNode(end: End, { profile, isWhole }: Cluster): boolean {
  if ('pod' in end || end.node === '') return false;
  if (end.node !== undefined || isWhole) return end.node !== undefined;
  const { nodeCidr } = profile;
  return nodeCidr.isEmpty ? isOneAddress(end.addresses) : end.addresses.intersects(nodeCidr);
}

function isOneAddress({ ranges }: CidrSet): boolean {
  return ranges.length === 1 && ranges[0].first === ranges[0].last;
}
