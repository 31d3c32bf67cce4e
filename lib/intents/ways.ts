import type { PodGroup } from '../model/cluster/workload';
import type { Network } from '../model/network';
import type { Dialled, End } from '../model/reach/policy-hops';
import type { PairVerdict } from '../model/reach/verdict';
import type { FrontDoor } from '../model/service/front-doors';
import { PortSet } from '../model/values/port-set';
import { PROTOCOLS, TrafficSet } from '../model/values/traffic-set';
import type { Resolved } from './resolve';

/** One way on which something got through, or may: what breaks a negative promise. */
export interface Breach {
  readonly via: 'podIP' | FrontDoor['via'];
  readonly pair: PairVerdict;
}

/** How a negative promise looks at the cluster: without what nobody can keep away, and with all that others could open. */
const NEGATIVE = { ownNode: 'left-out', strangersAreOpen: true } as const;

/** Every end that an endpoint stands for, addresses in parts that no rule can tell apart. */
export function endsOf(network: Network, resolved: Resolved): readonly End[] {
  const pods = resolved.pods.map((pod): End => ({ pod }));
  if (resolved.addresses.isEmpty) return pods;
  const parts = resolved.anyOneAddress ? [resolved.addresses] : network.parts(resolved.addresses);
  return [...pods, ...parts.map((addresses): End => ({ addresses, label: resolved.label }))];
}

/**
 * A way that is open, or may be, from one end to another; `undefined` when every way is surely shut.
 * Adding a way in is adding a member to `FrontDoor['via']`: the switch in `doorIsFor` does not compile without it.
 */
export function breachOf(network: Network, from: End, to: End, traffic: TrafficSet): Breach | undefined {
  const straight = straightBreach(network, from, to, traffic);
  if (straight?.pair.outcome === 'allowed' || !('pod' in to)) return straight;
  const doors = network.frontDoorsOf(to.pod).filter((door) => doorIsFor(door, from, traffic));
  const breaches = doors.flatMap((door): Breach[] => {
    const pair = network.enter(from, door, NEGATIVE);
    return pair.outcome === 'denied' ? [] : [{ via: door.via, pair }];
  });
  return breaches.find((breach) => breach.pair.outcome === 'allowed') ?? straight ?? breaches[0];
}

/** By address, over all of the traffic at once; the breach shows one port of it. */
function straightBreach(network: Network, from: End, to: End, traffic: TrafficSet): Breach | undefined {
  const outcome = network.anyTraffic(from, to);
  const open = outcome?.mayAllow.intersect(traffic);
  if (!outcome || !open || open.isEmpty) return undefined;
  const surely = open.minus(outcome.mayDeny);
  const dialled = witness(surely.isEmpty ? open : surely, 'pod' in to ? to.pod : undefined);
  return { via: 'podIP', pair: network.packet(from, to, dialled, NEGATIVE) };
}

function doorIsFor(door: FrontDoor, from: End, traffic: TrafficSet): boolean {
  if (!traffic.hasPort(door.protocol, door.port)) return false;
  switch (door.via) {
    case 'LoadBalancer':
    case 'NodePort':
    case 'externalIP':
      return true;
    case 'hostPort':
    case 'hostNetwork':
      // The client keeps its address behind these: for pods the straight way has said all there is to say.
      return !('pod' in from);
  }
}

/** One port of the traffic that a person would look for first: a declared one, else the lowest. */
function witness(traffic: TrafficSet, pod: PodGroup | undefined): Dialled {
  const declared = pod?.ports.find((port) => traffic.hasPort(port.protocol, port.port));
  if (declared) return { protocol: declared.protocol, port: declared.port };
  const protocol = ['TCP' as const, ...PROTOCOLS].find((p) => !traffic.ports(p).isEmpty)!;
  return { protocol, port: traffic.ports(protocol).ranges[0].first };
}

/** The traffic that a negative promise speaks of at one target: its port, else every port of every protocol. */
export function trafficTo(target: Resolved, pod: PodGroup | undefined): TrafficSet {
  const { port } = target;
  if (!port) return TrafficSet.allPorts;
  const protocols = port.protocol ? [port.protocol] : PROTOCOLS;
  if (typeof port.name === 'number') {
    const ports = PortSet.of(port.name);
    const chosen = port.protocol ? protocols : (['TCP'] as const);
    return chosen.reduce((sum, protocol) => sum.union(TrafficSet.of(protocol, ports)), TrafficSet.empty);
  }
  const named = pod?.ports.filter((p) => p.name === port.name && protocols.includes(p.protocol)) ?? [];
  return named.reduce((sum, p) => sum.union(TrafficSet.of(p.protocol, PortSet.of(p.port))), TrafficSet.empty);
}
