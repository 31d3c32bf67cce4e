import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import { type Masquerading, masqueradingOf } from '../fabric/masquerade';
import { type FabricEnd, type PacketPath, packetPathsOf } from '../fabric/packet-path';
import type { CidrSet } from '../values/cidr-set';
import type { IpFamily } from '../values/ip';
import type { Doubt } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import type { End } from './policy-hops';
import type { FabricHop } from './verdict';

/** How a packet gets to its end by the pod network; none where the plugin does not tell, or where it has no part (NET-04). */
export function fabricHops(cluster: Cluster, from: End, to: End, family?: IpFamily): readonly FabricHop[] {
  const paths = packetPathsOf(cluster);
  if (paths.fabric.links.length === 0) return [];
  const ends = { from: rangeOf(cluster, from), to: rangeOf(cluster, to) };
  const [source, target] = [fabricEnd(from), fabricEnd(to)];
  if (source && target) {
    const path = isItself(from, to) ? ON_ONE_NODE : paths.between(source, target, family && [family]);
    return path ? [{ hop: 'fabric', ...path, ...ends }] : [];
  }
  // What leaves the cluster, or comes from outside straight to a pod, is none of the pod network's but for its address.
  if (!('pod' in from) || from.pod.hostNetwork) return [];
  const seenAs = seenOutside(masqueradingOf(cluster), to);
  return [{ hop: 'fabric', ...LEAVING, mtu: paths.between(ANYWHERE, ANYWHERE)?.mtu, ...ends, seenAs }];
}

/** The same where it may stop a packet, and only there: most pod networks have a way between all nodes, and need no question. */
export function openFabricHops(cluster: Cluster, from: End, to: End, family?: IpFamily): readonly FabricHop[] {
  if (!packetPathsOf(cluster).mayFail) return [];
  return fabricHops(cluster, from, to, family).filter(({ decision }) => decision !== 'passes');
}

/** What policies let through, as far as the pod network carries it. */
export function carried<T extends { readonly mayAllow: TrafficSet; readonly mayDeny: TrafficSet }>(
  cluster: Cluster,
  from: End,
  to: End,
  outcome: T,
): T | undefined {
  const [hop] = openFabricHops(cluster, from, to);
  if (!hop) return outcome;
  return hop.decision === 'stops' ? undefined : { ...outcome, mayDeny: TrafficSet.all };
}

export function fabricDoubts(cluster: Cluster, from: End, to: End): readonly Doubt[] {
  return openFabricHops(cluster, from, to).flatMap(({ doubts }) => doubts);
}

const ANYWHERE: FabricEnd = { node: undefined, isNode: false };
const ON_ONE_NODE: PacketPath = { decision: 'passes', mayShareNode: true, legs: [], needs: [], doubts: [] };
const LEAVING: PacketPath = { decision: 'passes', mayShareNode: false, legs: [], needs: [], doubts: [] };

/** NP-31: a single pod never leaves its node to meet itself. */
function isItself(from: End, to: End): boolean {
  return 'pod' in from && 'pod' in to && from.pod === to.pod && from.pod.replicas === 1;
}

function fabricEnd(end: End): FabricEnd | undefined {
  if ('pod' in end) return { node: end.pod.nodeName, isNode: end.pod.hostNetwork, pod: end.pod };
  return end.node === undefined ? undefined : { node: end.node === '' ? undefined : end.node, isNode: true };
}

/** The addresses that an end may have: of a pod those of its node's part, where the node and its part are known (NET-02). */
function rangeOf(cluster: Cluster, end: End): CidrSet {
  if (!('pod' in end)) return end.addresses;
  const { domain, addresses, nodeName, hostNetwork }: PodGroup = end.pod;
  if (addresses !== undefined || hostNetwork) return domain;
  if (packetPathsOf(cluster).fabric.blocks.by !== 'node-cidr') return domain;
  const own = cluster.addresses.node(nodeName)?.podCidrs;
  return own === undefined || own.isEmpty ? domain : own;
}

/** NET-04, NET-05: whose address the other side sees of a packet that leaves the cluster. */
function seenOutside({ outgoing, exceptTo, isOpen }: Masquerading, to: End): FabricHop['seenAs'] {
  if (outgoing !== true) return outgoing === false ? 'pod' : 'unknown';
  const addresses = 'pod' in to ? to.pod.domain : to.addresses;
  if (!exceptTo.intersects(addresses)) return 'node';
  return exceptTo.covers(addresses) && !isOpen ? 'pod' : 'unknown';
}
