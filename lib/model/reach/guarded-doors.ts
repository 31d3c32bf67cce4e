import type { Cluster } from '../cluster/cluster';
import type { PodGroup } from '../cluster/workload';
import type { Door } from '../service/front-doors';
import type { Pass } from '../service/pass';
import { CidrSet } from '../values/cidr-set';
import { PortSet } from '../values/port-set';
import type { Doubt } from '../values/ternary';
import type { Circumstances } from './flow';
import { firewallHop, type Guard, guardOfAnyPlace, hopOf } from './node-firewall';
import type { Dialled, End } from './policy-hops';
import type { FirewallHop } from './verdict';

const BALANCER: Doubt = {
  rule: 'NET-01',
  wouldDecide:
    'whether the firewall of the nodes lets in what load balancers send: `from: load-balancers` for the node ports',
};

/** By whose address a client outside comes to a node, and at which of its ports. */
type Entry = Pick<Door, 'via' | 'protocol' | 'nodePort' | 'servicePort'> & {
  /** Where it is one that a pod opens by itself. */
  readonly opened?: { readonly node?: string; readonly port?: number };
};

/** NET-01: nodes are guarded at node ports, hostPorts and what hostNetwork pods listen on. */
export function guardAtDoor(cluster: Cluster, client: End, door: Door, to: End): readonly FirewallHop[] {
  const behind = 'pod' in to ? to.pod : undefined;
  if ('pod' in client && !mayMeetGuard(client.pod, door, behind)) return [];
  const { service, via, port, nodePort } = door;
  const isOwn = !service && behind !== undefined;
  const opened = isOwn ? { node: behind.nodeName, port: via === 'hostNetwork' ? port : nodePort } : undefined;
  const hops = guardAtEntry(cluster, client, { ...door, opened });
  // What lets a pod in to other nodes is not why it gets in: by its own it does anyway.
  return 'pod' in client ? hops.filter(({ decision }) => decision !== 'passes') : hops;
}

/**
 * SVC-20: the ports of a pod's own node are translated there, before what guards the node, and those of a Service are on all
 * nodes; addresses of load balancers and externalIPs are translated where the pod runs (SVC-15), and what listens on the
 * network of a node is met straight.
 */
function mayMeetGuard({ nodeName }: PodGroup, { via, service }: Door, behind: PodGroup | undefined): boolean {
  if (via !== 'NodePort' && via !== 'hostPort') return false;
  return nodeName === undefined || (!service && nodeName !== behind?.nodeName);
}

/** Likewise where the way behind it is told apart. */
export function guardAtEntry(cluster: Cluster, client: End, entry: Entry): readonly FirewallHop[] {
  const { via, protocol, nodePort, servicePort, opened } = entry;
  // A Service is at the ports of all nodes, what a pod opens by itself at those of its own.
  const to: End = { addresses: CidrSet.all(), label: 'a node', node: opened?.node ?? '' };
  const guard = guardOfAnyPlace(cluster, client, to);
  if (!guard) return [];
  const port = opened ? opened.port : via === 'externalIP' ? servicePort?.port : nodePort;
  const hop =
    port === undefined ? anyPortOf(guard, cluster, entry) : hopOf(guard, cluster, to.label, { protocol, port });
  if (via !== 'LoadBalancer') return [hop];
  return isOpenToBalancers(cluster, entry)
    ? [{ ...hop, decision: 'passes', doubts: [] }]
    : [{ ...hop, decision: 'unknown', doubts: [BALANCER] }];
}

/** SVC-20: a number that the API server is yet to choose is one of its range. */
function anyPortOf(guard: Guard, cluster: Cluster, { protocol }: Entry): FirewallHop {
  const { first, last } = cluster.profile.nodePortRange;
  const range = PortSet.range(first, last);
  const { mayAllow, mayDeny } = guard.outcome;
  const hop = hopOf(guard, cluster, 'a node', { protocol, port: first });
  const traffic = `${first}-${last}/${protocol}`;
  if (!mayAllow.ports(protocol).intersects(range)) return { ...hop, decision: 'stops', traffic, rule: undefined };
  if (!mayDeny.ports(protocol).intersects(range)) return { ...hop, decision: 'passes', traffic };
  return { ...hop, decision: 'unknown', traffic, doubts: [...guard.doubts, NUMBER] };
}

const NUMBER: Doubt = {
  rule: 'SVC-20',
  wouldDecide: 'the number of the node port, which the API server is yet to choose',
};

/**
 * What a load balancer sends on goes to node ports, as itself or as its clients; without one on the outside nodes get the packet
 * as clients sent it.
 */
function isOpenToBalancers({ profile }: Cluster, { protocol, nodePort, servicePort }: Entry): boolean {
  const { first, last } = profile.nodePortRange;
  const nodePorts = nodePort === undefined ? PortSet.range(first, last) : PortSet.of(nodePort);
  const all = servicePort ? nodePorts.union(PortSet.of(servicePort.port)) : nodePorts;
  const lists = (['control-plane', 'worker'] as const).map((role) => profile.firewall[role] ?? []);
  const areLetIn = (needed: PortSet, word: 'anywhere' | 'load-balancers') =>
    lists.every((rules) => rules.some((rule) => rule.senders.has(word) && rule.traffic.ports(protocol).covers(needed)));
  return areLetIn(nodePorts, 'load-balancers') || areLetIn(all, 'anywhere');
}

const SAME_NODE: Doubt = {
  rule: 'NP-30',
  wouldDecide:
    'whether clients meet the very node that the Service sends to: there what guards it sees the port of the Service alone, if it stands before the node',
};

/**
 * NET-01: what guards a node that a Service sends to, behind the node where the client comes in. Who meets that very node is
 * translated on it, so that no packet for the port behind comes by the wire.
 */
export function guardBehindDoor(
  cluster: Cluster,
  { client, seen }: { readonly client: End; readonly seen: End },
  door: Door,
  to: End,
  circumstances: Circumstances,
): readonly FirewallHop[] {
  if (!door.service) return [];
  const { protocol, port, nodePort, via } = door;
  const hops = firewallHop(cluster, seen, to, { protocol, port }, circumstances);
  const dialled: Dialled | undefined =
    via === 'NodePort' && nodePort !== undefined ? { protocol, port: nodePort } : undefined;
  const kept = dialled ? firewallHop(cluster, client, to, dialled, circumstances) : [];
  const isKeptOff = kept.some(({ decision }) => decision === 'stops');
  if (isKeptOff) return hops;
  return hops.map(notByWire);
}

/** SVC-20: what is translated on the very node that it is for comes by the wire for the port of the Service, and for no other. */
export function translatedOn({ at }: Pass, to: End, hops: readonly FirewallHop[]): readonly FirewallHop[] {
  const node = 'pod' in to ? to.pod.nodeName : to.node || undefined;
  const isOther = node !== undefined && at.node !== undefined && node !== at.node;
  return at.isOrigin || isOther ? hops : hops.map(notByWire);
}

/** What guards a node from a packet that may be translated on it: only on the node itself it sees the port behind. */
function notByWire(hop: FirewallHop): FirewallHop {
  return hop.decision === 'stops' ? { ...hop, decision: 'unknown', doubts: [...hop.doubts, SAME_NODE] } : hop;
}
