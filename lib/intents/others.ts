import type { PodGroup } from '../model/cluster/workload';
import type { Network } from '../model/network';
import type { End } from '../model/reach/policy-hops';
import type { CidrSet } from '../model/values/cidr-set';
import { TrafficSet } from '../model/values/traffic-set';
import { coversStranger } from './coverage';
import { foreignEndsOf, trafficToForeign } from './foreign-ends';
import type { Resolved } from './resolve';
import { podsSurelyBehind } from './targets';
import { trafficTo } from './traffic';

/** Everybody whom an exclusive promise does not list. */
export interface Others {
  readonly has: (pod: PodGroup) => boolean;
  readonly addresses: readonly (End & { readonly addresses: CidrSet })[];
}

/** All but those listed and the subject itself: declared pods, strangers that a rule could mean, other nodes, and all outside. */
export function everybodyBut(network: Network, listed: readonly Resolved[], subject: Resolved): Others {
  const { cluster } = network;
  const allowed = [...listed, subject];
  const surely = new Set(allowed.flatMap((one) => podsSurelyBehind(network, one)));
  const own = new Set(podsSurelyBehind(network, subject).map((pod) => pod.workload));
  const selections = allowed.flatMap((one) => one.selections);
  const rest = (all: CidrSet) =>
    listed.reduce((left, one) => (one.anyOneAddress ? left : left.minus(one.addresses)), all);
  return {
    has: (pod) =>
      pod.provenance === 'stranger'
        ? !coversStranger(selections, pod, network)
        : !surely.has(pod) && !own.has(pod.workload),
    addresses: [...outsideEnds(network, rest(cluster.outside)), ...nodeEnds(network, rest(cluster.profile.nodeCidr))],
  };
}

function outsideEnds(network: Network, outside: CidrSet): readonly (End & { readonly addresses: CidrSet })[] {
  return network.parts(outside).map((part) => ({
    addresses: part,
    label: part.equals(outside) ? 'every address outside' : `outside (${part})`,
  }));
}

/** Which node it is nobody says, and a pod's own one is left out (NP-30). */
function nodeEnds(network: Network, nodes: CidrSet): readonly (End & { readonly addresses: CidrSet })[] {
  return network.parts(nodes).map((part) => ({ addresses: part, label: 'another node', node: '' }));
}

/** Whether one of the endpoints surely stands for the pod, or for all that an undeclared pod stands for. */
export function isAmong(endpoints: readonly Resolved[], pod: PodGroup, network: Network): boolean {
  if (pod.provenance !== 'stranger') return endpoints.some((one) => podsSurelyBehind(network, one).includes(pod));
  const selections = endpoints.flatMap((endpoint) => endpoint.selections);
  return coversStranger(selections, pod, network);
}

/** An exception for one port spares that port alone; an undeclared pod of its kind is taken to listen as those declared do. */
export function withoutSpared(
  network: Network,
  traffic: TrafficSet,
  pod: PodGroup,
  exceptions: readonly Resolved[],
): TrafficSet {
  return exceptions
    .filter((exception) => exception.port && isAmong([exception], pod, network))
    .map((exception) => {
      const like = pod.provenance === 'stranger' ? exception.surely[0] : pod;
      if (like) return trafficTo(network, exception, like);
      // NP-22: a name alone does not tell which number to spare.
      return typeof exception.port?.name === 'number' ? trafficTo(network, exception, pod) : TrafficSet.empty;
    })
    .reduce((rest, spared) => rest.minus(spared), traffic);
}

/** Addresses of which only some traffic is spared. */
export interface SparedAddresses {
  readonly addresses: CidrSet;
  readonly traffic: TrafficSet;
}

/** What endpoints outside, and addresses behind Services, are listed with. */
export function sparedAddresses(network: Network, listed: readonly Resolved[]): readonly SparedAddresses[] {
  return listed.flatMap((one) => [
    ...(one.anyOneAddress || one.addresses.isEmpty || typeof one.port?.name === 'string'
      ? []
      : [{ addresses: one.addresses, traffic: trafficTo(network, one, undefined) }]),
    ...foreignEndsOf(network, one).map((foreign) => ({
      addresses: foreign.end.addresses,
      traffic: trafficToForeign(foreign, one),
    })),
  ]);
}

/** An end in parts, each with the traffic that nobody spared there. */
export function unsparedParts<E extends End & { readonly addresses: CidrSet }>(
  end: E,
  spared: readonly SparedAddresses[],
): readonly { readonly end: E; readonly traffic: TrafficSet }[] {
  const [first, ...rest] = spared;
  if (!first) return [{ end, traffic: TrafficSet.allPorts }];
  const inside = end.addresses.intersect(first.addresses);
  if (inside.isEmpty) return unsparedParts(end, rest);
  const outside = end.addresses.minus(first.addresses);
  const within = unsparedParts({ ...end, addresses: inside }, rest).map((part) => {
    return { ...part, traffic: part.traffic.minus(first.traffic) };
  });
  return [...within, ...(outside.isEmpty ? [] : unsparedParts({ ...end, addresses: outside }, rest))];
}
