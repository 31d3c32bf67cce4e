import type { Cluster } from '../cluster/cluster';
import type { FrontDoor } from '../service/front-doors';
import { CidrSet } from '../values/cidr-set';
import { PortSet } from '../values/port-set';
import type { Doubt } from '../values/ternary';
import { type Guard, guardOf, hopOf } from './node-firewall';
import type { End } from './policy-hops';
import type { FirewallHop } from './verdict';

/** What guards nodes does to a client at a door: a hop where nodes are what he meets, else what leaves it open. */
interface AtDoor {
  readonly hop?: FirewallHop;
  readonly doubts?: readonly Doubt[];
}

const BALANCER: Doubt = {
  rule: 'NET-01',
  wouldDecide:
    'whether the firewall of the nodes lets in what load balancers send: `from: load-balancers` for the node ports',
};

/** NET-01: nodes are guarded at node ports, hostPorts and what hostNetwork pods listen on. */
export function guardAtDoor(cluster: Cluster, client: End, door: FrontDoor): AtDoor {
  const to: End = { addresses: CidrSet.all(), label: 'a node', node: nodeOf(door) };
  const guard = guardOf(cluster, client, to);
  if (!guard) return {};
  if (door.via === 'LoadBalancer') {
    return isOpenToAll(cluster, door) ? {} : { doubts: [BALANCER] };
  }
  const { protocol } = door;
  const port = portOf(door);
  if (port !== undefined) return { hop: hopOf(guard, cluster, to.label, { protocol, port }) };
  return { hop: anyPortOf(guard, cluster, door) };
}

/** A Service is at the ports of all nodes, what a pod opens by itself at those of its own. */
function nodeOf({ service, pod }: FrontDoor): string {
  return service ? '' : (pod.nodeName ?? '');
}

/** The port by which the packet comes to a node; `undefined` where nobody tells. */
function portOf({ via, port, nodePort, servicePort }: FrontDoor): number | undefined {
  if (via === 'hostNetwork') return port;
  return via === 'externalIP' ? servicePort?.port : nodePort;
}

/** SVC-20: a number that the API server is yet to choose is one of its range. */
function anyPortOf(guard: Guard, cluster: Cluster, { protocol }: FrontDoor): FirewallHop {
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

/** Whoever load balancers send as, and to whichever port of the nodes: it is let in where a rule means all of them. */
function isOpenToAll({ profile }: Cluster, { protocol, nodePort, servicePort }: FrontDoor): boolean {
  const { first, last } = profile.nodePortRange;
  const nodePorts = nodePort === undefined ? PortSet.range(first, last) : PortSet.of(nodePort);
  const wanted = servicePort ? nodePorts.union(PortSet.of(servicePort.port)) : nodePorts;
  const rules = Object.values(profile.firewall).map((each) => each ?? []);
  const isLetIn = (needed: PortSet, words: readonly ('anywhere' | 'load-balancers')[]) =>
    rules.every((each) =>
      each.some(
        ({ senders, traffic }) => words.some((word) => senders.has(word)) && traffic.ports(protocol).covers(needed),
      ),
    );
  // What a load balancer sends on goes to node ports; without one on the outside nodes get the packet as clients sent it.
  return isLetIn(nodePorts, ['anywhere', 'load-balancers']) || isLetIn(wanted, ['anywhere']);
}
