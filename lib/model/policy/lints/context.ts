import type { Cluster } from '../../cluster/cluster';
import type { PodGroup } from '../../cluster/workload';
import type { ClusterPolicyResource, NetworkPolicyResource } from '../../manifest/resources';
import type { Lint } from './lint';

/** What lints look at. */
export interface LintContext {
  readonly cluster: Cluster;
  readonly networkPolicies: readonly NetworkPolicyResource[];
  readonly clusterPolicies: readonly ClusterPolicyResource[];
  /** Pods that manifests declare and those that every cluster has, without the strangers that rules themselves bring in. */
  readonly pods: readonly PodGroup[];
}

/** The one contract of lints: a pure function, whose findings come in the order of the manifests. */
export type LintRule = (context: LintContext) => readonly Lint[];

export function contextOf(cluster: Cluster): LintContext {
  return {
    cluster,
    networkPolicies: cluster.networkPolicies,
    clusterPolicies: cluster.resources.filter((r): r is ClusterPolicyResource => r.type === 'clusterPolicy'),
    pods: cluster.pods.filter(({ provenance }) => provenance !== 'stranger'),
  };
}
