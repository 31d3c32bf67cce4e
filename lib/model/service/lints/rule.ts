import type { Cluster } from '../../cluster/cluster';
import type { Lint } from '../../finding/lint';
import type { ServiceResource } from '../../manifest/resources';

/** The contract of lints about Services: a pure function, whose findings come in the order of the manifests. */
export type ServiceLintRule = (cluster: Cluster) => readonly Lint[];

/** SVC-22: an ExternalName has neither address nor endpoints, whatever else it says. */
export function hasEndpoints({ serviceType }: ServiceResource): boolean {
  return serviceType !== 'ExternalName';
}
