import { surelyRunsEverywhere } from '../model/cluster/whereabouts';
import type { PodGroup } from '../model/cluster/workload';
import type { Network } from '../model/network';
import type { End } from '../model/reach/policy-hops';
import type { PairVerdict } from '../model/reach/verdict';
import type { Door, FrontDoor } from '../model/service/front-doors';
import { proxyModeOf } from '../model/service/modes';
import { CidrSet } from '../model/values/cidr-set';
import { PortSet } from '../model/values/port-set';
import type { Doubt } from '../model/values/ternary';
import type { Diagnosis } from './diagnosis';
import { breachesBy } from './node-lead-breaches';
import type { Resolved } from './resolve';
import { podsBehind } from './targets';
import { type Breach, breaches, NAMED } from './ways';

/** The ports of nodes that lead to a pod by a Service. */
function doorsTo(network: Network, pod: PodGroup, target: Resolved): readonly FrontDoor[] {
  return network
    .frontDoorsOf(pod)
    .filter((door) => isMeant(door, target))
    .map(atNodes);
}

/** Those of a load balancer are such ports too (SVC-19). */
function isMeant({ service, servicePort, via, nodePort, protocol: own }: Door, { services, port: wanted }: Resolved) {
  const { name, protocol } = wanted ?? {};
  if (!service || !services.includes(service)) return false;
  const isNodes = service.serviceType === 'NodePort' && via === 'NodePort';
  const isBalanced = via === 'LoadBalancer' && (service.allocateNodePorts || nodePort !== undefined);
  // SVC-09: two ports may share a number, of which one is UDP's, so that each is looked at by itself.
  const isWanted = name === undefined || servicePort?.name === name || servicePort?.port === name;
  return (isNodes || isBalanced) && isWanted && (!protocol || protocol === own);
}

/** SVC-17: what keeps clients from the load balancer does not keep them from the nodes. */
function atNodes<T extends Door>(door: T): T {
  return { ...door, via: 'NodePort', clients: undefined };
}

/** `expect(x).toReach(service.nodePort('http'))`: by the address of whichever node. */
export function pairsByNodePort(from: End, target: Resolved, network: Network): readonly (PairVerdict | Diagnosis)[] {
  return podsBehind(network, target).flatMap((pod): readonly (PairVerdict | Diagnosis)[] => {
    const doors = doorsTo(network, pod, target).filter((door) => door.isServed);
    if (doors.length > 0) return doors.map((door) => throughAnyNode(from, door, network));
    const [service] = target.services;
    const name = `${service.namespace}/${service.name}`;
    return [{ cause: { code: 'PTL208', service: name, problem: 'no-node-port' }, blame: service.origin }];
  });
}

/** What a negative promise about it finds open. */
export function nodePortBreaches(network: Network, from: End, pod: PodGroup, target: Resolved): readonly Breach[] {
  return doorsTo(network, pod, target).flatMap((door) =>
    breaches('NodePort', [network.enter(from, door, NAMED)]).map((breach) => ({ ...breach, service: door.service })),
  );
}

/** Likewise where addresses are behind the Service, which no pod has. */
export function nodePortBreachesTo(network: Network, from: End, to: End, target: Resolved): readonly Breach[] {
  const ways = network.throughNodeLeads(from, {
    to: ({ backend }) =>
      'address' in backend && 'addresses' in to && to.addresses.has(backend.address) ? to : undefined,
    doorOf: (door) => (isMeant(door, target) ? atNodes(door) : undefined),
    circumstances: NAMED,
  });
  return breachesBy(ways);
}

function throughAnyNode(from: End, door: FrontDoor, network: Network): PairVerdict {
  const entered = network.enter(from, door);
  if (!('pod' in from))
    return door.sees === 'client' && !surelyRunsEverywhere(network.cluster, door.pod)
      ? opened(entered, LOCAL_DOUBT)
      : entered;
  return toOtherNode(from, door, entered, network);
}

/** SVC-14. */
const LOCAL_DOUBT: Doubt = {
  rule: 'SVC-14',
  wouldDecide:
    'which node the client meets: with externalTrafficPolicy Local those without an endpoint of their own drop it',
};

/**
 * SVC-20: the port of the pod's own node is translated before its policies see the packet, that of another node where the
 * packet arrives: the pod must be let out to the nodes, too.
 */
function toOtherNode(from: End, door: FrontDoor, entered: PairVerdict, network: Network): PairVerdict {
  const { nodeCidr } = network.cluster.profile;
  const nodes: End = { addresses: nodeCidr.isEmpty ? CidrSet.all() : nodeCidr, label: 'another node', node: '' };
  if (door.nodePort === undefined) {
    const denied = network.anyTraffic(from, nodes)?.mayDeny.ports(door.protocol) ?? PortSet.empty;
    return denied.isEmpty ? entered : opened(entered, NUMBER_DOUBT);
  }
  const out = network.packet(from, nodes, { protocol: door.protocol, port: door.nodePort }, { runsElsewhere: true });
  if (out.outcome === 'allowed') return entered;
  if (proxyModeOf(network.cluster.profile).masquerading === 'unknown') return opened(entered, TRANSLATION_DOUBT);
  const behind = entered.hops.filter(({ hop }) => hop !== 'node-firewall');
  const outcome = entered.outcome === 'denied' ? 'denied' : out.outcome;
  return { ...entered, outcome, hops: [...out.hops, ...behind], doubts: [...out.doubts, ...entered.doubts] };
}

const NUMBER_DOUBT: Doubt = {
  rule: 'SVC-20',
  wouldDecide: 'the number of the node port, which the API server is yet to choose',
};

const TRANSLATION_DOUBT: Doubt = {
  rule: 'SVC-20',
  wouldDecide:
    'egress rules that let the pod out to the nodes: the network plugin may translate their ports only there',
};

function opened(pair: PairVerdict, doubt: Doubt): PairVerdict {
  if (pair.outcome !== 'allowed') return pair;
  return { ...pair, outcome: 'unknown', doubts: [...pair.doubts, doubt] };
}
