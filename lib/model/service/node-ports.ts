import { CidrSet } from '../values/cidr-set';
import type { IpAddress } from '../values/ip';
import { proxyModeOf } from './modes';
import type { Packet, Standpoint } from './packet';
import type { ServiceTable } from './service-table';

const LOOPBACK = CidrSet.parse('127.0.0.0/8', '::1/128');

export function isLoopback(address: IpAddress): boolean {
  return LOOPBACK.has(address);
}

/** Whether the node ports of a node are open at an address; `elsewhere`: the address is not one of its own. */
export type NodePortState = 'open' | 'closed' | 'unknown' | 'elsewhere';

/** SVC-20. */
export function nodePortState({ cluster }: ServiceTable, { to }: Packet, { node }: Standpoint): NodePortState {
  const address = to.address!;
  const own = cluster.addresses.node(node)?.addresses ?? [];
  const isHere = (other: IpAddress) => other.family === address.family && other.value === address.value;
  const loops = isLoopback(address);
  if (!loops && !own.some(isHere)) return 'elsewhere';
  const { loopbackNodePorts, nodePorts, readsKubeProxy } = proxyModeOf(cluster.profile);
  const { nodePortAddresses } = readsKubeProxy ? cluster.profile.kubeProxy : {};
  if (loops && loopbackNodePorts === 'unknown') return 'unknown';
  if (loops && !(loopbackNodePorts && address.family === 4)) return 'closed';
  const primary = own.find(({ family }) => family === address.family);
  const isPrimary = primary !== undefined && isHere(primary);
  if (nodePortAddresses === 'primary') return isPrimary ? 'open' : 'closed';
  if (nodePortAddresses) return nodePortAddresses.has(address) ? 'open' : 'closed';
  // A further address may be one that a cloud translates to the first before the node sees the packet.
  return nodePorts === 'all' || isPrimary ? 'open' : 'unknown';
}

/**
 * SVC-20: a port that the API server keeps for node ports, and that nothing of the node is known to have. Only a dump of the
 * cluster tells that no Service has it either.
 */
export function isReserved({ cluster }: ServiceTable, { port, protocol }: Packet, { node }: Standpoint): boolean {
  const { first, last } = cluster.profile.nodePortRange;
  if (!cluster.isWhole || port < first || port > last) return false;
  if (cluster.services.some((service) => service.healthCheckNodePort === port)) return false;
  return node === undefined || !cluster.addresses.hostPodAt(node, port, protocol);
}
