import type { Cluster } from '../../cluster/cluster';
import type { Workload } from '../../cluster/workload';
import type { Lint } from '../../finding/lint';
import type { PodResource, PodTemplate, WorkloadResource } from '../../manifest/resources';

/** The contract of lints about pods: a pure function, whose findings come in the order of the manifests. */
export type PodLintRule = (cluster: Cluster) => readonly Lint[];

/** A declared object that makes pods, or is one. */
export interface PodMaker {
  readonly workload: Workload;
  readonly resource: WorkloadResource | PodResource;
  readonly template: PodTemplate;
}

/** Pods whose owner is not in the input run already, and have nobody left to blame. */
export function podMakersOf({ workloads }: Cluster): readonly PodMaker[] {
  return workloads.flatMap((workload) => {
    const { resource, provenance } = workload;
    return resource && provenance === 'declared' ? [{ workload, resource, template: resource.template }] : [];
  });
}
