import type { Cluster } from '../../cluster/cluster';
import type { Lint } from '../../finding/lint';
import type { ServiceResource } from '../../manifest/resources';

/** The contract of lints about Services: a pure function, whose findings come in the order of the manifests. */
export type ServiceLintRule = (context: ServiceLintContext) => readonly Lint[];

/** What lints look at. */
export interface ServiceLintContext {
  readonly cluster: Cluster;
  /** SVC-22: all but those of type ExternalName, which have neither address nor endpoints, whatever else they say. */
  readonly withEndpoints: readonly ServiceResource[];
}
