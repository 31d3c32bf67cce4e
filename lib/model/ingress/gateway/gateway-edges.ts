import type { Cluster } from '../../cluster/cluster';
import type { Edge } from '../edge';

/** The Gateways of a cluster. */
export function gatewayEdges(_cluster: Cluster): readonly Edge[] {
  return [];
}
