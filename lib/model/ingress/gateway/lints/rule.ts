import type { Cluster } from '../../../cluster/cluster';
import type { Lint } from '../../../finding/lint';

/** The contract of lints about the Gateway API: a pure function, whose findings come in the order of the manifests. */
export type GatewayLintRule = (cluster: Cluster) => readonly Lint[];
