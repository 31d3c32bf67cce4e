import { inNamespace } from '../../cluster/pod-selection';
import type { PodGroup } from '../../cluster/workload';
import type { LintDetail } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import type { NetworkPolicyResource } from '../../manifest/resources';
import { absenceOf, isBuiltIn } from './absence';
import type { LintContext, LintRule } from './context';
import { requirementField, type Selecting, subjectOf } from './places';

type Detail = LintDetail & { code: 'PTL130' };

/** PTL130: a policy protects the pods that it selects, and this one selects none (NP-03). */
export const selectsNoPod: LintRule = (context) =>
  [...context.networkPolicies, ...context.clusterPolicies].flatMap((policy) => {
    const subject = subjectOf(policy);
    const found = strayLabel(subject, context) ?? (policy.type === 'networkPolicy' && strayNamespace(policy, context));
    if (!found) return [];
    const { detail, key } = found;
    const field = found.field ?? subject.podsField;
    const culprit = subject.selection.pods.requirements.find((requirement) => requirement.key === key);
    return [{ severity: 'warning' as const, ...blame(policy, field, requirementField(field, culprit)), ...detail }];
  });

interface Found {
  readonly detail: Detail;
  readonly key?: string;
  readonly field?: Selecting['podsField'];
}

function strayLabel({ selection }: Selecting, context: LintContext): Found | undefined {
  const absence = absenceOf(selection, context);
  if (absence?.of !== 'pod') return undefined;
  const { among, culprit, didYouMean, key } = absence;
  const selector = selection.pods.toString();
  return { detail: { code: 'PTL130', selector, workloads: among, culprit, didYouMean }, key };
}

/**
 * NP-44: a policy without a namespace lands in that of whoever applies it. Where other namespaces have their pods here
 * and this one has neither pods nor a manifest of its own, it is likely the wrong one.
 */
function strayNamespace(policy: NetworkPolicyResource, context: LintContext): Found | undefined {
  const { namespace, podSelector } = policy;
  const isDeclared = ({ provenance }: PodGroup) => provenance === 'declared';
  if (context.podsIn(inNamespace(namespace)).some(({ provenance }) => provenance !== 'stranger')) return undefined;
  if (context.cluster.namespaces.get(namespace).declaredBy) return undefined;
  if (isBuiltIn(namespace) && namespace !== 'default') return undefined;
  const declared = context.pods.filter(isDeclared);
  if (declared.length === 0) return undefined;
  const namespaceMeant = onlyNamespaceOf(declared.filter((pod) => podSelector.match(pod.labels) === 'yes'));
  const detail: Detail = { code: 'PTL130', selector: podSelector.toString(), workloads: 0, namespaceMeant };
  return { detail, field: ['metadata', 'namespace'] };
}

function onlyNamespaceOf(pods: readonly PodGroup[]): string | undefined {
  const names = new Set(pods.map(({ namespace }) => namespace.name));
  return names.size === 1 ? [...names][0] : undefined;
}
