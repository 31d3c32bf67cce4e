import type { Cluster } from '../../cluster/cluster';
import type { Lint } from '../../finding/lint';

/** The contract of lints about Ingresses: a pure function, whose findings come in the order of the manifests. */
export type IngressLintRule = (cluster: Cluster) => readonly Lint[];
