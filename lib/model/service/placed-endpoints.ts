import type { Cluster } from '../cluster/cluster';
import { mayRunOn, surelyRunsEverywhere, surelyRunsOn } from '../cluster/whereabouts';
import type { ServiceEndpoint } from './endpoints';

/**
 * The endpoints as one node finds them whose Local policy asks for its own (SVC-14): a DaemonSet has a pod there, if the node has the
 * labels and no taint that keeps it off, and other pods are surely not on nodes that they do not ask for.
 */
export function placedOn(
  cluster: Cluster,
  endpoints: readonly ServiceEndpoint[],
  node: string | undefined,
): readonly ServiceEndpoint[] {
  if (!endpoints.some(({ isUnplaced }) => isUnplaced)) return endpoints;
  return endpoints.map((endpoint) => {
    const { backend, isUnplaced } = endpoint;
    if (!isUnplaced || !('pod' in backend)) return endpoint;
    if (node === undefined) return { ...endpoint, isOnEachNode: surelyRunsEverywhere(cluster, backend.pod) };
    if (surelyRunsOn(cluster, backend.pod, node)) return { ...endpoint, isUnplaced: false, nodeName: node };
    return mayRunOn(cluster, backend.pod, node) ? endpoint : { ...endpoint, isUnplaced: false };
  });
}
