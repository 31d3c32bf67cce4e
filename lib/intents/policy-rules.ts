import type { NetworkPolicyResource, NetworkPolicyRule, Resource } from '../model/manifest/resources';
import type { RuleOrigin } from '../model/policy/language';

/** The NetworkPolicy that a rule or an isolation is of; `undefined` for policies of another kind. */
export function policyOf(origin: RuleOrigin, resources: readonly Resource[]): NetworkPolicyResource | undefined {
  return resources.find(
    (r): r is NetworkPolicyResource =>
      r.type === 'networkPolicy' &&
      origin.kind === r.kind &&
      origin.namespace === r.namespace &&
      origin.name === r.name,
  );
}

/** The rule as it is declared; `undefined` for an isolation, and in policies of another kind. */
export function ruleOf(origin: RuleOrigin, resources: readonly Resource[]): NetworkPolicyRule | undefined {
  return origin.index === undefined ? undefined : policyOf(origin, resources)?.[origin.direction][origin.index];
}

/** The resources with one policy changed. */
export function editPolicy(
  origin: RuleOrigin,
  resources: readonly Resource[],
  edit: (policy: NetworkPolicyResource) => NetworkPolicyResource,
): readonly Resource[] {
  return resources.map((r) =>
    r.type === 'networkPolicy' && r.namespace === origin.namespace && r.name === origin.name ? edit(r) : r,
  );
}

/** The resources with one rule of a policy changed. */
export function editRule(
  origin: RuleOrigin,
  resources: readonly Resource[],
  edit: (rule: NetworkPolicyRule) => NetworkPolicyRule,
): readonly Resource[] {
  const { direction, index } = origin;
  return editPolicy(origin, resources, (policy) => ({
    ...policy,
    [direction]: policy[direction].map((rule, i) => (i === index ? edit(rule) : rule)),
  }));
}
