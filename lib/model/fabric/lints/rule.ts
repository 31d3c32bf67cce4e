import type { Cluster } from '../../cluster/cluster';
import type { FabricLint } from '../../finding/fabric-lint';
import type { Fabric } from '../fabric';

/** What is wrong with the pod network of a cluster, whatever its plugin is. */
export type FabricLintRule = (cluster: Cluster, fabric: Fabric) => readonly FabricLint[];
