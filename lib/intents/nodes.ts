import type { Network } from '../model/network';
import type { Endpoint } from '../model/reach/flow';
import type { End } from '../model/reach/policy-hops';
import type { PairVerdict } from '../model/reach/verdict';
import type { Door } from '../model/service/front-doors';
import { CidrSet } from '../model/values/cidr-set';
import { formatIp, type IpAddress } from '../model/values/ip';
import type { TrafficSet } from '../model/values/traffic-set';
import type { Diagnosis } from './diagnosis';
import { breachesBy } from './node-lead-breaches';
import type { Resolved } from './resolve';
import { type Breach, breaches, NAMED } from './ways';

/** An end of a promise as a walk begins with it. */
export function endpointOf(end: End, { cluster }: Network): Endpoint {
  if ('pod' in end) return { type: 'pods', label: '', pods: [end.pod], workload: end.pod.workload };
  const node = cluster.addresses.node(end.node);
  return node
    ? { type: 'node', label: end.label, node }
    : { type: 'addresses', label: end.label, addresses: end.addresses };
}

/** `expect(x).toReach(node('a').port(30080))`: what listens there is the node itself, or a Service whose port it is (SVC-20). */
export function pairsToNode(from: End, target: Resolved, network: Network): readonly (PairVerdict | Diagnosis)[] {
  const { name: port, protocol = 'TCP' } = target.port ?? {};
  if (typeof port !== 'number') {
    const problem = 'a node listens on numbers: say which port of it is meant';
    return [{ cause: { code: 'PTL901', role: 'target', problem } }];
  }
  const to = { type: 'node' as const, label: target.label, node: target.node! };
  const flow = { from: endpointOf(from, network), to, port, protocol, by: 'podIP' as const };
  return network.walk({ ...flow, runsElsewhere: true }).pairs;
}

/** What of a node's ports leads on, and is open, or may be: ports of Services (SVC-20), whatever is behind them, and of pods (NET-08). */
export function breachesAtNode(network: Network, from: End, traffic: TrafficSet): readonly Breach[] {
  const isMeant = (door: Door) => isOpenAtNodes(door) && isAmong(traffic, door);
  const toAddresses = network.throughNodeLeads(from, {
    to: ({ backend }) => ('address' in backend ? endAt(backend.address, network) : undefined),
    doorOf: (door) => (isMeant(door) ? { ...door, via: 'NodePort', clients: undefined } : undefined),
    circumstances: NAMED,
  });
  const toPods = network.cluster.pods
    .flatMap((pod) => network.frontDoorsOf(pod))
    .filter(isMeant)
    .flatMap((door) => {
      const { service } = door;
      return breaches('NodePort', [network.enter(from, { ...door, clients: undefined }, NAMED)]).map((breach) => ({
        ...breach,
        service,
      }));
    });
  return [...toPods, ...breachesBy(toAddresses)];
}

function endAt(address: IpAddress, { cluster }: Network): End {
  const node = cluster.addresses.nodeAt(address)?.name;
  return { addresses: CidrSet.ofAddresses([address]), label: node ? `node/${node}` : formatIp(address), node };
}

/** SVC-20: the number that the API server is yet to choose may be any. */
function isAmong(traffic: TrafficSet, { protocol, nodePort }: Door): boolean {
  return nodePort === undefined ? !traffic.ports(protocol).isEmpty : traffic.hasPort(protocol, nodePort);
}

/** SVC-19: the ports of a load balancer's Service are ports of the nodes, too, unless it allocates none. */
function isOpenAtNodes({ via, service, nodePort }: Door): boolean {
  if (via === 'LoadBalancer') return service?.allocateNodePorts === true || nodePort !== undefined;
  return via === 'NodePort' || via === 'hostPort';
}
