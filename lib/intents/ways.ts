import type { PodGroup } from '../model/cluster/workload';
import type { Edge } from '../model/ingress/edge';
import type { Network } from '../model/network';
import type { Circumstances, StrangersStance } from '../model/reach/flow';
import type { Offer } from '../model/reach/offers';
import { mayShareNode } from '../model/reach/own-node';
import { type Dialled, type End, labelOf } from '../model/reach/policy-hops';
import type { PairVerdict } from '../model/reach/verdict';
import { possibleClusterIps } from '../model/service/addresses';
import type { FrontDoor } from '../model/service/front-doors';
import { type Doubt, distinctDoubts } from '../model/values/ternary';
import { PROTOCOLS, type TrafficSet } from '../model/values/traffic-set';
import { throughApiServerService } from './api-server-service';
import { nodeLeadBreaches } from './node-lead-breaches';
import type { Resolved } from './resolve';
import { routedLeads } from './routed-leads';
import { everyPodBehind } from './targets';

/** One way on which something got through, or may: what breaks a negative promise. */
export interface Breach {
  readonly via: 'podIP' | FrontDoor['via'] | Edge['api'];
  readonly pair: PairVerdict;
  /** Whose door it is. */
  readonly service?: FrontDoor['service'];
  /** What a proxy offers, where it comes through one. */
  readonly offer?: Offer;
  /** All that leaves open this way and those beside it, whatever port is dialled. @default - the doubts of the pair */
  readonly doubts?: readonly Doubt[];
}

/** How a negative promise looks at who would get through. */
export type Stance = Required<Pick<Circumstances, 'ownNode' | 'strangersAreOpen'>> &
  StrangersStance & {
    /** NP-40: whether who asks a proxy at the edge is who gets in; else the proxy is. */
    readonly throughProxies: boolean;
  };

/**
 * The source is one that the promise names: the policies declared for a namespace are taken for all of its policies, and a
 * hostNetwork pod may run on the target's own node (NP-30).
 */
export const NAMED: Stance = { ownNode: 'counts', strangersAreOpen: false, throughProxies: true };

/** The source is anybody: the pod's own node, which nobody can keep away, is left out, and strangers bring their own policies. */
export const ANYBODY: Stance = { ownNode: 'left-out', strangersAreOpen: true, throughProxies: false };

/** The other end is anybody: what is declared of undeclared pods does not shut them for good. */
export const ANYWHERE: Stance = {
  ownNode: 'left-out',
  strangersAreOpen: false,
  strangersLetIn: true,
  throughProxies: false,
};

/** The ends that a positive promise is about, addresses in parts that no rule can tell apart. */
export function endsOf(network: Network, resolved: Resolved): readonly End[] {
  const pods = resolved.pods.length > 0 ? resolved.pods : resolved.strangers;
  return [...pods.map((pod): End => ({ pod })), ...addressEnds(network, resolved)];
}

/** The ends that a negative promise is about: undeclared pods too. */
export function everyEndOf(network: Network, resolved: Resolved): readonly End[] {
  return [...everyPodBehind(network, resolved).map((pod): End => ({ pod })), ...addressEnds(network, resolved)];
}

function addressEnds(network: Network, resolved: Resolved): readonly End[] {
  const { addresses, anyOneAddress, label, host, node, component } = resolved;
  if (component) return component.ends;
  if (addresses.isEmpty) return [];
  const parts = anyOneAddress ? [addresses] : network.parts(addresses);
  return parts.map((part): End => ({ addresses: part, label, host, node: node?.name }));
}

/** A way that is open, or may be, from one end to another; `undefined` when every way is surely shut. */
export function breachOf(
  network: Network,
  from: End,
  to: End,
  traffic: TrafficSet,
  stance: Stance,
): Breach | undefined {
  if (traffic.isEmpty) return undefined;
  const straight = straightBreach(network, from, to, traffic, stance);
  if (straight?.pair.outcome === 'allowed') return straight;
  const others =
    'pod' in to
      ? waysToPod(network, from, to, traffic, stance)
      : [
          ...nodeLeadBreaches(network, from, to, traffic, { ...stance, ownNode: 'left-out' }),
          // A promise of exclusion lists the address of the Service itself.
          ...(stance.throughProxies ? breaches('podIP', throughApiServerService(network, from, to, traffic)) : []),
          ...(stance.throughProxies && isOutside(from) ? routedLeads(network, from, to, traffic) : []),
        ];
  return surestOf([...(straight ? [straight] : []), ...others]);
}

/** What comes from a pod is the proxy's own: what others forward at their will no promise tells. */
function isOutside(from: End): boolean {
  return !('pod' in from) && from.node === undefined;
}

function waysToPod(
  network: Network,
  from: End,
  to: End & { pod: PodGroup },
  traffic: TrafficSet,
  stance: Stance,
): readonly Breach[] {
  return [
    ...ownNodeBreach(network, from, to, traffic, stance),
    ...serviceBreaches(network, from, to, traffic, stance),
    ...doorBreaches(network, from, to, traffic, stance),
    ...edgeBreaches(network, from, to, traffic, stance),
  ];
}

/** The way that is surely open, if one is; else the first that may be, with all that leaves any of them open. */
export function surestOf(ways: readonly Breach[]): Breach | undefined {
  const open = ways.find((breach) => breach.pair.outcome === 'allowed');
  if (open || ways.length === 0) return open;
  return { ...ways[0], doubts: distinctDoubts(ways.flatMap(doubtsAbout)) };
}

/** All that leaves a way open. */
export function doubtsAbout({ pair, doubts }: Breach): readonly Doubt[] {
  return doubts ?? pair.doubts;
}

/**
 * The pods that may get in on some way, by the policies of the target alone: whomever these shut out gets in on none.
 * INVARIANT: on every way but through a front door the target's policies see the source itself, and the own node is left out.
 */
export function sourcesThatMayEnter(network: Network, to: PodGroup, traffic: TrafficSet): readonly PodGroup[] {
  return network.frontDoorsOf(to).length > 0 ? network.cluster.pods : network.mayEnter(to, traffic);
}

/** Straight to the address of a pod, or to whatever addresses the other end is. */
export function straightBreaches(
  network: Network,
  from: End,
  to: End,
  traffic: TrafficSet,
  stance: Stance,
): readonly Breach[] {
  const straight = straightBreach(network, from, to, traffic, stance);
  const ownNode = 'pod' in to ? ownNodeBreach(network, from, to, traffic, stance) : [];
  return [...(straight ? [straight] : []), ...ownNode];
}

/** By address, over all of the traffic at once; the breach shows one port of it. */
function straightBreach(network: Network, from: End, to: End, traffic: TrafficSet, stance: Stance): Breach | undefined {
  const outcome = network.anyTraffic(from, to, stance);
  const open = outcome?.mayAllow.intersect(traffic);
  if (!outcome || !open || open.isEmpty) {
    const doubt = familyDoubt(network, from, to);
    const ends = { from: labelOf(from), to: labelOf(to) };
    return doubt && { via: 'podIP', pair: { ...ends, outcome: 'unknown', hops: [], doubts: [doubt] } };
  }
  const surely = open.minus(outcome.mayDeny);
  const dialled = witness(surely.isEmpty ? open : surely, 'pod' in to ? to.pod : undefined);
  const pair = network.packet(from, to, dialled, stance);
  if (!surely.isEmpty) return { via: 'podIP', pair };
  return { via: 'podIP', pair, doubts: [...pair.doubts, ...network.doubtsBetween(from, to, open)] };
}

/**
 * NP-38: addresses of a family that nobody says the cluster has. Where the profile declares pod ranges it says so: no pod
 * has an address of any other family.
 */
export function familyDoubt({ cluster }: Network, from: End, to: End): Doubt | undefined {
  if (!cluster.profile.podCidr.isEmpty) return undefined;
  const families = ([4, 6] as const).filter((family) => !cluster.families.includes(family));
  const isBeyond = (end: End) => 'addresses' in end && families.some((f) => !end.addresses.ofFamily(f).isEmpty);
  if (!isBeyond(from) && !isBeyond(to)) return undefined;
  return { rule: 'NP-38', wouldDecide: 'podCidr in the cluster profile, which tells the IP families of the pods' };
}

/**
 * NP-30: a hostNetwork pod that the promise names may run on the node of the other end: the target's own node is always let
 * in, and whether a pod is let out to its own node is the plugin's to say.
 */
function ownNodeBreach(
  network: Network,
  from: End,
  to: End & { pod: PodGroup },
  traffic: TrafficSet,
  stance: Stance,
): readonly Breach[] {
  if (stance.ownNode === 'left-out' || !('pod' in from) || !mayShareNode(network.cluster, from.pod, to.pod)) return [];
  return breaches('podIP', [network.packet(from, to, witness(traffic, to.pod), stance)]);
}

/** NP-20: a rule around the address of a Service may let the packet out before it is translated. */
function serviceBreaches(
  network: Network,
  from: End,
  to: End & { pod: PodGroup },
  traffic: TrafficSet,
  stance: Stance,
): readonly Breach[] {
  if (!('pod' in from)) return [];
  const { cluster } = network;
  const pairs = network.leadsTo(to.pod).flatMap(({ service, port, number }) => {
    const addresses = possibleClusterIps(service, cluster.profile);
    if (!traffic.hasPort(port.protocol, number) || !network.mentions(from.pod, addresses)) return [];
    const circumstances = { ...stance, viaService: { addresses, port: port.port } };
    return [network.packet(from, to, { protocol: port.protocol, port: number }, circumstances)];
  });
  return breaches('podIP', pairs);
}

/** Through the doors of a pod. */
export function doorBreaches(
  network: Network,
  from: End,
  to: End & { pod: PodGroup },
  traffic: TrafficSet,
  stance: Stance,
): readonly Breach[] {
  const doors = network.frontDoorsOf(to.pod).filter((door) => doorIsFor(door, from, traffic));
  return doors.flatMap((door) =>
    breaches(door.via, [network.enter(from, door, stance)]).map((breach) => ({ ...breach, service: door.service })),
  );
}

/** By URL: through an ingress controller or a Gateway that sends requests from outside to the pod. */
function edgeBreaches(
  network: Network,
  from: End,
  to: End & { pod: PodGroup },
  traffic: TrafficSet,
  stance: Stance,
): readonly Breach[] {
  if (!stance.throughProxies || !isOutside(from)) return [];
  const offers = network.offersTo(to.pod).filter(({ port, target }) => traffic.hasPort(port.protocol, target));
  return offers.flatMap((offer) =>
    breaches(offer.edge.api, [network.throughEdge(from, offer, stance)]).map((breach) => ({ ...breach, offer })),
  );
}

/** Those of the pairs that get through, or may. */
export function breaches(via: Breach['via'], pairs: readonly PairVerdict[]): readonly Breach[] {
  return pairs.filter((pair) => pair.outcome !== 'denied').map((pair) => ({ via, pair }));
}

/** Adding a way in is adding a member to `FrontDoor['via']`: the switch does not compile without it. */
function doorIsFor(door: FrontDoor, from: End, traffic: TrafficSet): boolean {
  if (!traffic.hasPort(door.protocol, door.port)) return false;
  switch (door.via) {
    case 'LoadBalancer':
    case 'NodePort':
    case 'externalIP':
    case 'hostPort':
      return true;
    case 'hostNetwork':
      // The client keeps its address: for pods the straight way has said all there is to say.
      return !('pod' in from);
  }
}

/** One port of the traffic that a person would look for first: a declared one, else the lowest. */
function witness(traffic: TrafficSet, pod: PodGroup | undefined): Dialled {
  const ports = pod?.provenance === 'stranger' ? [] : pod?.ports;
  const declared = ports?.find((port) => traffic.hasPort(port.protocol, port.port));
  if (declared) return { protocol: declared.protocol, port: declared.port };
  const protocol = ['TCP' as const, ...PROTOCOLS].find((p) => !traffic.ports(p).isEmpty)!;
  return { protocol, port: traffic.ports(protocol).ranges[0].first };
}
