import type { Cluster } from '../../cluster/cluster';
import type { Workload } from '../../cluster/workload';
import type { Lint } from '../../finding/lint';
import type { PodResource, PodTemplate, WorkloadResource } from '../../manifest/resources';

/** The contract of lints about pods: a pure function, whose findings come in the order of the manifests. */
export type PodLintRule = (context: PodLintContext) => readonly Lint[];

/** What lints look at. */
export interface PodLintContext {
  readonly cluster: Cluster;
  readonly makers: readonly PodMaker[];
  /** Those whose pods are to run, with ports of the node. */
  readonly onNodePorts: readonly PodMaker[];
}

/** A declared object that makes pods, or is one. */
export interface PodMaker {
  readonly workload: Workload;
  readonly resource: WorkloadResource | PodResource;
  readonly template: PodTemplate;
}

/** Pods whose owner is not in the input run already, and have nobody left to blame. */
export function podMakersOf({ workloads }: Cluster): readonly PodMaker[] {
  const makers: PodMaker[] = [];
  for (const workload of workloads) {
    const { resource, provenance } = workload;
    if (resource && provenance === 'declared') makers.push({ workload, resource, template: resource.template });
  }
  return makers;
}

export function isOnNodePorts({ resource, template }: PodMaker): boolean {
  const isNeeded = resource.type === 'pod' || resource.replicas !== 0;
  return isNeeded && template.ports.some(({ hostPort }) => hostPort !== undefined);
}
