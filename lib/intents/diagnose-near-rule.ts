import type { PodGroup } from '../model/cluster/workload';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { NearMiss } from '../model/policy/explain';
import type { PairVerdict, PolicyHop } from '../model/reach/verdict';
import type { LabelSelector } from '../model/values/label-selector';
import { PROTOCOLS, type Protocol } from '../model/values/traffic-set';
import type { Diagnosis } from './diagnosis';
import { ruleOf } from './policy-rules';

type PeerAtHome = NetworkPolicyPeer & { readonly type: 'pods'; readonly podSelector: LabelSelector };

/** NP-09: a port of a rule is a number with a protocol; a rule with the right number and another protocol matches nothing. */
export function protocolOfAnother(stop: PolicyHop, network: Network): Diagnosis | undefined {
  const flow = portOfFlow(stop);
  if (!flow) return undefined;
  for (const miss of stop.nearMisses.filter(({ missed }) => missed === 'traffic')) {
    const ports = ruleOf(miss.rule, network.cluster.networkPolicies)?.ports ?? [];
    const found = ports.find((port) => port.protocol !== flow.protocol && hasNumber(port, flow.port));
    if (!found) continue;
    return {
      cause: { code: 'PTL106', stop, miss, ...flow, ruleProtocol: found.protocol },
      blame: miss.rule.origin,
    };
  }
  return undefined;
}

/** NP-11: a podSelector alone means pods of the policy's own namespace, and the other end is in another. */
export function podsAtHome(stop: PolicyHop, pair: PairVerdict, network: Network): Diagnosis | undefined {
  const other = otherEnd(stop, pair);
  if (!other) return undefined;
  for (const miss of stop.nearMisses.filter(({ missed }) => missed === 'peer')) {
    const peers = ruleOf(miss.rule, network.cluster.networkPolicies)?.peers ?? [];
    const found = peers.find((peer) => meansAtHome(peer, other));
    if (!found || miss.rule.namespace === other.namespace.name) continue;
    const selector = found.podSelector.toString();
    const namespace = other.namespace.name;
    return { cause: { code: 'PTL107', stop, miss, selector, namespace }, blame: miss.rule.origin };
  }
  return undefined;
}

/** A peer by labels that the pod has, without a word of its namespace. Who asks for no label means the own namespace. */
export function meansAtHome(peer: NetworkPolicyPeer, pod: PodGroup): peer is PeerAtHome {
  return (
    peer.type === 'pods' &&
    peer.namespaceSelector === undefined &&
    peer.podSelector?.isEverything === false &&
    peer.podSelector.match(pod.labels) !== 'no'
  );
}

/** The pod that the rules of a hop speak of. */
export function otherEnd({ hop }: PolicyHop, { source, target }: PairVerdict): PodGroup | undefined {
  return hop === 'egress-policy' ? target : source;
}

/** What rules missed at all hops that stop a flow: those at both ends are often made together, and lack the same. */
export function missesOf(
  example: PairVerdict | undefined,
  missed: NearMiss['missed'],
): readonly { readonly stop: PolicyHop; readonly miss: NearMiss }[] {
  const stops = (example?.hops ?? []).filter(
    (hop): hop is PolicyHop =>
      (hop.hop === 'egress-policy' || hop.hop === 'ingress-policy') && hop.decision === 'stops',
  );
  return stops.flatMap((stop) =>
    stop.nearMisses.filter((miss) => miss.missed === missed).map((miss) => ({ stop, miss })),
  );
}

/** Whether a port of a rule has the number, whatever the protocol. */
export function hasNumber(port: NetworkPolicyPort, number: number): boolean {
  return port.type === 'range' && port.first <= number && number <= port.last;
}

function portOfFlow({ traffic }: PolicyHop): { readonly port: number; readonly protocol: Protocol } | undefined {
  const [number, name] = traffic.split('/');
  const protocol = PROTOCOLS.find((each) => each === name);
  return protocol && { port: Number(number), protocol };
}
