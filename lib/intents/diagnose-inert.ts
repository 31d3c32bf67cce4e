import type { NetworkPolicyResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { PairVerdict, PolicyHop } from '../model/reach/verdict';
import type { Cause } from './finding';
import { nearestLabel } from './nearest-label';

/**
 * NP-03: a pod that no policy selects is open. Where a policy of the same namespace selects nobody at all,
 * it was meant for somebody: for the pod that is open and should not be.
 */
export function inertPolicyFor(
  pair: PairVerdict,
  network: Network,
): { readonly cause: Cause; readonly blame: NetworkPolicyResource['origin'] } | undefined {
  for (const hop of pair.hops) {
    if (hop.hop !== 'ingress-policy' && hop.hop !== 'egress-policy') continue;
    const policy = hop.decidedBy.length === 0 ? inertPolicyOf(hop, network) : undefined;
    if (!policy) continue;
    const { kind, namespace, name } = policy;
    const field = ['spec', 'podSelector'];
    const direction = hop.hop === 'ingress-policy' ? ('ingress' as const) : ('egress' as const);
    const labels = podsOf(policy.namespace, network).map((pod) => pod.labels.known);
    const origin = policy.originOf(field);
    return {
      cause: {
        code: 'PTL110',
        policy: { kind, namespace, name, direction, field, origin },
        selector: policy.podSelector.toString(),
        didYouMean: nearestLabel(policy.podSelector, labels),
      },
      blame: origin,
    };
  }
  return undefined;
}

function inertPolicyOf(hop: PolicyHop, network: Network): NetworkPolicyResource | undefined {
  if (!network.cluster.profile.capabilities.enforcesNetworkPolicy) return undefined;
  const direction = hop.hop === 'ingress-policy' ? 'ingress' : 'egress';
  return network.cluster.networkPolicies.find(
    (policy) =>
      policy.namespace === hop.at.namespace.name &&
      policy.directions[direction] &&
      podsOf(policy.namespace, network).every((pod) => policy.podSelector.match(pod.labels) === 'no'),
  );
}

function podsOf(namespace: string, network: Network) {
  return network.cluster.podsIn(namespace);
}
