import type { Cluster } from '../../cluster/cluster';
import { missingOf, workloadsWith } from '../../cluster/guess';
import type { PodGroup } from '../../cluster/workload';
import type { ServiceLintDetail } from '../../finding/lint';
import type { FieldPath } from '../../finding/origin';
import { blame } from '../../manifest/blame';
import type { ServiceResource } from '../../manifest/resources';
import { LabelSelector } from '../../values/label-selector';
import { podsSelectedBy } from '../selection';
import type { ServiceLintRule } from './rule';

type Detail = ServiceLintDetail & { readonly code: 'PTL230' };

/** PTL230: a Service leads to the pods of its namespace that it selects, and this one selects none (SVC-02). */
export const selectsNoPod: ServiceLintRule = ({ cluster, withEndpoints }) =>
  withEndpoints.flatMap((service) => {
    if (!service.selector || podsSelectedBy(service, cluster).length > 0) return [];
    if (selectsFinishedPod(service, service.selector, cluster)) return [];
    const found = strayLabel(service, service.selector, cluster) ?? strayNamespace(service, service.selector, cluster);
    if (!found) return [];
    const { detail, field, within } = found;
    return [{ severity: 'warning' as const, ...blame(service, field, within), ...detail }];
  });

/** SVC-03: pods that have finished are no endpoints, but the selector means them. */
function selectsFinishedPod(
  { namespace }: ServiceResource,
  selector: ReadonlyMap<string, string>,
  { resources }: Cluster,
): boolean {
  return resources.some(
    (each) =>
      each.type === 'pod' &&
      each.namespace === namespace &&
      [...selector].every(([key, value]) => each.labels.get(key) === value),
  );
}

interface Found {
  readonly detail: Detail;
  readonly field: FieldPath;
  readonly within?: FieldPath;
}

const FIELD: FieldPath = ['spec', 'selector'];

function strayLabel(
  { namespace }: ServiceResource,
  labels: ReadonlyMap<string, string>,
  cluster: Cluster,
): Found | undefined {
  const pods = cluster.podsIn(namespace).filter(isDeclared);
  if (pods.length === 0) return undefined;
  const selector = LabelSelector.fromLabels(labels);
  const { key, ...missing } = missingOf(
    selector,
    pods.map((pod) => pod.labels),
  );
  const elsewhere = workloadsWith(selector, cluster.pods);
  const tellsMore = missing.didYouMean !== undefined || elsewhere.length > 0;
  if (!tellsMore && isSetWhileRunning(labels, key, pods)) return undefined;
  const workloads = new Set(pods.map(({ workload }) => workload)).size;
  // That other pods carry these very labels tells more than that some here carry similar ones.
  const didYouMean = elsewhere.length > 0 ? undefined : missing.didYouMean;
  const detail: Detail = {
    code: 'PTL230',
    selector: selector.toString(),
    workloads,
    elsewhere,
    ...missing,
    didYouMean,
  };
  return { detail, field: FIELD, within: key === undefined ? undefined : [...FIELD, key] };
}

/**
 * A label that no template has, beside others that do select pods: operators of databases put such labels as `role: primary`
 * on pods while they run.
 */
function isSetWhileRunning(
  labels: ReadonlyMap<string, string>,
  key: string | undefined,
  pods: readonly PodGroup[],
): boolean {
  if (labels.size < 2 || pods.some((pod) => key !== undefined && pod.labels.known.has(key))) return false;
  const others = LabelSelector.fromLabels(new Map([...labels].filter(([other]) => other !== key)));
  return pods.some((pod) => others.match(pod.labels) === 'yes');
}

/** A Service without a namespace lands in that of whoever applies it: likely the wrong one where another has its pods. */
function strayNamespace(
  { namespace }: ServiceResource,
  labels: ReadonlyMap<string, string>,
  cluster: Cluster,
): Found | undefined {
  if (cluster.namespaces.get(namespace).declaredBy || cluster.podsIn(namespace).some(isDeclared)) return undefined;
  const selector = LabelSelector.fromLabels(labels);
  const meant = cluster.pods.filter((pod) => isDeclared(pod) && selector.match(pod.labels) === 'yes');
  const [namespaceMeant, ...others] = new Set(meant.map((pod) => pod.namespace.name));
  if (namespaceMeant === undefined || others.length > 0) return undefined;
  const detail: Detail = { code: 'PTL230', selector: selector.toString(), workloads: 0, elsewhere: [], namespaceMeant };
  return { detail, field: ['metadata', 'namespace'] };
}

function isDeclared({ provenance }: PodGroup): boolean {
  return provenance === 'declared';
}
