import type { NetworkPolicyResource, Resource } from '../model/manifest/resources';
import { LabelSelector } from '../model/values/label-selector';
import type { Change } from './change';
import type { Broken } from './checked';
import { isYaml, policyYaml } from './fix-code';

/** NP-03: pods of a namespace that nobody declared are open until a policy selects every pod of it. */
export function closeNamespace({ example, blame }: Broken, resources: readonly Resource[]): readonly Change[] {
  const like = resources.find((r): r is NetworkPolicyResource => r.type === 'networkPolicy');
  const open = example?.target;
  if (!like || open?.provenance !== 'stranger' || !isNamed(open.namespace.name)) return [];
  const namespace = open.namespace.name;
  const policy: NetworkPolicyResource = {
    ...like,
    name: 'default-deny',
    namespace,
    podSelector: LabelSelector.everything,
    directions: { ingress: true, egress: false },
    ingress: [],
    egress: [],
  };
  const fix = {
    summary: 'deny every pod of the namespace what no policy allows',
    add: isYaml(blame)
      ? policyYaml(policy, policy.podSelector, 'ingress', [])
      : `new DefaultDeny(this, 'default-deny', { directions: ['ingress'] });   in the chart of namespace ${namespace}`,
  };
  return [{ fix, resources: [...resources, policy] }];
}

/** A namespace that only a selector means has no name, and so no chart. */
function isNamed(namespace: string): boolean {
  return /^[a-z0-9-]+$/.test(namespace);
}
