import type { Resource } from '../model/manifest/resources';
import { LabelSelector } from '../model/values/label-selector';
import type { Change } from './change';
import type { Broken } from './checked';
import { isYaml, policyYaml } from './fix-code';
import { freeName, inChartOf } from './free-id';
import { newPolicy } from './new-resources';

/** NP-03: pods of a namespace that nobody declared are open until a policy selects every pod of it. */
export function closeNamespace({ example, blame }: Broken, resources: readonly Resource[]): readonly Change[] {
  const open = example?.target;
  if (open?.provenance !== 'stranger' || !isNamed(open.namespace.name)) return [];
  const namespace = open.namespace.name;
  const podSelector = LabelSelector.everything;
  const name = freeName('default-deny', { kind: 'NetworkPolicy', namespace }, resources);
  const policy = newPolicy({ name, namespace, podSelector, ingress: [] });
  const fix = {
    summary: 'deny every pod of the namespace what no policy allows',
    add: isYaml(blame)
      ? policyYaml(policy, policy.podSelector, 'ingress', [])
      : inChartOf(namespace, `new DefaultDeny(this, '${name}', { directions: ['ingress'] });`),
  };
  return [{ fix, resources: [...resources, policy] }];
}

/** A namespace that only a selector means has no name, and so no chart. */
function isNamed(namespace: string): boolean {
  return /^[a-z0-9-]+$/.test(namespace);
}
