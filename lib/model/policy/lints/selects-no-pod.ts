import type { PodSelection } from '../../cluster/pod-selection';
import type { PodGroup } from '../../cluster/workload';
import type { Lint, LintDetail } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import { type Absence, isBuiltIn, straysOf } from './absence';
import type { LintContext, LintRule } from './context';
import { type Policy, requirementField, type Selecting, subjectsOf } from './places';

type Detail = LintDetail & { code: 'PTL130' };

/** PTL130: a policy protects the pods that it selects, and this one selects none (NP-03). */
export const selectsNoPod: LintRule = (context) => {
  const absences = new Map(straysOf(context).absent.map(({ by, absence }) => [by, absence]));
  const lints: Lint[] = [];
  for (const subject of subjectsOf(context)) {
    const { policy, selection, podsField } = subject;
    const found = strayLabel(selection, absences.get(subject)) ?? strayNamespace(policy, context);
    if (!found) continue;
    const { detail, key, field = podsField } = found;
    const culprit = selection.pods.requirements.find((requirement) => requirement.key === key);
    lints.push({ severity: 'warning', ...blame(policy, field, requirementField(field, culprit)), ...detail });
  }
  return lints;
};

interface Found {
  readonly detail: Detail;
  readonly key?: string;
  readonly field?: Selecting['podsField'];
}

function strayLabel(selection: PodSelection, absence: Absence | undefined): Found | undefined {
  if (absence?.of !== 'pod') return undefined;
  const { among, culprit, didYouMean, key } = absence;
  const selector = selection.pods.toString();
  return { detail: { code: 'PTL130', selector, workloads: among, culprit, didYouMean }, key };
}

/**
 * NP-44: a policy without a namespace lands in that of whoever applies it. Where other namespaces have their pods here
 * and this one has neither pods nor a manifest of its own, it is likely the wrong one.
 */
function strayNamespace(policy: Policy, context: LintContext): Found | undefined {
  if (policy.type !== 'networkPolicy') return undefined;
  const { namespace, podSelector } = policy;
  if (context.cluster.podsByNamespace.has(namespace)) return undefined;
  if (context.cluster.namespaces.get(namespace).declaredBy) return undefined;
  if (isBuiltIn(namespace) && namespace !== 'default') return undefined;
  const declared = context.pods.filter(({ provenance }) => provenance === 'declared');
  if (declared.length === 0) return undefined;
  const namespaceMeant = onlyNamespaceOf(declared.filter((pod) => podSelector.match(pod.labels) === 'yes'));
  const detail: Detail = { code: 'PTL130', selector: podSelector.toString(), workloads: 0, namespaceMeant };
  return { detail, field: ['metadata', 'namespace'] };
}

function onlyNamespaceOf(pods: readonly PodGroup[]): string | undefined {
  const names = new Set(pods.map(({ namespace }) => namespace.name));
  return names.size === 1 ? [...names][0] : undefined;
}
