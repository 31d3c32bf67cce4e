import type { PodGroup } from '../model/cluster/workload';
import type { NetworkPolicyResource, NetworkPolicyRule } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { PolicyHop } from '../model/reach/verdict';
import { hasNumber } from './diagnose-near-rule';
import type { Diagnosis } from './diagnosis';
import { nearestLabel } from './nearest-label';

/**
 * A policy that has a rule for what was stopped, and is not applied to the pod at which it was: by its policyTypes (NP-02),
 * by a label that no pod carries, or by its namespace (NP-03).
 */
export function policyMeantFor(stop: PolicyHop, network: Network): Diagnosis | undefined {
  const direction = stop.hop === 'ingress-policy' ? 'ingress' : 'egress';
  const able = network.cluster.networkPolicies.filter((each) => each[direction].some((rule) => opens(rule, stop)));
  const ignored = able.find((policy) => !policy.directions[direction] && appliesTo(policy, stop));
  if (ignored) return { cause: { code: 'PTL101', stop, ignored: direction }, blame: ignored.originOf(POLICY_TYPES) };
  const inert = able.find((policy) => policy.directions[direction] && isMeantFor(policy, stop, network));
  if (!inert) return undefined;
  const { kind, namespace, name, podSelector } = inert;
  const isElsewhere = namespace !== stop.at.namespace.name;
  const field = isElsewhere ? ['metadata', 'namespace'] : ['spec', 'podSelector'];
  const origin = inert.originOf(field);
  const policy = { kind, namespace, name, direction, field, origin } as const;
  const didYouMean = isElsewhere ? undefined : labelMeant(inert, network);
  const cause = { code: 'PTL110' as const, policy, selector: podSelector.toString(), didYouMean, stop };
  return { cause, blame: origin };
}

const POLICY_TYPES = ['spec', 'policyTypes'];

/** By its ports alone: whom it lets through may be misspelt as well. */
function opens({ ports }: NetworkPolicyRule, { traffic }: PolicyHop): boolean {
  const [number, protocol] = traffic.split('/');
  return ports.length === 0 || ports.some((port) => port.protocol === protocol && hasNumber(port, Number(number)));
}

function appliesTo({ namespace, podSelector }: NetworkPolicyResource, { at }: PolicyHop): boolean {
  return namespace === at.namespace.name && podSelector.match(at.labels) === 'yes';
}

/** It selects nobody where it is, and would select the pod: with a label next to the one that it asks for, or over there. */
function isMeantFor(policy: NetworkPolicyResource, { at }: PolicyHop, network: Network): boolean {
  const { namespace, podSelector } = policy;
  if (declaredIn(namespace, network).some((pod) => podSelector.match(pod.labels) !== 'no')) return false;
  if (namespace !== at.namespace.name) return !podSelector.isEverything && podSelector.match(at.labels) === 'yes';
  const [key, value] = labelMeant(policy, network)?.split('=') ?? [];
  return key !== undefined && at.labels.known.get(key) === value;
}

function labelMeant({ namespace, podSelector }: NetworkPolicyResource, network: Network): string | undefined {
  return nearestLabel(
    podSelector,
    declaredIn(namespace, network).map(({ labels }) => labels.known),
  );
}

function declaredIn(namespace: string, { cluster }: Network): readonly PodGroup[] {
  return cluster.podsIn(namespace).filter(({ provenance }) => provenance !== 'stranger');
}
